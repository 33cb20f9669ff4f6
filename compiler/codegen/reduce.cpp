#include <limits>

#include "compiler/codegen/graph_kernel.h"

namespace mlw::codegen {

using kernel::lanes;
using kernel::Reduction;
using kernel::SumOrder;
using kernel::Type;

namespace {

/// So many vectors of the result are summed up side by side, to hide the latency of an addition.
constexpr int64_t side_by_side = 4;

/// Joining elements: a sum, or the better of two together with its position for `argument_of_maximum`.
class Accumulator {
 public:
  using Values = KernelEmitter::Carried;  ///< the value and, for `argument_of_maximum`, its position (i32)

  Accumulator(KernelEmitter& emitter, Reduction reduction, Type type)
      : e_(emitter), reduction_(reduction), type_(type) {}

  bool with_position() const { return reduction_ == Reduction::argument_of_maximum; }

  Values start(int width) {
    llvm::Type* type = llvm_type(e_.b, type_, width);
    const double infinity = std::numeric_limits<double>::infinity();
    if (reduction_ == Reduction::sum) return {llvm::Constant::getNullValue(type)};
    if (reduction_ == Reduction::minimum) return {llvm::ConstantFP::get(type, infinity)};
    Values values{llvm::ConstantFP::get(type, -infinity)};
    if (with_position()) values.push_back(e_.zero(Type::i32, width));
    return values;
  }

  /// `position`: of the element along the summed axis. Lanes outside the mask keep what they have.
  Values joined(const Values& before, llvm::Value* element, llvm::Value* position, llvm::Value* mask) {
    if (reduction_ == Reduction::sum) {
      llvm::Value* sum = e_.b.CreateFAdd(before[0], element);
      return {mask ? e_.b.CreateSelect(mask, sum, before[0]) : sum};
    }
    llvm::Value* better = reduction_ == Reduction::minimum ? e_.b.CreateFCmpOLT(element, before[0])
                                                           : e_.b.CreateFCmpOGT(element, before[0]);
    if (mask) better = e_.b.CreateAnd(better, mask);
    Values after{e_.b.CreateSelect(better, element, before[0])};
    if (with_position()) after.push_back(e_.b.CreateSelect(better, position, before[1]));
    return after;
  }

  /// One value out of 16 lanes; among equal ones the first position.
  llvm::Value* folded(const Values& values) {
    auto& b = e_.b;
    llvm::Value* best = e_.fold_lanes(values[0], [&](llvm::Value* low, llvm::Value* high) -> llvm::Value* {
      if (reduction_ == Reduction::sum) return b.CreateFAdd(low, high);
      llvm::Value* better = reduction_ == Reduction::minimum ? b.CreateFCmpOLT(high, low) : b.CreateFCmpOGT(high, low);
      return b.CreateSelect(better, high, low);
    });
    if (!with_position()) return best;
    llvm::Value* last = llvm::ConstantInt::get(values[1]->getType(), INT32_MAX);
    llvm::Value* wins = b.CreateFCmpOEQ(values[0], e_.spread(best));
    return e_.fold_lanes(b.CreateSelect(wins, values[1], last), [&](llvm::Value* low, llvm::Value* high) {
      return b.CreateSelect(b.CreateICmpSLT(high, low), high, low);
    });
  }

 private:
  KernelEmitter& e_;
  Reduction reduction_;
  Type type_;
};

class ReduceEmitter {
 public:
  ReduceEmitter(KernelEmitter& emitter, const KernelPlan& plan, Reduction reduction)
      : e_(emitter),
        plan_(plan),
        term_(plan.factors[0]),
        accumulator_(emitter, reduction, term_.expression->type),
        place_{std::vector<Index>(plan.extents.size())},
        outputs_(static_cast<size_t>(plan.outputs)),
        output_(plan.extents.begin(), plan.extents.begin() + plan.outputs),
        inner_(plan.extents.begin() + plan.outputs, plan.extents.end()) {}

  /// 16 sums along the last summed axis.
  void emit_lanes() {
    e_.nest(output_, 0, place_, [&] {
      llvm::Value* result = inner_.empty() ? one_element() : along_lanes();
      place_.vector_axis = -1;
      e_.store(plan_.result, place_, result);
    });
  }

