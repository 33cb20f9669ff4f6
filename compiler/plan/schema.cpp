#include "compiler/plan/schema.h"

#include <array>

namespace mlw {

std::string_view name(ColumnKind kind) {
  constexpr std::array<std::string_view, 9> names = {"number", "integer", "category", "ordinal", "flag",
                                                     "text",   "date",    "id",       "weight"};
  return names[static_cast<size_t>(kind)];
}

ValueType value_type(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::number:
    case ColumnKind::weight:
      return ValueType::number;
    case ColumnKind::integer:
      return ValueType::integer;
    case ColumnKind::category:
    case ColumnKind::ordinal:
      return ValueType::category;
    case ColumnKind::flag:
      return ValueType::flag;
    case ColumnKind::text:
    case ColumnKind::id:
      return ValueType::text;
    case ColumnKind::date:
      return ValueType::date;
  }
  return ValueType::unknown;
}

const ColumnSchema* Schema::find(std::string_view name) const {
  for (const ColumnSchema& column : columns)
    if (column.name == name) return &column;
  return nullptr;
}

}  // namespace mlw
