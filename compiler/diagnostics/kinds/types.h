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
    R"(A name stands for a column of the data, a definition, a function, or a word of the language. This one is none of them,
and nothing is guessed from it.

Wrong:  prepare { double_fee = fees * 2 }
Right:  prepare { double_fee = fee * 2 }

With:   what = column
        name = fees
        help = did you mean `fee`?)"};

inline const Kind unknown_block{
    "T102",
    Severity::error,
    "there is no block `{name}`{where}",
    "",
    "the blocks are: {known}",
    R"(A block begins with one of the language's words: what stands in it has a meaning only there.

Wrong:  tsak { predict: left }
Right:  task { predict: left }

With:   name = tsak
        where = 
        known = `task`, `data`, `metrics`, `prepare`, `evaluate`, `search`, `deploy` and others)"};

inline const Kind unknown_setting{
    "T103",
    Severity::error,
    "`{block}` has no setting `{name}`",
    "a setting that is not known is never ignored",
    "its settings are: {known}",
    R"(Only settings of the vocabulary may stand in a block. `mlwc explain BLOCK` lists them.

Wrong:  evaluate { tset: holdout(20%) }
Right:  evaluate { test: holdout(20%) }

With:   block = evaluate
        name = tset
        known = `test`, `validate`, `group_by`, `stratify` or `seed`)"};

inline const Kind given_twice{
    "T104",
    Severity::error,
    "{what} `{name}` is given twice",
    "",
    "keep one of them",
    R"(A setting, a block without a name and a definition stand once: of two different values one would have to be ignored.

Wrong:  evaluate { seed: 1  seed: 2 }
Right:  evaluate { seed: 2 }

With:   what = the setting
        name = seed)"};

inline const Kind not_built{
    "T105",
    Severity::error,
    "`{name}` is part of the language, but the stage `{stage}` does not have it yet",
    "`mlwc check` looks at it as at everything else; `mlwc run` refuses it rather than ignoring it",
    "{help}",
    R"(The language is larger than what this version of mlwc can do. What it cannot do yet is typed and checked, and refused
before anything is done, so that no file means something else than it says. For `mlwc check` it is a warning.

Wrong:  search { strategy: bayesian }
Right:  search { strategy: random }

With:   name = bayesian
        stage = search
        help = use `random`)"};

inline const Kind wrong_type{
    "T106",
    Severity::error,
    "{place} takes {expected}, not {found}",
    "",
    "{help}",
    R"(Every value has a type: number, integer, flag, category, text, date or duration. Operations and settings take certain
types only, because nothing else would have a meaning there.

Wrong:  data { source: csv("customers.csv")  where: plan < 2 }
Right:  data { source: csv("customers.csv")  where: fee < 20 }

With:   place = `<`
        expected = two values of one type
        found = a category and an integer
        help = convert one of them)"};

inline const Kind units_differ{
    "T107",
    Severity::error,
    "`{left}` and `{right}` are different units",
    "values of different units cannot be added or compared",
    "convert one of them, or leave the unit of a literal out: it takes the other's",
    R"(A literal without a unit takes the unit of what it meets; two stated units must be the same.

Wrong:  data { source: csv("customers.csv")  columns { fee: number(unit: "EUR")  income: number(unit: "USD") } }
        prepare { share = fee + income }
Right:  data { source: csv("customers.csv")  columns { fee: number(unit: "EUR")  income: number(unit: "EUR") } }
        prepare { share = fee + income }

With:   left = EUR
        right = USD)"};

inline const Kind unit_due{"T108",
                           Severity::error,
                           "{place} needs a unit",
                           "a bare number could mean anything",
                           "write {units} behind the number",
                           R"(Settings that have a unit demand it.

Wrong:  search { time: 5 }
Right:  search { time: 5min }

With:   place = `time`
        units = `ns`, `us`, `ms`, `s`, `min`, `h`, `hour`, `hours`, `day`, `days`, `week` or `weeks`)"};

