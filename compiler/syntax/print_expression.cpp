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

/// A word without inner structure; null when it is none.
std::optional<std::string> plain_word(const Expression& expression) {
  if (expression.comments) return std::nullopt;
  if (const auto* number = as<NumberLiteral>(expression)) return number->digits + number->unit;
  if (const auto* date = as<DateLiteral>(expression)) return date->text;
  if (const auto* flag = as<FlagLiteral>(expression)) return flag->value ? "true" : "false";
  if (as<MissingLiteral>(expression)) return "missing";
  if (const auto* reference = as<Reference>(expression)) return print(reference->name);
  if (const auto* text = as<TextLiteral>(expression))
    return text->value.find('\n') == std::string::npos ? std::optional(print(*text)) : std::nullopt;
  return std::nullopt;
}

/// Something a range of it needs no spaces around its points.
bool is_tight(const Expression& expression) {
  if (const auto* unary = as<Unary>(expression)) return plain_word(*unary->operand).has_value();
  return plain_word(expression).has_value();
}

}  // namespace

std::string print(const Name& name) {
  if (!name.quoted) return name.text;
  std::string text = "`";
  for (char c : name.text) text.append(c == '`' ? 2 : 1, c);
  return text + "`";
}

std::string print(const QualifiedName& name) {
  std::string text;
  for (const Name& part : name.parts) {
    if (!text.empty()) text += '.';
    text += print(part);
  }
  return text;
}

std::string print(const TextLiteral& text) {
  const bool block = text.block && text.value.find("\"\"\"") == std::string::npos && !text.value.ends_with('"') &&
                     text.value.find("\r\n") == std::string::npos;
  return block ? "\"\"\"" + text.value + "\"\"\"" : quoted(text.value);
}

Document::Id ExpressionPrinter::leading(const Expression& expression) {
  std::vector<Id> parts;
  if (expression.comments) {
    for (const std::string& comment : expression.comments->leading) {
      parts.push_back(document_.text(comment));
      parts.push_back(document_.hard_line());
    }
  }
  return document_.join(std::move(parts));
}

Document::Id ExpressionPrinter::trailing(const Expression& expression) {
  if (!expression.comments || expression.comments->trailing.empty()) return document_.join({});
  return document_.comment_behind(expression.comments->trailing);
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
  if (const auto* node = as<NumberLiteral>(expression)) return document_.text(node->digits + node->unit);
  if (const auto* node = as<DateLiteral>(expression)) return document_.text(node->text);
  if (const auto* node = as<FlagLiteral>(expression)) return document_.text(node->value ? "true" : "false");
  if (const auto* node = as<Reference>(expression)) return document_.text(print(node->name));
  if (const auto* node = as<TextLiteral>(expression)) return document_.text(print(*node));
  return document_.text("missing");  // also `Bad`: who prints has looked for errors before
}

Document::Id ExpressionPrinter::unary(const Unary& node) {
  if (node.op == UnaryOperator::negate)
    return document_.join({document_.text("-"), operand(*node.operand, level::minus)});
  return document_.join({document_.text("not "), operand(*node.operand, level::logical_not)});
}

/// `a + b - c` is one group: all of its operands share a line or none do.
void ExpressionPrinter::operands(const Binary& node, int level, std::vector<Id>& parts) {
  const level::Operands sides = level::operands(node.op);
  const auto* left = as<Binary>(*node.left);
  if (left != nullptr && level::of(left->op) == level && sides.left == level) {
    operands(*left, level, parts);
  } else {
    parts.push_back(operand(*node.left, sides.left));
  }
  parts.push_back(document_.line());
  parts.push_back(document_.text(std::string(sign(node.op)) + " "));
  parts.push_back(operand(*node.right, sides.right));
}

Document::Id ExpressionPrinter::binary(const Binary& node) {
  if (node.op == BinaryOperator::power) {
    const level::Operands sides = level::operands(node.op);
    return document_.join({operand(*node.left, sides.left), document_.text("^"), operand(*node.right, sides.right)});
  }
  std::vector<Id> parts;
  operands(node, level::of(node.op), parts);
  return document_.group(document_.join(std::move(parts)));
}

Document::Id ExpressionPrinter::range(const Range& node) {
  const bool tight = is_tight(*node.low) && is_tight(*node.high);
  std::vector<Id> parts{operand(*node.low, level::sum), document_.text(tight ? ".." : " .. "),
                        operand(*node.high, level::sum)};
  if (node.step) {
    parts.push_back(document_.text(" step "));
    parts.push_back(operand(*node.step, level::sum));
  }
  if (node.log) parts.push_back(document_.text(" log"));
  return document_.join(std::move(parts));
}

Document::Id ExpressionPrinter::sequence(const std::vector<ExpressionPointer>& stages, const char* sign) {
  std::vector<Id> parts;
  for (const ExpressionPointer& stage : stages) {
    if (!parts.empty()) {
      parts.push_back(document_.line());
      parts.push_back(leading(*stage));
      parts.push_back(document_.text(sign));
    }
    parts.push_back(operand(*stage, level::stage));
    parts.push_back(trailing(*stage));
  }
  return document_.group(document_.join(std::move(parts)));
}

