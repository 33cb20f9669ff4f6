#pragma once

#include <string>
#include <vector>

#include "compiler/artefact/predictor_program.h"
#include "runtime/data/column.h"
#include "runtime/evaluate/splits.h"
#include "runtime/learn/learner.h"
#include "runtime/prepare/prepare.h"
#include "runtime/report/report_data.h"
#include "runtime/store/store.h"

/// What each stage gives, and how it lies in an entry of the store. Reading gives back what was written, bit for bit.
namespace mlw {

struct LoadResult {
  Table table;
  Schema schema;
  Selection population;            ///< rows for which `where` holds
  std::vector<std::string> notes;  ///< "12 rows are outside `where`"
};
Entry to_entry(const LoadResult& result);
LoadResult load_result(const Entry& entry);

struct SplitResult {
  Selection development, test, left_out;  ///< rows of the table
  std::vector<Fold> folds;
  std::vector<std::string> notes;
};
Entry to_entry(const SplitResult& result);
SplitResult split_result(const Entry& entry);

Entry to_entry(const FittedPreparation& preparation);
FittedPreparation preparation_result(const Entry& entry);

/// One trial on one fold.
struct FitResult {
  std::string failed;         ///< why there is no model; empty when there is one
  std::vector<float> scores;  ///< [validation rows × outputs]
  int outputs = 1;
  int epochs = 0;
  double training_loss = 0;
  int64_t parameters = 0;
  std::vector<CurvePoint> curve;
  std::vector<std::string> notes;
  double seconds = 0;  ///< a reading of a clock: in no key and no comparison
};
Entry to_entry(const FitResult& result);
FitResult fit_result(const Entry& entry);

/// Answers without a model: out of fold, and as a program fitted on all development rows.
struct BaselineResult {
  struct One {
    std::string name;  ///< "most frequent class"
    PredictorProgram program;
    std::vector<std::vector<float>> scores;  ///< a fold each: [validation rows × outputs]
  };
  std::vector<One> list;
};
Entry to_entry(const BaselineResult& result);
BaselineResult baseline_result(const Entry& entry);

/// The winner, fitted on all rows outside the test part.
struct FinalResult {
  PredictorProgram program;
  int epochs = 0;
  double training_loss = 0;
  std::vector<CurvePoint> curve;
  std::vector<std::string> notes;
};
Entry to_entry(const FinalResult& result);
FinalResult final_result(const Entry& entry);

}  // namespace mlw
