#pragma once

#include "compiler/diagnostics/diagnostic.h"

/// Codes M: the method, which decides whether a result can be trusted.
namespace mlw::kinds {

inline const Kind query_leaks{
    "M201",
    Severity::error,
    "this query computes over many rows before they are divided",
    "an aggregate or a window of training rows could contain rows that the model is later judged on",
    "compute it in `prepare`, or state `label_free: true` and, with a `time`, `as_of: …`",
    R"(What is learnt from rows must be learnt on training rows alone. A query runs before rows are divided; one that
aggregates or ranks must say that it does not read the target.

Wrong:  data { source: sql("select *, avg(price) over (partition by city) from 'flats.csv'") }
Right:  prepare { above_mean = area > mean(area) })"};

inline const Kind target_among_inputs{"M202",
                                      Severity::error,
                                      "{what} is computed from the target `{target}`",
                                      "the model would be given the answer: it would look perfect and fail in use",
                                      "compute it from other columns",
                                      R"(Inputs are what is known when a prediction is due. The target is not.

Wrong:  task { predict: price }  prepare { per_area = price / area }
Right:  task { predict: price }  prepare { rooms_per_area = rooms / area })"};

inline const Kind known_too_late{
    "M203",
    Severity::error,
    "`{column}` is known only after the prediction is due",
    "the label would leak into the inputs: the model would look perfect and fail in use",
    "remove this column, or declare when it is known with `known_after`",
    R"(A column that is declared `known_after: 30days` has no value yet when the prediction is due.

Wrong:  columns { chargeback_at: date(known_after: 30days) }  prepare { late = is_missing(chargeback_at) }
Right:  prepare { night = hour(paid_at) < 6 })"};

/// A warning for a random split of rows that have a time; an error for `latest` without a time.
inline const Kind split_against_time{
    "M204",
    Severity::warning,
    "{split} does not go with the data's `time`",
    "{reason}",
    "{help}",
    R"(`latest(20%)` keeps the newest rows aside and needs to know when rows happened. Where they have a time, a random
split lets the model learn from the future, which it cannot do in use.

Wrong:  data { source: csv("a.csv") }                 evaluate { test: latest(20%) }
Wrong:  data { source: csv("a.csv")  time: paid_at }  evaluate { test: holdout(20%) }
Right:  data { source: csv("a.csv")  time: paid_at }  evaluate { test: latest(20%) })"};

inline const Kind protected_input{
    "M209",
    Severity::error,
    "the protected column `{column}` is among the inputs",
    "what is protected must not reach the model, not even through a definition",
    "leave it out of `prepare`, or out of `protect`",
    R"(Columns in `protect` are never inputs; outcomes are reported for each of their groups.

Wrong:  task { protect: [gender] }  prepare { mrs = gender == "f" }
Right:  task { protect: [gender] })"};

inline const Kind metric_misfit{"M222",
                                Severity::error,
                                "`{metric}` does not measure {task}",
                                "{reason}",
                                "metrics that do: {known}",
                                R"(A metric fits certain kinds of task; some need probabilities.

Wrong:  task { predict: price  kind: regression }  metrics { objective: roc_auc }
Right:  task { predict: price  kind: regression }  metrics { objective: rmse })"};

inline const Kind fixed_threshold{
    "M226",
    Severity::warning,
    "the threshold is fixed though the objective `{objective}` is a cost",
    "the cheapest threshold follows from the costs and is rarely {threshold}",
    "leave `threshold` out: it is tuned for the objective on rows that were not trained on",
    R"(Wrong:  metrics { cost = 120 * false_negatives + 3 * false_positives  objective: minimize(cost)  threshold: 0.5 }
Right:  metrics { cost = 120 * false_negatives + 3 * false_positives  objective: minimize(cost) })"};

}  // namespace mlw::kinds
