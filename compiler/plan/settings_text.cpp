#include "compiler/plan/settings_text.h"

#include <fmt/format.h>

namespace mlw {
namespace {

/// The shortest digits that read back as the same number.
std::string number_text(double value) { return fmt::format("{}", value); }

std::string joined(const std::vector<Space>& items, const char* between) {
  std::string text;
  for (const Space& item : items) text += (text.empty() ? "" : between) + settings_text(item);
  return text;
}

std::string call_text(const Space& call) {
  if (call.arguments.empty()) return call.text;
  std::string text;
  for (const auto& [name, value] : call.arguments)
    text += (text.empty() ? "" : ", ") + name + ": " + settings_text(value);
  return call.text + "(" + text + ")";
}

}  // namespace

std::string settings_text(const Space& space) {
  switch (space.form) {
    case Space::Form::missing:
      return "missing";
    case Space::Form::number:
    case Space::Form::integer:
      return number_text(space.value) + space.unit;
    case Space::Form::flag:
      return space.value != 0 ? "true" : "false";
    case Space::Form::word:
      return space.text;
    case Space::Form::text:
      return "\"" + space.text + "\"";
    case Space::Form::formula:
      return space.formula ? to_text(*space.formula) : "";
    case Space::Form::interval:
    case Space::Form::range:
      return number_text(space.low) + ".." + number_text(space.high);
    case Space::Form::choice:
      return joined(space.items, " | ");
    case Space::Form::pipeline:
      return joined(space.items, " |> ");
    case Space::Form::list:
      return "[" + joined(space.items, ", ") + "]";
    case Space::Form::call:
      return call_text(space);
    case Space::Form::repeat:
      return "repeat(" + joined(space.items, ", ") + ")";
    case Space::Form::named:
      return space.items.empty() ? space.text : settings_text(space.items[0]);
  }
  return "";
}

}  // namespace mlw
