#pragma once

#include "compiler/diagnostics/diagnostic.h"

/// D041 to D045: the target and the columns that go with the rows.
namespace mlw::kinds {

inline const Kind bad_weight{
    "D041",
    Severity::error,
    "the weight `{column}` is {fault} in {rows} rows",
    "a weight says how many rows a row stands for",
    "leave those rows out with `where`, or mend the column",
    R"(Weights must be numbers of at least 0 in every row: a row cannot count less than nothing.

Wrong:  data { source: csv("no_weight.csv")  columns { visits: weight } }
Right:  data { source: csv("no_weight.csv")  where: visits >= 0  columns { visits: weight } }

With:   column = visits
        fault = negative
        rows = 4)"};

inline const Kind no_positive{
    "D042",
    Severity::error,
    "no row has the positive class `{positive}`",
    "",
    "the target `{column}` has the values {values}",
    R"(`kind: binary(positive: "yes")` names the class that is looked for. It must be one of the target's two values, as they are
written in the data; without rows of it there is nothing to find.

Wrong:  task { predict: busy  kind: binary(positive: 3) }
        data { source: sql("select *, if(visits > 20, 2, 1) as busy from 'customers.csv'") }
        prepare { drop: [visits] }
Right:  task { predict: busy  kind: binary(positive: 2) }
        data { source: sql("select *, if(visits > 20, 2, 1) as busy from 'customers.csv'") }
        prepare { drop: [visits] }

With:   positive = 3
        column = busy
        values = `1`, `2`)"};

inline const Kind too_many_classes{
    "D043",
    Severity::error,
    "the target `{column}` has {count} values, and the task is {task}",
    "",
    "say what is meant: `kind: multiclass`, `kind: regression`, or `kind: binary` with a target of two values",
    R"(A binary task has a target of two values. A classification takes at most 1,000 classes.

With:   column = plan
        count = 3
        task = binary)"};

inline const Kind no_labelled_rows{
    "D044",
    Severity::error,
    "no row is left to learn from: {rows} rows were read, {outside} are outside `where`, {unlabelled} have no value of "
    "`{column}`",
    "",
    "see whether the condition and the target's column are the right ones",
    R"(Rows outside the population and rows without a target are set aside. Something must be left.

Wrong:  data { source: csv("customers.csv")  where: age > 200 }
Right:  data { source: csv("customers.csv")  where: age > 20 }

With:   rows = 200
        outside = 200
        unlabelled = 0
        column = left)"};

inline const Kind infinite_target{
    "D045",
    Severity::error,
    "the target `{column}` is not a finite number that float32 can hold in {rows} rows",
    "models compute in float32, which ends near 3.4e38",
    "leave those rows out with `where`, or predict the logarithm",
    R"(A regression learns from finite numbers: one that is not would be the only one that counts.

With:   column = spent
        rows = 5)"};

}  // namespace mlw::kinds
