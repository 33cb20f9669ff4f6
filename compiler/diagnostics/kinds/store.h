#pragma once

#include "compiler/diagnostics/diagnostic.h"

/// R41x: the store of results.
namespace mlw::kinds {

inline const Kind disk_full{
    "R410",
    Severity::error,
    "there is no room left to write `{path}`",
    "nothing half-written was left behind; all that was finished before is kept",
    "free some space (`mlwc cache gc` removes results that no workflow uses any more) and run "
    "again: it goes on where it stopped",
    R"(Results are written beside their place, made durable and then renamed into it. When the disk, a quota or a limit on the
size of files stops that, the unfinished file is removed and the run ends with this error. Run again when there is room:
what is done is not done again.

With:   path = .mlw/store/3f/3fa9)"};

inline const Kind write_denied{
    "R411",
    Severity::error,
    "no right to write `{path}`",
    "results are kept in the folder `.mlw` beside the workflow",
    "give yourself the right to write there, or copy the workflow to a folder of your own",
    R"(mlwc keeps its results in `.mlw/store` beside the workflow, so that what has not changed is not done again. That folder
must be writable for `run`, `build` and `report`; `check`, `fmt` and `plan` need no such right.

With:   path = .mlw/store)"};

inline const Kind write_failed{
    "R412",
    Severity::error,
    "could not write `{path}`: {reason}",
    "nothing half-written was left behind",
    "see what the system says about this file system, then run again",
    R"(The operating system refused a write, a synchronisation or a renaming for a reason other than room or rights. A file whose
bytes could not be made durable is removed and never used.

With:   path = .mlw/store/3f/3fa9
        reason = input/output error)"};

inline const Kind damaged_entry{
    "R413",
    Severity::warning,
    "a stored result was damaged: {what}",
    "its bytes are not those that were written; it is not used",
    "nothing: it stands in `{quarantine}` now and is computed again; see to the disk if this happens often",
    R"(Every result carries checksums that are checked when it is first read. A result that fails them is moved to the folder
`quarantine` of the store, reported once, and computed again from what it was made of.

With:   what = the checksum of `scores` is another
        quarantine = .mlw/store/quarantine/3fa9)"};

inline const Kind read_failed{"R414",
                              Severity::error,
                              "could not read `{path}`: {reason}",
                              "",
                              "see that the file may be read by you and that its disk is in order",
                              R"(The operating system could not give the bytes of a file that exists.

With:   path = .mlw/store/3f/3fa9
        reason = input/output error)"};

inline const Kind store_in_use{
    "R415",
    Severity::error,
    "another mlwc is using the store `{path}`",
    "what it is about to use must not be removed",
    "wait until it has ended, then try again",
    R"(`mlwc cache gc` removes results that no workflow remembers. A run that is under way may be writing just such results, so gc
waits for none: it says so and does nothing.

With:   path = .mlw/store)"};

}  // namespace mlw::kinds
