#include "compiler/kernel/elementary.h"
#include "compiler/kernel/expression_passes.h"

namespace mlw::kernel {
namespace {

/// Philox 4x32-10 (Salmon et al. 2011) in plain operations. All arithmetic is on 32-bit words held in i64 or u32.
class PhiloxRounds {
 public:
  PhiloxRounds(Expression key, Expression low, Expression high) {
    split(low, counter_[0], counter_[1]);
    split(high, counter_[2], counter_[3]);
    split(key, key_[0], key_[1]);
  }

  Expression word(int index) {
    for (int round = 0; round < 10; ++round) one_round();
    return counter_[index];
  }

 private:
  static Expression low_word(Expression wide) { return convert(wide, Type::u32); }
  static Expression high_word(Expression wide) {
    return convert(binary(Op::shift_right, wide, integer(Type::i64, 32)), Type::u32);
  }
  static void split(Expression wide, Expression& low, Expression& high) {
    low = low_word(wide);
    high = high_word(wide);
  }
  static Expression exclusive(Expression a, Expression b) { return binary(Op::bit_xor, a, b); }

  void one_round() {
    const Expression first = multiply(convert(counter_[0], Type::i64), integer(Type::i64, 0xD2511F53));
    const Expression second = multiply(convert(counter_[2], Type::i64), integer(Type::i64, 0xCD9E8D57));
    const Expression next[4] = {exclusive(exclusive(high_word(second), counter_[1]), key_[0]), low_word(second),
                                exclusive(exclusive(high_word(first), counter_[3]), key_[1]), low_word(first)};
    std::copy(next, next + 4, counter_);
    key_[0] = add(key_[0], integer(Type::u32, 0x9E3779B9));
    key_[1] = add(key_[1], integer(Type::u32, 0xBB67AE85));
  }

  Expression counter_[4], key_[2];
};

/// Whether a product of i64 leaves the range. The wrapped product is off by a multiple of 2^64, the product of the
/// operands in float64 by far less than that. Machines have no such test for vectors.
Expression product_overflows(Expression a, Expression b) {
  const auto real = [](Expression x) { return convert(x, Type::f64); };
  const Expression difference = subtract(multiply(real(a), real(b)), real(multiply(a, b)));
  return less_equal(constant(Type::f64, 0x1p62), absolute(difference));
}

Expression expand_node(Expression node) {
  if (node->op == Op::multiply_overflows && node->operands[0]->type == Type::i64)
    return product_overflows(node->operands[0], node->operands[1]);
  if (node->op == Op::elementary) return expand_elementary(node->function, node->operands[0], node->operands[1]);
  if (node->op == Op::random)
    return PhiloxRounds(node->operands[0], node->operands[1], node->operands[2]).word(node->index);
  return node;
}

}  // namespace

std::vector<Expression> expand(std::span<const Expression> roots) {
  std::unordered_map<Expression, Expression> done;
  for (const Expression node : in_order(roots)) {
    Expression operands[3];
    for (int i = 0; i < node->count; ++i) operands[i] = done[node->operands[i]];
    done[node] = expand_node(node->count ? with_operands(node, {operands, node->count}) : node);
  }
  std::vector<Expression> result;
  for (const Expression root : roots) result.push_back(done[root]);
  return result;
}

Expression expand(Expression root) { return expand(std::span(&root, 1))[0]; }

}  // namespace mlw::kernel
