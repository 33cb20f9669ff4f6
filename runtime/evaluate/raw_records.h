#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "compiler/artefact/predictor_program.h"
#include "compiler/kernel/code_generator.h"
#include "runtime/data/column.h"

namespace mlw {

/// Rows of a table as raw records of a predictor program: each field bound to the column of its name.
/// A column that is not there, or whose values are of another kind than the field's, is a Failure (R470). Lives no
/// longer than the table.
class RawRecords {
 public:
  RawRecords(const PredictorProgram& program, const Table& table);

  size_t fields() const { return columns_.size(); }
  /// Words of the mask of missing fields.
  size_t missing_words() const { return (columns_.size() + 63) / 64; }
  /// `values`: [fields]; `missing`: [missing_words], written whole. A missing field's value is 0 and an empty text.
  void read(int64_t row, std::span<RawValue> values, std::span<uint64_t> missing) const;

 private:
  struct Bound {
    const Column* column;
    ValueType type;
  };
  std::vector<Bound> columns_;
};

}  // namespace mlw
