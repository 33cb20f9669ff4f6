#include <algorithm>
#include <cstring>

#include "compiler/codegen/column_loop.h"
#include "compiler/codegen/native_code_generator.h"

namespace mlw::codegen {
namespace {

/// Everything that the code depends on, as text.
std::string describe(const ColumnKernel& kernel, const ColumnLoopShape& shape) {
  std::string text = kernel.judged ? "columns judged" : "columns";
  if (shape.past_caches) text += " past caches";
  for (const auto& input : kernel.inputs)
    text += " in " + std::to_string(static_cast<int>(input.element)) + (input.may_be_missing ? "?" : "!") +
            std::to_string(input.name.size()) + ":" + input.name;
  for (const auto& output : kernel.outputs)
    text += " out " + std::to_string(static_cast<int>(output.element)) + " " + to_text(*output.formula);
  return text;
}

int64_t bytes_of(ElementType element) { return std::max(kernel::bits(kernel::element_type(element)) / 8, 1); }

/// What is read only after so many times the second cache was passed is no longer in any: the last cache is shared, and
/// what a core has of it is not known.
constexpr int64_t level2_caches = 64;

ColumnLoopShape shape_for(const ColumnKernel& kernel, const Target& target) {
  int64_t row_bytes = 0;
  for (const auto& input : kernel.inputs) row_bytes += bytes_of(input.element);
  for (const auto& output : kernel.outputs) row_bytes += bytes_of(output.element);
  // One register of the narrowest elements: wider ones take several registers, which keeps the units busy.
  return {target.vector_bits / 32, kernel.rows * row_bytes > level2_caches * target.level2_bytes};
}

/// Values and validity of one column's rows behind the last whole block.
struct alignas(64) RestBlock {
  std::byte values[block_rows * sizeof(int64_t)];
  uint64_t word;
};

class LoadedColumns final : public CompiledColumns {
 public:
  LoadedColumns(LoadedCode code, const ColumnKernel& kernel) : blocks_(reinterpret_cast<Blocks>(code.entry)) {
    for (const auto& input : kernel.inputs) input_bytes_.push_back(bytes_of(input.element));
    for (const auto& output : kernel.outputs) output_bytes_.push_back(bytes_of(output.element));
  }

  int64_t run(const ColumnView* inputs, const MutableColumnView* outputs, int64_t begin, int64_t end) const override {
    const int64_t whole = begin + (end - begin) / block_rows * block_rows;
    if (const int64_t overflow = blocks_(inputs, outputs, begin, whole)) return overflow;
    return whole < end ? run_rest(inputs, outputs, whole, end - whole) : 0;
  }

 private:
  using Blocks = int64_t (*)(const ColumnView*, const MutableColumnView*, int64_t begin, int64_t end);

  /// `count` rows from `row` on in a block of their own, so that nothing is read or written behind the end.
  int64_t run_rest(const ColumnView* inputs, const MutableColumnView* outputs, int64_t row, int64_t count) const {
    const uint64_t mask = (uint64_t{1} << count) - 1;
    const auto bitmap_bytes = static_cast<size_t>(count + 7) / 8;
    std::vector<RestBlock> memory(input_bytes_.size() + output_bytes_.size());
    std::vector<ColumnView> in;
    std::vector<MutableColumnView> out;
    for (size_t i = 0; i < input_bytes_.size(); ++i) {
      RestBlock& block = memory[i];
      std::memcpy(block.values, static_cast<const std::byte*>(inputs[i].values) + row * input_bytes_[i],
                  static_cast<size_t>(count * input_bytes_[i]));
      if (inputs[i].validity) std::memcpy(&block.word, inputs[i].validity + row / 8, bitmap_bytes);
      block.word = inputs[i].validity ? block.word & mask : mask;
      in.push_back({block.values, reinterpret_cast<const uint8_t*>(&block.word)});
    }
    for (size_t i = 0; i < output_bytes_.size(); ++i) {
      RestBlock& block = memory[in.size() + i];
      out.push_back({block.values, reinterpret_cast<uint8_t*>(&block.word)});
    }
    const int64_t overflow = blocks_(in.data(), out.data(), 0, block_rows);
    for (size_t i = 0; i < output_bytes_.size(); ++i) {
      RestBlock& block = memory[in.size() + i];
      block.word &= mask;
      std::memcpy(static_cast<std::byte*>(outputs[i].values) + row * output_bytes_[i], block.values,
                  static_cast<size_t>(count * output_bytes_[i]));
      if (outputs[i].validity) std::memcpy(outputs[i].validity + row / 8, &block.word, bitmap_bytes);
    }
    return overflow > 0 && overflow <= count ? row + overflow : 0;
  }

  Blocks blocks_;
  std::vector<int64_t> input_bytes_, output_bytes_;
};

}  // namespace

std::shared_ptr<const CompiledColumns> NativeCodeGenerator::compile(const ColumnKernel& kernel) {
  const ColumnLoopShape shape = shape_for(kernel, host());
  const LoadedCode code = jit_.load(describe(kernel, shape), [&](llvm::Module& module) {
    kernel::FormulaLowering lowering(kernel.inputs, kernel.judged);
    std::vector<kernel::RowValue> outputs;
    outputs.reserve(kernel.outputs.size());
    for (const auto& output : kernel.outputs) outputs.push_back(lowering.lower(output.formula, output.element));
    emit_column_loop(module, kernel, outputs, shape);
  });
  return std::make_shared<LoadedColumns>(code, kernel);
}

}  // namespace mlw::codegen
