#include "compiler/semantics/columns.h"

namespace mlw::semantics {

Columns::Columns(const Data& data, const Schema* schema) : complete_(schema != nullptr) {
  auto add = [&](Column column) {
    by_name_.emplace(column.name, columns_.size());
    columns_.push_back(std::move(column));
  };
  if (schema) {
    rows_ = schema->rows;
    for (const ColumnSchema& found : schema->columns)
      add({found.name, found.kind, value_type(found.kind), found.unit, found.distinct, found.categories,
           found.rarest_share});
  }
  for (const ColumnDeclaration& declared : data.columns) {
    auto known = by_name_.find(declared.name);
    if (known == by_name_.end()) {
      if (complete_) continue;  // reported where it is declared
      add({declared.name, ColumnKind::number, ValueType::unknown, {}, -1, {}, -1});
      known = by_name_.find(declared.name);
    }
    Column& column = columns_[known->second];
    if (declared.kind) {
      column.kind = *declared.kind;
      column.type = value_type(*declared.kind);
    }
    if (!declared.unit.empty()) column.unit = declared.unit;
    if (!declared.order.empty()) column.categories = declared.order;
  }
  for (const Column& column : columns_)
    if (!column.unit.empty()) units_.insert(column.unit);
}

const Column* Columns::find(std::string_view name) const {
  auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &columns_[found->second];
}

std::vector<std::string> Columns::names() const {
  std::vector<std::string> out;
  for (const Column& column : columns_) out.push_back(column.name);
  return out;
}

std::string Columns::resolve(const syntax::Name& name, Context& context) const {
  if (has(name.text)) return name.text;
  context.unknown_name(name, "column", names());
  return {};
}

}  // namespace mlw::semantics
