#pragma once

#include "compiler/diagnostics/diagnostic.h"

/// Codes S: what is wrong with the text of a file.
namespace mlw::kinds {

inline const Kind not_utf8{
    "S001",
    Severity::error,
    "this file is not UTF-8 text",
    "",
    "save the file as UTF-8",
    R"(A workflow file is UTF-8 text. These bytes are not: the file may have been saved in an older
encoding such as Latin-1, or it may not be text at all. Most editors can save a file "with encoding UTF-8"; on the
command line `iconv -f latin1 -t utf8 old.mlw > new.mlw` does it.)"};

inline const Kind stray_character{"S002",
                                  Severity::error,
                                  "{character} is not part of the language",
                                  "",
                                  "{help}",
                                  R"(A character stands where the language knows none.

Wrong:  task { predict: quality; }
Right:  task { predict: quality }

Outside texts, comments and back quotes only names, numbers and the signs of the language may stand. A name with other
characters goes in back quotes: `total amount`.)"};

inline const Kind unclosed_text{
    "S003",
    Severity::error,
    "this text is never closed",
    "",
    "{help}",
    R"(A text begins and ends with a quote on the same line, or with three quotes when it runs over lines.

Wrong:  data { source: csv("wine.csv) }
Right:  data { source: csv("wine.csv") })"};

inline const Kind unclosed_name{
    "S004",
    Severity::error,
    "this name is never closed",
    "",
    "write the second back quote on the same line",
    R"(A name in back quotes begins and ends on the same line and holds at least one character.

Wrong:  task { predict: `total amount }
Right:  task { predict: `total amount` })"};

inline const Kind bad_escape{
    "S005",
    Severity::error,
    "a text knows no escape `{escape}`",
    "",
    R"(the escapes are \" \\ \n \r \t and \u{ with a character's number in hexadecimal and a closing brace)",
    R"(After a backslash one of these stands in a text: \" \\ \n \r \t \u{1F377}.

Wrong:  data { source: csv("C:\data\wine.csv") }
Right:  data { source: csv("C:/data/wine.csv") }

In a text with three quotes a backslash is a backslash.)"};

inline const Kind unclosed_bracket{"S006",
                                   Severity::error,
                                   "this `{bracket}` is never closed",
                                   "",
                                   "write the `{closing}` that belongs to it",
                                   R"(Every `(`, `[` and `{` needs its partner.

Wrong:  task { predict: quality
Right:  task { predict: quality })"};

inline const Kind stray_bracket{"S007",
                                Severity::error,
                                "this `{bracket}` closes nothing",
                                "",
                                "remove it, or write the bracket that it should close",
                                R"(A closing bracket stands where none of its sort is open.

Wrong:  task { predict: quality } }
Right:  task { predict: quality })"};

inline const Kind too_deep{"S008",
                           Severity::error,
                           "this is nested too deeply",
                           "at most {limit} levels of brackets and operators are understood",
                           "name the parts with definitions: `part = …`",
                           R"(An expression may be 256 brackets deep and combine 1,000 operators. Give its parts names:

  first = a + b + c
  total = first + d + e)"};

inline const Kind too_long{
    "S009",
    Severity::error,
    "this file is too long: {size} bytes",
    "a workflow file has at most {limit} bytes",
    "data belong in data files; long workflows can be split with `import`",
    R"(A workflow file of more than 16 MiB is almost certainly not a workflow file. Rows go in data files
(csv, parquet, json); definitions that many workflows share go in modules: import "text.mlw" as text)"};

inline const Kind unexpected{"S010",
                             Severity::error,
                             "{expected} should stand here, not {found}",
                             "",
                             "{help}",
                             R"(The text does not fit the grammar at this place. In brief:

  workflow name                    the first line of a workflow
  kind name { … }                  a block
  setting: expression              sets something the language knows
  name = expression                a name of your own
  fn name(x, y) = expression       a function of your own
  import "file.mlw" as name
  allow CODE because "reason"

Wrong:  drop: [a b]
Right:  drop: [a, b])"};

inline const Kind no_value{"S011",
                           Severity::error,
                           "`{name}` has no value",
                           "",
                           "write its value behind the `{sign}`",
                           R"(A setting and a definition need a value.

Wrong:  evaluate { test:
                   seed: 7 }
Right:  evaluate { test: holdout(20%)
                   seed: 7 })"};

inline const Kind reserved_word{
    "S012",
    Severity::error,
    "`{word}` is a word of the language and cannot be a name",
    "",
    "a column of this name goes in back quotes: `` `{word}` ``",
    R"(These words cannot be names: and, or, not, in, if, then, else, let, step, true, false, missing.

Wrong:  prepare { drop: [step] }
Right:  prepare { drop: [`step`] })"};

inline const Kind chained_comparison{"S013",
                                     Severity::error,
                                     "comparisons cannot be chained",
                                     "`a < b < c` would compare a truth value with `c`",
                                     "write both comparisons: `a < b and b < c`",
                                     R"(A comparison gives true or false; comparing that again is never what was meant.

Wrong:  data { where: 0 < age < 120 }
Right:  data { where: 0 < age and age < 120 })"};

inline const Kind choice_meets_pipeline{
    "S014",
    Severity::error,
    "`|` and `|>` meet without parentheses",
    "a reader could not tell which of them is meant to be the inner one",
    "put the choice in parentheses: `a |> (b | c)`, or the pipeline: `(a |> b) | c`",
    R"(A choice inside a pipeline, or a pipeline inside a choice, stands in parentheses.

Wrong:  net = network(dense(16) |> relu | gelu)
Right:  net = network(dense(16) |> (relu | gelu)))"};

inline const Kind needs_parentheses{
    "S015",
    Severity::error,
    "`{inner}` needs parentheses inside {outer}",
    "a reader could not tell how far it reaches",
    "put it in parentheses: `({inner} …)`",
    R"(An `if`, `let` or `not` that is part of a larger expression stands in parentheses.

Wrong:  prepare { fee = 2 + if large then 5 else 1 }
Right:  prepare { fee = 2 + (if large then 5 else 1) })"};

inline const Kind scale_without_range{
    "S016",
    Severity::error,
    "`{word}` belongs behind a range",
    "",
    "write it as in `8..64 step 8` or `1e-6..1 log`; a range takes one of the two",
    R"(`step` and `log` say how the values of a range are spaced. A range takes one of them.

Wrong:  search { line = linear(l2: 0.1 log) }
Right:  search { line = linear(l2: 0.001..0.1 log) })"};

inline const Kind no_such_day{"S017",
                              Severity::error,
                              "`{date}` is not in the calendar",
                              "",
                              "dates are written year-month-day: 2026-11-22 or 2026-11-22T08:30",
                              R"(A date is year, month and day, with `T`, hour and minute where a time is meant.

Wrong:  data { where: paid_at < 2026-02-30 }
Right:  data { where: paid_at < 2026-02-28 })"};

inline const Kind number_too_large{
    "S018",
    Severity::error,
    "`{number}` is larger than any number that can be computed with",
    "the largest double is about 1.8e308",
    "write a smaller number",
    R"(Numbers are held as 64-bit floating point, or as 64-bit integers where they are whole.

Wrong:  data { where: amount < 1e999 }
Right:  data { where: amount < 1e300 })"};

inline const Kind misplaced_header{
    "S019",
    Severity::error,
    "`workflow` stands only once, at the beginning",
    "",
    "one file states one workflow; remove this line or begin another file",
    R"(The name of a workflow is the first thing in its file. A module that others import has none.

Wrong:  task { predict: quality }
        workflow wine
Right:  workflow wine
        task { predict: quality })"};

}  // namespace mlw::kinds
