#pragma once

#include "compiler/diagnostics/diagnostic.h"

/// Codes T: names, types and units.
namespace mlw::kinds {

inline const Kind unknown_name{
    "T101",
    Severity::error,
    "there is no {what} `{name}`",
    "",
    "{help}",
    R"(A name stands for a column of the data, a definition, a function, or a word of the language. This one is none of them.

Wrong:  prepare { total = amout * 2 }
Right:  prepare { total = amount * 2 })"};

inline const Kind unknown_block{"T102",
                                Severity::error,
                                "there is no block `{name}`{where}",
                                "",
                                "the blocks are: {known}",
                                R"(A block begins with one of the language's words.

Wrong:  tsak { predict: quality }
Right:  task { predict: quality })"};

inline const Kind unknown_setting{
    "T103",
    Severity::error,
    "`{block}` has no setting `{name}`",
    "a setting that is not known is never ignored",
    "its settings are: {known}",
    R"(Only settings of the vocabulary may stand in a block. `mlwc explain BLOCK` lists them.

Wrong:  evaluate { tset: holdout(20%) }
Right:  evaluate { test: holdout(20%) })"};

inline const Kind given_twice{"T104",
                              Severity::error,
                              "{what} `{name}` is given twice",
                              "",
                              "keep one of them",
                              R"(A setting, a block without a name and a definition stand once.

Wrong:  evaluate { seed: 1  seed: 2 }
Right:  evaluate { seed: 2 })"};

inline const Kind not_built{
    "T105",
    Severity::error,
    "`{name}` is part of the language but not built yet",
    "it is refused rather than ignored",
    "{help}",
    R"(The language is larger than what this version of mlwc can do. What it cannot do yet is refused, so that no file
means something else than it says.

Wrong:  search { strategy: bayesian }
Right:  search { strategy: random })"};

inline const Kind wrong_type{
    "T106",
    Severity::error,
    "{place} takes {expected}, not {found}",
    "",
    "{help}",
    R"(Every value has a type: number, integer, flag, category, text, date or duration. Operations and settings take certain types only.

Wrong:  data { where: "x" < 2 }
Right:  data { where: amount < 2 })"};

inline const Kind units_differ{
    "T107",
    Severity::error,
    "`{left}` and `{right}` are different units",
    "values of different units cannot be added or compared",
    "convert one of them, or leave the unit of a literal out: it takes the other's",
    R"(A literal without a unit takes the unit of what it meets; two stated units must be the same.

Wrong:  amount > 20GBP       # amount is in EUR
Right:  amount > 20)"};

inline const Kind unit_due{"T108",
                           Severity::error,
                           "{place} needs a unit",
                           "a bare number could mean anything",
                           "write {units} behind the number",
                           R"(Settings that have a unit demand it.

Wrong:  search { time: 5 }
Right:  search { time: 5min })"};

inline const Kind unit_wrong{"T109",
                             Severity::error,
                             "{place} does not take the unit `{unit}`",
                             "",
                             "{help}",
                             R"(The unit does not fit what is set, or is not known.

Wrong:  search { time: 5KiB }
Right:  search { time: 5min })"};

inline const Kind out_of_range{"T110",
                               Severity::error,
                               "{place} takes values {range}, not {value}",
                               "",
                               "{help}",
                               R"(Settings and parameters have a range, and every member of a space must be in it.

Wrong:  dropout(0..1.5)
Right:  dropout(0..0.5))"};

inline const Kind unknown_argument{"T111",
                                   Severity::error,
                                   "`{callee}` has no parameter `{name}`",
                                   "",
                                   "{help}",
                                   R"(Arguments are positional or named by a parameter.

Wrong:  kfold(5, repeat: 2)
Right:  kfold(5, repeats: 2))"};

inline const Kind missing_argument{"T112",
                                   Severity::error,
                                   "`{callee}` needs its argument `{name}`",
                                   "",
                                   "{help}",
                                   R"(A parameter without a default must be given.

Wrong:  dense()
Right:  dense(32))"};

inline const Kind too_many_arguments{"T113",
                                     Severity::error,
                                     "`{callee}` takes {takes}, not {given}",
                                     "",
                                     "{help}",
                                     R"(A call has more arguments than the function has parameters.

Wrong:  log(amount, 2)
Right:  log2(amount))"};

inline const Kind recursion{"T114",
                            Severity::error,
                            "`{name}` is defined by itself",
                            "{cycle}",
                            "functions and definitions may use each other only in one direction",
                            R"(Recursion is not part of the language.

Wrong:  a = b + 1  b = a + 1
Right:  a = 1      b = a + 1)"};

inline const Kind compared_with_missing{
    "T115",
    Severity::error,
    "nothing is equal to `missing`",
    "a comparison with a missing value is itself missing, so this would never be true",
    "ask with `is_missing(x)`",
    R"(`missing` is not a value to compare with.

Wrong:  data { where: income == missing }
Right:  data { where: is_missing(income) })"};

inline const Kind wrong_scope{
    "T116",
    Severity::error,
    "`{name}` cannot be used here",
    "{reason}",
    "{help}",
    R"(Statistics over rows, such as `mean(x)`, are learnt on training rows and may stand only in `prepare`; orders over rows, such as `rank(x)`, only in metrics.

Wrong:  data { where: amount > mean(amount) }
Right:  prepare { large = amount > mean(amount) })"};

inline const Kind required{"T117",
                           Severity::error,
                           "{what} is missing",
                           "",
                           "{help}",
                           R"(A workflow needs at least a task with a target and data with a source.

Right:  workflow wine
        task { predict: quality }
        data { source: csv("wine.csv") })"};

inline const Kind no_space_here{"T118",
                                Severity::error,
                                "{place} takes one value, not a set of values",
                                "",
                                "sets of values stand in `search`, where a search can choose from them",
                                R"(A range or choice is a space that a search draws from; elsewhere a value is due.

Wrong:  evaluate { seed: 1 | 2 }
Right:  evaluate { seed: 1 })"};

inline const Kind unknown_word{"T119",
                               Severity::error,
                               "{place} does not know `{name}`",
                               "",
                               "it takes: {known}",
                               R"(This setting or parameter takes certain words only.

Wrong:  numbers: impute(medain)
Right:  numbers: impute(median))"};

inline const Kind too_large{
    "T120",
    Severity::error,
    "this expression is too large once its functions are written out",
    "it has more than {limit} {what}",
    "name its parts with definitions of `prepare`: a definition is computed once",
    R"(Functions are written out where they are called. When each of them uses its argument several times, the result
doubles at every level.)"};

inline const Kind unknown_class{"T121",
                                Severity::error,
                                "`{column}` never has the value `{name}`",
                                "",
                                "its values are: {known}",
                                R"(The positive class must be one of the target's values.

Wrong:  kind: binary(positive: "yse")
Right:  kind: binary(positive: "yes"))"};

inline const Kind no_module{"T122",
                            Severity::error,
                            "there is no module `{path}`",
                            "",
                            "paths of modules are relative to the workflow",
                            R"(`import "text.mlw" as text` reads functions from another file, next to the workflow.)"};

inline const Kind bad_module{
    "T123", Severity::error, "a module has functions and imports only",
    "",     "{help}",        R"(A file that is imported holds functions. Blocks belong in the workflow.)"};

inline const Kind unknown_code{"T124",
                               Severity::error,
                               "there is no diagnostic `{code}`",
                               "",
                               "`allow` names the code of a warning, such as M207",
                               R"(A waiver silences one warning, with a reason.

Wrong:  allow M2007 because "measured before the loan"
Right:  allow M207 because "measured before the loan")"};

inline const Kind error_waived{"T125",
                               Severity::error,
                               "{code} is an error and cannot be allowed",
                               "errors mark what has no honest result",
                               "mend its cause",
                               R"(Only warnings and notes can be silenced.)"};

inline const Kind empty_range{
    "T126",
    Severity::error,
    "this range has nothing in it",
    "{reason}",
    "a range goes from the smaller to the larger value",
    R"(Both ends belong to a range; the first must not be above the second, and a logarithmic range begins above 0.

Wrong:  learning_rate: 0..0.1 log
Right:  learning_rate: 0.001..0.1 log)"};

inline const Kind task_unknown{
    "T127",
    Severity::error,
    "the kind of task cannot be inferred: {why}",
    "",
    "say it: `kind: regression`, `kind: multiclass` or `kind: binary(positive: …)`",
    R"(The kind of task follows from the target's values where they are plain. Where they are not, the file says it.)"};

inline const Kind task_misfit{"T128",
                              Severity::error,
                              "{what} does not fit {task}",
                              "{reason}",
                              "{help}",
                              R"(The kind of task, the target's values, models and losses must go together.

Wrong:  task { predict: price  kind: binary }      # price has 512 values
Right:  task { predict: price  kind: regression })"};

inline const Kind pipeline_misfit{"T129",
                                  Severity::error,
                                  "`{step}` takes {takes}, but gets {gets}",
                                  "",
                                  "{help}",
                                  R"(Each step of a pipeline takes what the step before it gives.

Wrong:  numbers: one_hot
Right:  numbers: bucketize(10) |> one_hot)"};

inline const Kind name_taken{
    "T130",
    Severity::error,
    "`{name}` is already {what}",
    "",
    "choose another name",
    R"(A definition gives a new name; it cannot replace a column of the data or a word of the language.

Wrong:  prepare { amount = log1p(amount) }
Right:  prepare { log_amount = log1p(amount)  drop: [amount] })"};

inline const Kind misplaced{"T131",
                            Severity::error,
                            "{what} cannot stand here",
                            "",
                            "{help}",
                            R"(Blocks, definitions and functions have their places.

Wrong:  task { half = 0.5 }
Right:  prepare { half = amount / 2 })"};

inline const Kind join_misfit{"T132",
                              Severity::error,
                              "this join cannot be made: {why}",
                              "",
                              "a join names two other data blocks that are read from files",
                              R"(Wrong:  data all { source: join(all, customers, on: customer_id) }
Right:  data all { source: join(payments, customers, on: customer_id) })"};

inline const Kind never_an_input{
    "T133",
    Severity::error,
    "`{column}` is never an input: {role}",
    "what is prepared here would never reach the model",
    "remove this line, or define a column that reads it",
    R"(Keys, times, weights, ids and dropped columns are no inputs, so that a pipeline for one of them has no effect.

Wrong:  data { key: id }  prepare { id: impute(0) }
Right:  data { key: id }  prepare { numbers: impute(0) })"};

}  // namespace mlw::kinds
