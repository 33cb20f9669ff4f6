#pragma once

#include "compiler/diagnostics/diagnostic.h"

/// R40x: what the command line was asked for.
namespace mlw::kinds {

inline const Kind no_such_workflow_file{
    "R401",
    Severity::error,
    "there is no file `{path}`",
    "",
    "{help}",
    R"(A command was given the name of a workflow file that does not exist, so that there is nothing to work on. Names are taken
from the folder the command is started in. `-` stands for the standard input where a command reads one text only, as
`mlwc fmt -` does.

With:   path = whine.mlw
        help = did you mean `wine.mlw`?)"};

inline const Kind unreadable_workflow_file{
    "R402",
    Severity::error,
    "`{path}` cannot be read: {reason}",
    "",
    "name a file that you have the right to read",
    R"(The file exists, but the system does not let it be read as a text: it is a folder, a device, or belongs to someone else.

With:   path = wine
        reason = it is a folder)"};

inline const Kind nothing_to_explain{
    "R403",
    Severity::error,
    "nothing is known by the name `{name}`",
    "",
    "{help}",
    R"(`mlwc explain` takes the code of a diagnostic, such as M203, or a word of the language, such as the name of a block,
setting or function.

With:   name = kfld
        help = did you mean `kfold`?)"};

inline const Kind command_not_built{
    "R404",
    Severity::error,
    "`mlwc {command}` is not built yet",
    "the language describes it; this version of mlwc does not have it",
    "`mlwc help` lists what there is",
    R"(The language is described as a whole and built in steps. A part that is not there yet says so instead of doing something
else.

With:   command = annotate)"};

inline const Kind module_not_loaded{
    "R405",
    Severity::error,
    "a part of mlwc could not be loaded: {reason}",
    "what needs much room or time to load is a file of its own beside the program",
    "install or build mlwc again, and keep its files together",
    R"(The commands that read rows stand in `libmlw_workflow.so` beside the program `mlwc`, so that `fmt` and `--version` start at
once. The file is missing, or belongs to another version.

With:   reason = libmlw_workflow.so: there is no such file)"};

inline const Kind result_not_written{
    "R406",
    Severity::error,
    "the result could not be written: {reason}",
    "what stands in the output is not whole",
    "make room, or write the output somewhere else",
    R"(The standard output was closed or its disk is full. The exit status says so, so that a script does not go on with half a
result.

With:   reason = no space left on the device)"};

inline const Kind file_exists{"R407",
                              Severity::error,
                              "there is a file `{path}` already",
                              "a new workflow never replaces one",
                              "give another name, or remove the file first",
                              R"(`mlwc new NAME` writes the file NAME.mlw and leaves every file that is there alone.

With:   path = wine.mlw)"};

inline const Kind form_unknown{
    "R408",
    Severity::error,
    "`{path}` does not tell by its name how its rows are stored",
    "",
    "rows come from files that end in .csv, .tsv, .txt, .parquet, .json, .jsonl or .ndjson, or the first three with "
    ".gz",
    R"(`mlwc new NAME --from FILE` chooses the source by the file's ending. For everything else write the data block by hand:
`mlwc explain data` says how.

With:   path = wine.xlsx)"};

inline const Kind column_not_predictable{
    "R409",
    Severity::error,
    "`{column}` cannot be predicted",
    "",
    "{help}",
    R"(`mlwc new NAME --from FILE --predict COLUMN` takes a column that holds a number, a category or a flag: other kinds have no
values that a model could give.

With:   column = lable
        help = did you mean `label`?)"};

inline const Kind no_report_yet{
    "R416",
    Severity::error,
    "`{path}` has no report whose numbers could be looked up",
    "the report belongs to the file, the data and the seed as they are now",
    "`mlwc run {path}` makes it",
    R"(`mlwc why FILE NUMBER` follows a number of the report back to the stages and lines that it comes from. The workflow has not been
run to its end, or was changed since.

With:   path = wine.mlw)"};

inline const Kind no_such_number{
    "R417",
    Severity::error,
    "the report does not show the number {number}",
    "",
    "write it as the report does, or with fewer digits: 0.9649, 85.6 %, 2 999",
    R"(`mlwc why FILE NUMBER` looks for scores, their intervals, numbers of rows, statistics of columns, costs and sizes of artefacts.

With:   number = 0.1234)"};

inline const Kind nothing_at_line{
    "R418",
    Severity::error,
    "no stage reads what stands at {place}",
    "",
    "name a line with a setting or a definition",
    R"(`mlwc why FILE:LINE` says which stages read a line of the file, and what rests on them. Comments, empty lines, titles and
reasons are read by nothing but the report.

With:   place = wine.mlw:2)"};

inline const Kind not_started{
    "R440",
    Severity::error,
    "another process of mlwc could not be started: {reason}",
    "the language server runs commands beside itself",
    "see whether the machine has memory and processes left",
    R"(A command that is started from an editor runs as a process of its own, so that the editor never waits for it.

With:   reason = Resource temporarily unavailable)"};

}  // namespace mlw::kinds
