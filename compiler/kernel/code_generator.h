#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "compiler/kernel/formula.h"
#include "compiler/kernel/target.h"

namespace mlw {

struct PredictorProgram;
namespace kernel {
struct Graph;
}

/// A column as compiled code sees it. `validity`: one bit a row, null when every row has a value.
struct ColumnView {
  const void* values;
  const uint8_t* validity;
};
struct MutableColumnView {
  void* values;
  uint8_t* validity;  ///< null: the caller knows that nothing can be missing
};

/// How an argument column of a column kernel lies in memory.
enum class ElementType : uint8_t { float32, float64, int64, int32, uint32, flag };

/// One pass over columns: every output is a formula of the inputs, row by row. Text and category parts are already columns here (codes, lengths, flags):
/// formulas reach this place with `column` leaves named after inputs and number, integer, flag, date or duration types only.
struct ColumnKernel {
  struct Input {
    std::string name;
    ElementType element;
    bool may_be_missing = true;
  };
  struct Output {
    FormulaPointer formula;
    ElementType element;
  };
  std::vector<Input> inputs;
  std::vector<Output> outputs;
  bool judged = false;  ///< numbers are float64 (metrics) instead of float32 (rows)
  /// How many rows are computed before any result is read: results that outgrow the caches are written past them. 0: few.
  int64_t rows = 0;
};

/// A function compiled from a `ColumnKernel`. Thread safe.
class CompiledColumns {
 public:
  virtual ~CompiledColumns() = default;
  /// Rows [begin, end); begin is a multiple of 64. Where the kernel said its `rows`, the outputs' values are aligned to 64 bytes. Returns 0, or 1 + the first
  /// row in which an integer overflowed.
  virtual int64_t run(const ColumnView* inputs, const MutableColumnView* outputs, int64_t begin, int64_t end) const = 0;
};

/// A field of a raw record at the predictor's door.
union RawValue {
  double number;
  int64_t integer;
  struct {
    const char* bytes;
    uint64_t length;
  } text;
};

/// A compiled predictor program. Thread safe, no allocation; `scratch` is the caller's, `scratch_bytes` aligned to 64.
class CompiledPredictor {
 public:
  virtual ~CompiledPredictor() = default;
  using Function = int32_t (*)(const void* parameters, const RawValue* fields, const uint64_t* missing, float* scores,
                               int32_t* decision, void* scratch);
  Function run = nullptr;
  /// Weights and fitted constants: programs of the same structure share their code.
  const void* parameters = nullptr;
  int64_t scratch_bytes = 0;

  /// `fields`: one a field; where it is missing, a text's length is 0. `missing`: one bit a field. `scores`: [outputs]. `decision`: the class index, 0 for a
  /// regression, -1 without an answer. Returns a PredictionStatus.
  int32_t operator()(const RawValue* fields, const uint64_t* missing, float* scores, int32_t* decision, void* scratch) const {
    return run(parameters, fields, missing, scores, decision, scratch);
  }
};

/// A compiled kernel graph (training steps, gradients, losses): see kernel/graph.h for what the buffers hold.
class CompiledGraph {
 public:
  virtual ~CompiledGraph() = default;
  /// inputs, outputs: one pointer a tensor of the graph's signature; arguments: run-time hyper-parameters; arena: `arena_bytes`, 64-byte aligned.
  using Function = int32_t (*)(const void* const* inputs, void* const* outputs, const double* arguments, void* arena);
  Function run = nullptr;
  int64_t arena_bytes = 0;
};

/// Where compiled code is kept between processes: bytes under a key. The store implements it; without one every process compiles anew.
class CodeCache {
 public:
  virtual ~CodeCache() = default;
  virtual bool load(const std::string& key, std::string& bytes) = 0;
  virtual void save(const std::string& key, std::string_view bytes) = 0;
};

/// The files of a built artefact: name and content. An executable has `executable` set.
struct ArtefactFile {
  std::string name;
  std::string bytes;
  bool executable = false;
};

/// Machine code out of plain data. The one implementation stands in compiler/codegen behind `load_code_generator`; LLVM is loaded with it.
class CodeGenerator {
 public:
  virtual ~CodeGenerator() = default;
  virtual const Target& host() const = 0;
  virtual std::string version() const = 0;  ///< of LLVM, part of keys
  virtual void use_cache(CodeCache* cache) = 0;

  virtual std::shared_ptr<const CompiledColumns> compile(const ColumnKernel& kernel) = 0;
  virtual std::shared_ptr<const CompiledGraph> compile(const kernel::Graph& graph) = 0;
  virtual std::shared_ptr<const CompiledPredictor> compile(const PredictorProgram& program) = 0;

  /// A self-contained executable for a Linux device: reads records as CSV, writes answers (see artefact/artefact.h).
  virtual std::vector<ArtefactFile> build_device(const PredictorProgram& program, const Target& target) = 0;
  /// A C header, a static and a shared library for this machine.
  virtual std::vector<ArtefactFile> build_library(const PredictorProgram& program) = 0;

  /// The predictor's function alone, as LLVM has optimized it for the target; its weights are an argument and no part of the text.
  virtual std::string llvm_text(const PredictorProgram& program, const Target& target) = 0;
  virtual std::string assembly_text(const PredictorProgram& program, const Target& target) = 0;
};

/// Loads the code generator's module on first use; the same object afterwards. Thread safe. A fault is a diagnostic (R).
CodeGenerator& load_code_generator();

}  // namespace mlw