inline const Kind unit_wrong{
    "T109",
    Severity::error,
    "{place} does not take the unit `{unit}`",
    "",
    "{help}",
    R"(The unit does not fit what is set, or is not known: the value would mean something else than it says.

Wrong:  search { time: 5KiB }
Right:  search { time: 5min }

With:   place = `time`
        unit = KiB
        help = it takes `ns`, `us`, `ms`, `s`, `min`, `h`, `hour`, `hours`, `day`, `days`, `week` or `weeks`)"};

inline const Kind out_of_range{
    "T110",
    Severity::error,
    "{place} takes values {range}, not {value}",
    "",
    "{help}",
    R"(Settings and parameters have a range outside of which they make no sense, and every member of a space must be in it.

Wrong:  search { net = network(dense(16) |> relu |> dropout(0..1.5)) }
Right:  search { net = network(dense(16) |> relu |> dropout(0..0.5)) }

With:   place = `dropout`'s `rate`
        range = from 0 and below 1
        value = 1.5
        help = `rate`: the share)"};

inline const Kind unknown_argument{
    "T111",
    Severity::error,
    "`{callee}` has no parameter `{name}`",
    "",
    "{help}",
    R"(Arguments are positional or named by a parameter. A name that no parameter has would be ignored.

Wrong:  evaluate { validate: kfold(5, repeat: 2) }
Right:  evaluate { validate: kfold(5, repeats: 2) }

With:   callee = kfold
        name = repeat
        help = did you mean `repeats`?)"};

inline const Kind missing_argument{"T112",
                                   Severity::error,
                                   "`{callee}` needs its argument `{name}`",
                                   "",
                                   "{help}",
                                   R"(A parameter without a default must be given, since nothing can be assumed for it.

Wrong:  search { net = network(dense() |> relu) }
Right:  search { net = network(dense(32) |> relu) }

With:   callee = dense
        name = units
        help = as in `dense(16..256 log) |> relu`)"};

inline const Kind too_many_arguments{
    "T113",
    Severity::error,
    "`{callee}` takes {takes}, not {given}",
    "",
    "{help}",
    R"(A call has more arguments than the function has parameters: one of them would be ignored.

Wrong:  prepare { magnitude = log(fee, 2) }
Right:  prepare { magnitude = log2(fee) }

With:   callee = log
        takes = 1 argument
        given = 2
        help = its parameters are: `x`)"};

inline const Kind recursion{
    "T114",
    Severity::error,
    "`{name}` is defined by itself",
    "{cycle}",
    "functions and definitions may use each other only in one direction",
    R"(Functions and definitions may use each other only in one direction; recursion is not part of the language, so that every
expression ends.

Wrong:  prepare { a = b + 1  b = a + 1 }
Right:  prepare { a = fee + 1  b = a + 1 }

With:   name = a
        cycle = `a` uses `b` uses `a`)"};

inline const Kind compared_with_missing{
    "T115",
    Severity::error,
    "nothing is equal to `missing`",
    "a comparison with a missing value is itself missing, so this would never be true",
    "ask with `is_missing(x)`",
    R"(`missing` is not a value to compare with.

Wrong:  data { source: csv("customers.csv")  where: income == missing }
Right:  data { source: csv("customers.csv")  where: not is_missing(income) })"};

inline const Kind wrong_scope{
    "T116",
    Severity::error,
    "`{name}` cannot be used here",
    "{reason}",
    "{help}",
    R"(Statistics over rows, such as `mean(x)`, are learnt on training rows and may stand only in `prepare` and `metrics`;
orders over rows, such as `rank(x)`, only in metrics.

Wrong:  data { source: csv("customers.csv")  where: fee > mean(fee) }
Right:  prepare { dear = fee > mean(fee) }

With:   name = mean
        reason = it looks at other rows, and what is learnt from rows is learnt on training rows alone
        help = define a column in `prepare` with it)"};

