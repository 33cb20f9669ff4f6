#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/data/random.h"
#include "runtime/evaluate/judged.h"

namespace mlw {

/// What is independent of each other among judged rows, and so is drawn or summed as one: rows, groups, blocks of
/// neighbours in time, or the repeats of a row.
struct SamplingUnits {
  enum class Kind { rows, groups, blocks, repeats } kind = Kind::rows;
  std::vector<int32_t> of;  ///< unit of each row, from 0
  int32_t count = 0;

  /// Sums of the values by unit.
  std::vector<double> sums(std::span<const double> values) const;
};

/// Groups when there are any, else blocks of time, else rows; out of fold, the repeats of a row are one unit.
SamplingUnits find_units(const Judged& judged);

/// The same rows in at most `most` units: single rows are joined at random, which changes no distribution of sums over
/// many rows.
SamplingUnits join_units(const SamplingUnits& units, int32_t most, uint64_t seed);

/// The units that a resample draws, one after the other, with replacement: as many as there are.
class UnitDraws {
 public:
  UnitDraws(uint64_t seed, int32_t count) : random_{mix(seed, 0x647261777321)}, count_(count) {}

  /// Calls `visit(unit)` for each draw of resample `number`.
  template <typename Visit>
  void each(uint64_t number, Visit visit) const {
    const auto count = static_cast<uint64_t>(count_);
    for (int32_t drawn = 0; drawn < count_;) {
      const Philox::Block block = random_(static_cast<uint64_t>(drawn) / 4, number);
      for (int word = 0; word < 4 && drawn < count_; ++word, ++drawn)
        visit(static_cast<int32_t>(block.word[word] * count >> 32));
    }
  }
  /// How often each unit is drawn by resample `number`.
  std::vector<double> times(uint64_t number) const;

 private:
  Philox random_;
  int32_t count_;
};

/// How often every distinct identity occurs; 1 when there are no identities or they are not equally often.
int repeats_of(const Judged& judged);

}  // namespace mlw
