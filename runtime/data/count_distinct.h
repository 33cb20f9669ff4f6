#pragma once

#include "compiler/plan/schema.h"
#include "runtime/data/column.h"

namespace mlw {

/// Counts the different values of every column exactly, and puts the numbers into the schema's columns of the same
/// names.
void count_distinct(const Table& table, Schema& schema);

/// Number of different values of a column; missing ones are none.
int64_t distinct_values(const Column& column);

}  // namespace mlw
