#pragma once

#include "compiler/plan/schema.h"
#include "runtime/data/column.h"
#include "runtime/store/store.h"

/// Tables and schemas as entries of the store. A table that is read back lies in the mapped file: nothing is copied.
namespace mlw {

std::string schema_text(const Schema& schema);
Schema parse_schema(const std::string& text);

/// Adds the columns as blobs, and returns what describes them, for the entry's document.
std::string add_table(Entry& entry, const Table& table);
Table read_table(const Entry& entry, const std::string& description);

}  // namespace mlw
