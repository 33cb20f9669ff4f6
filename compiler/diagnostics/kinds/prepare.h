#pragma once

#include "compiler/diagnostics/diagnostic.h"

/// Codes D1xx of preparation: what a fitted preparation cannot do with the rows it is given.
namespace mlw::kinds {

inline const Kind missing_not_imputed{
    "D101",
    Severity::error,
    "`{column}` has missing values and nothing imputes them",
    "a model needs a number in every column of every row",
    "put `impute(…)` into its pipeline: `{column}: impute(median) |> standardize`, or drop the column",
    R"(A model takes no missing values. `impute` fills them with what the training rows tell (mean, median, most frequent) or
with a category of its own such as "missing"; a column that is mostly missing is better dropped.

Wrong:  prepare { numbers: standardize }
Right:  prepare { numbers: impute(median) |> standardize }

With:   column = income)"};

inline const Kind no_features{
    "D120",
    Severity::error,
    "no column is left that could be an input",
    "key, time, weight, id, protected and late columns, texts and dates are no inputs, and constant columns tell "
    "nothing",
    "declare the kind of a column (`columns { code: category }`), or define inputs in `prepare` (`length_of_note = "
    "length(note)`)",
    R"(A model needs at least one input. The notes say why each column was left out. Here `keys.csv` has the key and the target
only.

Wrong:  data { source: csv("keys.csv")  key: customer_id }
Right:  data { source: csv("customers.csv")  key: customer_id })"};

inline const Kind feature_not_finite{
    "D121",
    Severity::error,
    "the prepared column `{feature}` is not a finite number in row {row}",
    "float32, in which models compute, ends near 3.4e38",
    "scale the column down (`log`), or clean the value",
    R"(Preparation computes in float32, as models and devices do. What a formula cannot give a number for is missing, and imputed;
a number that grows beyond 3.4e38 behind that has nothing to stand for it.

With:   feature = fee
        row = 17)"};

inline const Kind step_does_not_fit{
    "D122",
    Severity::error,
    "`{step}` cannot follow here in the preparation of `{column}`",
    "each step takes what the step before it gives: numbers or categories",
    "end the pipeline with numbers: categories become numbers by `one_hot` or `ordinal`",
    R"(A pipeline turns a column into numbers step by step. `one_hot` and `ordinal` take categories; `standardize`, `scale`,
`log` and `bucketize` take numbers.

With:   step = standardize
        column = plan)"};

}  // namespace mlw::kinds
