#include <algorithm>

#include "compiler/codegen/contract_tile.h"
#include "compiler/codegen/graph_kernel.h"

namespace mlw::codegen {

using kernel::lanes;
using kernel::SumOrder;

namespace {

using Values = KernelEmitter::Carried;

/// Whether any source changes along the axis.
bool runs_along(const Factor& factor, int axis) {
  for (const Source& source : factor.sources)
    if (source.scalar < 0 && source.strides[axis] != 0) return true;
  for (const kernel::Expression leaf : kernel::in_order(factor.expression))
    if (leaf->op == kernel::Op::position && leaf->index == axis) return true;
  return false;
}

/// Contractions with one chain of sums an element: tiles of the result stay in registers.
class TileEmitter {
 public:
  TileEmitter(KernelEmitter& emitter, const KernelPlan& plan)
      : e_(emitter),
        plan_(plan),
        epilogue_(plan.factors[2]),
        type_(plan.factors[0].expression->type),
        outputs_(static_cast<size_t>(plan.outputs)),
        vector_axis_(plan.outputs - 1),
        inner_(plan.extents.begin() + plan.outputs, plan.extents.end()),
        place_{std::vector<Index>(plan.extents.size())} {
    // The factor along the vector axis is read as vectors, the other one an element at a time.
    const bool left_is_vector = outputs_ > 0 && runs_along(plan.factors[0], vector_axis_);
    vector_ = &plan.factors[left_is_vector ? 0 : 1];
    single_ = &plan.factors[left_is_vector ? 1 : 0];
    choose_row_axis();
  }

  void emit() {
    if (outputs_ == 0) return one_element();
    const int64_t extent = plan_.extents[vector_axis_], rows = row_axis_ < 0 ? 1 : plan_.extents[row_axis_];
    const int64_t vectors = (extent + lanes - 1) / lanes;
    tile_ = choose_tile(e_.target, type_, rows, vectors);
    outer_loops(0, [&] {
      const int64_t whole = extent / lanes / tile_.vectors * tile_.vectors, step = int64_t{lanes} * tile_.vectors;
      e_.loop(0, whole * lanes, step,
              [&](llvm::Value* column) { column_of_tiles(column, tile_.vectors, nullptr, rows); });
      if (whole < vectors)
        column_of_tiles(e_.index(whole * lanes), static_cast<int>(vectors - whole),
                        e_.mask(extent - (vectors - 1) * lanes), rows);
    });
  }

 private:
  /// The output axis along which the vectors repeat, the longest of them: each vector is used once a row.
  void choose_row_axis() {
    for (int axis = 0; axis < vector_axis_; ++axis)
      if (!runs_along(*vector_, axis) && (row_axis_ < 0 || plan_.extents[axis] > plan_.extents[row_axis_]))
        row_axis_ = axis;
  }

  void outer_loops(int axis, const std::function<void()>& body) {
    if (axis >= vector_axis_) return body();
    if (axis == row_axis_) return outer_loops(axis + 1, body);
    e_.loop(0, plan_.extents[axis], 1, [&](llvm::Value* i) {
      place_.at[axis] = i;
      outer_loops(axis + 1, body);
    });
  }

  void column_of_tiles(llvm::Value* column, int vectors, llvm::Value* mask, int64_t rows) {
    const int64_t whole = rows / tile_.rows * tile_.rows;
    e_.loop(0, whole, tile_.rows, [&](llvm::Value* row) { tile(row, tile_.rows, column, vectors, mask); });
    if (whole < rows) tile(e_.index(whole), static_cast<int>(rows - whole), column, vectors, mask);
  }

  Place at(llvm::Value* row, int r) const {
    Place place = place_;
    place.vector_axis = -1;
    if (row_axis_ >= 0) place.at[row_axis_] = {row, r};
    return place;
  }

  Place at(llvm::Value* row, int r, llvm::Value* column, int v, llvm::Value* mask) const {
    Place place = at(row, r);
    place.at[vector_axis_] = {column, int64_t{v} * lanes};
    place.vector_axis = vector_axis_;
    place.mask = mask;
    return place;
  }

  /// `mask` is that of the last vector.
  void tile(llvm::Value* row, int rows, llvm::Value* column, int vectors, llvm::Value* mask) {
    const auto mask_of = [&](int v) { return v + 1 == vectors ? mask : nullptr; };
    const bool both_vectors = runs_along(*single_, vector_axis_);
    const Values zeros(static_cast<size_t>(rows * vectors), e_.zero(type_, lanes));
    const auto step = [&](const Values& sums) {
      Values columns, next;
      for (int v = 0; v < vectors; ++v)
        columns.push_back(e_.evaluate_lanes(*vector_, at(row, 0, column, v, mask_of(v))));
      for (int r = 0; r < rows; ++r) {
        llvm::Value* repeated = both_vectors ? nullptr : e_.spread(e_.evaluate(*single_, at(row, r)));
        for (int v = 0; v < vectors; ++v) {
          llvm::Value* other = both_vectors ? e_.evaluate_lanes(*single_, at(row, r, column, v, mask_of(v))) : repeated;
          const size_t sum = static_cast<size_t>(r * vectors + v);
          next.push_back(e_.fused_multiply_add(other, columns[static_cast<size_t>(v)], sums[sum]));
        }
      }
      return next;
    };
    const Values sums = e_.nest(inner_, outputs_, place_, zeros, step);
    if (is_light(epilogue_.expression))
      finish(sums, row, rows, column, vectors, mask_of);
    else
      finish_in_loop(sums, row, rows, column, vectors, mask);
  }

