#pragma once

#include "compiler/diagnostics/diagnostic.h"

/// R42x: search and running.
namespace mlw::kinds {

inline const Kind strategy_not_built{
    "R420",
    Severity::error,
    "the search strategy `{strategy}` is not built yet",
    "",
    "use `strategy: random`",
    R"(Search draws settings at random from the declared spaces. The other strategies of the language will follow; until then a
workflow that asks for one is refused rather than searched in another way than it says.

With:   strategy = bayesian)"};

inline const Kind no_candidate{
    "R421",
    Severity::error,
    "no trial of the search could be fitted",
    "without a fitted model there is nothing to choose, test or build",
    "see the reasons below; the spaces may ask for settings that these data do not allow",
    R"(A trial that fails is noted and the search goes on. When every trial has failed, the run ends here; the notes give the
reasons of the first few.

Wrong:  task { predict: spent }
        search { net = network(dense(16) |> relu, optimizer: sgd(learning_rate: 100), epochs: 20)  trials: 1 }
Right:  task { predict: spent }
        search { net = network(dense(16) |> relu, optimizer: sgd(learning_rate: 0.001), epochs: 20)  trials: 1 })"};

inline const Kind interrupted{
    "R422",
    Severity::error,
    "interrupted",
    "",
    "run again: what is done is kept and not done again",
    R"(The run was stopped by ctrl-C or a request to end. Every finished stage, trial and fold is in the store; the next run goes
on from there.)"};

inline const Kind no_such_model{
    "R424",
    Severity::error,
    "the model `{model}` is not built yet",
    "",
    "use `linear` or `network`",
    R"(The language knows more models than this version can fit. A search that names another one is refused.

With:   model = neighbours)"};

inline const Kind no_such_target{
    "R425",
    Severity::error,
    "the target `{target}` is not built yet",
    "",
    "use `device(\"raspberry-pi-4\")` or `library`",
    R"(Artefacts are made for devices with a profile and, as a library, for this machine. The other targets of the language will
follow.

With:   target = browser)"};

inline const Kind bad_records{
    "R426",
    Severity::error,
    "{where}: {fault}",
    "what was answered before stays answered",
    "give records as comma separated values, the columns' names on the first line",
    R"(`mlwc predict FILE < rows.csv` reads records as the built executables do: RFC 4180, a header that names the columns in any
order, as many fields in every row. A value that is missing is an empty field, never a field less.

With:   where = record 3
        fault = 4 fields where 5 are due)"};

inline const Kind no_record_column{
    "R427",
    Severity::error,
    "the header has {fault} `{column}`",
    "the winner's program reads it",
    "name the columns as in the training data; an unknown value is an empty field",
    R"(Every column that the winner reads must stand in the header once; further columns are passed over. Where a winner reads
`age` and `income`, a header with `age` alone gives this error, and `age,income` does not, with `41,` as the record of
somebody whose income is not known.

With:   fault = no column
        column = income)"};

inline const Kind no_winner{
    "R428",
    Severity::error,
    "there is no winner to answer with yet",
    "`{file}` was not run to its end, or has changed since",
    "run `mlwc run {file}` first",
    R"(`mlwc predict` and `mlwc emit --llvm` use the winner of the workflow as it stands. They train nothing.

With:   file = wine.mlw)"};

inline const Kind no_program_of_stage{
    "R429",
    Severity::error,
    "the stage `{stage}` makes no predictor program",
    "machine code is shown of the final fit and of what is built from it",
    "name `final`, or `build` with the name of a `deploy` block",
    R"(`mlwc emit FILE --llvm STAGE` and `--asm STAGE` show the winner's predictor: of the stage `final` for this machine, of a
stage `build gateway` for the target of the block `deploy gateway`.

With:   stage = split)"};

inline const Kind no_such_stage{
    "R423",
    Severity::error,
    "there is no stage `{name}`",
    "",
    "stages are: {names}; `mlwc plan FILE` shows them",
    R"(`mlwc run FILE --until STAGE` and `mlwc why FILE STAGE` take the name of a stage as `mlwc plan FILE` prints it: `split`,
`trial 12, fold 3`, `build gateway`; `prepare` and `search` mean all stages of that kind.

With:   name = splt
        names = load, split, profile, baseline, prepare, search, choose, final, test, build, verify, report)"};

}  // namespace mlw::kinds
