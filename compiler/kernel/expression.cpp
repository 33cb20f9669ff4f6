#include "compiler/kernel/expression.h"

#include <bit>
#include <cmath>
#include <deque>
#include <mutex>
#include <unordered_set>

#include "compiler/diagnostics/kinds/code.h"

namespace mlw::kernel {
namespace {

constexpr std::string_view type_names[] = {"flag", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "f32", "f64"};
constexpr std::string_view op_names[] = {
#define X(name, operands) #name,
    MLW_EXPRESSION_OPERATIONS(X)
#undef X
};
constexpr int op_operands[] = {
#define X(name, operands) operands,
    MLW_EXPRESSION_OPERATIONS(X)
#undef X
};
constexpr std::string_view elementary_names[] = {"exp",  "exp2", "expm1", "log",     "log2",  "log10", "log1p",
                                                 "sin",  "cos",  "tan",   "asin",    "acos",  "atan",  "sinh",
                                                 "cosh", "tanh", "erf",   "sigmoid", "power", "atan2"};

uint64_t stir(uint64_t hash, uint64_t value) {
  hash ^= value + 0x9E3779B97F4A7C15 + (hash << 6) + (hash >> 2);
  hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
  return hash ^ (hash >> 27);
}

uint64_t content_hash(const Node& node) {
  uint64_t hash = stir(static_cast<uint64_t>(node.op) << 24 | static_cast<uint64_t>(node.type) << 16 |
                           static_cast<uint64_t>(node.function) << 8 | node.count,
                       static_cast<uint32_t>(node.index));
  hash = stir(hash, node.value);
  for (const Expression operand : node.arguments()) hash = stir(hash, operand->hash);
  return hash;
}

struct ContentHash {
  size_t operator()(Expression node) const { return node->hash; }
};
struct ContentEqual {
  bool operator()(Expression a, Expression b) const {
    return a->op == b->op && a->type == b->type && a->function == b->function && a->count == b->count &&
           a->index == b->index && a->value == b->value && a->operands[0] == b->operands[0] &&
           a->operands[1] == b->operands[1] && a->operands[2] == b->operands[2];
  }
};

/// Where nodes live, for the life of the process. Shards keep threads out of each other's way.
struct Shard {
  std::mutex mutex;
  std::deque<Node> nodes;
  std::unordered_set<Expression, ContentHash, ContentEqual> known;
};
constexpr size_t shard_count = 16;

std::string fault(const Node& node);

Expression intern(Node node) {
  if (const std::string text = fault(node); !text.empty()) fail(kinds::code_generation_failed, {{"reason", text}});
  node.hash = content_hash(node);
  static Shard shards[shard_count];
  Shard& shard = shards[node.hash % shard_count];
  const std::lock_guard lock(shard.mutex);
  if (const auto found = shard.known.find(&node); found != shard.known.end()) return *found;
  shard.nodes.push_back(node);
  shard.known.insert(&shard.nodes.back());
  return &shard.nodes.back();
}

bool is_comparison(Op op) { return op >= Op::add_overflows && op <= Op::less_equal; }

Expression make(Op op, Type type, std::initializer_list<Expression> operands, int32_t index = 0) {
  Node node;
  node.op = op;
  node.type = type;
  node.index = index;
  for (const Expression operand : operands) node.operands[node.count++] = operand;
  return intern(node);
}

bool all_of_type(const Node& node, Type type) {
  for (const Expression operand : node.arguments())
    if (operand->type != type) return false;
  return true;
}

/// Whether the types of an operation other than a leaf, select, convert, reinterpret, elementary or random fit.
bool arithmetic_fits(const Node& node) {
  const Type operand = node.operands[0]->type;
  if (!all_of_type(node, operand)) return false;
  switch (node.op) {
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::minimum:
    case Op::maximum:
    case Op::negate:
    case Op::absolute:
      return operand != Type::flag && node.type == operand;
    case Op::remainder:
      return is_integer(operand) && node.type == operand;
    case Op::fused_multiply_add:
    case Op::square_root:
    case Op::floor:
    case Op::ceil:
    case Op::truncate:
    case Op::round_even:
    case Op::copy_sign:
      return is_float(operand) && node.type == operand;
    case Op::add_overflows:
    case Op::subtract_overflows:
    case Op::multiply_overflows:
      return is_signed(operand) && node.type == Type::flag;
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
      return node.type == Type::flag;
    case Op::bit_and:
    case Op::bit_or:
    case Op::bit_xor:
    case Op::bit_not:
      return !is_float(operand) && node.type == operand;
    default:  // the shifts
      return is_integer(operand) && node.type == operand && node.operands[1]->op == Op::constant &&
             node.operands[1]->value < static_cast<uint64_t>(bits(operand));
  }
}

bool types_fit(const Node& node) {
  const Node* const* operand = node.operands;
  switch (node.op) {
    case Op::constant:
    case Op::argument:
      return true;
    case Op::position:
      return is_integer(node.type);
    case Op::select:
      return operand[0]->type == Type::flag && operand[1]->type == node.type && operand[2]->type == node.type;
    case Op::convert:
      return true;
    case Op::reinterpret:
      return bits(node.type) == bits(operand[0]->type) && node.type != Type::flag && operand[0]->type != Type::flag;
    case Op::elementary:
      return is_float(node.type) && all_of_type(node, node.type);
    case Op::random:
      return node.type == Type::u32 && all_of_type(node, Type::i64) && node.index >= 0 && node.index < 4;
    default:
      return arithmetic_fits(node);
  }
}

std::string fault(const Node& node) {
  const int expected = node.op == Op::elementary ? operands(node.function) : op_operands[static_cast<int>(node.op)];
  if (node.count != expected)
    return std::string(name(node.op)) + " has " + std::to_string(node.count) + " operands instead of " +
           std::to_string(expected);
  if (types_fit(node)) return {};
  std::string text = std::string(name(node.op)) + " to " + std::string(name(node.type)) + " does not take";
  for (const Expression operand : node.arguments()) text += " " + std::string(name(operand->type));
  return text;
}

}  // namespace

std::string_view name(Type type) { return type_names[static_cast<int>(type)]; }
std::string_view name(Op op) { return op_names[static_cast<int>(op)]; }
std::string_view name(Elementary function) { return elementary_names[static_cast<int>(function)]; }
int operands(Elementary function) { return function >= Elementary::power ? 2 : 1; }

bool is_float(Type type) { return type >= Type::f32; }
bool is_integer(Type type) { return type != Type::flag && !is_float(type); }
bool is_signed(Type type) { return type >= Type::i8 && type <= Type::i64; }
int bits(Type type) {
  constexpr int widths[] = {1, 8, 16, 32, 64, 8, 16, 32, 32, 64};
  return widths[static_cast<int>(type)];
}

Expression constant_bits(Type type, uint64_t value) {
  const int width = bits(type);
  if (is_signed(type))
    value = static_cast<uint64_t>(static_cast<int64_t>(value << (64 - width)) >> (64 - width));
  else if (width < 64)
    value &= (uint64_t{1} << width) - 1;
  Node node;
  node.type = type;
  node.value = value;
  return intern(node);
}

Expression constant(Type type, double value) {
  if (type == Type::f64) return constant_bits(type, std::bit_cast<uint64_t>(value));
  if (type == Type::f32) return constant_bits(type, std::bit_cast<uint32_t>(static_cast<float>(value)));
  if (type == Type::flag) return flag(value != 0);
  return integer(type, static_cast<int64_t>(value));
}

Expression integer(Type type, int64_t value) {
  if (is_float(type)) return constant(type, static_cast<double>(value));
  return constant_bits(type, static_cast<uint64_t>(value));
}

Expression flag(bool value) { return constant_bits(Type::flag, value); }
Expression argument(Type type, int index) { return make(Op::argument, type, {}, index); }
Expression position(int axis, Type type) { return make(Op::position, type, {}, axis); }
Expression unary(Op op, Expression a) { return make(op, a->type, {a}); }
Expression binary(Op op, Expression a, Expression b) {
  return make(op, is_comparison(op) ? Type::flag : a->type, {a, b});
}
Expression fused_multiply_add(Expression a, Expression b, Expression c) {
  return make(Op::fused_multiply_add, a->type, {a, b, c});
}
Expression select(Expression condition, Expression then, Expression otherwise) {
  return make(Op::select, then->type, {condition, then, otherwise});
}
Expression convert(Expression a, Type type) { return make(Op::convert, type, {a}); }
Expression reinterpret(Expression a, Type type) { return make(Op::reinterpret, type, {a}); }

Expression elementary(Elementary function, Expression a) {
  Node node;
  node.op = Op::elementary;
  node.type = a->type;
  node.function = function;
  node.count = 1;
  node.operands[0] = a;
  return intern(node);
}
Expression elementary(Elementary function, Expression a, Expression b) {
  Node node;
  node.op = Op::elementary;
  node.type = a->type;
  node.function = function;
  node.count = 2;
  node.operands[0] = a;
  node.operands[1] = b;
  return intern(node);
}

Expression random(Expression key, Expression low, Expression high, int word) {
  return make(Op::random, Type::u32, {key, low, high}, word);
}

Expression uniform(Expression key, Expression low, Expression high, int word) {
  const Expression top = binary(Op::shift_right, random(key, low, high, word), integer(Type::u32, 8));
  return multiply(convert(top, Type::f32), constant(Type::f32, 0x1p-24));
}

bool is_constant(Expression expression) { return expression->op == Op::constant; }

double constant_value(Expression expression) {
  if (expression->type == Type::f64) return std::bit_cast<double>(expression->value);
  if (expression->type == Type::f32) return std::bit_cast<float>(static_cast<uint32_t>(expression->value));
  return static_cast<double>(static_cast<int64_t>(expression->value));
}

std::vector<Expression> in_order(std::span<const Expression> roots) {
  std::vector<Expression> order;
  std::unordered_set<Expression> seen;
  std::vector<std::pair<Expression, int>> stack;  // a node and how many of its operands are done
  for (const Expression root : roots) {
    if (seen.insert(root).second) stack.push_back({root, 0});
    while (!stack.empty()) {
      auto& [node, done] = stack.back();
      if (done == node->count) {
        order.push_back(node);
        stack.pop_back();
        continue;
      }
      const Expression operand = node->operands[done++];
      if (seen.insert(operand).second) stack.push_back({operand, 0});
    }
  }
  return order;
}

Expression with_operands(Expression node, std::span<const Expression> operands) {
  Node copy = *node;
  for (size_t i = 0; i < operands.size(); ++i) copy.operands[i] = operands[i];
  return intern(copy);
}

Expression substitute(Expression root, const std::unordered_map<Expression, Expression>& replacements) {
  std::unordered_map<Expression, Expression> done;
  for (const Expression node : in_order(root)) {
    if (const auto found = replacements.find(node); found != replacements.end()) {
      done[node] = found->second;
      continue;
    }
    Expression operands[3];
    for (int i = 0; i < node->count; ++i) operands[i] = done[node->operands[i]];
    done[node] = node->count ? with_operands(node, {operands, node->count}) : node;
  }
  return done[root];
}

std::string verify(Expression root) {
  for (const Expression node : in_order(root)) {
    if (std::string text = fault(*node); !text.empty()) return text;
    if (node->hash != content_hash(*node)) return "a node of " + std::string(name(node->op)) + " was changed";
  }
  return {};
}

}  // namespace mlw::kernel
