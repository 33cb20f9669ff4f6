#pragma once

#include "compiler/plan/profile.h"
#include "compiler/plan/workflow.h"
#include "runtime/data/column.h"

namespace mlw {

/// The evidence of all profile rules and of the report, in one pass over the development rows, column by column in
/// parallel; the rows of the test part are not looked at.
Profile profile_table(const Workflow& workflow, const Table& table, const Selection& development);

}  // namespace mlw
