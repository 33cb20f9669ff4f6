#pragma once

#include <string>

#include "runtime/report/report_data.h"

namespace mlw::tool {

/// What came out, in a few lines for people: data, protocol, baseline, best, test, what is told to the stakeholders,
/// what was built, where the report is.
std::string story(const report::Data& data, const std::string& report_path);

}  // namespace mlw::tool
