#include "compiler/artefact/text_parts.h"

#include <algorithm>

namespace mlw {

bool is_text(ValueType type) { return type == ValueType::category || type == ValueType::text; }

FormulaPointer TextSeparator::separate(const FormulaPointer& formula) {
  const bool reads_text = std::any_of(formula->arguments.begin(), formula->arguments.end(),
                                      [](const FormulaPointer& argument) { return is_text(argument->type); });
  if (!reads_text) {
    std::vector<FormulaPointer> arguments;
    bool changed = false;
    for (const FormulaPointer& argument : formula->arguments) {
      arguments.push_back(separate(argument));
      changed |= arguments.back() != argument;
    }
    if (!changed) return formula;
    auto copy = std::make_shared<Formula>(*formula);
    copy->arguments = std::move(arguments);
    return copy;
  }
  const std::string text = to_text(*formula);
  auto found =
      std::find_if(parts_.begin(), parts_.end(), [&](const TextPart& part) { return to_text(*part.formula) == text; });
  if (found == parts_.end()) {
    parts_.push_back({"\x01text " + std::to_string(parts_.size()), formula});
    found = parts_.end() - 1;
  }
  return make_column(found->name, formula->type);
}

}  // namespace mlw
