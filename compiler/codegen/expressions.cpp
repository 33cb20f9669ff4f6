#include "compiler/codegen/expressions.h"

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Intrinsics.h>

#include <initializer_list>

#include "compiler/diagnostics/kinds/code.h"
#include "compiler/kernel/expression_passes.h"

namespace mlw::codegen {

using kernel::Expression;
using kernel::Op;

llvm::Type* llvm_type(llvm::IRBuilderBase& builder, kernel::Type type, int lanes) {
  llvm::Type* scalar = type == kernel::Type::f32   ? builder.getFloatTy()
                       : type == kernel::Type::f64 ? builder.getDoubleTy()
                                                   : builder.getIntNTy(kernel::bits(type));
  return lanes == 1 ? scalar : llvm::FixedVectorType::get(scalar, lanes);
}

namespace {

int lanes_of(llvm::Value* value) {
  const auto* vector = llvm::dyn_cast<llvm::FixedVectorType>(value->getType());
  return vector ? static_cast<int>(vector->getNumElements()) : 1;
}

llvm::CmpInst::Predicate predicate(Op op, kernel::Type type) {
  using P = llvm::CmpInst::Predicate;
  if (kernel::is_float(type))
    return op == Op::equal       ? P::FCMP_OEQ
           : op == Op::not_equal ? P::FCMP_UNE
           : op == Op::less      ? P::FCMP_OLT
                                 : P::FCMP_OLE;
  if (op == Op::equal) return P::ICMP_EQ;
  if (op == Op::not_equal) return P::ICMP_NE;
  if (kernel::is_signed(type)) return op == Op::less ? P::ICMP_SLT : P::ICMP_SLE;
  return op == Op::less ? P::ICMP_ULT : P::ICMP_ULE;
}

llvm::Intrinsic::ID intrinsic(Op op) {
  switch (op) {
    case Op::absolute:
      return llvm::Intrinsic::fabs;
    case Op::square_root:
      return llvm::Intrinsic::sqrt;
    case Op::floor:
      return llvm::Intrinsic::floor;
    case Op::ceil:
      return llvm::Intrinsic::ceil;
    case Op::truncate:
      return llvm::Intrinsic::trunc;
    case Op::round_even:
      return llvm::Intrinsic::roundeven;
    case Op::copy_sign:
      return llvm::Intrinsic::copysign;
    case Op::fused_multiply_add:
      return llvm::Intrinsic::fma;
    case Op::add_overflows:
      return llvm::Intrinsic::sadd_with_overflow;
    case Op::subtract_overflows:
      return llvm::Intrinsic::ssub_with_overflow;
    case Op::multiply_overflows:
      return llvm::Intrinsic::smul_with_overflow;
    default:
      return llvm::Intrinsic::not_intrinsic;
  }
}

}  // namespace

llvm::Value* ExpressionEmitter::spread(llvm::Value* value) {
  return lanes_ == 1 || lanes_of(value) == lanes_ ? value : builder_.CreateVectorSplat(lanes_, value);
}

/// Operands of one operation are all scalars or all vectors.
void ExpressionEmitter::make_alike(std::initializer_list<llvm::Value**> values) {
  bool vector = false;
  for (llvm::Value** value : values) vector |= lanes_of(*value) > 1;
  if (!vector) return;
  for (llvm::Value** value : values) *value = spread(*value);
}

llvm::Value* ExpressionEmitter::emit_lanes(Expression expression) { return spread(emit(expression)); }

llvm::Value* ExpressionEmitter::emit(Expression expression) {
  expression = kernel::simplify(kernel::expand(expression));
  for (const Expression node : kernel::in_order(expression))
    if (llvm::Value*& value = done_[node]; !value) {
      llvm::Value* made = emit_node(node);
      done_[node] = made;
    }
  return done_[expression];
}

llvm::Value* ExpressionEmitter::emit_node(Expression node) {
  if (node->op == Op::constant) return emit_constant(node);
  if (node->op == Op::argument || node->op == Op::position) return leaf_(node);
  llvm::Value* a = done_[node->operands[0]];
  if (node->count == 1) return emit_unary(node, a);
  llvm::Value* b = done_[node->operands[1]];
  if (node->count == 2) {
    make_alike({&a, &b});
    return emit_binary(node, a, b);
  }
  llvm::Value* c = done_[node->operands[2]];
  if (node->op == Op::select) {
    make_alike({&b, &c});
    // One condition for all lanes is a plain choice between two vectors.
    if (lanes_of(a) > 1) make_alike({&a, &b, &c});
    return builder_.CreateSelect(a, b, c);
  }
  make_alike({&a, &b, &c});
  return builder_.CreateIntrinsic(llvm::Intrinsic::fma, {a->getType()}, {a, b, c});
}

llvm::Value* ExpressionEmitter::emit_constant(Expression node) {
  llvm::Type* type = llvm_type(builder_, node->type);
  if (kernel::is_float(node->type)) {
    // From the bits, so that what is not a number keeps them too.
    llvm::Constant* bits = builder_.getIntN(kernel::bits(node->type), node->value);
    return llvm::ConstantExpr::getBitCast(bits, type);
  }
  return llvm::ConstantInt::get(type, node->value, kernel::is_signed(node->type));
}

llvm::Value* ExpressionEmitter::emit_unary(Expression node, llvm::Value* a) {
  const bool real = kernel::is_float(node->operands[0]->type);
  switch (node->op) {
    case Op::negate:
      return real ? builder_.CreateFNeg(a) : builder_.CreateNeg(a);
    case Op::absolute:
      if (real) return builder_.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, a);
      if (!kernel::is_signed(node->type)) return a;
      return builder_.CreateBinaryIntrinsic(llvm::Intrinsic::abs, a, builder_.getFalse());
    case Op::bit_not:
      return builder_.CreateNot(a);
    case Op::convert:
      return emit_convert(node, a);
    case Op::reinterpret:
      return builder_.CreateBitCast(a, llvm_type(builder_, node->type, lanes_of(a)));
    default:
      return builder_.CreateUnaryIntrinsic(intrinsic(node->op), a);
  }
}

