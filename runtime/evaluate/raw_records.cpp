#include "runtime/evaluate/raw_records.h"

#include <algorithm>

#include "compiler/diagnostics/kinds/artefact.h"

namespace mlw {
namespace {

/// Whether values stored like this can be given as a field of that type.
bool fits(Storage storage, ValueType type) {
  switch (type) {
    case ValueType::number:
      return storage == Storage::float32 || storage == Storage::float64 || storage == Storage::int64 ||
             storage == Storage::flag;
    case ValueType::integer:
      return storage == Storage::int64 || storage == Storage::flag;
    case ValueType::flag:
      return storage == Storage::flag;
    case ValueType::date:
    case ValueType::duration:
      return storage == Storage::int64;
    case ValueType::category:
    case ValueType::text:
      return storage == Storage::category || storage == Storage::text;
    case ValueType::unknown:
      break;
  }
  return false;
}

double number_at(const Chunk& chunk, Storage storage, size_t at) {
  switch (storage) {
    case Storage::float32:
      return chunk.as<float>()[at];
    case Storage::float64:
      return chunk.as<double>()[at];
    case Storage::int64:
      return static_cast<double>(chunk.as<int64_t>()[at]);
    default:
      return chunk.as<uint8_t>()[at];
  }
}

}  // namespace

RawRecords::RawRecords(const PredictorProgram& program, const Table& table) {
  for (const RawField& field : program.fields) {
    const Column* column = table.find(field.name);
    if (!column) fail(kinds::field_without_column, {{"field", field.name}, {"what", "there is no such column"}});
    const ValueType type = value_type(field.kind);
    if (!fits(column->storage, type))
      fail(kinds::field_without_column, {{"field", field.name}, {"what", "the column holds values of another kind"}});
    columns_.push_back({column, type});
  }
}

void RawRecords::read(int64_t row, std::span<RawValue> values, std::span<uint64_t> missing) const {
  std::fill(missing.begin(), missing.end(), 0);
  for (size_t field = 0; field < columns_.size(); ++field) {
    const auto [column, type] = columns_[field];
    const Chunk& chunk = column->chunk_of(row);
    const auto at = static_cast<size_t>(row % chunk_rows);
    RawValue& value = values[field];
    value.text = {"", 0};
    if (!chunk.valid(static_cast<int64_t>(at))) {
      missing[field / 64] |= uint64_t{1} << field % 64;
      if (type == ValueType::number) value.number = 0;
      if (type != ValueType::category && type != ValueType::text && type != ValueType::number) value.integer = 0;
    } else if (type == ValueType::number) {
      value.number = number_at(chunk, column->storage, at);
    } else if (type == ValueType::category || type == ValueType::text) {
      const std::string_view text = column->storage == Storage::category
                                        ? std::string_view((*column->dictionary)[chunk.as<uint32_t>()[at]])
                                        : chunk.text(static_cast<int64_t>(at));
      value.text = {text.data(), text.size()};
    } else {
      value.integer = column->storage == Storage::flag ? chunk.as<uint8_t>()[at] : chunk.as<int64_t>()[at];
    }
  }
}

}  // namespace mlw
