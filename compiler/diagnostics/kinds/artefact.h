#pragma once

#include "compiler/diagnostics/diagnostic.h"

/// Faults of predictor programs and of what is built from them.
namespace mlw::kinds {

inline const Kind answers_differ{
    "B303",
    Severity::error,
    "the artefact `{artefact}` and its predictor program disagree on row {row}",
    "what was tested would not be what is shipped",
    "report this as a fault of mlwc, with the row",
    R"(Every artefact is run on the test rows after it was built, and each of its answers must be equal, bit for bit, to the
answer of the predictor program that was evaluated. This one differs: the row and both answers are shown. The artefact is
not handed out.

With:   artefact = analyser
        row = 17)"};

inline const Kind predictor_text_malformed{
    "B310",
    Severity::error,
    "the text of the predictor program cannot be read: {what}",
    "it was cut off or changed after mlwc wrote it",
    "run the workflow again, so that it is written anew",
    R"(Predictor programs are stored as text. A text that cannot be read back exactly is never used in part.

With:   what = line 12 ends too early)"};

inline const Kind predictor_unsound{
    "B311",
    Severity::error,
    "the predictor program is not well formed: {what}",
    "machine code is made only of programs whose every part fits",
    "report this as a fault of mlwc, with the workflow",
    R"(Before code is generated, a predictor program is checked: names differ, formulas are well typed and read only what stands
before them, layers fit each other and the task, weights are finite.

With:   what = two fields are named `fee`)"};

inline const Kind unknown_device{
    "B312",
    Severity::error,
    "there is no device `{name}`",
    "",
    "known devices: {known}",
    R"(`device("raspberry-pi-4")` names a device profile that mlwc carries. The profiles tell the architecture, the CPU and the
memory; they are listed by `mlwc explain device`.

With:   name = raspberry-pi
        known = `raspberry-pi-4`)"};

inline const Kind device_profile_malformed{
    "B313",
    Severity::error,
    "the device profile `{path}` cannot be used: {what}",
    "code is generated for exactly what a profile says",
    "give the setting as the profiles in stdlib/devices/ do",
    R"(A device profile is a TOML file with the device's architecture, CPU, features and memory.

With:   path = stdlib/devices/board.toml
        what = `memory.ram` is missing)"};

inline const Kind artefact_not_linked{
    "B314",
    Severity::error,
    "`{artefact}` could not be put together: {what}",
    "",
    "report this as a fault of mlwc, with the workflow",
    R"(Artefacts are compiled and linked inside mlwc; no toolchain is needed. This step failed.

With:   artefact = analyser
        what = the linker found no entry)"};

inline const Kind emulator_missing{
    "B315",
    Severity::error,
    "`{artefact}` was built but cannot be verified: there is no `{emulator}` on this machine",
    "an artefact that nobody ran is not handed out",
    "install the package qemu-user, which emulates the device's processor",
    R"(Artefacts for another processor are run on the test rows under qemu's user-mode emulation, and their answers compared with
mlwc's own.

With:   artefact = analyser
        emulator = qemu-aarch64)"};

inline const Kind artefact_run_failed{
    "B316",
    Severity::error,
    "`{artefact}` did not answer the test rows: {what}",
    "an artefact that does not run is not handed out",
    "report this as a fault of mlwc, with the workflow",
    R"(A built artefact is run on the test rows. This one ended with an error or gave fewer answers than rows.

With:   artefact = analyser
        what = it gave 40 answers for 41 rows)"};

inline const Kind field_without_column{
    "R470",
    Severity::error,
    "the predictor needs the field `{field}`: {what}",
    "records are answered from the same fields that the model was trained on",
    "give the rows a column of that name and kind",
    R"(A predictor takes raw records with the columns that its preparation and its formulas read. Rows to predict must have them,
under the same names and with values of the same kind; further columns are ignored.

With:   field = income
        what = no column has that name)"};

}  // namespace mlw::kinds
