#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "runtime/data/column.h"

/// Statistics of the selected rows of a column, missing values left out. Sums are made in float64 in a fixed tree over
/// the selection, so that neither threads nor machines show in them. `weights`: one a table row, or empty.
namespace mlw {

/// The values that there are, in the order of the selection, each with its weight (1 without weights).
struct Observed {
  std::vector<double> values;
  std::vector<double> weights;  ///< empty: all 1
};
Observed observed(const Column& column, const Selection& rows, std::span<const float> weights);

/// Sum in a fixed tree: pairs of halves down to runs of 64.
double tree_sum(std::span<const double> values);

double mean(const Observed& sample);
/// Square root of the mean squared distance from the mean (the population's formula, as scalers use it).
double deviation(const Observed& sample, double mean);
/// Linear interpolation between order statistics (Hyndman and Fan 1996, type 7); with weights, the smallest value at
/// which the cumulated weight reaches the share. `share` in [0, 1]. NaN without a value.
double quantile(const Observed& sample, double share);
std::vector<double> quantiles(const Observed& sample, std::span<const double> shares);

/// How often each category occurs among the selected rows, by name; weights do not count here.
std::map<std::string, int64_t> category_counts(const Column& column, const Selection& rows);

}  // namespace mlw