  /// One sum an element of the result, 16 elements at once; they are neighbours along the last output axis.
  void emit_sequential() {
    if (outputs_ == 0) return emit_lanes();  // nothing is summed, or order does not show: one element
    const size_t axis = outputs_ - 1;
    const kernel::Shape outer(output_.begin(), output_.end() - 1);
    const int64_t extent = output_.back(), whole = extent / lanes * lanes;
    const int64_t group = side_by_side * lanes, grouped = whole / group * group;
    e_.nest(outer, 0, place_, [&] {
      e_.loop(0, grouped, group, [&](llvm::Value* i) { across(axis, i, side_by_side, nullptr); });
      if (grouped < whole) across(axis, e_.index(grouped), (whole - grouped) / lanes, nullptr);
      if (whole < extent) across(axis, e_.index(whole), 1, e_.mask(extent - whole));
    });
  }

 private:
  llvm::Value* one_element() {
    place_.vector_axis = -1;
    Accumulator::Values values = accumulator_.start(1);
    values = accumulator_.joined(values, e_.evaluate(term_, place_), e_.b.getInt32(0), nullptr);
    return values.back();
  }

  llvm::Value* along_lanes() {
    const size_t last = plan_.extents.size() - 1;
    const int64_t extent = plan_.extents[last], whole = extent / lanes * lanes;
    const kernel::Shape outer(inner_.begin(), inner_.end() - 1);
    const auto step = [&](llvm::Value* k, llvm::Value* mask, const Accumulator::Values& values) {
      place_.at[last] = k;
      place_.vector_axis = static_cast<int>(last);
      place_.mask = mask;
      llvm::Value* element = e_.evaluate_lanes(term_, place_);
      return accumulator_.joined(values, element, accumulator_.with_position() ? positions(k) : nullptr, mask);
    };
    const auto total = e_.nest(outer, outputs_, place_, accumulator_.start(lanes), [&](const auto& carried) {
      auto values = e_.loop(0, whole, lanes, carried,
                            [&](llvm::Value* k, const auto& inside) { return step(k, nullptr, inside); });
      return whole < extent ? step(e_.index(whole), e_.mask(extent - whole), values) : values;
    });
    place_.mask = nullptr;
    return accumulator_.folded(total);
  }

  llvm::Value* summed_position() {
    return inner_.empty() ? e_.b.getInt32(0) : e_.b.CreateTrunc(place_.at[outputs_].counter, e_.b.getInt32Ty());
  }

  llvm::Value* positions(llvm::Value* k) {
    std::vector<llvm::Constant*> steps;
    for (int lane = 0; lane < lanes; ++lane) steps.push_back(e_.b.getInt32(static_cast<uint32_t>(lane)));
    llvm::Value* first = e_.spread(e_.b.CreateTrunc(k, e_.b.getInt32Ty()));
    return e_.b.CreateAdd(first, llvm::ConstantVector::get(steps));
  }

  /// `count` vectors of the result from position `i` on.
  void across(size_t axis, llvm::Value* i, int64_t count, llvm::Value* mask) {
    place_.vector_axis = static_cast<int>(axis);
    place_.mask = mask;
    Accumulator::Values start;
    for (int64_t v = 0; v < count; ++v)
      for (llvm::Value* value : accumulator_.start(lanes)) start.push_back(value);
    const size_t each = start.size() / static_cast<size_t>(count);
    const auto total = e_.nest(inner_, outputs_, place_, start, [&](const Accumulator::Values& carried) {
      Accumulator::Values next;
      for (int64_t v = 0; v < count; ++v) {
        place_.at[axis] = {i, v * lanes};
        const auto begin = carried.begin() + static_cast<std::ptrdiff_t>(each) * v;
        const Accumulator::Values before(begin, begin + static_cast<std::ptrdiff_t>(each));
        llvm::Value* position = nullptr;
        if (accumulator_.with_position()) position = e_.spread(summed_position());
        for (llvm::Value* value : accumulator_.joined(before, e_.evaluate_lanes(term_, place_), position, nullptr))
          next.push_back(value);
      }
      return next;
    });
    for (int64_t v = 0; v < count; ++v) {
      place_.at[axis] = {i, v * lanes};
      e_.store(plan_.result, place_, total[static_cast<size_t>(v + 1) * each - 1]);
    }
    place_.mask = nullptr;
  }

  KernelEmitter& e_;
  const KernelPlan& plan_;
  const Factor& term_;
  Accumulator accumulator_;
  Place place_;
  size_t outputs_;
  kernel::Shape output_, inner_;
};

}  // namespace

void emit_reduce(KernelEmitter& emitter, const KernelPlan& plan, Reduction reduction, SumOrder order) {
  ReduceEmitter reduce(emitter, plan, reduction);
  if (order == SumOrder::lanes)
    reduce.emit_lanes();
  else
    reduce.emit_sequential();
}

}  // namespace mlw::codegen
