#pragma once

#include "compiler/diagnostics/diagnostic.h"

/// What the method rules of compiler/checks report: each kind belongs to the rule of its code.
namespace mlw::kinds {

inline const Kind arbitrary_imputation{
    "D102",
    Severity::warning,
    "missing numbers of `{column}` are filled with the constant {value}",
    "a constant that no row has looks like a real value to the model",
    "use `impute(median)` or `impute(mean)`, which the training rows decide",
    R"(A number that stands for "no value" moves the model wherever it falls on the scale. The median of the training rows is a
neutral guess.

Wrong:  prepare { numbers: impute(0) |> standardize }
Right:  prepare { numbers: impute(median) |> standardize }

With:   column = numbers
        value = 0)"};

inline const Kind useless_column{
    "D106",
    Severity::warning,
    "`{column}` {what}",
    "",
    "drop it (`prepare { drop: [{column}] }`) or declare what it is (`columns { {column}: id }`)",
    R"(A constant column tells nothing; a column with a value of its own in every row can only be memorised; a copy of another
column counts twice. Here `visits` of `constant.csv` is 1 in every row.

Wrong:  data { source: csv("constant.csv") }
Right:  data { source: csv("constant.csv") }
        prepare { drop: [visits] }

With:   column = visits
        what = has one value in all 159 development rows)"};

inline const Kind unscaled_inputs{
    "D108",
    Severity::warning,
    "the inputs of `{model}` have very different scales and are not standardized",
    "penalties and gradient steps treat all inputs alike, so the largest scale wins",
    "end the pipeline with `standardize` or `scale(0..1)`",
    R"(Linear models with a penalty and networks need inputs of a like size. Here `income` is in the ten thousands and `visits`
below fifty.

Wrong:  prepare { numbers: impute(median) }
Right:  prepare { numbers: impute(median) |> standardize }

With:   model = linear)"};

inline const Kind looks_missing{
    "D111",
    Severity::warning,
    "`{value}` in `{column}` looks like a missing value",
    "a model takes it for a real one",
    "if it means that there is no value, say so where the data are read, or replace it in a definition (`if x == "
    "{value} then missing else x`)",
    R"(Files often write -999, 9999 or "?" where there is no value. Such a number stands far outside of all the others. Here
`visits` of `sentinel.csv` is -999 in some rows.

Wrong:  data { source: csv("sentinel.csv") }
Right:  data { source: csv("sentinel.csv", missing_values: ["-999"]) }

With:   value = -999
        column = visits)"};

inline const Kind one_class{
    "D112",
    Severity::error,
    "the target `{column}` has only one value: {value}",
    "there is nothing to tell apart",
    "look at the data's source and at `where`: it may have filtered the other class away",
    R"(A model of classes needs rows of at least two. Here nobody abroad has left in `one_class.csv`.

Wrong:  data { source: csv("one_class.csv")  where: country != "AT" }
Right:  data { source: csv("customers.csv")  where: country != "AT" }

With:   column = left
        value = no)"};

inline const Kind nothing_in_column{
    "D113",
    Severity::warning,
    "`{column}` has no value in any development row",
    "it can tell nothing",
    "drop it, or look at how it is read",
    R"(A column that is empty throughout is often a sign of a wrong delimiter or a renamed source. Here `visits` of `gap.csv` is
empty for everybody abroad.

Wrong:  data { source: csv("gap.csv")  where: country != "AT" }
Right:  data { source: csv("gap.csv")  where: country != "AT" }
        prepare { drop: [visits] }

With:   column = visits)"};

inline const Kind target_missing{
    "D114",
    Severity::note,
    "{rows} rows have no value in the target `{column}`",
    "they are neither trained nor judged on",
    "label them, or say in `where`, by other columns, which rows belong to the task",
    R"(Rows without a label cannot teach and cannot judge; they are left out of every part. Here `left` is empty in some rows of
`unlabelled.csv`.

Wrong:  data { source: csv("unlabelled.csv") }
Right:  data { source: csv("customers.csv") }

With:   rows = 20
        column = left)"};

inline const Kind accuracy_of_unbalanced{
    "M221",
    Severity::warning,
    "accuracy is the objective, and {share} of the rows are `{class}`",
    "always answering `{class}` would score {share}",
    "use `pr_auc`, `balanced_accuracy`, `f1`, recall at a precision, or a cost of your own",
    R"(Where one class is rare, accuracy rewards a model that never finds it. Here one row in 25 of `rare.csv` has left.

Wrong:  data { source: csv("rare.csv") }
        metrics { objective: accuracy }
        evaluate { validate: kfold(3) }
Right:  data { source: csv("rare.csv") }
        metrics { objective: pr_auc }
        evaluate { validate: kfold(3) }

With:   share = 95.6 %
        class = no)"};

inline const Kind test_opened_before{
    "M208",
    Severity::note,
    "the test part was opened {looks} times by other versions of this workflow",
    "every further look makes its score more optimistic",
    "treat the test score as a validation score, or collect fresh test rows",
    R"(The ledger counts each opening of the test part of these data: `mlwc run --open-test` after a change opens it once more.
A score is honest when all choices were made before the first look; every choice that follows a look fits the test part.

With:   looks = 2)"};

inline const Kind baseline_not_beaten{
    "M224",
    Severity::warning,
    "`{winner}` does not beat `{baseline}` by more than chance",
    "on the same rows the difference in {metric} is {difference} ({low} to {high})",
    "the inputs may not hold the answer, or the rows may be too few: collect more, or other columns",
    R"(The first of two hypotheses of every project is that the target can be predicted from these inputs. A paired test on the
same rows, one-sided at 2.5 %, did not confirm it. Here `left` of `random.csv` was drawn at random.

Wrong:  data { source: csv("random.csv") }
        search { line = linear(l2: 1)  trials: 1 }
Right:  data { source: csv("customers.csv") }
        search { line = linear(l2: 1)  trials: 1 }

With:   winner = line #1
        baseline = baseline: shares of the classes
        metric = roc_auc
        difference = -0.08095
        low = -0.2678
        high = 0.1058)"};

}  // namespace mlw::kinds
