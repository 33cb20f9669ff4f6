#include <charconv>
#include <cmath>

#include "compiler/kernel/expression.h"

namespace mlw::kernel {
namespace {

std::string value_text(Expression node) {
  if (node->type == Type::flag) return node->value ? "true" : "false";
  if (!is_float(node->type))
    return std::to_string(static_cast<int64_t>(node->value)) + ":" + std::string(name(node->type));
  const double value = constant_value(node);
  if (std::isnan(value)) return "bits " + std::to_string(node->value) + ":" + std::string(name(node->type));
  char text[40];
  const auto [end, error] = std::to_chars(text, text + sizeof text, value);
  return std::string(text, end) + ":" + std::string(name(node->type));
}

class Writer {
 public:
  std::string write(std::span<const Expression> roots) {
    const std::vector<Expression> order = in_order(roots);
    std::unordered_map<Expression, int> uses;
    for (const Expression node : order)
      for (const Expression operand : node->arguments()) ++uses[operand];
    std::string text;
    for (const Expression node : order) {
      if (node->count == 0 || uses[node] < 2) continue;
      const std::string body = nested(node);
      const std::string label = "t" + std::to_string(names_.size());
      text += "let " + label + " = " + body + " in ";
      names_.emplace(node, label);
    }
    for (size_t i = 0; i < roots.size(); ++i) text += (i ? "; " : "") + nested(roots[i]);
    return text;
  }

 private:
  std::string nested(Expression node) {
    if (const auto found = names_.find(node); found != names_.end()) return found->second;
    if (node->op == Op::constant) return value_text(node);
    if (node->op == Op::argument) return "x" + std::to_string(node->index) + ":" + std::string(name(node->type));
    if (node->op == Op::position) return "position" + std::to_string(node->index) + ":" + std::string(name(node->type));
    std::string text(node->op == Op::elementary ? name(node->function) : name(node->op));
    if (node->op == Op::random) text += std::to_string(node->index);
    if (node->op == Op::convert || node->op == Op::reinterpret) text += ":" + std::string(name(node->type));
    text += "(";
    for (int i = 0; i < node->count; ++i) text += (i ? ", " : "") + nested(node->operands[i]);
    return text + ")";
  }

  std::unordered_map<Expression, std::string> names_;
};

}  // namespace

std::string to_text(std::span<const Expression> roots) { return Writer().write(roots); }
std::string to_text(Expression root) { return to_text(std::span(&root, 1)); }

}  // namespace mlw::kernel
