#pragma once

#include <string>

namespace mlw {

/// What this build of mlwc is made of, as far as results depend on it. Known without loading LLVM or DuckDB.
struct Versions {
  std::string code;         ///< digest of the sources that make results
  std::string report_code;  ///< of those that make the report
  std::string llvm, duckdb;
};
const Versions& versions();

}  // namespace mlw