  void finish(const Values& sums, llvm::Value* row, int rows, llvm::Value* column, int vectors, const auto& mask_of) {
    for (int r = 0; r < rows; ++r)
      for (int v = 0; v < vectors; ++v) {
        const Place place = at(row, r, column, v, mask_of(v));
        e_.store(plan_.result, place, e_.evaluate_lanes(epilogue_, place, sums[static_cast<size_t>(r * vectors + v)]));
      }
  }

  /// A long epilogue stands in the code once: the sums pass through memory of the frame.
  void finish_in_loop(const Values& sums, llvm::Value* row, int rows, llvm::Value* column, int vectors,
                      llvm::Value* mask) {
    llvm::Type* vector = llvm_type(e_.b, type_, lanes);
    if (!sums_) sums_ = e_.local(vector, int64_t{tile_.rows} * tile_.vectors);
    for (size_t i = 0; i < sums.size(); ++i) e_.b.CreateStore(sums[i], e_.b.CreateConstGEP1_64(vector, sums_, i));
    const int whole = mask ? vectors - 1 : vectors;
    e_.loop(0, rows, 1, [&](llvm::Value* r) {
      const auto one = [&](llvm::Value* v, llvm::Value* its_mask) {
        Place place =
            at(e_.b.CreateAdd(row, r), 0, e_.b.CreateAdd(column, e_.b.CreateMul(v, e_.index(lanes))), 0, its_mask);
        llvm::Value* which = e_.b.CreateAdd(e_.b.CreateMul(r, e_.index(vectors)), v);
        llvm::Value* sum = e_.b.CreateLoad(vector, e_.b.CreateGEP(vector, sums_, which));
        e_.store(plan_.result, place, e_.evaluate_lanes(epilogue_, place, sum));
      };
      e_.loop(0, whole, 1, [&](llvm::Value* v) { one(v, nullptr); });
      if (mask) one(e_.index(vectors - 1), mask);
    });
  }

  void one_element() {
    const Values sums = e_.nest(inner_, 0, place_, {e_.zero(type_, 1)}, [&](const Values& sums) {
      return Values{e_.fused_multiply_add(e_.evaluate(*single_, place_), e_.evaluate(*vector_, place_), sums[0])};
    });
    e_.store(plan_.result, place_, e_.evaluate(epilogue_, place_, sums[0]));
  }

  KernelEmitter& e_;
  const KernelPlan& plan_;
  const Factor* vector_;
  const Factor* single_;
  const Factor& epilogue_;
  kernel::Type type_;
  size_t outputs_;
  int vector_axis_, row_axis_ = -1;
  kernel::Shape inner_;
  Place place_;
  ContractTile tile_;
  llvm::Value* sums_ = nullptr;
};

/// Contractions along rows in memory: 16 sums an element, 16 elements of the result at once.
class DotEmitter {
 public:
  DotEmitter(KernelEmitter& emitter, const KernelPlan& plan)
      : e_(emitter),
        plan_(plan),
        type_(plan.factors[0].expression->type),
        outputs_(static_cast<size_t>(plan.outputs)),
        inner_(plan.extents.begin() + plan.outputs, plan.extents.end()),
        place_{std::vector<Index>(plan.extents.size())} {
    const int registers = std::max(1, lanes * kernel::bits(type_) / e_.target.vector_bits);
    // All 16 rows where their sums fit the registers, else as many as do.
    group_ = 16 * registers + 2 * registers <= e_.target.vector_registers ? 16 : registers <= 2 ? 4 : 2;
  }

  void emit() {
    if (outputs_ == 0) return one_element();
    const size_t axis = outputs_ - 1;
    const kernel::Shape outer(plan_.extents.begin(), plan_.extents.begin() + static_cast<std::ptrdiff_t>(axis));
    e_.nest(outer, 0, place_, [&] {
      const int64_t extent = plan_.extents[axis], whole = extent / lanes * lanes;
      e_.loop(0, whole, lanes, [&](llvm::Value* row) { rows(axis, row, lanes); });
      if (whole < extent) rows(axis, e_.index(whole), extent - whole);
    });
  }

