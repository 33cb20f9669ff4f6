#pragma once

#include <string>
#include <vector>

#include "compiler/plan/workflow.h"
#include "runtime/data/csv_dialect.h"

namespace mlw {

/// What a csv source declares.
struct CsvOptions {
  CsvDialect dialect;
  DeclaredDialect given;
  std::vector<std::string> names;  ///< of the columns; empty: from the header
  std::vector<std::string>
      missing_words;  ///< declared ones replace the usual list; the empty field is missing either way
};

/// Reads `delimiter`, `quote`, `escape`, `header`, `encoding`, `decimal`, `skip`, `missing` and `names`; what cannot be
/// used is reported.
CsvOptions read_csv_options(const DataSource& source, Diagnostics& diagnostics);

/// The usual words for a missing value.
std::vector<std::string> usual_missing_words();

}  // namespace mlw
