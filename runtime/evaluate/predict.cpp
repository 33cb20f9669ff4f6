#include "runtime/evaluate/predict.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include "compiler/artefact/artefact.h"
#include "compiler/artefact/device/shortest.h"
#include "runtime/evaluate/raw_records.h"

namespace mlw {
namespace {

constexpr size_t block_rows = 256;

}  // namespace

Predictions predict_table(const PredictorProgram& program, const Table& table, const Selection& selection,
                          CodeGenerator& generator) {
  const RawRecords records(program, table);
  const std::shared_ptr<const CompiledPredictor> predictor = generator.compile(program);
  Predictions out;
  out.outputs = program.outputs();
  out.scores.resize(selection.size() * static_cast<size_t>(out.outputs));
  out.decisions.resize(selection.size());
  out.statuses.resize(selection.size());
  tbb::parallel_for(
      tbb::blocked_range<size_t>(0, selection.size(), block_rows), [&](const tbb::blocked_range<size_t>& rows) {
        std::vector<RawValue> values(records.fields());
        std::vector<uint64_t> missing(records.missing_words());
        const Buffer scratch = allocate(static_cast<size_t>(predictor->scratch_bytes));
        for (size_t i = rows.begin(); i < rows.end(); ++i) {
          records.read(selection[i], values, missing);
          const int32_t status =
              (*predictor)(values.data(), missing.data(), &out.scores[i * static_cast<size_t>(out.outputs)],
                           &out.decisions[i], const_cast<std::byte*>(scratch.get()));
          out.statuses[i] = static_cast<PredictionStatus>(status);
        }
      });
  return out;
}

std::string answer_line(const PredictorProgram& program, PredictionStatus status, int32_t decision,
                        const float* scores) {
  const bool answered = status < PredictionStatus::missing_value;
  std::string line;
  if (!program.classes.empty() && program.task != TaskKind::regression) {
    if (answered) line += csv_field(program.classes[static_cast<size_t>(decision)]);
    line += ',';
  }
  for (int i = 0; i < program.outputs(); ++i) {
    char text[MLW_NUMBER_TEXT];
    if (answered) line.append(text, mlw_print_float32(scores[i], text));
    line += ',';
  }
  line += name(status);
  return line + '\n';
}

}  // namespace mlw
