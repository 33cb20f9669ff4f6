#include "compiler/plan/settings_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace mlw {
namespace {

/// The shortest digits that read back as the same number.
std::string number_text(double value) { return fmt::format("{}", value); }

using Written = SpaceArgument::Written;

/// How the arguments of each call were written: the most telling way where a call stands more than once.
using Writing = std::map<std::pair<std::string, std::string>, Written>;

void collect(const Space& space, Writing& writing) {
  for (const Space& item : space.items) collect(item, writing);
  for (const SpaceArgument& argument : space.arguments) {
    const auto [place, fresh] = writing.try_emplace({space.text, argument.name}, argument.written);
    if (!fresh) place->second = std::min(place->second, argument.written);
    collect(argument.value, writing);
  }
}

class Printer {
 public:
  explicit Printer(const Writing& writing) : writing_(writing) {}

  std::string text(const Space& space) const;

 private:
  std::string joined(const std::vector<Space>& items, const char* between) const {
    std::string all;
    for (const Space& item : items) all += (all.empty() ? "" : between) + text(item);
    return all;
  }

  std::string call_text(const Space& call) const {
    std::string all;
    for (const SpaceArgument& argument : call.arguments) {
      const auto known = writing_.find({call.text, argument.name});
      const Written written = known == writing_.end() ? Written::by_name : known->second;
      if (written == Written::nowhere) continue;
      all +=
          (all.empty() ? "" : ", ") + (written == Written::by_name ? argument.name + ": " : "") + text(argument.value);
    }
    return all.empty() ? call.text : call.text + "(" + all + ")";
  }

  const Writing& writing_;
};

std::string Printer::text(const Space& space) const {
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
      return space.items.empty() ? space.text : text(space.items[0]);
  }
  return "";
}

}  // namespace

std::string settings_text(const Space& space) { return Printer({}).text(space); }

std::string settings_text(const Trial& trial, const Workflow& workflow) {
  Writing writing;
  for (const ModelSpace& model : workflow.search.models)
    if (model.name == trial.model) collect(model.space, writing);
  return Printer(writing).text(parse_space(trial.settings));
}

}  // namespace mlw
