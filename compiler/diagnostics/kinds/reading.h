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
    "`source: csv(\"wine.csv\")` names a file beside the workflow, or in a folder from there. A pattern such as "
    "`csv(\"wine-*.csv\")` must match at least one file."};

inline const Kind file_empty{"D002",
                             Severity::error,
                             "`{path}` is empty",
                             "there is nothing to learn from",
                             "give a file that has a header and rows",
                             "The file exists and holds no line. Often a download or an export was cut off."};

inline const Kind no_rows{"D003",
                          Severity::error,
                          "`{path}` has a header and no rows",
                          "there is nothing to learn from",
                          "give a file with rows",
                          "The file names its columns and ends there. A check that looked at no rows has failed."};

inline const Kind ragged_row{
    "D004",
    Severity::error,
    "{path}:{line}: {found} fields where {expected} are due",
    "a row of another width means that values may stand in the wrong columns",
    "mend the row, or declare the delimiter and the quote: `csv(\"…\", delimiter: \";\", quote: \"'\")`",
    "Every row of a CSV file has as many fields as its header. A field that holds the delimiter or a line end stands "
    "in "
    "quotes. Nothing is cut off or filled up silently."};

inline const Kind file_unreadable{"D005",
                                  Severity::error,
                                  "`{path}` cannot be read: {cause}",
                                  "the rows of `{data}` come from it",
                                  "see that the file exists and may be read",
                                  "The operating system refused to open or read the file."};

inline const Kind file_not_utf8{
    "D006",
    Severity::warning,
    "`{path}` is not UTF-8; it was read as Latin-1",
    "every byte has a meaning in Latin-1, so that another encoding would not be noticed",
    "look at the texts, then declare it: `encoding: latin1`; or convert the file to UTF-8",
    "Text files are expected in UTF-8, with or without a byte order mark. A file that is not valid UTF-8 is read as "
    "Latin-1 (ISO 8859-1), and this is said."};

inline const Kind column_absent{"D007",
                                Severity::error,
                                "`{data}` has no column `{column}`",
                                "",
                                "its columns are {columns}",
                                "A name in the workflow must be that of a column in the data, letter by letter. Names "
                                "with spaces stand in back quotes."};

inline const Kind column_duplicated{
    "D008",
    Severity::error,
    "`{data}` has {count} columns named `{column}`",
    "a name that means two columns means none",
    "give each column a name of its own",
    "The header names a column twice. For a file without a header say `header: false` and give `names`."};

inline const Kind column_unnamed{
    "D009",
    Severity::warning,
    "column {number} of `{path}` has no name; it is called `{column}`",
    "often it is a row number that an export wrote",
    "name it in the header, or drop it: `drop: [{column}]`",
    "A field of the header is empty. The column can be used under the name that is shown."};

inline const Kind column_without_values{
    "D010",
    Severity::warning,
    "column `{column}` of `{data}` has no value in any of its {rows} rows",
    "nothing can be learned from it",
    "drop it: `drop: [{column}]`, or see why its values are missing",
    "Every field of the column is empty or a word that means missing (NA, N/A, NULL, null, nan, NaN)."};

inline const Kind beyond_float32{
    "D011",
    Severity::error,
    "column `{column}` of `{data}` has {count} numbers that float32 cannot hold",
    "models and formulas calculate in float32: from {limit} on every number is infinite",
    "correct the values, or declare the column as `id` or `text` so that it is no input",
    "Infinite values and numbers beyond 3.4e38 have no place in a calculation in float32. Such values are most often "
    "faults of the program that wrote the file."};

inline const Kind looks_numeric{
    "D012",
    Severity::warning,
    "column `{column}` of `{data}` is text, though {share} of its values are {what}",
    "if they are meant so, the other values are wrong or mean missing",
    "declare it: `{column}: category` or `text` if it is text; if not, correct the values or name them in "
    "`missing_values: [\"…\"]`",
    "A column in which some values are not numbers is taken as text when enough of them are not. When nearly all are "
    "numbers this is error D105."};

inline const Kind dialect_found{
    "D013",
    Severity::note,
    "`{path}` was read with {dialect}",
    "",
    "declare it if this is not what the file means",
    "Delimiter, quote, header and decimal separator of a CSV file are found from its first lines. What differs from "
    "the plain form (comma, double quotes, a header, UTF-8) is shown, so that nothing is guessed silently."};

inline const Kind files_differ{"D014",
                               Severity::error,
                               "`{path}` does not have the columns of `{first}`",
                               "one table cannot be made of files with different columns",
                               "{difference}",
                               "All files that a pattern matches must have the same columns in the same order."};

inline const Kind type_unsupported{"D015",
                                   Severity::error,
                                   "column `{column}` of `{data}` holds {type} values, which have no place in a table",
                                   "columns hold numbers, flags, dates, categories and text",
                                   "choose or unpack columns with `sql(\"select … from …\")`",
                                   "Lists, structures, bytes and infinite dates are not columns of values."};

inline const Kind query_failed{"D016",
                               Severity::error,
                               "the rows of `{data}` cannot be read: {cause}",
                               "",
                               "correct the query or the source",
                               "DuckDB refused the query or the file; its own words are shown."};

inline const Kind join_multiplies{
    "D017",
    Severity::error,
    "{count} values of `{column}` stand in more than one row of `{right}`",
    "rows of `{left}` would be multiplied by the join",
    "make `{right}` have one row for each `{column}`",
    "`join(left, right, on: key)` adds the columns of the one matching row on the right to each row on the left. With "
    "several matching rows the same row would be learned from several times, and could stand in both the training and "
    "the test part."};

inline const Kind file_malformed{"D018",
                                 Severity::error,
                                 "`{path}` is not well formed: {cause}",
                                 "",
                                 "mend the file, or declare how it is written",
                                 "The file breaks the rules of its format, so that its values cannot be told apart."};

inline const Kind reader_module_missing{"D019",
                                        Severity::error,
                                        "the reader of data cannot be loaded: {cause}",
                                        "it is a module of its own that stands beside mlwc: `{path}`",
                                        "install mlwc again, or build it with ./mlw",
                                        "Files are read by DuckDB, which is loaded when a workflow first needs rows."};

inline const Kind source_option{"D020",
                                Severity::error,
                                "`{option}: {value}` cannot be used here: {cause}",
                                "",
                                "correct or remove the option",
                                "Options of a source are checked before anything is read."};

inline const Kind reading_out_of_memory{
    "D022",
    Severity::error,
    "reading `{data}` needs more memory than there is",
    "{cause}",
    "read fewer columns or rows, for example with `sql(\"select … from …\")`",
    "The columns of a table and what a query keeps at one time must fit the memory that mlwc may use."};

inline const Kind too_many_rows{"D023",
                                Severity::error,
                                "{rows} rows are more than a table can hold",
                                "rows are numbered with 32 bits",
                                "read fewer rows, for example with `sql(\"…\")`",
                                "A table holds at most about four thousand million rows."};

inline const Kind values_do_not_belong{
    "D105",
    Severity::error,
    "column `{column}` of `{data}` has {count} values that {fault}",
    "a value that cannot be read is neither guessed nor left out",
    "correct the values, name those that mean missing in `missing_values: [\"…\"]`, or declare the column's kind",
    "Nearly all values of the column are of one type and some are not, or a value lies outside the declared range. The "
    "first of them are shown with their lines."};

}  // namespace mlw::kinds
