#pragma once

#include "compiler/diagnostics/diagnostic.h"

namespace mlw::kinds {

inline const Kind too_few_rows{
    "D109",
    Severity::error,
    "there are too few rows for the protocol: {part} needs {needed}, there are {found}",
    "a part without rows, or a class that stands on one side only, can judge nothing",
    "collect more rows, use fewer folds, or merge rare classes",
    R"(Every part of the protocol needs rows of its own, and every class needs at least one row on each side of each split: with
`kfold(5)` at least five rows of each class outside the test part, and five groups when `group_by` is set. Here
`very_rare.csv` has three rows of the class `yes`.

Wrong:  data { source: csv("very_rare.csv") }
        evaluate { validate: kfold(5) }
Right:  data { source: csv("customers.csv") }
        evaluate { validate: kfold(5) }

With:   part = `kfold(5)`
        needed = 5 rows of each class
        found = 2 of class `yes`)"};

inline const Kind no_time_to_split{
    "D021",
    Severity::error,
    "`{form}` goes by time, and no row has one",
    "",
    "declare `time:` in the data block",
    R"(`latest` and `rolling` order rows by the column that the data block declares as `time`. Rows in which it is missing stand
in no part.

Wrong:  data { source: csv("no_dates.csv")  time: asked_at  columns { asked_at: date } }
        evaluate { test: latest(20%)  validate: latest(20%) }
Right:  data { source: csv("customers.csv")  time: asked_at }
        evaluate { test: latest(20%)  validate: latest(20%) }

With:   form = latest)"};

inline const Kind metric_not_a_number{
    "R481",
    Severity::error,
    "the metric gives one value a row, not one number",
    "a choice can only be made by one number",
    "close it with `sum(…)`, `mean(…)`, `max(…)` or the like",
    R"(A metric is one number for all judged rows: `mean(abs(truth - prediction))` is one, `abs(truth - prediction)` is not.

Wrong:  task { predict: spent }
        metrics { miss = abs(truth - prediction)  objective: minimize(miss) }
Right:  task { predict: spent }
        metrics { miss = mean(abs(truth - prediction))  objective: minimize(miss) })"};

inline const Kind metric_reads_unknown{
    "R482",
    Severity::error,
    "the metric reads `{name}`, which predictions of this task do not give",
    "",
    "use `truth`, `prediction`, `score`, `weight`, and `probability_of_truth` of a classification",
    R"(Metrics read what stands beside a prediction, since nothing else is known when rows are judged: `truth`, `prediction` and
`weight` always; `score` of a binary task or a regression; `probability_of_truth` and `classes` of a classification.

With:   name = score)"};

inline const Kind metric_overflow{
    "R483",
    Severity::error,
    "an integer overflows in row {row} of the metric `{name}`",
    "",
    "calculate with numbers: write `1.0` for `1`, or use `to_number(…)`",
    R"(Integers have 64 bits; a result that does not fit is an error instead of a wrong number.

With:   row = 17
        name = cost)"};

inline const Kind rows_differ{
    "R484",
    Severity::error,
    "two models cannot be compared: they were not judged on the same rows",
    "a paired test needs both answers for every row",
    "judge both on the same part",
    R"(Comparisons are paired: the difference of two models is taken row by row, which tells far smaller differences from chance
than two separate intervals do. Both judgements must hold the same rows in the same order, out of the same folds.)"};

inline const Kind outcome_unknown{
    "R485",
    Severity::error,
    "`say` names `{name}`, which is neither an outcome nor a metric of this workflow",
    "",
    "say missed, false_alarms, caught, or a metric that `metrics` defines or watches",
    R"(`expect { say: [missed, false_alarms, caught, cost] }` tells counts of the confusion matrix and metrics, scaled to the
volume that is expected. Anything else is not known of the judged rows.

With:   name = gain)"};

}  // namespace mlw::kinds