llvm::Value* ExpressionEmitter::emit_binary(Expression node, llvm::Value* a, llvm::Value* b) {
  const kernel::Type type = node->operands[0]->type;
  const bool real = kernel::is_float(type);
  switch (node->op) {
    case Op::add:
      return real ? builder_.CreateFAdd(a, b) : builder_.CreateAdd(a, b);
    case Op::subtract:
      return real ? builder_.CreateFSub(a, b) : builder_.CreateSub(a, b);
    case Op::multiply:
      return real ? builder_.CreateFMul(a, b) : builder_.CreateMul(a, b);
    case Op::divide:
      return real ? builder_.CreateFDiv(a, b) : emit_quotient(node, a, b);
    case Op::remainder:
      return emit_quotient(node, a, b);
    case Op::minimum:
      return builder_.CreateSelect(builder_.CreateCmp(predicate(Op::less, type), a, b), a, b);
    case Op::maximum:
      return builder_.CreateSelect(builder_.CreateCmp(predicate(Op::less, type), b, a), a, b);
    case Op::copy_sign:
      return builder_.CreateBinaryIntrinsic(llvm::Intrinsic::copysign, a, b);
    case Op::add_overflows:
    case Op::subtract_overflows:
    case Op::multiply_overflows:
      return emit_overflow(node, a, b);
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
      return builder_.CreateCmp(predicate(node->op, type), a, b);
    case Op::bit_and:
      return builder_.CreateAnd(a, b);
    case Op::bit_or:
      return builder_.CreateOr(a, b);
    case Op::bit_xor:
      return builder_.CreateXor(a, b);
    case Op::shift_left:
      return builder_.CreateShl(a, b);
    case Op::shift_right:
      return kernel::is_signed(type) ? builder_.CreateAShr(a, b) : builder_.CreateLShr(a, b);
    default:
      fail(kinds::code_generation_failed, {{"reason", "no emission of " + std::string(name(node->op))}});
  }
}

/// Quotients and remainders of integers are defined for every operand; the machine's are not for a divisor of 0 and for
/// the lowest number by -1.
llvm::Value* ExpressionEmitter::emit_quotient(Expression node, llvm::Value* a, llvm::Value* b) {
  const bool quotient = node->op == Op::divide, is_signed = kernel::is_signed(node->type);
  const auto divide = [&](llvm::Value* divisor) {
    if (quotient) return is_signed ? builder_.CreateSDiv(a, divisor) : builder_.CreateUDiv(a, divisor);
    return is_signed ? builder_.CreateSRem(a, divisor) : builder_.CreateURem(a, divisor);
  };
  const Expression divisor = node->operands[1];
  if (kernel::is_constant(divisor) && kernel::constant_value(divisor) > 0) return divide(b);
  llvm::Constant* zero = llvm::Constant::getNullValue(b->getType());
  llvm::Constant* one = llvm::ConstantInt::get(b->getType(), 1);
  llvm::Value* by_zero = builder_.CreateICmpEQ(b, zero);
  llvm::Value* unusual = by_zero;
  llvm::Value* by_minus_one = nullptr;
  if (is_signed) {
    by_minus_one = builder_.CreateICmpEQ(b, llvm::Constant::getAllOnesValue(b->getType()));
    unusual = builder_.CreateOr(by_zero, by_minus_one);
  }
  llvm::Value* result = divide(builder_.CreateSelect(unusual, one, b));
  if (is_signed) result = builder_.CreateSelect(by_minus_one, quotient ? builder_.CreateNeg(a) : zero, result);
  return builder_.CreateSelect(by_zero, quotient ? zero : a, result);
}

llvm::Value* ExpressionEmitter::emit_overflow(Expression node, llvm::Value* a, llvm::Value* b) {
  return builder_.CreateExtractValue(builder_.CreateBinaryIntrinsic(intrinsic(node->op), a, b), 1);
}

llvm::Value* ExpressionEmitter::emit_convert(Expression node, llvm::Value* a) {
  const kernel::Type from = node->operands[0]->type, to = node->type;
  if (from == to) return a;
  llvm::Type* type = llvm_type(builder_, to, lanes_of(a));
  if (to == kernel::Type::flag) {
    llvm::Constant* zero = llvm::Constant::getNullValue(a->getType());
    return kernel::is_float(from) ? builder_.CreateFCmpUNE(a, zero) : builder_.CreateICmpNE(a, zero);
  }
  if (kernel::is_float(from)) {
    if (kernel::is_float(to)) return builder_.CreateFPCast(a, type);
    const auto id = kernel::is_signed(to) ? llvm::Intrinsic::fptosi_sat : llvm::Intrinsic::fptoui_sat;
    return builder_.CreateIntrinsic(id, {type, a->getType()}, {a});
  }
  if (kernel::is_float(to))
    return kernel::is_signed(from) ? builder_.CreateSIToFP(a, type) : builder_.CreateUIToFP(a, type);
  return builder_.CreateIntCast(a, type, kernel::is_signed(from));
}

}  // namespace mlw::codegen
