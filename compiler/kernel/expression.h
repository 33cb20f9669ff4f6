#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// Scalar code without effects: a directed acyclic graph of typed nodes, each made once in a process (hash-consed), so
/// that equal expressions are the same pointer. Everything that is computed per row, per weight or per unit is an
/// expression; it is differentiated, simplified and emitted for any number of lanes with the same operations in the
/// same order, so that the result has the same bits on every machine.
namespace mlw::kernel {

enum class Type : uint8_t { flag, i8, i16, i32, i64, u8, u16, u32, f32, f64 };
std::string_view name(Type type);
bool is_float(Type type);
bool is_integer(Type type);  ///< of any width, not the flag
bool is_signed(Type type);   ///< a signed integer
int bits(Type type);         ///< width; 1 for a flag

/// Every operation: name and number of operands (-1: see `Elementary`). Results have the operands' type unless said
/// otherwise. Floating-point arithmetic is IEEE 754, rounded to nearest even, never contracted. Integers wrap.
#define MLW_EXPRESSION_OPERATIONS(X)                                                                                     \
  /* leaves: a constant; the argument `index` of the function; the position along the axis `index` of the loop */        \
  X(constant, 0)                                                                                                         \
  X(argument, 0)                                                                                                         \
  X(position, 0) /* arithmetic; integer quotients are cut towards zero, x / 0 is 0 and remainder(x, 0) is x */           \
  X(add, 2)                                                                                                              \
  X(subtract, 2) X(multiply, 2) X(divide, 2) X(remainder, 2) X(negate, 1)                                                \
      X(absolute, 1)              /* minimum: a < b ? a : b; maximum: a > b ? a : b; so b where one is not a number */   \
      X(minimum, 2) X(maximum, 2) /* floats only: a * b + c with one rounding; square root; rounding to whole numbers;   \
                                     magnitude of a, sign of b */                                                        \
      X(fused_multiply_add, 3) X(square_root, 1) X(floor, 1) X(ceil, 1) X(truncate, 1) X(round_even, 1)                  \
          X(copy_sign, 2) /* flags: whether the signed integer operation leaves the range of its type */                 \
      X(add_overflows, 2) X(subtract_overflows, 2)                                                                       \
          X(multiply_overflows, 2) /* flags: comparisons; with a value that is not a number only not_equal is true */    \
      X(equal, 2) X(not_equal, 2) X(less, 2) X(less_equal, 2) /* select(flag, then, otherwise) */                        \
      X(select, 3) /* convert: by value. To an integer: cut towards zero, held to the range, 0 for what is not a         \
                      number; between integers: the low bits; to a flag: is it not 0; from a flag: 0 or 1.               \
                      reinterpret: the same bits, equal width */                                                         \
      X(convert, 1) X(reinterpret, 1) /* integers and flags; shift distances are constants below the width; right        \
                                         shifts of signed integers copy the sign */                                      \
      X(bit_and, 2) X(bit_or, 2) X(bit_xor, 2) X(bit_not, 1) X(shift_left, 2)                                            \
          X(shift_right, 2) /* a function of `Elementary`; word `index` (0 … 3, u32) of the Philox block of (key, low, \
                               high), all i64 */                                                                         \
      X(elementary, -1) X(random, 3)

enum class Op : uint8_t {
#define X(name, operands) name,
  MLW_EXPRESSION_OPERATIONS(X)
#undef X
};
std::string_view name(Op op);

/// Functions of floats, made of arithmetic by `expand` (see elementary.h for their accuracy).
enum class Elementary : uint8_t {
  exp,
  exp2,
  expm1,
  log,
  log2,
  log10,
  log1p,
  sin,
  cos,
  tan,
  asin,
  acos,
  atan,
  sinh,
  cosh,
  tanh,
  erf,
  sigmoid,
  power,
  atan2,  // two operands: base and exponent; y and x
};
std::string_view name(Elementary function);
int operands(Elementary function);

struct Node;
/// A handle: cheap to copy, equal when the expressions are equal, valid for the life of the process, usable everywhere.
using Expression = const Node*;

struct Node {
  Op op = Op::constant;
  Type type = Type::f32;
  Elementary function = Elementary::exp;  ///< of `elementary`
  uint8_t count = 0;                      ///< of operands
  int32_t index = 0;                      ///< of `argument`, `position`, `random`
  uint64_t value = 0;  ///< of `constant`: the value's bits, zero-extended; a signed integer sign-extended
  Expression operands[3] = {};
  uint64_t hash = 0;  ///< of the content: the same in every process

