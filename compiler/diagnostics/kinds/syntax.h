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
    R"(A workflow file is UTF-8 text. These bytes are not: the file may have been saved in an older encoding such as Latin-1,
or it may not be text at all. Most editors can save a file "with encoding UTF-8"; on the command line
`iconv -f latin1 -t utf8 old.mlw > new.mlw` does it.)"};

inline const Kind stray_character{
    "S002",
    Severity::error,
    "{character} is not part of the language",
    "",
    "{help}",
    R"(Outside of texts, comments and back quotes only names, numbers and the signs of the language may stand, so that a stray
sign is never read as something else. A name with other characters goes in back quotes: `total amount`.

Wrong:  task { predict: left; }
Right:  task { predict: left }

With:   character = `;`
        help = settings need no separators: remove it)"};

inline const Kind unclosed_text{
    "S003",
    Severity::error,
    "this text is never closed",
    "",
    "{help}",
    R"(A text begins and ends with a quote on the same line, or with three quotes when it runs over lines. Without its end
everything behind it would belong to the text.

Wrong:  data { source: csv("customers.csv) }
Right:  data { source: csv("customers.csv") }

With:   help = close it with `"` on the same line; a text over several lines stands in three quotes)"};

inline const Kind unclosed_name{
    "S004",
    Severity::error,
    "this name is never closed",
    "",
    "write the second back quote on the same line",
    R"(A name in back quotes begins and ends on the same line and holds at least one character. Without its end everything
behind it would belong to the name.

Wrong:  task { predict: `left }
Right:  task { predict: `left` })"};

inline const Kind bad_escape{
    "S005",
    Severity::error,
    "a text knows no escape `{escape}`",
    "",
    R"(the escapes are \" \\ \n \r \t and \u{ with a character's number in hexadecimal and a closing brace)",
    R"(After a backslash one of these stands in a text: \" \\ \n \r \t \u{1F377}. Anything else would have to be guessed. In a
text with three quotes a backslash is a backslash.

Wrong:  data { source: csv("customers.csv")  where: note != "C:\data" }
Right:  data { source: csv("customers.csv")  where: note != "C:\\data" }

With:   escape = \d)"};

inline const Kind unclosed_bracket{
    "S006",
    Severity::error,
    "this `{bracket}` is never closed",
    "",
    "write the `{closing}` that belongs to it",
    R"(Every `(`, `[` and `{` needs its partner, since only the pair says what belongs together.

Wrong:  task { predict: left
Right:  task { predict: left }

With:   bracket = {
        closing = })"};

inline const Kind stray_bracket{
    "S007",
    Severity::error,
    "this `{bracket}` closes nothing",
    "",
    "remove it, or write the bracket that it should close",
    R"(A closing bracket stands where none of its sort is open: there is one too many, or its partner was lost.

Wrong:  task { predict: left } }
Right:  task { predict: left }

With:   bracket = })"};

inline const Kind too_deep{
    "S008",
    Severity::error,
    "this is nested too deeply",
    "at most {limit} levels of brackets and operators are understood",
    "name the parts with definitions: `part = …`",
    R"(An expression may be 256 brackets deep and combine 1,000 operators. Give its parts names, and it can be read, too:

  first = a + b + c
  total = first + d + e

With:   limit = 256)"};

inline const Kind too_long{
    "S009",
    Severity::error,
    "this file is too long: {size} bytes",
    "a workflow file has at most {limit} bytes",
    "data belong in data files; long workflows can be split with `import`",
    R"(A workflow file of more than 16 MiB is almost certainly not a workflow file. Rows go in data files (csv, parquet, json);
functions that many workflows share go in modules: import "money.mlw" as money

With:   size = 20971520
        limit = 16777216)"};

inline const Kind unexpected{
    "S010",
    Severity::error,
    "{expected} should stand here, not {found}",
    "",
    "{help}",
    R"(The text does not fit the grammar at this place, so that nobody can say what is meant. In brief:

  workflow name                    the first line of a workflow
  kind name { … }                  a block
  setting: expression              sets something the language knows
  name = expression                a name of your own
  fn name(x, y) = expression       a function of your own
  import "file.mlw" as name
  allow CODE because "reason"

Wrong:  prepare { at_home = if country = "AT" then 1 else 0 }
Right:  prepare { at_home = if country == "AT" then 1 else 0 }

With:   expected = `then`
        found = `=`
        help = an argument is given as `key: value`, a comparison is written `==`)"};

inline const Kind no_value{
    "S011",
    Severity::error,
    "`{name}` has no value",
    "",
    "write its value behind the `{sign}`",
    R"(A setting and a definition need a value: an empty one would say neither what is wanted nor that the default is meant.

Wrong:  evaluate {
          test:
          seed: 7
        }
Right:  evaluate {
          test: holdout(20%)
          seed: 7
        }

With:   name = test
        sign = :)"};

inline const Kind reserved_word{
    "S012",
    Severity::error,
    "`{word}` is a word of the language and cannot be a name",
    "",
    "a column of this name goes in back quotes: `` `{word}` ``",
    R"(These words have a meaning of their own everywhere, and cannot be names: and, or, not, in, if, then, else, let, step,
true, false, missing. Back quotes make a name of any of them.

Wrong:  prepare { step = visits / 10 }
Right:  prepare { `step` = visits / 10 }

With:   word = step)"};

inline const Kind chained_comparison{"S013",
                                     Severity::error,
                                     "comparisons cannot be chained",
                                     "`a < b < c` would compare a truth value with `c`",
                                     "write both comparisons: `a < b and b < c`",
                                     R"(A comparison gives true or false; comparing that again is never what was meant.

Wrong:  data { source: csv("customers.csv")  where: 0 < age < 120 }
Right:  data { source: csv("customers.csv")  where: 0 < age and age < 120 })"};

inline const Kind choice_meets_pipeline{
    "S014",
    Severity::error,
    "`|` and `|>` meet without parentheses",
    "a reader could not tell which of them is meant to be the inner one",
    "put the choice in parentheses: `a |> (b | c)`, or the pipeline: `(a |> b) | c`",
    R"(A choice inside a pipeline, or a pipeline inside a choice, stands in parentheses.

Wrong:  search { net = network(dense(16) |> relu | gelu) }
Right:  search { net = network(dense(16) |> (relu | gelu)) })"};

inline const Kind needs_parentheses{
    "S015",
    Severity::error,
    "`{inner}` needs parentheses inside {outer}",
    "a reader could not tell how far it reaches",
    "put it in parentheses: `({inner} …)`",
    R"(An `if`, `let` or `not` that is part of a larger expression stands in parentheses.

Wrong:  prepare { price = 2 + if plan == "basic" then 0 else fee }
Right:  prepare { price = 2 + (if plan == "basic" then 0 else fee) }

With:   inner = if
        outer = a larger expression)"};

inline const Kind scale_without_range{
    "S016",
    Severity::error,
    "`{word}` belongs behind a range",
    "",
    "write it as in `8..64 step 8` or `1e-6..1 log`; a range takes one of the two",
    R"(`step` and `log` say how the values of a range are spaced. A single value has no spacing, and a range has one.

Wrong:  search { line = linear(l2: 0.1 log) }
Right:  search { line = linear(l2: 0.001..0.1 log) }

With:   word = log)"};

inline const Kind no_such_day{
    "S017",
    Severity::error,
    "`{date}` is not in the calendar",
    "",
    "dates are written year-month-day: 2026-11-22 or 2026-11-22T08:30",
    R"(A date is year, month and day, with `T`, hour and minute where a time is meant. A day that no calendar has cannot be
compared with others.

Wrong:  data { source: csv("customers.csv")  where: joined_at < 2026-02-30 }
Right:  data { source: csv("customers.csv")  where: joined_at < 2026-02-28 }

With:   date = 2026-02-30)"};

inline const Kind number_too_large{
    "S018",
    Severity::error,
    "`{number}` is larger than any number that can be computed with",
    "{reason}",
    "write a smaller number",
    R"(Numbers of rows are computed in 32-bit floating point, those of metrics and settings in 64-bit; beyond their ends nothing
can be computed with them.

Wrong:  data { source: csv("customers.csv")  where: fee < 1e999 }
Right:  data { source: csv("customers.csv")  where: fee < 1e30 }

With:   number = 1e999
        reason = the largest double is about 1.8e308)"};

inline const Kind misplaced_header{
    "S019",
    Severity::error,
    "`workflow` stands only once, at the beginning",
    "",
    "one file states one workflow; remove this line or begin another file",
    R"(The name of a workflow is the first thing in its file, since it names everything that is made of it. A module that
others import has none.

Wrong:  task { predict: left }
        workflow churn
Right:  workflow churn
        task { predict: left })"};

}  // namespace mlw::kinds
