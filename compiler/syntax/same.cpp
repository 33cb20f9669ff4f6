#include <algorithm>

#include "compiler/syntax/syntax.h"

namespace mlw::syntax {
namespace {

/// In one class, so that each sees the others.
struct Comparison {
  static bool same(const ExpressionPointer& a, const ExpressionPointer& b) {
    return a == nullptr || b == nullptr ? a == b : same(*a, *b);
  }
  template <typename T>
  static bool same(const std::vector<T>& a, const std::vector<T>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const T& one, const T& other) { return same(one, other); });
  }
  template <typename T>
  static bool same(const std::optional<T>& a, const std::optional<T>& b) {
    return a && b ? same(*a, *b) : a.has_value() == b.has_value();
  }

  static bool same(const Name& a, const Name& b) { return a.text == b.text && a.quoted == b.quoted; }
  static bool same(const QualifiedName& a, const QualifiedName& b) { return same(a.parts, b.parts); }
  static bool same(const Argument& a, const Argument& b) { return same(a.name, b.name) && same(a.value, b.value); }

  static bool same(const NumberLiteral& a, const NumberLiteral& b) { return a.digits == b.digits && a.unit == b.unit; }
  static bool same(const TextLiteral& a, const TextLiteral& b) { return a.value == b.value && a.block == b.block; }
  static bool same(const DateLiteral& a, const DateLiteral& b) { return a.text == b.text; }
  static bool same(const FlagLiteral& a, const FlagLiteral& b) { return a.value == b.value; }
  static bool same(const MissingLiteral&, const MissingLiteral&) { return true; }
  static bool same(const Bad&, const Bad&) { return true; }
  static bool same(const Reference& a, const Reference& b) { return same(a.name, b.name); }
  static bool same(const Call& a, const Call& b) { return same(a.callee, b.callee) && same(a.arguments, b.arguments); }
  static bool same(const Unary& a, const Unary& b) { return a.op == b.op && same(a.operand, b.operand); }
  static bool same(const Binary& a, const Binary& b) {
    return a.op == b.op && same(a.left, b.left) && same(a.right, b.right);
  }
  static bool same(const Range& a, const Range& b) {
    return same(a.low, b.low) && same(a.high, b.high) && same(a.step, b.step) && a.log == b.log;
  }
  static bool same(const Choice& a, const Choice& b) { return same(a.arms, b.arms); }
  static bool same(const Pipeline& a, const Pipeline& b) { return same(a.stages, b.stages); }
  static bool same(const Conditional& a, const Conditional& b) {
    return same(a.condition, b.condition) && same(a.then, b.then) && same(a.otherwise, b.otherwise);
  }
  static bool same(const Let& a, const Let& b) {
    return same(a.name, b.name) && same(a.value, b.value) && same(a.body, b.body);
  }
  static bool same(const List& a, const List& b) { return same(a.elements, b.elements); }

  static bool same(const Comments& a, const Comments& b) {
    return a.leading == b.leading && a.trailing == b.trailing && a.dangling == b.dangling;
  }
  static bool same(const Trivia& a, const Trivia& b) {
    return a.leading == b.leading && a.trailing == b.trailing && a.documentation == b.documentation &&
           a.blank_line_before == b.blank_line_before;
  }

  /// Two variants that hold the same sort of thing.
  template <typename Variant>
  static bool same_content(const Variant& a, const Variant& b) {
    if (a.index() != b.index()) return false;
    return std::visit([&](const auto& node) { return same(node, std::get<std::decay_t<decltype(node)>>(b)); }, a);
  }

  static bool same(const Expression& a, const Expression& b) {
    static const Comments none;
    return same_content(a.node, b.node) && same(a.comments ? *a.comments : none, b.comments ? *b.comments : none);
  }

  static bool same(const Parameter& a, const Parameter& b) {
    return same(a.name, b.name) && same(a.fallback, b.fallback);
  }
  static bool same(const Setting& a, const Setting& b) { return same(a.names, b.names) && same(a.value, b.value); }
  static bool same(const Definition& a, const Definition& b) { return same(a.name, b.name) && same(a.value, b.value); }
  static bool same(const Function& a, const Function& b) {
    return same(a.name, b.name) && same(a.parameters, b.parameters) && same(a.body, b.body);
  }
  static bool same(const Waiver& a, const Waiver& b) { return same(a.code, b.code) && a.because == b.because; }
  static bool same(const Import& a, const Import& b) { return a.path == b.path && same(a.alias, b.alias); }
  static bool same(const Block& a, const Block& b) {
    return same(a.kind, b.kind) && same(a.names, b.names) && same(a.items, b.items) && a.opening == b.opening &&
           a.dangling == b.dangling;
  }
  static bool same(const Item& a, const Item& b) { return same(a.trivia, b.trivia) && same_content(a.node, b.node); }
};

}  // namespace

bool same(const File& a, const File& b) {
  using C = Comparison;
  return C::same(a.workflow, b.workflow) && a.title == b.title && C::same(a.trivia, b.trivia) &&
         C::same(a.items, b.items) && a.dangling == b.dangling;
}

}  // namespace mlw::syntax
