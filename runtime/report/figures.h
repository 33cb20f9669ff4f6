#pragma once

#include <string>
#include <vector>

#include "runtime/report/report_data.h"

/// Small pictures that stand inside tables: SVG without scripts, so that they print and open anywhere.
namespace mlw::report {

/// Bars for the bins of a column, with a title that says what they count.
std::string histogram_figure(const ColumnSummary& column);

/// A dot with its interval on the axis [low, high].
std::string interval_figure(const Score& score, double low, double high);

}  // namespace mlw::report
