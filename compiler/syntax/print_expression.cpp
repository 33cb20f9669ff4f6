#include "compiler/syntax/print_expression.h"

#include <algorithm>

#include "compiler/syntax/literals.h"
#include "compiler/syntax/syntax.h"

namespace mlw::syntax {
namespace {

/// A list of at least so many plain words fills its lines instead of taking one for each.
constexpr size_t many_words = 5;

std::string_view sign(BinaryOperator op) {
  switch (op) {
    case BinaryOperator::add:
      return "+";
    case BinaryOperator::subtract:
      return "-";
    case BinaryOperator::multiply:
      return "*";
    case BinaryOperator::divide:
      return "/";
    case BinaryOperator::power:
      return "^";
    case BinaryOperator::equal:
      return "==";
    case BinaryOperator::not_equal:
      return "!=";
    case BinaryOperator::less:
      return "<";
    case BinaryOperator::less_equal:
      return "<=";
    case BinaryOperator::greater:
      return ">";
    case BinaryOperator::greater_equal:
      return ">=";
    case BinaryOperator::in:
      return "in";
    case BinaryOperator::logical_and:
      return "and";
    case BinaryOperator::logical_or:
      return "or";
  }
  return "";
}

template <typename T>
const T* as(const Expression& expression) {
  return std::get_if<T>(&expression.node);
}

/// A word without inner structure, and nothing to be said about it.
bool is_plain_word(const Expression& expression) {
  if (expression.comments) return false;
  if (const auto* text = as<TextLiteral>(expression)) return text->value.find('\n') == std::string::npos;
  return as<NumberLiteral>(expression) || as<Reference>(expression) || as<DateLiteral>(expression) ||
         as<FlagLiteral>(expression) || as<MissingLiteral>(expression);
}

/// A range of it needs no spaces around its points.
bool is_tight(const Expression& expression) {
  const auto* unary = as<Unary>(expression);
  return is_plain_word(unary != nullptr ? *unary->operand : expression);
}

}  // namespace

void print(const Name& name, std::string& out) {
  if (!name.quoted) {
    out += name.text;
    return;
  }
  out += '`';
  for (char c : name.text) out.append(c == '`' ? 2 : 1, c);
  out += '`';
}

void print(const QualifiedName& name, std::string& out) {
  for (const Name& part : name.parts) {
    if (&part != name.parts.data()) out += '.';
    print(part, out);
  }
}

std::string print(const Name& name) {
  std::string text;
  print(name, text);
  return text;
}

std::string print(const QualifiedName& name) {
  std::string text;
  print(name, text);
  return text;
}

std::string print(const TextLiteral& text) {
  const bool block = text.block && text.value.find("\"\"\"") == std::string::npos && !text.value.ends_with('"') &&
                     text.value.find("\r\n") == std::string::npos;
  return block ? "\"\"\"" + text.value + "\"\"\"" : quoted(text.value);
}

void ExpressionPrinter::leading(const Expression& expression, Document::Parts& parts) {
  if (!expression.comments) return;
  for (const std::string& comment : expression.comments->leading) {
    parts.add(document_.text(comment));
    parts.add(document_.hard_line());
  }
}

void ExpressionPrinter::trailing(const Expression& expression, Document::Parts& parts) {
  if (!expression.comments || expression.comments->trailing.empty()) return;
  parts.add(document_.comment_behind(expression.comments->trailing));
}

Document::Id ExpressionPrinter::expression(const Expression& expression) { return operand(expression, level::any); }

Document::Id ExpressionPrinter::value(const Expression& expression, int level) {
  const Id inner = operand(expression, level);
  if (as<Call>(expression) || as<List>(expression) || as<TextLiteral>(expression))
    return document_.join({document_.text(" "), inner});
  return document_.group(document_.indent(document_.join({document_.line(), inner})));
}

/// In parentheses when it binds less tightly than its place demands.
Document::Id ExpressionPrinter::operand(const Expression& expression, int level) {
  const Id inner = bare(expression);
  if (level::bare(expression, level)) return inner;
  return document_.group(
      document_.join({document_.text("("), document_.indent(document_.join({document_.soft_line(), inner})),
                      document_.soft_line(), document_.text(")")}));
}

Document::Id ExpressionPrinter::bare(const Expression& expression) {
  if (const auto* node = as<Unary>(expression)) return unary(*node);
  if (const auto* node = as<Binary>(expression)) return binary(*node);
  if (const auto* node = as<Range>(expression)) return range(*node);
  if (const auto* node = as<Choice>(expression)) return sequence(node->arms, "| ");
  if (const auto* node = as<Pipeline>(expression)) return sequence(node->stages, "|> ");
  if (const auto* node = as<Conditional>(expression)) return conditional(*node);
  if (const auto* node = as<Let>(expression)) return let(*node);
  if (const auto* node = as<Call>(expression)) return call(expression, *node);
  if (const auto* node = as<List>(expression)) return list(expression, *node);
  return word(expression);
}

/// A literal or name and what stands right behind it.
Document::Id ExpressionPrinter::word(const Expression& expression, std::string_view behind) {
  word_.clear();
  if (const auto* number = as<NumberLiteral>(expression)) {
    word_.append(number->digits).append(number->unit);
  } else if (const auto* reference = as<Reference>(expression)) {
    print(reference->name, word_);
  } else if (const auto* text = as<TextLiteral>(expression)) {
    word_ = print(*text);
  } else if (const auto* date = as<DateLiteral>(expression)) {
    word_ = date->text;
  } else if (const auto* flag = as<FlagLiteral>(expression)) {
    word_ = flag->value ? "true" : "false";
  } else {
    word_ = "missing";  // also `Bad`: who prints has looked for errors before
  }
  return document_.text(word_.append(behind));
}

Document::Id ExpressionPrinter::head(std::string_view before, const Name& name, std::string_view behind) {
  word_ = before;
  print(name, word_);
  return document_.text(word_.append(behind));
}

Document::Id ExpressionPrinter::unary(const Unary& node) {
  if (node.op == UnaryOperator::negate)
    return document_.join({document_.text("-"), operand(*node.operand, level::minus)});
  return document_.join({document_.text("not "), operand(*node.operand, level::logical_not)});
}

/// `a + b - c` is one group: all of its operands share a line or none do.
void ExpressionPrinter::operands(const Binary& node, int level, Document::Parts& parts) {
  const level::Operands sides = level::operands(node.op);
  const auto* left = as<Binary>(*node.left);
  if (left != nullptr && level::of(left->op) == level && sides.left == level) {
    operands(*left, level, parts);
  } else {
    parts.add(operand(*node.left, sides.left));
  }
  parts.add(document_.line());
  parts.add(document_.text(sign(node.op)));
  parts.add(document_.text(" "));
  parts.add(operand(*node.right, sides.right));
}

Document::Id ExpressionPrinter::binary(const Binary& node) {
  if (node.op == BinaryOperator::power) {
    const level::Operands sides = level::operands(node.op);
    return document_.join({operand(*node.left, sides.left), document_.text("^"), operand(*node.right, sides.right)});
  }
  Document::Parts parts(document_);
  operands(node, level::of(node.op), parts);
  return document_.group(parts.join());
}

Document::Id ExpressionPrinter::range(const Range& node) {
  const bool tight = is_tight(*node.low) && is_tight(*node.high);
  Document::Parts parts(document_);
  parts.add(operand(*node.low, level::sum));
  parts.add(document_.text(tight ? ".." : " .. "));
  parts.add(operand(*node.high, level::sum));
  if (node.step) {
    parts.add(document_.text(" step "));
    parts.add(operand(*node.step, level::sum));
  }
  if (node.log) parts.add(document_.text(" log"));
  return parts.join();
}

Document::Id ExpressionPrinter::sequence(const std::vector<ExpressionPointer>& stages, std::string_view sign) {
  Document::Parts parts(document_);
  for (const ExpressionPointer& stage : stages) {
    if (&stage != stages.data()) {
      parts.add(document_.line());
      leading(*stage, parts);
      parts.add(document_.text(sign));
    }
    parts.add(operand(*stage, level::stage));
    trailing(*stage, parts);
  }
  return document_.group(parts.join());
}

/// `word value next`: what stands between two words goes on lines of its own when it is long.
Document::Id ExpressionPrinter::enclosed(Id word, Id value, std::string_view next) {
  return document_.group(document_.join(
      {word, document_.indent(document_.join({document_.line(), value})), document_.line(), document_.text(next)}));
}

Document::Id ExpressionPrinter::conditional(const Conditional& node) {
  Document::Parts parts(document_);
  const Conditional* last = &node;
  for (const Conditional* at = &node; at != nullptr; at = as<Conditional>(*at->otherwise)) {
    last = at;
    if (at != &node) parts.add(document_.text(" "));
    parts.add(enclosed(document_.text("if"), expression(*at->condition), "then"));
    parts.add(value(*at->then));
    trailing(*at->then, parts);
    parts.add(document_.line());
    leading(*at->otherwise, parts);
    parts.add(document_.text("else"));
  }
  parts.add(value(*last->otherwise, level::word));
  for (const Conditional* at = &node; at != nullptr; at = as<Conditional>(*at->otherwise))
    trailing(*at->otherwise, parts);
  return document_.group(parts.join());
}

Document::Id ExpressionPrinter::let(const Let& node) {
  Document::Parts parts(document_);
  const Let* last = &node;
  for (const Let* at = &node; at != nullptr; at = as<Let>(*at->body)) {
    last = at;
    parts.add(enclosed(head("let ", at->name, " ="), operand(*at->value, level::binding), "in"));
    parts.add(document_.line());
    leading(*at->body, parts);
  }
  parts.add(operand(*last->body, level::word));
  for (const Let* at = &node; at != nullptr; at = as<Let>(*at->body)) trailing(*at->body, parts);
  return document_.group(parts.join());
}

/// `(a, b)` or `[a, b]`: on one line, or every element on a line of its own.
class ExpressionPrinter::Bracketed {
 public:
  Bracketed(Document& document, Id open, const Comments* comments)
      : document_(document), open_(open), comments_(comments), inside_(document) {
    inside_.add(dangling() ? document.hard_line() : document.soft_line());
  }

