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
      out_ += "workflow ";
      print(*file.workflow, out_);
      if (!file.title.empty()) (out_ += ' ') += quoted(file.title);
      end_line(file.trivia.trailing);
    }
    items(file.items, !file.workflow);
    comments(file.dangling);
    return std::move(out_);
  }

 private:
  void indent() { out_.append(2 * static_cast<size_t>(depth_), ' '); }

  void end_line(std::string_view comment = "") {
    if (!comment.empty()) (out_ += "  ") += comment;
    out_ += '\n';
  }

  void line(std::string_view before, std::string_view text) {
    if (!before.empty() || !text.empty()) indent();
    (out_ += before) += text;
    out_ += '\n';
  }

  void comments(const std::vector<std::string>& lines) {
    for (const std::string& text : lines) line("", text);
  }

  void before(const Trivia& trivia, bool first) {
    if (trivia.blank_line_before && !first) out_ += '\n';
    comments(trivia.leading);
    if (trivia.documentation.empty()) return;
    for (size_t begin = 0; begin != std::string::npos;) {
      const size_t end = trivia.documentation.find('\n', begin);
      const std::string_view text = std::string_view(trivia.documentation).substr(begin, end - begin);
      line(text.empty() ? "##" : "## ", text);
      begin = end == std::string::npos ? end : end + 1;
    }
  }

  void items(const std::vector<Item>& items, bool first) {
    for (const Item& item : items) {
      before(item.trivia, first);
      first = false;
      indent();
      if (const auto* node = std::get_if<Block>(&item.node)) {
        block(*node, item.trivia);
      } else {
        simple(item, 2 * depth_);
        end_line(item.trivia.trailing);
      }
    }
  }

  /// An item that is no block, from column `column` on.
  void simple(const Item& item, int column) {
    if (const auto* node = std::get_if<Import>(&item.node)) {
      (out_ += "import ") += quoted(node->path);
      if (node->alias) print(*node->alias, out_ += " as ");
    } else if (const auto* node = std::get_if<Waiver>(&item.node)) {
      print(node->code, out_ += "allow ");
      (out_ += " because ") += quoted(node->because);
    } else {
      document_.clear();
      document_.render(document_of(item), line_width, column, depth_, out_);
    }
  }

  Document::Id document_of(const Item& item) {
    if (const auto* node = std::get_if<Setting>(&item.node))
      return document_.join({document_.indent(names(node->names)), expressions_.value(*node->value)});
    if (const auto* node = std::get_if<Definition>(&item.node))
      return document_.join({expressions_.head("", node->name, " ="), expressions_.value(*node->value)});
    const auto& function = std::get<Function>(item.node);
    return document_.join({head(function), expressions_.value(*function.body)});
  }

  /// `a, b:`
  Document::Id names(const std::vector<Name>& names) {
    Document::Parts words(document_);
    for (const Name& name : names) words.add(expressions_.head("", name, &name == &names.back() ? ":" : ","));
    return words.words();
  }

  /// `fn f(a, b: 1) =`
  Document::Id head(const Function& node) {
    const Document::Id name = expressions_.head("fn ", node.name, "(");
    Document::Parts parts(document_);
    parts.add(document_.soft_line());
    for (const Parameter& parameter : node.parameters) {
      if (&parameter != node.parameters.data()) parts.add(document_.line());
      parts.add(expressions_.head("", parameter.name, parameter.fallback ? ": " : ""));
      if (parameter.fallback) parts.add(expressions_.expression(*parameter.fallback));
      if (&parameter != &node.parameters.back()) parts.add(document_.text(","));
    }
    return document_.group(
        document_.join({name, document_.indent(parts.join()), document_.soft_line(), document_.text(") =")}));
  }

  void block(const Block& node, const Trivia& trivia) {
    const size_t begin = out_.size();
    print(node.kind, out_);
    for (const Name& name : node.names) print(name, out_ += &name == node.names.data() ? " " : ", ");
    if (node.items.empty() && node.dangling.empty() && node.opening.empty()) {
      out_ += " {}";
      return end_line(trivia.trailing);
    }
    if (is_short(node) && on_one_line(node.items.front(), begin)) return end_line(trivia.trailing);
    out_ += " {";
    end_line(node.opening);
    ++depth_;
    items(node.items, true);
    comments(node.dangling);
    --depth_;
    indent();
    out_ += '}';
    end_line(trivia.trailing);
  }

  /// A block with a single setting about which nothing is said may take one line.
  static bool is_short(const Block& node) {
    if (node.items.size() != 1 || !node.dangling.empty() || !node.opening.empty()) return false;
    const Item& item = node.items.front();
    const Trivia& trivia = item.trivia;
    if (!std::holds_alternative<Setting>(item.node) && !std::holds_alternative<Definition>(item.node)) return false;
    return trivia.leading.empty() && trivia.trailing.empty() && trivia.documentation.empty();
  }

  /// `{ item }` behind the head of a block, which begins at `begin`; nothing when it does not fit.
  bool on_one_line(const Item& item, size_t begin) {
    const size_t head_end = out_.size();
    const auto width_now = [&] { return 2 * depth_ + width(std::string_view(out_).substr(begin)); };
    out_ += " { ";
    simple(item, width_now());
    out_ += " }";
    if (out_.find('\n', begin) == std::string::npos && width_now() <= line_width) return true;
    out_.resize(head_end);
    return false;
  }

  std::string out_;
  int depth_ = 0;
  Document document_;  ///< of the item under way
  ExpressionPrinter expressions_{document_};
};

}  // namespace

std::string print(const File& file) { return FilePrinter().run(file); }

}  // namespace mlw::syntax
