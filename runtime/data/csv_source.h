#pragma once

#include <string>
#include <vector>

#include "compiler/plan/workflow.h"
#include "runtime/data/csv_dialect.h"
#include "runtime/data/query_engine.h"

namespace mlw {

/// A column of a CSV file and the SQL type that it is read as.
struct CsvColumn {
  std::string name;
  std::string type;
  /// It looks like an integer in the first rows. It is read as DOUBLE all the same, for the engine would round a
  /// later 2.5 to 3.
  bool whole = false;
  bool declared = false;  ///< the type follows from a declaration
  bool widened = false;   ///< not all fields fitted the type that was found first
};

/// Everything that is needed to read the files of a csv source.
struct CsvPlan {
  std::vector<std::string> files;  ///< with their folders
  std::string folder;              ///< of the workflow: left out where a file is named to people
  CsvDialect dialect;
  DeclaredDialect declared;                ///< what of it the file declares
  std::vector<std::string> missing_words;  ///< beside the empty field
  std::vector<CsvColumn> columns;
  std::string date_format, moment_format;  ///< of strptime; empty: ISO 8601
};

/// Looks at the beginning of the files: dialect, names, types. Faults go to `diagnostics`; the plan is only good when
/// there was no error.
CsvPlan plan_csv(QueryEngine& engine, const Data& data, const std::vector<std::string>& files,
                 const std::string& folder, Diagnostics& diagnostics);

/// A file as the user knows it.
std::string shown_path(const std::string& file, const std::string& folder);

/// The query that reads all files.
std::string csv_query(const CsvPlan& plan);
/// The call of read_csv with further options, ", store_rejects = true".
std::string csv_call(const CsvPlan& plan, const std::string& further);

/// What the engine says against a CSV file, as a diagnostic of ours.
Diagnostic csv_fault(const QueryFault& fault, const CsvPlan& plan, const Data& data);

}  // namespace mlw
