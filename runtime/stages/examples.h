#pragma once

#include "runtime/evaluate/judged.h"
#include "runtime/report/report_data.h"
#include "runtime/stages/session.h"

namespace mlw {

/// A value of the table as people read it; empty when it is missing.
std::string cell_text(const Column& column, int64_t row);

/// What pictures show of judged rows; the worst failures carry the row's key and its fields. `rows`: the table's rows
/// in the order of the judgement.
report::Diagnosis diagnosis_with_examples(Session& session, const Judged& judged, const Selection& rows,
                                          const std::string& title);

}  // namespace mlw
