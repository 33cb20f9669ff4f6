#include "runtime/report/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "runtime/report/text.h"

namespace mlw::report {
namespace {

std::string bin_name(const ColumnSummary& column, const Bin& bin) {
  if (!bin.label.empty()) return bin.label;
  if (column.kind == "date") return date(bin.low) + " to " + date(bin.high);
  return number(bin.low) + " to " + number(bin.high);
}

}  // namespace

std::string histogram_figure(const ColumnSummary& column) {
  if (column.histogram.empty()) return "";
  constexpr double width = 168, height = 34;
  int64_t most = 1;
  for (const Bin& bin : column.histogram) most = std::max(most, bin.rows);
  const double step = width / static_cast<double>(column.histogram.size());
  std::string svg = fmt::format(
      R"(<svg class="inline" width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="img" aria-label="distribution of {2}">)",
      width, height, escape(column.name));
  for (size_t i = 0; i < column.histogram.size(); ++i) {
    const Bin& bin = column.histogram[i];
    double bar = height * static_cast<double>(bin.rows) / static_cast<double>(most);
    if (bin.rows > 0) bar = std::max(bar, 1.0);
    svg += fmt::format(
        R"(<rect x="{:.2f}" y="{:.2f}" width="{:.2f}" height="{:.2f}" fill="#1f5fbf" fill-opacity="0.75"><title>{}: {} rows</title></rect>)",
        step * static_cast<double>(i), height - bar, std::max(step - 1, 0.5), bar, escape(bin_name(column, bin)),
        count(bin.rows));
  }
  return svg + "</svg>";
}

std::string interval_figure(const Score& score, double low, double high) {
  if (std::isnan(score.value) || !(high > low)) return "";
  constexpr double width = 190, height = 18, margin = 6;
  const auto place = [&](double value) {
    return margin + (width - 2 * margin) * std::clamp((value - low) / (high - low), 0.0, 1.0);
  };
  std::string svg =
      fmt::format(R"(<svg class="inline" width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="img" aria-label="{2}">)",
                  width, height, escape(with_interval(score)));
  svg += fmt::format(R"(<line x1="{}" x2="{}" y1="9" y2="9" stroke="#dfe3ea"/>)", margin, width - margin);
  if (!std::isnan(score.low) && !std::isnan(score.high))
    svg += fmt::format(
        R"(<line x1="{:.1f}" x2="{:.1f}" y1="9" y2="9" stroke="#1f5fbf" stroke-width="3" stroke-opacity="0.45"/>)",
        place(score.low), place(score.high));
  svg += fmt::format(R"(<circle cx="{:.1f}" cy="9" r="4.5" fill="#1f5fbf"/>)", place(score.value));
  return svg + "</svg>";
}

}  // namespace mlw::report
