#include "compiler/semantics/write_space.h"

#include <stdexcept>

#include "compiler/semantics/write_formula.h"

namespace mlw::semantics {
namespace {

using Form = Space::Form;

std::string_view dimension_of(const vocabulary::Slot& slot) {
  if (slot.takes("duration")) return "time";
  if (slot.takes("size")) return "size";
  if (slot.takes("share")) return "share";
  if (slot.takes("angle")) return "angle";
  return {};
}

std::string pipeline_family(const vocabulary::Slot& slot) {
  for (const std::string& type : slot.types)
    if (type.starts_with("pipeline of ")) return type.substr(12);
  return {};
}

/// The family whose word a call in this slot is.
std::string family_of(const Space& space, const vocabulary::Slot& slot) {
  for (const std::string& type : slot.types)
    if (vocabulary::words().word(type, space.text)) return type;
  throw std::logic_error("no family of " + slot.name + " has " + space.text);
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) out.append(out.empty() ? "" : separator).append(part);
  return out;
}

std::string in_brackets(std::string text) { return "(" + std::move(text) + ")"; }

std::string range_text(const Space& space, const vocabulary::Slot& slot) {
  const std::string_view dimension = dimension_of(slot);
  std::string out = value_text(space.low, dimension) + ".." + value_text(space.high, dimension);
  if (space.step != 0) out += " step " + value_text(space.step, dimension);
  if (space.log) out += " log";
  return out;
}

class StageWriter {
 public:
  StageWriter(std::string family, NamedSpaces& named) : family_(std::move(family)), named_(named) {}

  /// `inside`: within a pipeline or choice, where another one needs parentheses.
  std::string write(const Space& stage, bool inside) {
    std::vector<std::string> parts;
    switch (stage.form) {
      case Form::pipeline:
        if (stage.items.size() == 1) return write(stage.items[0], inside);
        for (const Space& item : stage.items) parts.push_back(write(item, true));
        return inside ? in_brackets(joined(parts, " |> ")) : joined(parts, " |> ");
      case Form::choice:
        for (const Space& item : stage.items) parts.push_back(write(item, true));
        return inside ? in_brackets(joined(parts, " | ")) : joined(parts, " | ");
      case Form::repeat:
        return repeat(stage);
      case Form::named:
        named_[stage.text] = write(stage.items[0], false);
        return written_name(stage.text);
      default:
        return word_text(stage, family_, named_);
    }
  }

 private:
  std::string repeat(const Space& stage) {
    const vocabulary::Slot& times = *vocabulary::words().word("layer", "repeat")->parameter("times");
    return "repeat(" + space_text(stage.items[0], times, named_) + ", " + write(stage.items[1], false) +
           (stage.value != 0 ? ", each: true)" : ")");
  }

  std::string family_;
  NamedSpaces& named_;
};

}  // namespace

std::string space_text(const Space& space, const vocabulary::Slot& slot, NamedSpaces& named) {
  if (const std::string family = pipeline_family(slot); !family.empty())
    return StageWriter(family, named).write(space, false);
  std::vector<std::string> parts;
  switch (space.form) {
    case Form::number:
    case Form::integer:
      return value_text(space.value, dimension_of(slot));
    case Form::flag:
      return space.value != 0 ? "true" : "false";
    case Form::word:
      return space.text;
    case Form::text:
      return slot.takes("text") || slot.takes("device") ? text_literal(space.text) : written_name(space.text);
    case Form::formula:
      return formula_text(*space.formula, false);
    case Form::interval:
    case Form::range:
      return range_text(space, slot);
    case Form::choice:
      for (const Space& item : space.items) {
        const bool nested = item.form == Form::choice;
        parts.push_back(nested ? in_brackets(space_text(item, slot, named)) : space_text(item, slot, named));
      }
      return joined(parts, " | ");
    case Form::list:
      for (const Space& item : space.items)
        parts.push_back(slot.takes("texts")     ? text_literal(item.text)
                        : slot.takes("columns") ? written_name(item.text)
                                                : value_text(item.value, {}));
      return "[" + joined(parts, ", ") + "]";
    case Form::named:
      named[space.text] = space_text(space.items[0], slot, named);
      return written_name(space.text);
    case Form::call:
      return word_text(space, family_of(space, slot), named);
    default:
      throw std::logic_error("a space of " + slot.name + " has no text: " + to_text(space));
  }
}

std::string word_text(const Space& space, std::string_view family, NamedSpaces& named) {
  if (space.form == Form::named || space.form == Form::choice) {
    vocabulary::Slot slot;
    slot.types = {std::string(family)};
    return space_text(space, slot, named);
  }
  const vocabulary::Word* word = vocabulary::words().word(family, space.text);
  if (!word) throw std::logic_error("no " + std::string(family) + " is called " + space.text);
  std::vector<std::string> arguments;
  for (size_t i = 0; i < word->parameters.size(); ++i) {
    const vocabulary::Slot& parameter = word->parameters[i];
    const Space* value = space.argument(parameter.name);
    if (!value) continue;
    const bool first = i == 0 && !parameter.named;
    arguments.push_back((first ? "" : parameter.name + ": ") + space_text(*value, parameter, named));
  }
  return arguments.empty() ? space.text : space.text + in_brackets(joined(arguments, ", "));
}

}  // namespace mlw::semantics