  std::span<const Expression> arguments() const { return {operands, count}; }
};

/// Making nodes. Operands must have fitting types: else the work fails with R452. Nothing is simplified here.
Expression constant(Type type, double value);  ///< the value converted to the type
Expression integer(Type type, int64_t value);
Expression flag(bool value);
Expression constant_bits(Type type, uint64_t bits);
Expression argument(Type type, int index);
Expression position(int axis, Type type = Type::i64);
Expression unary(Op op, Expression a);
Expression binary(Op op, Expression a, Expression b);
Expression fused_multiply_add(Expression a, Expression b, Expression c);
Expression select(Expression condition, Expression then, Expression otherwise);
Expression convert(Expression a, Type type);
Expression reinterpret(Expression a, Type type);
Expression elementary(Elementary function, Expression a);
Expression elementary(Elementary function, Expression a, Expression b);
Expression random(Expression key, Expression low, Expression high, int word);
/// Uniform in [0, 1), float32 with 24 bits, out of one word of `random`.
Expression uniform(Expression key, Expression low, Expression high, int word);

inline Expression add(Expression a, Expression b) { return binary(Op::add, a, b); }
inline Expression subtract(Expression a, Expression b) { return binary(Op::subtract, a, b); }
inline Expression multiply(Expression a, Expression b) { return binary(Op::multiply, a, b); }
inline Expression divide(Expression a, Expression b) { return binary(Op::divide, a, b); }
inline Expression negate(Expression a) { return unary(Op::negate, a); }
inline Expression absolute(Expression a) { return unary(Op::absolute, a); }
inline Expression less(Expression a, Expression b) { return binary(Op::less, a, b); }
inline Expression less_equal(Expression a, Expression b) { return binary(Op::less_equal, a, b); }
inline Expression greater(Expression a, Expression b) { return binary(Op::less, b, a); }
inline Expression greater_equal(Expression a, Expression b) { return binary(Op::less_equal, b, a); }
inline Expression equal(Expression a, Expression b) { return binary(Op::equal, a, b); }
inline Expression not_equal(Expression a, Expression b) { return binary(Op::not_equal, a, b); }
inline Expression both(Expression a, Expression b) { return binary(Op::bit_and, a, b); }
inline Expression either(Expression a, Expression b) { return binary(Op::bit_or, a, b); }
inline Expression opposite(Expression a) { return unary(Op::bit_not, a); }

bool is_constant(Expression expression);
double constant_value(Expression expression);  ///< of a constant, as float64

/// Every node that the roots reach, operands before their users, in an order that depends on content alone.
std::vector<Expression> in_order(std::span<const Expression> roots);
inline std::vector<Expression> in_order(Expression root) { return in_order(std::span(&root, 1)); }

/// The same node with other operands (as many, of the same types).
Expression with_operands(Expression node, std::span<const Expression> operands);
/// Every leaf (or other node) that stands in `replacements` replaced; types must be equal.
Expression substitute(Expression root, const std::unordered_map<Expression, Expression>& replacements);

/// The first fault of the graph as a sentence; empty when it is sound: types, operand counts, shift distances.
std::string verify(Expression root);

/// Canonical text: equal for equal expressions and different for different ones. Nodes used more than once are named
/// first: `let t0 = exp(x0:f32) in add(t0, multiply(t0, 0x1p-1:f32))`.
std::string to_text(Expression root);
std::string to_text(std::span<const Expression> roots);

}  // namespace mlw::kernel
