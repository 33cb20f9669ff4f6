#pragma once

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/kernel/formula.h"
#include "runtime/data/column.h"

namespace mlw {

/// Finds a column that a formula reads: of the table, a definition, or a condition that was evaluated before.
using ColumnLookup = std::function<const Column&(const std::string& name)>;

/// Texts of some rows. The views point into columns, constants and the evaluator's own memory.
struct TextRows {
  std::vector<std::string_view> texts;
  std::vector<uint8_t> valid;
};

/// Values of some rows that a function of text gives: integers, or flags as 0 and 1.
struct TextResults {
  std::vector<int64_t> values;
  std::vector<uint8_t> valid;
};

/// Evaluates formulas of text on one chunk, function by function over all its rows, with the C functions that devices
/// run too. Conditions of `if` are columns here: whoever calls has evaluated them. A function of missing text is
/// missing, but for is_missing and coalesce.
class TextEvaluator {
 public:
  TextEvaluator(const ColumnLookup& columns, size_t chunk, int64_t rows)
      : columns_(columns), chunk_(chunk), rows_(static_cast<size_t>(rows)) {}

  /// A formula that gives text: a column, a constant, lower, upper, trim, concat, coalesce, select.
  TextRows text(const Formula& formula);
  /// A formula that reads text and gives something else: length, contains, equal, in, position, is_missing …
  TextResults result(const Formula& formula);

 private:
  TextRows column(const std::string& name);
  TextRows mapped(const Formula& formula);
  TextRows joined(const Formula& formula);
  TextRows chosen(const Formula& formula);
  TextResults positions(const Formula& formula);
  TextResults memberships(const Formula& formula);
  TextResults compared(const Formula& formula);
  TextResults measured(const Formula& formula);
  std::string_view keep(std::string text) { return owned_.emplace_back(std::move(text)); }

  const ColumnLookup& columns_;
  size_t chunk_;
  size_t rows_;
  std::deque<std::string> owned_;
};

}  // namespace mlw
