#pragma once

#include "compiler/diagnostics/diagnostic.h"

/// R42x: search and running.
namespace mlw::kinds {

inline const Kind strategy_not_built{"R420",
                                     Severity::error,
                                     "the search strategy `{strategy}` is not built yet",
                                     "",
                                     "use `strategy: random`",
                                     "Search draws settings at random from the declared spaces. The other strategies "
                                     "of the language will follow; until then a workflow that asks for\n"
                                     "one is refused rather than searched in another way than it says."};

inline const Kind no_candidate{"R421",
                               Severity::error,
                               "no trial of the search could be fitted",
                               "without a fitted model there is nothing to choose, test or build",
                               "see the reasons below; the spaces may ask for settings that these data do not allow",
                               "A trial that fails is noted and the search goes on. When every trial has failed, the "
                               "run ends here; the notes give the reasons of the first few."};

inline const Kind interrupted{"R422",
                              Severity::error,
                              "interrupted",
                              "",
                              "run again: what is done is kept and not done again",
                              "The run was stopped by ctrl-C or a request to end. Every finished stage, trial and fold "
                              "is in the store; the next run goes on from there."};

inline const Kind no_such_model{
    "R424",
    Severity::error,
    "the model `{model}` is not built yet",
    "",
    "use `linear` or `network`",
    "The language knows more models than this version can fit. A search that names another one is refused.\n\n"
    "breaks it:  search { trees = boosted_trees() }\n"
    "mends it:   search { line = linear() }\n"};

inline const Kind no_such_target{"R425",
                                 Severity::error,
                                 "the target `{target}` is not built yet",
                                 "",
                                 "use `device(\"raspberry-pi-4\")` or `library`",
                                 "Artefacts are made for devices with a profile and, as a library, for this machine. "
                                 "The other targets of the language will follow.\n\n"
                                 "breaks it:  deploy page { target: browser }\n"
                                 "mends it:   deploy lib { target: library }\n"};

inline const Kind bad_records{"R426",
                              Severity::error,
                              "{where}: {fault}",
                              "what was answered before stays answered",
                              "give records as comma separated values, the columns' names on the first line",
                              "`mlwc predict FILE < rows.csv` reads records as the built executables do: RFC 4180, a "
                              "header that names the columns in any order, as many "
                              "fields in every row.\n\n"
                              "breaks it:  a row with a field too few\n"
                              "mends it:   an empty field for a value that is missing\n"};

inline const Kind no_record_column{
    "R427",
    Severity::error,
    "the header has {fault} `{column}`",
    "the winner's program reads it",
    "name the columns as in the training data; an unknown value is an empty field",
    "Every column that the winner reads must stand in the header once; further columns are passed over.\n\n"
    "breaks it:  printf 'age\\n41\\n' | mlwc predict people.mlw    # and it reads income too\n"
    "mends it:   printf 'age,income\\n41,\\n' | mlwc predict people.mlw\n"};

inline const Kind no_winner{
    "R428",
    Severity::error,
    "there is no winner to answer with yet",
    "`{file}` was not run to its end, or has changed since",
    "run `mlwc run {file}` first",
    "`mlwc predict` and `mlwc emit --llvm` use the winner of the workflow as it stands. They train nothing."};

inline const Kind no_program_of_stage{"R429",
                                      Severity::error,
                                      "the stage `{stage}` makes no predictor program",
                                      "machine code is shown of the final fit and of what is built from it",
                                      "name `final`, or `build` with the name of a `deploy` block",
                                      "`mlwc emit FILE --llvm STAGE` and `--asm STAGE` show the winner's predictor: of "
                                      "the stage `final` for this machine, "
                                      "of a stage `build gateway` for the\n"
                                      "target of the block `deploy gateway`."};

inline const Kind no_such_stage{"R423",
                                Severity::error,
                                "there is no stage `{name}`",
                                "",
                                "stages are: {names}; `mlwc plan FILE` shows them",
                                "`mlwc run FILE --until STAGE` and `mlwc why FILE STAGE` take the name of a stage as "
                                "`mlwc plan FILE` prints it: `split`, `trial 12, fold 3`,\n"
                                "`build gateway`; `prepare` and `search` mean all stages of that kind."};

}  // namespace mlw::kinds
