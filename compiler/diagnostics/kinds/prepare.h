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
    "A model takes no missing values. `impute` fills them with what the training rows tell (mean, median, most "
    "frequent) or with a category of its own "
    "such as \"missing\"; a column that is mostly missing is better dropped.\n\n"
    "breaks it:  prepare { numbers: standardize }                     # and a column with gaps\n"
    "mends it:   prepare { numbers: impute(median) |> standardize }\n"};

inline const Kind no_features{
    "D120",
    Severity::error,
    "no column is left that could be an input",
    "key, time, weight, id, protected and late columns, texts and dates are no inputs, and constant columns tell "
    "nothing",
    "declare the kind of a column (`columns { code: category }`), or define inputs in `prepare` (`length_of_note = "
    "length(note)`)",
    "A model needs at least one input. The notes say why each column was left out.\n\n"
    "breaks it:  data { source: csv(\"a.csv\")  key: id }               # a file with the columns id and target only\n"
    "mends it:   a file with a column that tells something about the target\n"};

inline const Kind feature_not_finite{"D121",
                                     Severity::error,
                                     "the prepared column `{feature}` is not a finite number in row {row}",
                                     "float32, in which models compute, ends near 3.4e38",
                                     "scale the column down (`log`), or clean the value",
                                     "Preparation computes in float32, as models and devices do. A value beyond "
                                     "3.4e38, or a power that grows beyond it, has no number there.\n\n"
                                     "breaks it:  prepare { huge = amount ^ 20 }\n"
                                     "mends it:   prepare { huge = 20 * log(amount) }\n"};

inline const Kind step_does_not_fit{
    "D122",
    Severity::error,
    "`{step}` cannot follow here in the preparation of `{column}`",
    "each step takes what the step before it gives: numbers or categories",
    "end the pipeline with numbers: categories become numbers by `one_hot` or `ordinal`",
    "A pipeline turns a column into numbers step by step. `one_hot` and `ordinal` take categories, `standardize`, "
    "`scale`, `log` and `bucketize` take numbers.\n\n"
    "breaks it:  prepare { categories: standardize }\n"
    "mends it:   prepare { categories: impute(\"missing\") |> one_hot }\n"};

}  // namespace mlw::kinds
