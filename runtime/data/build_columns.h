#pragma once

#include <vector>

#include "compiler/plan/schema.h"
#include "compiler/plan/workflow.h"
#include "runtime/data/csv_source.h"
#include "runtime/data/row_order.h"

namespace mlw {

/// Raw columns with what decides about their kinds.
struct BuildRequest {
  RawTable* raw = nullptr;  ///< parts are let go as their columns are built
  const Data* data = nullptr;
  std::vector<ColumnDeclaration> declarations;
  const CsvPlan* csv = nullptr;  ///< of a csv source; null for typed sources
};

/// Decides each column's kind, reports values that do not belong to it, and fills `schema`. The result is parallel to
/// the raw columns.
struct ColumnPlan {
  ColumnKind kind = ColumnKind::number;
  Storage storage = Storage::float64;
  std::vector<std::string> words;      ///< of a category, and of a flag written as words: false, true
  std::vector<std::string> raw_words;  ///< of a flag written as words: all that occur
};
std::vector<ColumnPlan> plan_columns(const BuildRequest& request, Schema& schema, Diagnostics& diagnostics);

/// Moves the values, one column after the other, into canonical order.
std::vector<Column> build_columns(const BuildRequest& request, const std::vector<ColumnPlan>& plans,
                                  const Schema& schema, const RowOrder& order);

}  // namespace mlw
