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
    R"(What is learnt from rows must be learnt on training rows alone. A query runs before rows are divided; one that aggregates
or ranks must say that it does not read the target.

Wrong:  data { source: sql("select *, avg(fee) over (partition by city) as usual from 'customers.csv'") }
Right:  prepare { above_mean = fee > mean(fee) })"};

inline const Kind target_among_inputs{"M202",
                                      Severity::error,
                                      "{what} is computed from the target `{target}`",
                                      "the model would be given the answer: it would look perfect and fail in use",
                                      "compute it from other columns",
                                      R"(Inputs are what is known when a prediction is due. The target is not.

Wrong:  task { predict: spent }
        prepare { a_visit = spent / visits }
Right:  task { predict: spent }
        prepare { a_visit = fee / visits }

With:   what = the definition `a_visit`
        target = spent)"};

inline const Kind known_too_late{
    "M203",
    Severity::error,
    "`{column}` is known only after the prediction is due",
    "the label would leak into the inputs: the model would look perfect and fail in use",
    "remove this column, or declare when it is known with `known_after`",
    R"(A column that is declared `known_after: 30days` has no value yet when the prediction is due.

Wrong:  task { predict: is_fraud }
        data { source: csv("payments.csv")  columns { chargeback_at: date(known_after: 30days) } }
        prepare { charged_back = not is_missing(chargeback_at) }
Right:  task { predict: is_fraud }
        data { source: csv("payments.csv")  columns { chargeback_at: date(known_after: 30days) } }
        prepare { night = hour(paid_at) < 6 }

With:   column = chargeback_at)"};

/// A warning for a random split of rows that have a time; an error for `latest` without a time.
inline const Kind split_against_time{
    "M204",
    Severity::warning,
    "{split} does not go with the data's `time`",
    "{reason}",
    "{help}",
    R"(`latest(20%)` keeps the newest rows aside and needs to know when rows happened. Where they have a time, a random split lets
the model learn from the future, which it cannot do in use. `latest` without a `time` is an error.

Wrong:  data { source: csv("customers.csv")  time: asked_at }
        evaluate { test: holdout(20%) }
Right:  data { source: csv("customers.csv")  time: asked_at }
        evaluate { test: latest(20%) }

With:   split = `holdout`
        reason = rows have a time, and in use the model predicts what comes later: a random split lets it learn from the future
        help = use `latest(20%)`, or allow it with a reason: `allow M204 because "…"`)"};

inline const Kind protected_input{
    "M209",
    Severity::error,
    "the protected column `{column}` is among the inputs",
    "what is protected must not reach the model, not even through a definition",
    "leave it out of `prepare`, or out of `protect`",
    R"(Columns in `protect` are never inputs; outcomes are reported for each of their groups.

Wrong:  task { predict: left  protect: [gender] }
        prepare { is_f = gender == "f" }
Right:  task { predict: left  protect: [gender] }

With:   column = gender)"};

inline const Kind metric_misfit{"M222",
                                Severity::error,
                                "`{metric}` does not measure {task}",
                                "{reason}",
                                "metrics that do: {known}",
                                R"(A metric fits certain kinds of task; some need probabilities.

Wrong:  task { predict: spent }
        metrics { objective: roc_auc }
Right:  task { predict: spent }
        metrics { objective: rmse }

With:   metric = roc_auc
        task = a regression
        reason = it is for binary tasks
        known = `explained_variance`, `mae`, `mape`, `max_error`, `median_absolute_error`, `mse`, `pinball_loss`, `r2`, `rmse` or `rmsle`)"};

inline const Kind fixed_threshold{
    "M226",
    Severity::warning,
    "the threshold is fixed though the objective `{objective}` is a cost",
    "the cheapest threshold follows from the costs and is rarely {threshold}",
    "leave `threshold` out: it is tuned for the objective on rows that were not trained on",
    R"(What a miss costs beside a false alarm says from which probability on it pays to act.

Wrong:  metrics {
          cost = 120 * false_negatives + 3 * false_positives
          objective: minimize(cost)
          threshold: 0.5
        }
Right:  metrics {
          cost = 120 * false_negatives + 3 * false_positives
          objective: minimize(cost)
        }

With:   objective = cost
        threshold = 0.5)"};

}  // namespace mlw::kinds