inline const Kind required{
    "T117",
    Severity::error,
    "{what} is missing",
    "",
    "{help}",
    R"(A workflow needs at least a task with a target and data with a source: everything else has a default.

Wrong:  data { source: csv("customers.csv") }
Right:  task { predict: left }
        data { source: csv("customers.csv") }

With:   what = the block `task`
        help = write it, as in `task { predict: quality }`)"};

inline const Kind no_space_here{
    "T118",
    Severity::error,
    "{place} takes one value, not a set of values",
    "",
    "sets of values stand in `search`, where a search can choose from them",
    R"(A range or choice is a space that a search draws from; elsewhere a value is due, for nobody would choose one.

Wrong:  evaluate { seed: 1 | 2 }
Right:  evaluate { seed: 1 }

With:   place = `seed`)"};

inline const Kind unknown_word{"T119",
                               Severity::error,
                               "{place} does not know `{name}`",
                               "",
                               "it takes: {known}",
                               R"(This setting or parameter takes certain words only.

Wrong:  prepare { numbers: impute(medain) |> standardize }
Right:  prepare { numbers: impute(median) |> standardize }

With:   place = `impute`'s `value`
        name = medain
        known = `mean`, `median` or `most_frequent`)"};

inline const Kind too_large{
    "T120",
    Severity::error,
    "this expression is too large once its functions are written out",
    "it has more than {limit} {what}",
    "name its parts with definitions of `prepare`: a definition is computed once",
    R"(Functions are written out where they are called. When each of them uses its argument several times, the result doubles at
every level.

Wrong:  fn twice(x) = x + x
        fn often(x) = twice(twice(twice(twice(x))))
        fn very_often(x) = often(often(often(often(x))))
        prepare { large = very_often(fee) }
Right:  prepare { large = 65536 * fee }

With:   limit = 100000
        what = operations)"};

inline const Kind unknown_class{
    "T121",
    Severity::error,
    "`{column}` never has the value `{name}`",
    "",
    "its values are: {known}",
    R"(The positive class must be one of the target's values, as they are written in the data.

Wrong:  task { predict: plan  kind: binary(positive: "premum") }
Right:  task { predict: gender  kind: binary(positive: "f") }

With:   column = plan
        name = premum
        known = `basic`, `plus` or `premium`)"};

inline const Kind no_module{
    "T122",
    Severity::error,
    "there is no module `{path}`",
    "",
    "paths of modules are relative to the workflow",
    R"(`import "money.mlw" as money` reads functions from another file. Without it nobody knows what they mean.

Wrong:  import "monney.mlw" as money
        prepare { profit = money.margin(fee, 3) }
Right:  import "money.mlw" as money
        prepare { profit = money.margin(fee, 3) }

With:   path = monney.mlw)"};

inline const Kind bad_module{
    "T123",
    Severity::error,
    "a module has functions and imports only",
    "",
    "{help}",
    R"(A file that is imported holds functions and imports of its own. Blocks belong in the workflow, where a reader looks for
them. Here `blocks.mlw` holds `task { predict: left }`.

Wrong:  import "blocks.mlw" as blocks
Right:  task { predict: left }

With:   help = move it to the workflow)"};

inline const Kind unknown_code{
    "T124",
    Severity::error,
    "there is no diagnostic `{code}`",
    "",
    "`allow` names the code of a warning, such as M207",
    R"(A waiver silences one warning, with a reason. A code that does not exist silences nothing.

Wrong:  allow M2044 because "the order of these rows says nothing"
Right:  allow M204 because "the order of these rows says nothing"

With:   code = M2044)"};

inline const Kind error_waived{"T125",
                               Severity::error,
                               "{code} is an error and cannot be allowed",
                               "errors mark what has no honest result",
                               "mend its cause",
                               R"(Only warnings and notes can be silenced.

Wrong:  allow M202 because "we know it beforehand"
Right:  prepare { drop: [spent] }

With:   code = M202)"};