  void add(Id element) {
    if (any_) inside_.add(document_.line());
    inside_.add(element);
    any_ = true;
  }

  Id end(std::string_view close) {
    if (dangling()) {
      for (const std::string& comment : comments_->dangling) {
        if (any_) inside_.add(document_.hard_line());
        inside_.add(document_.text(comment));
        any_ = true;
      }
    }
    const Id inside = inside_.join();
    if (!any_) return document_.join({open_, document_.text(close)});
    return document_.group(
        document_.join({open_, document_.indent(inside), document_.soft_line(), document_.text(close)}));
  }

 private:
  bool dangling() const { return comments_ != nullptr && !comments_->dangling.empty(); }

  Document& document_;
  Id open_;
  const Comments* comments_;
  Document::Parts inside_;
  bool any_ = false;
};

Document::Id ExpressionPrinter::call(const Expression& expression, const Call& node) {
  word_.clear();
  print(node.callee, word_);
  Bracketed brackets(document_, document_.text(word_ += '('), expression.comments.get());
  for (const Argument& argument : node.arguments)
    brackets.add(this->argument(argument, &argument == &node.arguments.back()));
  return brackets.end(")");
}

Document::Id ExpressionPrinter::argument(const Argument& argument, bool last) {
  Document::Parts parts(document_);
  leading(*argument.value, parts);
  if (argument.name) {
    parts.add(head("", *argument.name, ":"));
    parts.add(value(*argument.value));
  } else {
    parts.add(expression(*argument.value));
  }
  if (!last) parts.add(document_.text(","));
  trailing(*argument.value, parts);
  return parts.join();
}

Document::Id ExpressionPrinter::list(const Expression& expression, const List& node) {
  Bracketed brackets(document_, document_.text("["), expression.comments.get());
  const bool words = node.elements.size() >= many_words &&
                     std::all_of(node.elements.begin(), node.elements.end(),
                                 [](const ExpressionPointer& element) { return is_plain_word(*element); });
  if (words) {
    Document::Parts parts(document_);
    for (const ExpressionPointer& element : node.elements)
      parts.add(word(*element, &element == &node.elements.back() ? "" : ","));
    brackets.add(parts.words());
  } else {
    for (const ExpressionPointer& element : node.elements)
      brackets.add(this->element(*element, &element == &node.elements.back()));
  }
  return brackets.end("]");
}

Document::Id ExpressionPrinter::element(const Expression& element, bool last) {
  Document::Parts parts(document_);
  leading(element, parts);
  parts.add(expression(element));
  if (!last) parts.add(document_.text(","));
  trailing(element, parts);
  return parts.join();
}

std::string print(const Expression& expression) {
  Document document;
  ExpressionPrinter printer(document);
  const Document::Id root = printer.expression(expression);
  std::string text;
  document.render(root, line_width, 0, 0, text);
  return text;
}

}  // namespace mlw::syntax
