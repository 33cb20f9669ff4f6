#include "runtime/stages/score.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <cstdlib>

#include "compiler/diagnostics/kinds/artefact.h"

namespace mlw {
namespace {

constexpr size_t block_rows = 1024;

struct Field {
  const Column* column;
  ColumnKind kind;
};

/// One field of one row as the predictor takes it.
RawValue raw_value(const Field& field, uint32_t row) {
  RawValue value{};
  switch (value_type(field.kind)) {
    case ValueType::number:
      value.number = field.column->number(row);
      break;
    case ValueType::text:
    case ValueType::category: {
      const std::string_view text = field.column->text(row);
      value.text.bytes = text.data();
      value.text.length = text.size();
      break;
    }
    case ValueType::integer:
    case ValueType::date:
      value.integer = field.column->storage == Storage::int64 ? field.column->chunk_of(row).as<int64_t>()[row % chunk_rows]
                                                              : static_cast<int64_t>(field.column->number(row));
      break;
    default:
      value.integer = field.column->number(row) != 0;
  }
  return value;
}

void answer_block(const CompiledPredictor& predictor, const std::vector<Field>& fields, const Selection& rows, size_t begin, size_t end,
                  Answers& answers) {
  std::vector<RawValue> values(fields.size() + 1);
  std::vector<uint64_t> missing(fields.size() / 64 + 1);
  const std::unique_ptr<void, decltype(&std::free)> scratch(std::aligned_alloc(64, static_cast<size_t>(predictor.scratch_bytes + 127) / 64 * 64), &std::free);
  for (size_t i = begin; i < end; ++i) {
    std::fill(missing.begin(), missing.end(), 0);
    for (size_t f = 0; f < fields.size(); ++f) {
      values[f] = RawValue{};
      if (fields[f].column->valid(rows[i]))
        values[f] = raw_value(fields[f], rows[i]);
      else
        missing[f / 64] |= uint64_t{1} << f % 64;
    }
    answers.statuses[i] = static_cast<PredictionStatus>(
        predictor.run(values.data(), missing.data(), &answers.scores[i * static_cast<size_t>(answers.outputs)], &answers.decisions[i], scratch.get()));
  }
}

}  // namespace

Answers answer(const PredictorProgram& program, const Table& table, const Selection& rows, CodeGenerator& generator) {
  std::vector<Field> fields;
  for (const RawField& field : program.fields) {
    const Column* column = table.find(field.name);
    if (column == nullptr) fail(kinds::predictor_unsound, {{"what", "the rows have no column `" + field.name + "`"}});
    fields.push_back({column, field.kind});
  }
  const std::shared_ptr<const CompiledPredictor> predictor = generator.compile(program);
  Answers answers{.outputs = program.outputs()};
  answers.scores.resize(rows.size() * static_cast<size_t>(answers.outputs));
  answers.decisions.resize(rows.size());
  answers.statuses.resize(rows.size());
  tbb::parallel_for(tbb::blocked_range<size_t>(0, rows.size(), block_rows), [&](const tbb::blocked_range<size_t>& block) {
    answer_block(*predictor, fields, rows, block.begin(), block.end(), answers);
  });
  return answers;
}

}  // namespace mlw
