#pragma once

#include "compiler/diagnostics/diagnostic.h"

/// D041 to D045: the target and the columns that go with the rows.
namespace mlw::kinds {

inline const Kind bad_weight{"D041",
                             Severity::error,
                             "the weight `{column}` is {fault} in {rows} rows",
                             "a weight says how many rows a row stands for",
                             "leave those rows out with `where`, or mend the column",
                             "Weights must be numbers of at least 0 in every row.\n\n"
                             "breaks it:  a survey in which some rows have no weight\n"
                             "mends it:   data { where: not is_missing(survey_weight) }\n"};

inline const Kind no_positive{"D042",
                              Severity::error,
                              "no row has the positive class `{positive}`",
                              "",
                              "the target `{column}` has the values {values}",
                              "`kind: binary(positive: \"yes\")` names the class that is looked for. It must be one of "
                              "the target's two values, as they are written in the data.\n\n"
                              "breaks it:  binary(positive: \"Yes\") where the data have yes and no\n"
                              "mends it:   binary(positive: \"yes\")\n"};

inline const Kind too_many_classes{
    "D043",
    Severity::error,
    "the target `{column}` has {count} values, and the task is {task}",
    "",
    "say what is meant: `kind: multiclass`, `kind: regression`, or `kind: binary` with a target of two values",
    "A binary task has a target of two values. A classification takes at most 1,000 classes.\n\n"
    "breaks it:  kind: binary, and a target with the values a, b and c\n"
    "mends it:   kind: multiclass\n"};

inline const Kind no_labelled_rows{
    "D044",
    Severity::error,
    "no row is left to learn from: {rows} rows were read, {outside} are outside `where`, {unlabelled} have no value of "
    "`{column}`",
    "",
    "see whether the condition and the target's column are the right ones",
    "Rows outside the population and rows without a target are set aside. Something must be left.\n\n"
    "breaks it:  data { where: amount < 0 }    # and no amount is negative\n"
    "mends it:   a condition that some rows fulfil\n"};

inline const Kind infinite_target{"D045",
                                  Severity::error,
                                  "the target `{column}` is not a finite number that float32 can hold in {rows} rows",
                                  "models compute in float32, which ends near 3.4e38",
                                  "leave those rows out with `where`, or predict the logarithm",
                                  "A regression learns from finite numbers.\n\n"
                                  "breaks it:  a price of `inf`\n"
                                  "mends it:   data { where: price < 1e9 }\n"};

}  // namespace mlw::kinds
