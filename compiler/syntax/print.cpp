#include <algorithm>

#include "compiler/diagnostics/characters.h"
#include "compiler/syntax/literals.h"
#include "compiler/syntax/print_expression.h"
#include "compiler/syntax/syntax.h"

namespace mlw::syntax {
namespace {

class FilePrinter {
 public:
  std::string run(const File& file) {
    if (file.workflow) {
      before(file.trivia, true);
      const std::string title = file.title.empty() ? "" : " " + quoted(file.title);
      line("workflow " + print(*file.workflow) + title, file.trivia.trailing);
    }
    items(file.items, !file.workflow);
    comments(file.dangling);
    return std::move(out_);
  }

 private:
  void line(const std::string& text, const std::string& comment = "") {
    if (!text.empty()) out_.append(2 * static_cast<size_t>(depth_), ' ') += text;
    if (!comment.empty()) out_ += "  " + comment;
    out_ += '\n';
  }

  void comments(const std::vector<std::string>& lines) {
    for (const std::string& text : lines) line(text);
  }

  void before(const Trivia& trivia, bool first) {
    if (trivia.blank_line_before && !first) line("");
    comments(trivia.leading);
    if (trivia.documentation.empty()) return;
    for (size_t begin = 0; begin != std::string::npos;) {
      const size_t end = trivia.documentation.find('\n', begin);
      const std::string text = trivia.documentation.substr(begin, end - begin);
      line(text.empty() ? "##" : "## " + text);
      begin = end == std::string::npos ? end : end + 1;
    }
  }

  void items(const std::vector<Item>& items, bool first) {
    for (const Item& item : items) {
      before(item.trivia, first);
      first = false;
      if (const auto* node = std::get_if<Block>(&item.node)) {
        block(*node, item.trivia);
      } else {
        line(simple(item, 2 * depth_, depth_), item.trivia.trailing);
      }
    }
  }

  /// An item that is no block, without the indentation of its first line.
  std::string simple(const Item& item, int column, int depth) const {
    if (const auto* node = std::get_if<Setting>(&item.node)) return setting(*node, column, depth);
    if (const auto* node = std::get_if<Definition>(&item.node))
      return with_value(print(node->name) + " =", *node->value, column, depth);
    if (const auto* node = std::get_if<Function>(&item.node)) return function(*node, column, depth);
    if (const auto* node = std::get_if<Import>(&item.node))
      return "import " + quoted(node->path) + (node->alias ? " as " + print(*node->alias) : "");
    const auto& waiver = std::get<Waiver>(item.node);
    return "allow " + print(waiver.code) + " because " + quoted(waiver.because);
  }

  static std::string with_value(const std::string& head, const Expression& value, int column, int depth) {
    Document document;
    ExpressionPrinter printer(document);
    const Document::Id root = document.join({document.text(head), printer.value(value)});
    return document.render(root, line_width, column, depth);
  }

  static std::string setting(const Setting& node, int column, int depth) {
    Document document;
    ExpressionPrinter printer(document);
    std::vector<std::string> names;
    names.reserve(node.names.size());
    for (const Name& name : node.names)
      names.push_back(print(name) + (names.size() + 1 < node.names.size() ? "," : ":"));
    const Document::Id root =
        document.join({document.indent(document.words(std::move(names))), printer.value(*node.value)});
    return document.render(root, line_width, column, depth);
  }

  static std::string function(const Function& node, int column, int depth) {
    Document document;
    ExpressionPrinter printer(document);
    std::vector<Document::Id> parts{document.soft_line()};
    for (size_t i = 0; i < node.parameters.size(); ++i) {
      const Parameter& parameter = node.parameters[i];
      if (i > 0) parts.push_back(document.line());
      parts.push_back(document.text(print(parameter.name) + (parameter.fallback ? ": " : "")));
      if (parameter.fallback) parts.push_back(printer.expression(*parameter.fallback));
      if (i + 1 < node.parameters.size()) parts.push_back(document.text(","));
    }
    const Document::Id parameters = document.group(
        document.join({document.text("fn " + print(node.name) + "("), document.indent(document.join(std::move(parts))),
                       document.soft_line(), document.text(") =")}));
    const Document::Id root = document.join({parameters, printer.value(*node.body)});
    return document.render(root, line_width, column, depth);
  }

  void block(const Block& node, const Trivia& trivia) {
    std::string head = print(node.kind);
    for (size_t i = 0; i < node.names.size(); ++i) head += (i == 0 ? " " : ", ") + print(node.names[i]);
    if (node.items.empty() && node.dangling.empty() && node.opening.empty()) return line(head + " {}", trivia.trailing);
    if (const std::optional<std::string> content = short_content(node, head)) return line(*content, trivia.trailing);
    line(head + " {", node.opening);
    ++depth_;
    items(node.items, true);
    comments(node.dangling);
    --depth_;
    line("}", trivia.trailing);
  }

  /// A block with a single short setting takes one line.
  std::optional<std::string> short_content(const Block& node, const std::string& head) const {
    if (node.items.size() != 1 || !node.dangling.empty() || !node.opening.empty()) return std::nullopt;
    const Item& item = node.items.front();
    const Trivia& trivia = item.trivia;
    if (!std::holds_alternative<Setting>(item.node) && !std::holds_alternative<Definition>(item.node))
      return std::nullopt;
    if (!trivia.leading.empty() || !trivia.trailing.empty() || !trivia.documentation.empty()) return std::nullopt;
    std::string text = head + " { " + simple(item, 2 * depth_ + width(head) + 3, depth_) + " }";
    if (text.find('\n') != std::string::npos || 2 * depth_ + width(text) > line_width) return std::nullopt;
    return text;
  }

  std::string out_;
  int depth_ = 0;
};

}  // namespace

std::string print(const File& file) { return FilePrinter().run(file); }

}  // namespace mlw::syntax
