#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "runtime/evaluate/splits.h"

namespace mlw::splits {

/// Sets of rows that must stand on one side: groups, identical rows, or single rows.
struct Units {
  std::vector<int32_t> of;         ///< unit of the i-th row of the selection
  std::vector<uint64_t> hash;      ///< of each unit, salted: decides where it goes
  std::vector<int64_t> rows;       ///< of each unit
  std::vector<std::string> notes;  ///< where identical rows could not be kept together
  int64_t size() const { return static_cast<int64_t>(hash.size()); }
};

/// The units of some rows. `smallest_part`: rows of the smallest side they will be dealt to.
Units make_units(const SplitFacts& facts, const Selection& rows, uint64_t salt, double smallest_part);

/// Rows a class in each unit, as lists of (class, rows); one class 0 for all when `classes` is empty.
struct ClassCounts {
  std::vector<std::vector<std::pair<int32_t, int64_t>>> of_unit;
  std::vector<int64_t> rows;   ///< a class
  std::vector<int64_t> units;  ///< that hold rows of the class
};
ClassCounts count_classes(const Units& units, const Selection& rows, std::span<const int32_t> classes);

/// Deals units out to parts of the given shares so that every part gets its share of every class (greedy, largest units
/// first: the next unit goes where it adds least to the sum of squared class counts over share and class size). Returns
/// the part of each unit.
std::vector<int32_t> assign_balanced(const Units& units, const ClassCounts& classes, std::span<const double> shares);

/// Parts of the units by their hash alone: 1 when it falls below `share`.
std::vector<int32_t> assign_by_hash(const Units& units, const ClassCounts& classes, double share);

}  // namespace mlw::splits
