#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "compiler/plan/schema.h"
#include "compiler/plan/workflow.h"
#include "compiler/semantics/context.h"

namespace mlw::semantics {

/// A column that names in expressions can mean.
struct Column {
  std::string name;
  ColumnKind kind = ColumnKind::number;
  ValueType type = ValueType::unknown;  ///< unknown when neither declared nor inferred
  std::string unit;
  int64_t distinct = -1;                ///< -1: not counted
  std::vector<std::string> categories;  ///< of an ordinal in its declared order
  double rarest_share = -1;             ///< of the rows, -1: not counted
};

/// The columns of one data block: those of the schema, with what the file declares about them.
class Columns {
 public:
  Columns() = default;
  /// `schema` may be null: then only declared columns are known, and every other name may be a column.
  Columns(const Data& data, const Schema* schema);

  bool complete() const { return complete_; }
  const Column* find(std::string_view name) const;
  /// Whether there may be such a column.
  bool has(std::string_view name) const { return !complete_ || find(name); }
  std::vector<std::string> names() const;
  const std::vector<Column>& all() const { return columns_; }
  bool has_unit(std::string_view unit) const { return units_.contains(unit); }
  int64_t rows() const { return rows_; }

  /// The column's name when there is one, else an error with the nearest and an empty text.
  std::string resolve(const syntax::Name& name, Context& context) const;

 private:
  std::vector<Column> columns_;
  std::map<std::string, size_t, std::less<>> by_name_;
  std::set<std::string, std::less<>> units_;
  bool complete_ = false;
  int64_t rows_ = -1;
};

}  // namespace mlw::semantics
