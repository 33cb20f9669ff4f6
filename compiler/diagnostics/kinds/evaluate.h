#pragma once

#include "compiler/diagnostics/diagnostic.h"

namespace mlw::kinds {

inline const Kind too_few_rows{"D109",
                               Severity::error,
                               "there are too few rows for the protocol: {part} needs {needed}, there are {found}",
                               "a part without rows, or a class that stands on one side only, can judge nothing",
                               "collect more rows, use fewer folds, or merge rare classes",
                               "Every part of the protocol needs rows of its own, and every class needs at least one "
                               "row on each side of each split: with `kfold(5)` at least five "
                               "rows of each class outside the test part, and five groups when `group_by` is set.\n\n"
                               "Breaks it: `validate: kfold(10)` when the rarest class has 6 rows.\n"
                               "Holds: `validate: kfold(5)` on the same rows."};

inline const Kind no_time_to_split{"D021",
                                   Severity::error,
                                   "`{form}` goes by time, and no row has one",
                                   "",
                                   "declare `time:` in the data block",
                                   "`latest` and `rolling` order rows by the column that the data block declares as "
                                   "`time`. Rows in which it is missing stand in no part."};

inline const Kind metric_not_a_number{"R481",
                                      Severity::error,
                                      "the metric gives one value a row, not one number",
                                      "a choice can only be made by one number",
                                      "close it with `sum(…)`, `mean(…)`, `max(…)` or the like",
                                      "A metric is one number for all judged rows: `mean(abs(truth - prediction))` is "
                                      "one, `abs(truth - prediction)` is not."};

inline const Kind metric_reads_unknown{
    "R482",
    Severity::error,
    "the metric reads `{name}`, which predictions of this task do not give",
    "",
    "use `truth`, `prediction`, `score`, `weight`, and `probability_of_truth` of a classification",
    "Metrics read what stands beside a prediction: `truth`, `prediction` and `weight` always; `score` of a binary task "
    "or a regression; "
    "`probability_of_truth` and `classes` of a classification."};

inline const Kind metric_overflow{
    "R483",
    Severity::error,
    "an integer overflows in row {row} of the metric `{name}`",
    "",
    "calculate with numbers: write `1.0` for `1`, or use `to_number(…)`",
    "Integers have 64 bits; a result that does not fit is an error instead of a wrong number."};

inline const Kind rows_differ{
    "R484",
    Severity::error,
    "two models cannot be compared: they were not judged on the same rows",
    "a paired test needs both answers for every row",
    "judge both on the same part",
    "Comparisons are paired: the difference of two models is taken row by row, which tells far smaller differences "
    "from chance than two separate "
    "intervals do. Both judgements must hold the same rows in the same order, out of the same folds."};

inline const Kind outcome_unknown{"R485",
                                  Severity::error,
                                  "`say` names `{name}`, which is neither an outcome nor a metric of this workflow",
                                  "",
                                  "say missed, false_alarms, caught, or a metric that `metrics` defines or watches",
                                  "`expect { say: [missed, false_alarms, caught, cost] }` tells counts of the "
                                  "confusion matrix and metrics, scaled to the volume that is expected."};

}  // namespace mlw::kinds
