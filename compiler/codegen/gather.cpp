#include "compiler/codegen/graph_kernel.h"

namespace mlw::codegen {

using kernel::lanes;

namespace {

/// Walks the rows that an index tensor names. The plan's extents: number of indices, elements of a row. Sources: the
/// rows' other side and the index. An index outside the table stands for row 0, and makes the status 1.
class RowWalker {
 public:
  RowWalker(KernelEmitter& emitter, const KernelPlan& plan, int64_t rows)
      : e_(emitter), b_(emitter.b), plan_(plan), rows_(rows) {}

  /// `visit` gets the place (number of the index, position in the row) and the same with the row of the table instead.
  llvm::Value* walk(const std::function<void(const Place& listed, const Place& in_table)>& visit) {
    const int64_t count = plan_.extents[0], length = plan_.extents[1];
    if (rows_ == 0) return b_.getInt32(count > 0);
    return e_.loop(0, count, 1, {b_.getInt32(0)}, [&](llvm::Value* i, const KernelEmitter::Carried& status) {
      const Source& index = plan_.factors[0].sources[1];
      llvm::Value* row = b_.CreateSExt(e_.load(index, {{i, e_.index(0)}, -1, nullptr}), b_.getInt64Ty());
      llvm::Value* outside = b_.CreateICmpUGE(row, e_.index(rows_));
      row = b_.CreateSelect(outside, e_.index(0), row);
      Place place{{i, Index{}}, -1, nullptr};
      e_.sweep(length, 1, place, [&] {
        Place in_table = place;
        in_table.at[0] = row;
        visit(place, in_table);
      });
      return KernelEmitter::Carried{b_.CreateOr(status[0], b_.CreateZExt(outside, b_.getInt32Ty()))};
    })[0];
  }

 private:
  KernelEmitter& e_;
  llvm::IRBuilder<>& b_;
  const KernelPlan& plan_;
  int64_t rows_;
};

}  // namespace

llvm::Value* emit_gather(KernelEmitter& emitter, const KernelPlan& plan, int64_t rows) {
  const Source& table = plan.factors[0].sources[0];
  return RowWalker(emitter, plan, rows).walk([&](const Place& listed, const Place& in_table) {
    emitter.store(plan.result, listed, emitter.load(table, in_table));
  });
}

llvm::Value* emit_scatter_add(KernelEmitter& emitter, const KernelPlan& plan, int64_t rows) {
  const Source& updates = plan.factors[0].sources[0];
  Place place{std::vector<Index>(2), -1, nullptr};
  emitter.loop(0, rows, 1, [&](llvm::Value* row) {
    place.at[0] = row;
    emitter.sweep(plan.extents[1], 1, place,
                  [&] { emitter.store(plan.result, place, emitter.zero(plan.result.type, lanes)); });
  });
  return RowWalker(emitter, plan, rows).walk([&](const Place& listed, const Place& in_table) {
    llvm::Value* sum = emitter.b.CreateFAdd(emitter.load(plan.result, in_table), emitter.load(updates, listed));
    emitter.store(plan.result, in_table, sum);
  });
}

}  // namespace mlw::codegen
