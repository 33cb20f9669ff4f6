#include <fmt/format.h>

#include "compiler/syntax/literals.h"
#include "compiler/syntax/print_expression.h"
#include "compiler/syntax/syntax.h"

namespace mlw::syntax {
namespace {

std::string_view word(BinaryOperator op) {
  switch (op) {
    case BinaryOperator::add:
      return "add";
    case BinaryOperator::subtract:
      return "subtract";
    case BinaryOperator::multiply:
      return "multiply";
    case BinaryOperator::divide:
      return "divide";
    case BinaryOperator::power:
      return "power";
    case BinaryOperator::equal:
      return "equal";
    case BinaryOperator::not_equal:
      return "not equal";
    case BinaryOperator::less:
      return "less";
    case BinaryOperator::less_equal:
      return "less or equal";
    case BinaryOperator::greater:
      return "greater";
    case BinaryOperator::greater_equal:
      return "greater or equal";
    case BinaryOperator::in:
      return "in";
    case BinaryOperator::logical_and:
      return "and";
    case BinaryOperator::logical_or:
      return "or";
  }
  return "";
}

class Dumper {
 public:
  std::string run(const File& file) {
    line("file");
    ++depth_;
    if (file.workflow) {
      line(fmt::format("workflow {}{}", print(*file.workflow), file.title.empty() ? "" : " " + quoted(file.title)));
      nested([&] { trivia(file.trivia); });
    }
    for (const Item& item : file.items) this->item(item);
    comments("comment at the end", file.dangling);
    return std::move(out_);
  }

 private:
  void line(std::string_view text) { out_.append(2 * static_cast<size_t>(depth_), ' ').append(text) += '\n'; }

  template <typename Body>
  void nested(Body body) {
    ++depth_;
    body();
    --depth_;
  }

  void comments(std::string_view what, const std::vector<std::string>& lines) {
    for (const std::string& text : lines) line(fmt::format("{}: {}", what, text));
  }

  void trivia(const Trivia& trivia) {
    if (trivia.blank_line_before) line("blank line before");
    comments("comment before", trivia.leading);
    if (!trivia.documentation.empty()) line("documentation: " + quoted(trivia.documentation));
    if (!trivia.trailing.empty()) line("comment behind: " + trivia.trailing);
  }

  void item(const Item& item) {
    std::visit([&](const auto& node) { open(node); }, item.node);
    nested([&] {
      trivia(item.trivia);
      std::visit([&](const auto& node) { inside(node); }, item.node);
    });
  }

  void open(const Block& node) {
    std::string text = "block " + print(node.kind);
    for (const Name& name : node.names) text += " " + print(name);
    line(text);
  }
  void inside(const Block& node) {
    if (!node.opening.empty()) line("comment behind the brace: " + node.opening);
    for (const Item& item : node.items) this->item(item);
    comments("comment at the end", node.dangling);
  }

  void open(const Setting& node) {
    std::string text = "setting";
    for (const Name& name : node.names) text += " " + print(name);
    line(text);
  }
  void inside(const Setting& node) { expression(*node.value); }

  void open(const Definition& node) { line("definition " + print(node.name)); }
  void inside(const Definition& node) { expression(*node.value); }

  void open(const Function& node) { line("function " + print(node.name)); }
  void inside(const Function& node) {
    for (const Parameter& parameter : node.parameters) {
      line("parameter " + print(parameter.name));
      if (parameter.fallback) nested([&] { expression(*parameter.fallback); });
    }
    expression(*node.body);
  }

  void open(const Waiver& node) { line(fmt::format("waiver {} {}", print(node.code), quoted(node.because))); }
  void inside(const Waiver&) {}
  void open(const Import& node) {
    line(fmt::format("import {}{}", quoted(node.path), node.alias ? " as " + print(*node.alias) : ""));
  }
  void inside(const Import&) {}

  void expression(const Expression& expression) {
    std::visit([&](const auto& node) { show(node); }, expression.node);
    if (!expression.comments) return;
    nested([&] {
      comments("comment before", expression.comments->leading);
      if (!expression.comments->trailing.empty()) line("comment behind: " + expression.comments->trailing);
      comments("comment at the end", expression.comments->dangling);
    });
  }

  void children(std::string_view head, const std::vector<ExpressionPointer>& expressions) {
    line(head);
    nested([&] {
      for (const ExpressionPointer& child : expressions) expression(*child);
    });
  }

  void show(const NumberLiteral& node) {
    line(fmt::format("number {}{}{}", node.digits, node.unit.empty() ? "" : " unit " + node.unit,
                     node.integer ? "" : " real"));
  }
  void show(const TextLiteral& node) {
    line(fmt::format("{} {}", node.block ? "block text" : "text", quoted(node.value)));
  }
  void show(const DateLiteral& node) { line(fmt::format("date {} ({} us)", node.text, node.microseconds)); }
  void show(const FlagLiteral& node) { line(node.value ? "true" : "false"); }
  void show(const MissingLiteral&) { line("missing"); }
  void show(const Bad&) { line("bad"); }
  void show(const Reference& node) { line("name " + print(node.name)); }
  void show(const Call& node) {
    line("call " + print(node.callee));
    nested([&] {
      for (const Argument& argument : node.arguments) {
        if (!argument.name) {
          expression(*argument.value);
          continue;
        }
        line(print(*argument.name) + ":");
        nested([&] { expression(*argument.value); });
      }
    });
  }
  void show(const Unary& node) {
    line(node.op == UnaryOperator::negate ? "negate" : "not");
    nested([&] { expression(*node.operand); });
  }
  void show(const Binary& node) {
    line(word(node.op));
    nested([&] {
      expression(*node.left);
      expression(*node.right);
    });
  }
  void show(const Range& node) {
    line(node.log ? "range log" : node.step ? "range step" : "range");
    nested([&] {
      expression(*node.low);
      expression(*node.high);
      if (node.step) expression(*node.step);
    });
  }
  void show(const Choice& node) { children("choice", node.arms); }
  void show(const Pipeline& node) { children("pipeline", node.stages); }
  void show(const List& node) { children("list", node.elements); }
  void show(const Conditional& node) {
    line("if");
    nested([&] {
      expression(*node.condition);
      expression(*node.then);
      expression(*node.otherwise);
    });
  }
  void show(const Let& node) {
    line("let " + print(node.name));
    nested([&] {
      expression(*node.value);
      expression(*node.body);
    });
  }

  std::string out_;
  int depth_ = 0;
};

}  // namespace

std::string dump(const File& file) { return Dumper().run(file); }

}  // namespace mlw::syntax
