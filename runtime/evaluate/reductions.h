#pragma once

#include <cstdint>
#include <span>
#include <vector>

/// Sums and orders over judged rows. Every sum has one tree, whatever the machine and the number of threads: blocks of
/// 512 rows with eight running sums, blocks combined in pairs.
namespace mlw::judging {

/// Values of rows, or one value (size 1). `valid`: one byte a value, empty when every one is there. Values that are
/// missing are 0.
struct JudgedVector {
  std::vector<double> values;
  std::vector<uint8_t> valid;
  bool missing(size_t i) const { return !valid.empty() && valid[i] == 0; }
};

double tree_sum(std::span<const double> x);
/// Sum of the products.
double tree_dot(std::span<const double> x, std::span<const double> y);

/// Positions in ascending order of the key, stable; missing keys last.
std::vector<uint32_t> ascending(const JudgedVector& key);
/// `x` in that order.
JudgedVector gather(const JudgedVector& x, std::span<const uint32_t> order);
/// Places from 1, equal values share the mean of theirs; missing stays missing. `order`: ascending in x.
JudgedVector rank(const JudgedVector& x, std::span<const uint32_t> order);
/// Sums up to each row; a missing value adds nothing and stays missing.
JudgedVector cumulative_sum(const JudgedVector& x);
/// 1 where the next value differs, and on the last row.
JudgedVector last_of_run(const JudgedVector& x);

/// Which set of equal `by` each row belongs to, and which set each row asks for.
struct Segments {
  std::vector<int32_t> of;  ///< -1: missing, counts nowhere
  std::vector<int32_t> at;  ///< -1: missing; -2: a value that `by` does not have
  int32_t count = 0;
};
Segments find_segments(const JudgedVector& by, const JudgedVector& at);
/// At each row the sum of x over the rows of the set it asks for; 0 when there are none.
JudgedVector segment_sum(const JudgedVector& x, const Segments& segments);

/// Linear interpolation between order statistics (type 7 of Hyndman and Fan 1996). Missing values are left out; false
/// when there are none left.
bool quantile(const JudgedVector& x, double share, double& result);

}  // namespace mlw::judging
