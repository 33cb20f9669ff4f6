#pragma once

#include "compiler/diagnostics/diagnostic.h"

/// What the method rules of compiler/checks report: each kind belongs to the rule of its code.
namespace mlw::kinds {

inline const Kind arbitrary_imputation{"D102",
                                       Severity::warning,
                                       "missing numbers of `{column}` are filled with the constant {value}",
                                       "a constant that no row has looks like a real value to the model",
                                       "use `impute(median)` or `impute(mean)`, which the training rows decide",
                                       "A number that stands for \"no value\" moves the model wherever it falls on the "
                                       "scale. The median of the training rows is a neutral guess.\n\n"
                                       "breaks it:  prepare { numbers: impute(0) |> standardize }\n"
                                       "mends it:   prepare { numbers: impute(median) |> standardize }\n"};

inline const Kind useless_column{
    "D106",
    Severity::warning,
    "`{column}` {what}",
    "",
    "drop it (`prepare { drop: [{column}] }`) or declare what it is (`columns { {column}: id }`)",
    "A constant column tells nothing; a column with a value of its own in every row can only be memorised; a copy of "
    "another column counts twice.\n\n"
    "breaks it:  a file whose column `version` holds 1 in every row\n"
    "mends it:   prepare { drop: [version] }\n"};

inline const Kind unscaled_inputs{
    "D108",
    Severity::warning,
    "the inputs of `{model}` have very different scales and are not standardized",
    "penalties and gradient steps treat all inputs alike, so the largest scale wins",
    "end the pipeline with `standardize` or `scale(0..1)`",
    "Linear models with a penalty and networks need inputs of a like size.\n\n"
    "breaks it:  prepare { numbers: impute(median) }   # income in EUR beside age in years\n"
    "mends it:   prepare { numbers: impute(median) |> standardize }\n"};

inline const Kind looks_missing{
    "D111",
    Severity::warning,
    "`{value}` in `{column}` looks like a missing value",
    "a model takes it for a real one",
    "if it means that there is no value, say so where the data are read, or replace it in a definition (`if x == "
    "{value} then missing else x`)",
    "Files often write -999, 9999 or \"?\" where there is no value. Such a number stands far outside of all the "
    "others.\n\n"
    "breaks it:  a column `pressure` between 900 and 1100, with -999 in some rows\n"
    "mends it:   prepare { pressure_read = if pressure == -999 then missing else pressure  drop: [pressure] }\n"};

inline const Kind one_class{
    "D112",
    Severity::error,
    "the target `{column}` has only one value: {value}",
    "there is nothing to tell apart",
    "look at the data's source and at `where`: it may have filtered the other class away",
    "A model of classes needs rows of at least two.\n\n"
    "breaks it:  data { source: csv(\"orders.csv\")  where: returned }  task { predict: returned }\n"
    "mends it:   data { source: csv(\"orders.csv\") }  task { predict: returned }\n"};

inline const Kind nothing_in_column{
    "D113",
    Severity::warning,
    "`{column}` has no value in any development row",
    "it can tell nothing",
    "drop it, or look at how it is read",
    "A column that is empty throughout is often a sign of a wrong delimiter or a renamed source.\n\n"
    "breaks it:  a column `discount` without any value\n"
    "mends it:   prepare { drop: [discount] }\n"};

inline const Kind target_missing{
    "D114",
    Severity::note,
    "{rows} rows have no value in the target `{column}`",
    "they are neither trained nor judged on",
    "label them, or say in `where` which rows belong to the task",
    "Rows without a label cannot teach and cannot judge; they are left out of every part.\n\n"
    "breaks it:  a file in which the target is empty for the newest rows\n"
    "mends it:   data { where: not is_missing(outcome) }\n"};

inline const Kind empty_target{"D115",
                               Severity::error,
                               "the target `{column}` has no value in any development row",
                               "there is nothing to learn from",
                               "look at the column's name and at how the file is read",
                               "The target must be known for the rows that train and judge.\n\n"
                               "breaks it:  task { predict: outcome }   # and an empty column\n"
                               "mends it:   task { predict: result }\n"};

inline const Kind accuracy_of_unbalanced{
    "M221",
    Severity::warning,
    "accuracy is the objective, and {share} of the rows are `{class}`",
    "always answering `{class}` would score {share}",
    "use `pr_auc`, `balanced_accuracy`, `f1`, recall at a precision, or a cost of your own",
    "Where one class is rare, accuracy rewards a model that never finds it.\n\n"
    "breaks it:  metrics { objective: accuracy }            # with 2 % positives\n"
    "mends it:   metrics { objective: pr_auc }\n"};

inline const Kind test_opened_before{"M208",
                                     Severity::note,
                                     "the test part was opened {looks} times by other versions of this workflow",
                                     "every further look makes its score more optimistic",
                                     "treat the test score as a validation score, or collect fresh test rows",
                                     "The ledger counts each opening of the test part of these data.\n\n"
                                     "breaks it:  mlwc run --open-test after each change\n"
                                     "mends it:   one look, after all choices are made\n"};

inline const Kind baseline_not_beaten{
    "M224",
    Severity::warning,
    "`{winner}` does not beat `{baseline}` by more than chance",
    "on the same rows the difference in {metric} is {difference} ({low} to {high})",
    "the inputs may not hold the answer, or the rows may be too few: collect more, or other columns",
    "The first of two hypotheses of every project is that the target can be predicted from these inputs. A paired test "
    "on the same rows, one-sided at 2.5 %, did not confirm it.\n\n"
    "breaks it:  a target that was drawn at random\n"
    "mends it:   inputs that tell something about the target\n"};

}  // namespace mlw::kinds
