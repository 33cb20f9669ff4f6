#include "compiler/codegen/graph_kernel.h"

namespace mlw::codegen {

using kernel::lanes;

namespace {

using Vectors = std::vector<llvm::Value*>;

/// Sixteen vectors as rows of a square become its columns: four rounds of exchanging blocks of 8, 4, 2 and 1.
Vectors transposed(llvm::IRBuilder<>& b, Vectors rows) {
  for (int half = lanes / 2; half >= 1; half /= 2) {
    std::vector<int> low, high;
    for (int lane = 0; lane < lanes; ++lane) {
      const bool from_second = lane & half;
      low.push_back(from_second ? lane - half + lanes : lane);
      high.push_back(from_second ? lane + lanes : lane + half);
    }
    for (int row = 0; row < lanes; ++row) {
      if (row & half) continue;
      llvm::Value *first = rows[row], *second = rows[row + half];
      rows[row] = b.CreateShuffleVector(first, second, low);
      rows[row + half] = b.CreateShuffleVector(first, second, high);
    }
  }
  return rows;
}

/// A copy with two axes turned: squares of 16 x 16 through registers. Result element (i, j) is source element (j, i).
class Turner {
 public:
  Turner(KernelEmitter& emitter, const KernelPlan& plan)
      : e_(emitter), b_(emitter.b), plan_(plan), source_(plan.factors[0].sources[0]) {}

  void emit() {
    const int64_t rows = plan_.extents[0], columns = plan_.extents[1];
    const int64_t whole = rows / lanes * lanes;
    e_.loop(0, whole, lanes, [&](llvm::Value* i) { emit_band(i, lanes, columns); });
    if (whole < rows) emit_band(e_.index(whole), rows - whole, columns);
  }

 private:
  /// Up to 16 rows of the result.
  void emit_band(llvm::Value* i, int64_t rows, int64_t columns) {
    const int64_t whole = columns / lanes * lanes;
    e_.loop(0, whole, lanes, [&](llvm::Value* j) { emit_square(i, j, rows, lanes); });
    if (whole < columns) emit_square(i, e_.index(whole), rows, columns - whole);
  }

  void emit_square(llvm::Value* i, llvm::Value* j, int64_t rows, int64_t columns) {
    Vectors square;
    Place place{{i, j}, 0, e_.mask(rows)};
    for (int64_t column = 0; column < lanes; ++column) {
      if (column >= columns) {
        square.push_back(e_.zero(source_.type, lanes));
        continue;
      }
      place.at = {i, {j, column}};
      square.push_back(e_.load(source_, place));
    }
    square = transposed(b_, square);
    place = {{i, j}, 1, e_.mask(columns)};
    for (int64_t row = 0; row < rows; ++row) {
      place.at = {{i, row}, j};
      e_.store(plan_.result, place, square[static_cast<size_t>(row)]);
    }
  }

  KernelEmitter& e_;
  llvm::IRBuilder<>& b_;
  const KernelPlan& plan_;
  const Source& source_;
};

bool is_turned_copy(const KernelPlan& plan) {
  const Factor& factor = plan.factors[0];
  return plan.extents.size() == 2 && factor.sources.size() == 1 && factor.expression->op == kernel::Op::argument &&
         factor.sources[0].scalar < 0 && factor.sources[0].strides[0] == 1 && factor.sources[0].strides[1] > 1;
}

}  // namespace

void emit_map(KernelEmitter& emitter, const KernelPlan& plan) {
  if (is_turned_copy(plan)) return Turner(emitter, plan).emit();
  const int axes = static_cast<int>(plan.extents.size());
  Place place{std::vector<Index>(plan.extents.size())};
  const auto element = [&] { emitter.store(plan.result, place, emitter.evaluate_lanes(plan.factors[0], place)); };
  if (axes == 0) return element();
  if (plan.count) return emitter.sweep(plan.count, 0, place, element);
  const kernel::Shape outer(plan.extents.begin(), plan.extents.end() - 1);
  emitter.nest(outer, 0, place, [&] { emitter.sweep(plan.extents.back(), axes - 1, place, element); });
}

}  // namespace mlw::codegen
