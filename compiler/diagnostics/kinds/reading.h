#pragma once

#include "compiler/diagnostics/diagnostic.h"

/// Faults of files and of the values in them, found while rows are read.
namespace mlw::kinds {

inline const Kind file_missing{
    "D001",
    Severity::error,
    "there is no file `{path}`",
    "the rows of `{data}` come from it",
    "correct the path: it is relative to the workflow's folder",
    R"(`source: csv("customers.csv")` names a file beside the workflow, or in a folder from there. A pattern such as
`csv("part-*.csv")` must match at least one file.

Wrong:  data { source: csv("customer.csv") }
Right:  data { source: csv("customers.csv") }

With:   path = customer.csv
        data = data)"};

inline const Kind file_empty{"D002",
                             Severity::error,
                             "`{path}` is empty",
                             "there is nothing to learn from",
                             "give a file that has a header and rows",
                             R"(The file exists and holds no line. Often a download or an export was cut off.

Wrong:  data { source: csv("nothing.csv") }
Right:  data { source: csv("customers.csv") }

With:   path = nothing.csv)"};

inline const Kind no_rows{"D003",
                          Severity::error,
                          "`{path}` has a header and no rows",
                          "there is nothing to learn from",
                          "give a file with rows",
                          R"(The file names its columns and ends there. A check that looked at no rows has failed.

Wrong:  data { source: csv("header.csv") }
Right:  data { source: csv("customers.csv") }

With:   path = header.csv)"};

inline const Kind ragged_row{
    "D004",
    Severity::error,
    "{path}:{line}: {found} fields where {expected} are due",
    "a row of another width means that values may stand in the wrong columns",
    "mend the row, or declare the delimiter and the quote: `csv(\"…\", delimiter: \";\", quote: \"'\")`",
    R"(Every row of a CSV file has as many fields as its header. A field that holds the delimiter or a line end stands in
quotes. Nothing is cut off or filled up silently. Here one row of `ragged.csv` lacks its last field.

Wrong:  data { source: csv("ragged.csv") }
Right:  data { source: csv("customers.csv") }

With:   path = ragged.csv
        line = 19
        found = 16
        expected = 17)"};

inline const Kind file_unreadable{"D005",
                                  Severity::error,
                                  "`{path}` cannot be read: {cause}",
                                  "the rows of `{data}` come from it",
                                  "see that the file exists and may be read",
                                  R"(The operating system refused to open or read the file.

With:   path = customers.csv
        cause = permission denied
        data = customers)"};

inline const Kind file_not_utf8{
    "D006",
    Severity::warning,
    "`{path}` is not UTF-8; it was read as Latin-1",
    "every byte has a meaning in Latin-1, so that another encoding would not be noticed",
    "look at the texts, then declare it: `encoding: latin1`; or convert the file to UTF-8",
    R"(Text files are expected in UTF-8, with or without a byte order mark. A file that is not valid UTF-8 is read as Latin-1
(ISO 8859-1), and this is said.

Wrong:  data { source: csv("latin1.csv") }
Right:  data { source: csv("latin1.csv", encoding: latin1) }

With:   path = latin1.csv)"};

inline const Kind column_absent{
    "D007",
    Severity::error,
    "`{data}` has no column `{column}`",
    "",
    "its columns are {columns}",
    R"(A name in the workflow must be that of a column in the data, letter by letter. Names with spaces stand in back quotes.

Wrong:  data { source: csv("customers.csv")  columns { fees: number } }
Right:  data { source: csv("customers.csv")  columns { fee: number } }

With:   data = data
        column = fees
        columns = `customer_id`, `joined_at`, `asked_at`, `age`, `income`, `fee`, `plan`, `city`, `country`, `size`, `note`, `newsletter`, `gender`, `age_band`, `visits`, `left`, `spent`)"};

inline const Kind column_duplicated{
    "D008",
    Severity::error,
    "`{data}` has {count} columns named `{column}`",
    "a name that means two columns means none",
    "give each column a name of its own",
    R"(The header names a column twice. For a file without a header say `header: false` and give `names`.

Wrong:  data { source: csv("twice.csv") }
Right:  data { source: csv("customers.csv") }

With:   data = data
        count = 2
        column = fee)"};

inline const Kind column_unnamed{"D009",
                                 Severity::warning,
                                 "column {number} of `{path}` has no name; it is called `{column}`",
                                 "often it is a row number that an export wrote",
                                 "name it in the header, or drop it: `drop: [{column}]`",
                                 R"(A field of the header is empty. The column can be used under the name that is shown.

Wrong:  data { source: csv("unnamed.csv") }
Right:  data { source: csv("customers.csv") }

With:   number = 15
        path = unnamed.csv
        column = column15)"};

inline const Kind column_without_values{
    "D010",
    Severity::warning,
    "column `{column}` of `{data}` has no value in any of its {rows} rows",
    "nothing can be learned from it",
    "drop it: `drop: [{column}]`, or see why its values are missing",
    R"(Every field of the column is empty or a word that means missing (NA, N/A, NULL, null, nan, NaN).

Wrong:  data { source: csv("no_visits.csv") }
Right:  data { source: csv("customers.csv") }

With:   column = visits
        data = data
        rows = 200)"};

inline const Kind beyond_float32{
    "D011",
    Severity::error,
    "column `{column}` of `{data}` has {count} numbers that float32 cannot hold",
    "models and formulas calculate in float32: from {limit} on every number is infinite",
    "correct the values, or declare the column as `id` or `text` so that it is no input",
    R"(Infinite values and numbers beyond 3.4e38 have no place in a calculation in float32. Such values are most often faults of
the program that wrote the file.

Wrong:  data { source: csv("huge.csv") }
Right:  data { source: csv("customers.csv") }

With:   column = fee
        data = data
        count = 1
        limit = 3.4e38)"};

inline const Kind looks_numeric{
    "D012",
    Severity::warning,
    "column `{column}` of `{data}` is text, though {share} of its values are {what}",
    "if they are meant so, the other values are wrong or mean missing",
    "declare it: `{column}: category` or `text` if it is text; if not, correct the values or name them in "
    "`missing_values: [\"…\"]`",
    R"(A column in which some values are not numbers is taken as text when enough of them are not. When nearly all are numbers
this is error D105. Here one `fee` in five is a word.

Wrong:  data { source: csv("numbers_and_words.csv") }
Right:  data { source: csv("numbers_and_words.csv", missing_values: ["cheap", "dear", "free"]) }

With:   column = fee
        data = data
        share = 80%
        what = numbers)"};

inline const Kind dialect_found{
    "D013",
    Severity::note,
    "`{path}` was read with {dialect}",
    "",
    "declare it if this is not what the file means",
    R"(Delimiter, quote, header and decimal separator of a CSV file are found from its first lines. What differs from the plain
form (comma, double quotes, a header, UTF-8) is shown, so that nothing is guessed silently.

Wrong:  data { source: csv("semicolons.csv") }
Right:  data { source: csv("semicolons.csv", delimiter: ";") }

With:   path = semicolons.csv
        dialect = delimiter `;`)"};

inline const Kind files_differ{"D014",
                               Severity::error,
                               "`{path}` does not have the columns of `{first}`",
                               "one table cannot be made of files with different columns",
                               "{difference}",
                               R"(All files that a pattern matches must have the same columns in the same order.

Wrong:  data { source: csv("part-*.csv") }
Right:  data { source: csv("part-1.csv") }

With:   path = part-2.csv
        first = part-1.csv
        difference = it has 16 columns where 17 are due)"};

inline const Kind type_unsupported{"D015",
                                   Severity::error,
                                   "column `{column}` of `{data}` holds {type} values, which have no place in a table",
                                   "columns hold numbers, flags, dates, categories and text",
                                   "choose or unpack columns with `sql(\"select … from …\")`",
                                   R"(Lists, structures, bytes and infinite dates are not columns of values.

Wrong:  data { source: sql("select *, [fee, income] as amounts from 'customers.csv'") }
Right:  data { source: sql("select * from 'customers.csv'") }

With:   column = amounts
        data = data
        type = LIST)"};

inline const Kind query_failed{"D016",
                               Severity::error,
                               "the rows of `{data}` cannot be read: {cause}",
                               "",
                               "correct the query or the source",
                               R"(DuckDB refused the query or the file; its own words are shown.

Wrong:  data { source: sql("select fees, \"left\" from 'customers.csv'") }
Right:  data { source: sql("select fee, \"left\" from 'customers.csv'") }

With:   data = data
        cause = Referenced column "fees" not found in FROM clause!)"};

inline const Kind join_multiplies{
    "D017",
    Severity::error,
    "{count} values of `{column}` stand in more than one row of `{right}`",
    "rows of `{left}` would be multiplied by the join",
    "make `{right}` have one row for each `{column}`",
    R"(`join(left, right, on: key)` adds the columns of the one matching row on the right to each row on the left. With several
matching rows the same row would be learned from several times, and could stand in both the training and the test part.

Wrong:  data payments { source: csv("payments.csv") }
        data customers { source: csv("customers.csv") }
        data all { source: join(customers, payments, on: customer_id) }
Right:  task { predict: is_fraud }
        data payments { source: csv("payments.csv") }
        data customers { source: csv("customers.csv") }
        data all { source: join(payments, customers, on: customer_id) }

With:   count = 49
        column = customer_id
        right = payments
        left = customers)"};

inline const Kind file_malformed{
    "D018",
    Severity::error,
    "`{path}` is not well formed: {cause}",
    "",
    "mend the file, or declare how it is written",
    R"(The file breaks the rules of its format, so that its values cannot be told apart. Here `broken.json` ends in the middle of
an object.

Wrong:  data { source: json("broken.json") }
Right:  data { source: csv("customers.csv") }

With:   path = broken.json
        cause = Malformed JSON in file "broken.json", at byte 9 in record/value 3: unexpected end of data. )"};

inline const Kind reader_module_missing{"D019",
                                        Severity::error,
                                        "the reader of data cannot be loaded: {cause}",
                                        "it is a module of its own that stands beside mlwc: `{path}`",
                                        "install mlwc again, or build it with ./mlw",
                                        R"(Files are read by DuckDB, which is loaded when a workflow first needs rows.

With:   cause = no such file
        path = libmlw_duckdb_reader.so)"};

inline const Kind source_option{"D020",
                                Severity::error,
                                "`{option}: {value}` cannot be used here: {cause}",
                                "",
                                "correct or remove the option",
                                R"(Options of a source are checked before anything is read.

Wrong:  data { source: csv("customers.csv", decimal: ";") }
Right:  data { source: csv("customers.csv", decimal: ".") }

With:   option = decimal
        value = ;
        cause = it is `.` or `,`)"};

inline const Kind reading_out_of_memory{
    "D022",
    Severity::error,
    "reading `{data}` needs more memory than there is",
    "{cause}",
    "read fewer columns or rows, for example with `sql(\"select … from …\")`",
    R"(The columns of a table and what a query keeps at one time must fit the memory that mlwc may use.

With:   data = customers
        cause = its columns take 61 GB, and 16 GB may be used)"};

inline const Kind too_many_rows{"D023",
                                Severity::error,
                                "{rows} rows are more than a table can hold",
                                "rows are numbered with 32 bits",
                                "read fewer rows, for example with `sql(\"…\")`",
                                R"(A table holds at most about four thousand million rows.

With:   rows = 5000000000)"};

inline const Kind values_do_not_belong{
    "D105",
    Severity::error,
    "column `{column}` of `{data}` has {count} values that {fault}",
    "a value that cannot be read is neither guessed nor left out",
    "correct the values, name those that mean missing in `missing_values: [\"…\"]`, or declare the column's kind",
    R"(Nearly all values of the column are of one type and some are not, or a value lies outside the declared range. The first of
them are shown with their lines. Here one `fee` of `typing_error.csv` is `n.n.`.

Wrong:  data { source: csv("typing_error.csv") }
Right:  data { source: csv("typing_error.csv", missing_values: ["n.n."]) }

With:   column = fee
        data = data
        count = 1
        fault = are not numbers)"};

}  // namespace mlw::kinds
