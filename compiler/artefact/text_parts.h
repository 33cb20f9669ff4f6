#pragma once

#include <string>
#include <vector>

#include "compiler/kernel/formula.h"

namespace mlw {

/// A formula that reads texts or categories and gives something else: `length(note)`, `country == "AT"`,
/// `position(city, …)`.
struct TextPart {
  std::string name;
  FormulaPointer formula;
};

/// Takes text out of formulas: every largest part that reads text directly and gives a number, integer or flag becomes
/// a column of its own, so that what is left is arithmetic. Equal parts are one column. Names of parts begin with a
/// byte that no column's name has.
class TextSeparator {
 public:
  /// The formula (which gives no text itself) with columns in the place of its text parts.
  FormulaPointer separate(const FormulaPointer& formula);
  const std::vector<TextPart>& parts() const { return parts_; }

 private:
  std::vector<TextPart> parts_;
};

bool is_text(ValueType type);

}  // namespace mlw
