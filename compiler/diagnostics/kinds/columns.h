#pragma once

#include "compiler/diagnostics/diagnostic.h"

/// Faults of formulas that are evaluated over the columns of a table, and of tables in the store.
namespace mlw::kinds {

inline const Kind integer_overflow{
    "D030",
    Severity::error,
    "an integer overflows in row {row}",
    "integers have 64 bits, and a result that does not fit is not a number to go on with",
    "calculate with numbers: `to_number(x)`; or leave such rows out with `where`",
    R"(Sums, differences and products of integers are exact. When a result does not fit 64 bits the evaluation ends with the row
(counted from 0 in canonical order) and the integers that were read there. Here `visits` of `numbered.csv` is near 9e18.

Wrong:  data { source: csv("numbered.csv") }
        prepare { doubled = visits + visits }
Right:  data { source: csv("numbered.csv") }
        prepare { doubled = to_number(visits) + to_number(visits)  drop: [visits] }

With:   row = 0)"};

inline const Kind formula_column_absent{
    "D031",
    Severity::error,
    "the formula reads a column `{column}` that the data do not have",
    "",
    "the columns are {columns}",
    R"(A formula that was written for one set of columns is evaluated over a table without one of them.

With:   column = fee
        columns = age, income, left)"};

inline const Kind table_unreadable{
    "D032",
    Severity::error,
    "a stored table cannot be read: {cause}",
    "a table that is not complete is not used in part",
    "run the workflow again: the table is read anew from its source",
    R"(The result of reading data is kept in the store. This one does not fit its own description.

With:   cause = the column `fee` has 200 rows, the table 180)"};

}  // namespace mlw::kinds
