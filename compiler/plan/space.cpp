#include "compiler/plan/space.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "compiler/kernel/canonical_text.h"

namespace mlw {
namespace {

constexpr std::array<std::string_view, 15> form_names = {"missing", "number",   "integer",  "flag",  "word",
                                                         "text",    "formula",  "interval", "range", "choice",
                                                         "call",    "pipeline", "repeat",   "list",  "named"};

void append_text(std::string& out, const Space& space) {
  out += '(';
  out += form_names[static_cast<size_t>(space.form)];
  auto number = [&](std::string_view key, double value) {
    if (value != 0) out.append(" :").append(key).append(" ").append(number_text(value));
  };
  auto text = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) out.append(" :").append(key).append(" ").append(quoted_text(value));
  };
  number("value", space.value);
  text("unit", space.unit);
  text("text", space.text);
  if (space.formula) out.append(" :formula ").append(quoted_text(to_text(*space.formula)));
  number("low", space.low);
  number("high", space.high);
  number("step", space.step);
  if (space.log) out += " :log";
  if (space.whole) out += " :whole";
  for (const Space& item : space.items) {
    out += ' ';
    append_text(out, item);
  }
  for (const SpaceArgument& argument : space.arguments) {
    out.append(" ").append(quoted_text(argument.name)).append(" ");
    append_text(out, argument.value);
  }
  out += ')';
}

void read_field(CanonicalReader& reader, Space& space) {
  std::string_view key = reader.word();
  if (key == "value") {
    space.value = reader.number();
  } else if (key == "unit") {
    space.unit = reader.quoted();
  } else if (key == "text") {
    space.text = reader.quoted();
  } else if (key == "formula") {
    space.formula = parse_formula(reader.quoted());
  } else if (key == "low") {
    space.low = reader.number();
  } else if (key == "high") {
    space.high = reader.number();
  } else if (key == "step") {
    space.step = reader.number();
  } else if (key == "log") {
    space.log = true;
  } else if (key == "whole") {
    space.whole = true;
  } else {
    reader.fail("unknown field " + std::string(key));
  }
}

Space read_space(CanonicalReader& reader) {
  reader.expect('(');
  Space space;
  std::string_view form = reader.word();
  auto found = std::find(form_names.begin(), form_names.end(), form);
  if (found == form_names.end()) reader.fail("unknown form " + std::string(form));
  space.form = static_cast<Space::Form>(found - form_names.begin());
  while (!reader.take(')')) {
    if (reader.take(':')) {
      read_field(reader, space);
    } else if (reader.peek() == '"') {
      std::string name = reader.quoted();
      space.arguments.emplace_back(std::move(name), read_space(reader));
    } else {
      space.items.push_back(read_space(reader));
    }
  }
  return space;
}

const Space& unnamed(const Space& space) {
  return space.form == Space::Form::named && !space.items.empty() ? unnamed(space.items[0]) : space;
}

bool all_fixed(const std::vector<Space>& spaces) {
  return std::all_of(spaces.begin(), spaces.end(), [](const Space& item) { return item.fixed(); });
}

}  // namespace

const Space* Space::argument(std::string_view name) const {
  for (const SpaceArgument& argument : arguments)
    if (argument.name == name) return &argument.value;
  return nullptr;
}

double Space::number(std::string_view name, double fallback) const {
  const Space* found = argument(name);
  if (!found) return fallback;
  const Space& value = unnamed(*found);
  if (value.form == Form::number || value.form == Form::integer || value.form == Form::flag) return value.value;
  throw std::logic_error("argument " + std::string(name) + " of " + text + " is no number: " + to_text(value));
}

std::string Space::word(std::string_view name, std::string_view fallback) const {
  const Space* found = argument(name);
  if (!found) return std::string(fallback);
  const Space& value = unnamed(*found);
  if (value.form == Form::word || value.form == Form::text || value.form == Form::call) return value.text;
  throw std::logic_error("argument " + std::string(name) + " of " + text + " is no word: " + to_text(value));
}

bool Space::fixed() const {
  switch (form) {
    case Form::range:
      return low == high;
    case Form::choice:
      return items.size() == 1 && items[0].fixed();
    case Form::call:
      return std::all_of(arguments.begin(), arguments.end(),
                         [](const SpaceArgument& entry) { return entry.value.fixed(); });
    case Form::pipeline:
    case Form::repeat:
    case Form::list:
    case Form::named:
      return all_fixed(items);
    default:
      return true;
  }
}

std::string to_text(const Space& space) {
  std::string out;
  append_text(out, space);
  return out;
}

Space parse_space(std::string_view text) {
  CanonicalReader reader(text);
  Space space = read_space(reader);
  if (!reader.at_end()) reader.fail("expected the end");
  return space;
}

}  // namespace mlw
