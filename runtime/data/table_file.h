#pragma once

#include "compiler/plan/schema.h"
#include "runtime/data/column.h"
#include "runtime/store/store.h"

namespace mlw {

/// A table as an entry of the store: its description as JSON, every buffer of every chunk as a blob, no bytes copied.
/// `schema` goes with it.
Entry to_entry(const Table& table, const Schema& schema);

/// The table of an entry; its chunks point into the entry's memory, so pages are read when they are used. What does not
/// fit its own description is a Failure (D032).
Table table_of(const Entry& entry);
Schema schema_of(const Entry& entry);

/// A schema as canonical JSON and back: what is cached by the hash of the files, and what keys are made of.
std::string to_text(const Schema& schema);
Schema parse_schema(std::string_view text);

}  // namespace mlw