inline const Kind empty_range{
    "T126",
    Severity::error,
    "this range has nothing in it",
    "{reason}",
    "a range goes from the smaller to the larger value",
    R"(Both ends belong to a range; the first must not be above the second, and a logarithmic range begins above 0.

Wrong:  search { line = linear(l2: 0..0.1 log) }
Right:  search { line = linear(l2: 0.001..0.1 log) }

With:   reason = a logarithmic range cannot begin at 0 or below)"};

inline const Kind task_unknown{
    "T127",
    Severity::error,
    "the kind of task cannot be inferred: {why}",
    "",
    "say it: `kind: regression`, `kind: multiclass` or `kind: binary(positive: …)`",
    R"(The kind of task follows from the target's values where they are plain. Where they are not, the file says it, since
everything else depends on it: metrics, models, baselines.

Wrong:  task { predict: note }
Right:  task { predict: plan }

With:   why = `note` is prose with 200 different values)"};

inline const Kind task_misfit{
    "T128",
    Severity::error,
    "{what} does not fit {task}",
    "{reason}",
    "{help}",
    R"(The kind of task, the target's values, models and losses must go together: otherwise there is nothing to compute.

Wrong:  task { predict: plan  kind: binary }
Right:  task { predict: plan  kind: multiclass }

With:   what = the target
        task = binary
        reason = `plan` has 3 different values, and two classes are due
        help = use `multiclass` or `regression`)"};

inline const Kind pipeline_misfit{
    "T129",
    Severity::error,
    "`{step}` takes {takes}, but gets {gets}",
    "",
    "{help}",
    R"(Each step of a pipeline takes what the step before it gives, and the last one gives numbers: models take nothing else.

Wrong:  prepare { numbers: one_hot }
Right:  prepare { numbers: impute(median) |> bucketize(10) |> one_hot }

With:   step = one_hot
        takes = `category` or `bucket`
        gets = a number
        help = `bucketize` makes categories of numbers)"};

inline const Kind name_taken{
    "T130",
    Severity::error,
    "`{name}` is already {what}",
    "",
    "choose another name",
    R"(A definition gives a new name; it cannot replace a column of the data or a word of the language, so that a name means one
thing throughout the file.

Wrong:  prepare { fee = 12 * visits }
Right:  prepare { visits_a_year = 12 * visits }

With:   name = fee
        what = a column of the data)"};

inline const Kind misplaced{"T131",
                            Severity::error,
                            "{what} cannot stand here",
                            "",
                            "{help}",
                            R"(Blocks, definitions and functions have their places: elsewhere they would say nothing.

Wrong:  evaluate { half = fee / 2 }
Right:  prepare { half = fee / 2 }

With:   what = a definition
        help = `evaluate` has settings only; columns are defined in `prepare`, metrics in `metrics`, models in `search`)"};

inline const Kind join_misfit{"T132",
                              Severity::error,
                              "this join cannot be made: {why}",
                              "",
                              "a join names two other data blocks that are read from files",
                              R"(A join adds the columns of one table to the rows of another; both are read from files.

Wrong:  task { predict: is_fraud }
        data customers { source: csv("customers.csv") }
        data all { source: join(all, customers, on: customer_id) }
Right:  task { predict: is_fraud }
        data payments { source: csv("payments.csv") }
        data customers { source: csv("customers.csv") }
        data all { source: join(payments, customers, on: customer_id) }

With:   why = `all` would join itself)"};

inline const Kind never_an_input{
    "T133",
    Severity::error,
    "`{column}` is never an input: {role}",
    "what is prepared here would never reach the model",
    "remove this line, or define a column that reads it",
    R"(Keys, times, weights, ids and dropped columns are no inputs, so that a pipeline for one of them has no effect.

Wrong:  data { source: csv("customers.csv")  columns { visits: weight } }
        prepare { visits: impute(median) }
Right:  data { source: csv("customers.csv")  columns { visits: weight } }
        prepare { fee: impute(median) }

With:   column = visits
        role = it is the weight)"};

}  // namespace mlw::kinds