 private:
  /// The chains of sums of `count` rows from `row` on, interleaved.
  Values sums(size_t axis, Index row, int64_t count) {
    const size_t last = plan_.extents.size() - 1;
    const int64_t extent = plan_.extents[last], whole = extent / lanes * lanes;
    const kernel::Shape outer(inner_.begin(), inner_.end() - 1);
    const auto step = [&](llvm::Value* k, llvm::Value* mask, const Values& before) {
      Values after;
      Place place = place_;
      place.at[last] = k;
      place.vector_axis = static_cast<int>(last);
      place.mask = mask;
      for (int64_t r = 0; r < count; ++r) {
        if (row.counter) place.at[axis] = row.moved(r);
        llvm::Value* left = e_.evaluate_lanes(plan_.factors[0], place);
        llvm::Value* right = e_.evaluate_lanes(plan_.factors[1], place);
        llvm::Value* sum = e_.fused_multiply_add(left, right, before[static_cast<size_t>(r)]);
        after.push_back(mask ? e_.b.CreateSelect(mask, sum, before[static_cast<size_t>(r)]) : sum);
      }
      return after;
    };
    const Values zeros(static_cast<size_t>(count), e_.zero(type_, lanes));
    return e_.nest(outer, outputs_, place_, zeros, [&](const Values& carried) {
      Values values = e_.loop(0, whole, lanes, carried,
                              [&](llvm::Value* k, const Values& inside) { return step(k, nullptr, inside); });
      return whole < extent ? step(e_.index(whole), e_.mask(extent - whole), values) : values;
    });
  }

  /// Up to 16 neighbouring elements of the result.
  void rows(size_t axis, llvm::Value* row, int64_t count) {
    Values all;
    for (int64_t first = 0; first < count; first += group_) {
      const int64_t some = std::min<int64_t>(group_, count - first);
      for (llvm::Value* sum : sums(axis, {row, first}, some)) all.push_back(sum);
    }
    while (all.size() < lanes) all.push_back(e_.zero(type_, lanes));
    Place place = place_;
    place.at[axis] = row;
    place.vector_axis = static_cast<int>(axis);
    place.mask = e_.mask(count);
    e_.store(plan_.result, place, e_.evaluate_lanes(plan_.factors[2], place, folded(all)));
  }

  /// The totals of 16 vectors as one: the tree of `fold_lanes` for all of them at once. Each round adds the halves of
  /// two vectors' runs of sums, so that their totals come to stand side by side.
  llvm::Value* folded(Values vectors) {
    for (int half = lanes / 2; half >= 1; half /= 2) {
      const size_t pairs = vectors.size() / 2;
      Values next;
      // A vector holds runs of 2 * half sums, one run a row; vectors i and i + pairs are interleaved run by run.
      for (size_t i = 0; i < pairs; ++i) {
        std::vector<int> low, high;
        for (int run = 0; run < lanes / (2 * half); ++run)
          for (const int of : {0, int{lanes}})
            for (int lane = 0; lane < half; ++lane) {
              low.push_back(of + run * 2 * half + lane);
              high.push_back(of + run * 2 * half + half + lane);
            }
        next.push_back(e_.b.CreateFAdd(e_.b.CreateShuffleVector(vectors[i], vectors[i + pairs], low),
                                       e_.b.CreateShuffleVector(vectors[i], vectors[i + pairs], high)));
      }
      vectors = std::move(next);
    }
    return e_.b.CreateShuffleVector(vectors[0], order_of_totals());
  }

  /// Where the total of row r stands after all rounds: in each round the row's bit chose the second of two runs.
  static std::vector<int> order_of_totals() {
    std::vector<std::vector<int>> vectors;
    for (int row = 0; row < lanes; ++row) vectors.push_back({row});
    while (vectors.size() > 1) {
      const size_t pairs = vectors.size() / 2;
      std::vector<std::vector<int>> next;
      for (size_t i = 0; i < pairs; ++i) {
        next.emplace_back();
        for (size_t run = 0; run < vectors[i].size(); ++run) {
          next.back().push_back(vectors[i][run]);
          next.back().push_back(vectors[i + pairs][run]);
        }
      }
      vectors = std::move(next);
    }
    std::vector<int> place(lanes);
    for (int lane = 0; lane < lanes; ++lane) place[static_cast<size_t>(vectors[0][static_cast<size_t>(lane)])] = lane;
    return place;
  }

  void one_element() {
    const Values total = sums(0, {}, 1);
    llvm::Value* sum =
        e_.fold_lanes(total[0], [&](llvm::Value* low, llvm::Value* high) { return e_.b.CreateFAdd(low, high); });
    e_.store(plan_.result, place_, e_.evaluate(plan_.factors[2], place_, sum));
  }

  KernelEmitter& e_;
  const KernelPlan& plan_;
  kernel::Type type_;
  size_t outputs_;
  kernel::Shape inner_;
  Place place_;
  int64_t group_ = 16;
};

}  // namespace

void emit_contract(KernelEmitter& emitter, const KernelPlan& plan, SumOrder order) {
  if (order == SumOrder::lanes && plan.extents.size() > static_cast<size_t>(plan.outputs))
    DotEmitter(emitter, plan).emit();
  else
    TileEmitter(emitter, plan).emit();
}

}  // namespace mlw::codegen