/// `word value next`: what stands between two words goes on lines of its own when it is long.
Document::Id ExpressionPrinter::enclosed(std::string word, Id value, std::string next) {
  return document_.group(
      document_.join({document_.text(std::move(word)), document_.indent(document_.join({document_.line(), value})),
                      document_.line(), document_.text(std::move(next))}));
}

Document::Id ExpressionPrinter::conditional(const Conditional& node) {
  std::vector<Id> parts, ends;
  const Conditional* at = &node;
  while (at != nullptr) {
    parts.push_back(enclosed("if", expression(*at->condition), "then"));
    parts.push_back(value(*at->then));
    parts.push_back(trailing(*at->then));
    parts.push_back(document_.line());
    parts.push_back(leading(*at->otherwise));
    parts.push_back(document_.text("else"));
    const auto* next = as<Conditional>(*at->otherwise);
    parts.push_back(next == nullptr ? value(*at->otherwise, level::word) : document_.text(" "));
    ends.push_back(trailing(*at->otherwise));
    at = next;
  }
  parts.insert(parts.end(), ends.begin(), ends.end());
  return document_.group(document_.join(std::move(parts)));
}

Document::Id ExpressionPrinter::let(const Let& node) {
  std::vector<Id> parts, ends;
  const Let* at = &node;
  while (at != nullptr) {
    parts.push_back(enclosed("let " + print(at->name) + " =", operand(*at->value, level::binding), "in"));
    parts.push_back(document_.line());
    parts.push_back(leading(*at->body));
    const auto* next = as<Let>(*at->body);
    if (next == nullptr) parts.push_back(operand(*at->body, level::word));
    ends.push_back(trailing(*at->body));
    at = next;
  }
  parts.insert(parts.end(), ends.begin(), ends.end());
  return document_.group(document_.join(std::move(parts)));
}

Document::Id ExpressionPrinter::bracketed(std::string open, std::vector<Id> elements, const Comments* comments,
                                          std::string close) {
  const bool dangling = comments != nullptr && !comments->dangling.empty();
  if (elements.empty() && !dangling) return document_.text(open + close);
  std::vector<Id> inside{dangling ? document_.hard_line() : document_.soft_line()};
  for (size_t i = 0; i < elements.size(); ++i) {
    if (i > 0) inside.push_back(document_.line());
    inside.push_back(elements[i]);
  }
  for (size_t i = 0; dangling && i < comments->dangling.size(); ++i) {
    if (i > 0 || !elements.empty()) inside.push_back(document_.hard_line());
    inside.push_back(document_.text(comments->dangling[i]));
  }
  return document_.group(
      document_.join({document_.text(std::move(open)), document_.indent(document_.join(std::move(inside))),
                      document_.soft_line(), document_.text(std::move(close))}));
}

Document::Id ExpressionPrinter::call(const Expression& expression, const Call& node) {
  std::vector<Id> arguments;
  for (size_t i = 0; i < node.arguments.size(); ++i) {
    const Argument& argument = node.arguments[i];
    std::vector<Id> parts{leading(*argument.value)};
    if (argument.name) {
      parts.push_back(document_.text(print(*argument.name) + ":"));
      parts.push_back(value(*argument.value));
    } else {
      parts.push_back(this->expression(*argument.value));
    }
    if (i + 1 < node.arguments.size()) parts.push_back(document_.text(","));
    parts.push_back(trailing(*argument.value));
    arguments.push_back(document_.join(std::move(parts)));
  }
  return bracketed(print(node.callee) + "(", std::move(arguments), expression.comments.get(), ")");
}

Document::Id ExpressionPrinter::list(const Expression& expression, const List& node) {
  std::vector<std::string> words;
  for (const ExpressionPointer& element : node.elements) {
    const std::optional<std::string> word = plain_word(*element);
    if (!word) break;
    words.push_back(*word + (words.size() + 1 < node.elements.size() ? "," : ""));
  }
  std::vector<Id> elements;
  if (words.size() == node.elements.size() && words.size() >= many_words) {
    elements.push_back(document_.words(std::move(words)));
  } else {
    for (size_t i = 0; i < node.elements.size(); ++i) {
      const Expression& element = *node.elements[i];
      elements.push_back(document_.join({leading(element), this->expression(element),
                                         document_.text(i + 1 < node.elements.size() ? "," : ""), trailing(element)}));
    }
  }
  return bracketed("[", std::move(elements), expression.comments.get(), "]");
}

std::string print(const Expression& expression) {
  Document document;
  ExpressionPrinter printer(document);
  const Document::Id root = printer.expression(expression);
  return document.render(root, line_width, 0, 0);
}

}  // namespace mlw::syntax
