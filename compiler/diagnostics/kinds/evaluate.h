#pragma once

#include "compiler/diagnostics/diagnostic.h"

namespace mlw::kinds {

inline const Kind too_few_rows{
    "D109",
    Severity::error,
    "there are too few rows for the protocol: {part} needs {needed}, there are {found}",
    "a part without rows, or a class that stands on one side only, can judge nothing",
    "collect more rows, use fewer folds, or merge rare classes",
    "Every part of the protocol needs rows of its own, and every class needs at least one row on each side of each split: with `kfold(5)` at least five "
    "rows of each class outside the test part, and five groups when `group_by` is set.\n\n"
    "Breaks it: `validate: kfold(10)` when the rarest class has 6 rows.\n"
    "Holds: `validate: kfold(5)` on the same rows."};

inline const Kind no_time_to_split{
    "D021",
    Severity::error,
    "`{form}` goes by time, and no row has one",
    "",
    "declare `time:` in the data block",
    "`latest` and `rolling` order rows by the column that the data block declares as `time`. Rows in which it is missing stand in no part."};

}  // namespace mlw::kinds
