#include "runtime/search/draw.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <set>

#include "compiler/diagnostics/kinds/search.h"
#include "runtime/data/random.h"
#include "runtime/search/log_scale.h"

namespace mlw {
namespace {

constexpr uint64_t search_stream = 0x736561726368;  // "search"

/// FNV-1a: gives every dimension a place of its own among the random numbers.
uint64_t place_of(const std::string& dimension) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : dimension) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

struct Drawing {
  uint64_t seed, number;
  double uniform(const std::string& dimension) const {
    return Philox{mix(seed, search_stream)}.uniform(number, place_of(dimension));
  }
};

double four_digits(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return std::strtod(text, nullptr);
}

double draw_range(const Space& range, double u) {
  if (range.step > 0) {
    const double count = std::floor((range.high - range.low) / range.step + 1e-9) + 1;
    return range.low + range.step * std::min(std::floor(u * count), count - 1);
  }
  // Whole numbers own the half-open interval above them.
  const double end = range.whole ? range.high + 1 : range.high;
  double value = range.low + u * (end - range.low);
  if (range.log) {
    const double low = log2_portable(range.low), high = log2_portable(end);
    value = exp2_portable(low + u * (high - low));
  }
  value = range.whole ? std::floor(value) : four_digits(value);
  return std::clamp(value, range.low, range.high);
}

Space draw_one(const Space& space, const std::string& dimension, const Drawing& drawing);

void append_stage(std::vector<Space>& stages, Space stage) {
  if (stage.form != Space::Form::pipeline) {
    stages.push_back(std::move(stage));
    return;
  }
  for (Space& item : stage.items) stages.push_back(std::move(item));
}

Space draw_repeat(const Space& repeat, const std::string& dimension, const Drawing& drawing) {
  const Space count = draw_one(repeat.items.at(0), dimension + "/count", drawing);
  Space result{.form = Space::Form::pipeline, .range = repeat.range};
  for (int round = 0; round < static_cast<int>(count.value); ++round) {
    const std::string place = dimension + "/body" + (repeat.value != 0 ? "#" + std::to_string(round) : "");
    append_stage(result.items, draw_one(repeat.items.at(1), place, drawing));
  }
  return result;
}

Space draw_parts(const Space& space, const std::string& dimension, const Drawing& drawing) {
  Space result = space;
  result.items.clear();
  for (size_t i = 0; i < space.items.size(); ++i) {
    Space item = draw_one(space.items[i], dimension + "/" + std::to_string(i), drawing);
    if (space.form == Space::Form::pipeline)
      append_stage(result.items, std::move(item));
    else
      result.items.push_back(std::move(item));
  }
  for (SpaceArgument& one : result.arguments) one.value = draw_one(one.value, dimension + "/" + one.name, drawing);
  return result;
}

Space draw_one(const Space& space, const std::string& dimension, const Drawing& drawing) {
  switch (space.form) {
    case Space::Form::choice: {
      const auto count = static_cast<double>(space.items.size());
      const auto arm = static_cast<size_t>(std::min(std::floor(drawing.uniform(dimension) * count), count - 1));
      return draw_one(space.items.at(arm), dimension + "|" + std::to_string(arm), drawing);
    }
    case Space::Form::range: {
      Space value{
          .form = space.whole ? Space::Form::integer : Space::Form::number, .unit = space.unit, .range = space.range};
      value.value = draw_range(space, drawing.uniform(dimension));
      return value;
    }
    case Space::Form::repeat:
      return draw_repeat(space, dimension, drawing);
    case Space::Form::named:
      return draw_one(space.items.at(0), "=" + space.text, drawing);
    default:
      return draw_parts(space, dimension, drawing);
  }
}

template <typename Visit>
void visit_spaces(const Preparation& preparation, Visit&& visit) {
  for (const auto& [name, space] : preparation.groups) visit("group " + name, space);
  for (const auto& [name, space] : preparation.columns) visit("column " + name, space);
  if (preparation.select) visit("select", *preparation.select);
}

}  // namespace

Space draw(const Space& space, const std::string& dimension, uint64_t seed, uint64_t number) {
  return draw_one(space, dimension, Drawing{seed, number});
}

std::string draw_preparation(const Preparation& preparation, uint64_t seed, uint64_t number) {
  Space drawn{.form = Space::Form::list};
  bool open = false;
  visit_spaces(preparation, [&](const std::string& name, const Space& space) {
    open = open || !space.fixed();
    drawn.arguments.push_back({name, draw(space, "prepare/" + name, seed, number)});
  });
  return open ? to_text(drawn) : "";
}

Preparation with_drawn(const Preparation& preparation, const std::string& drawn) {
  // What is fixed may still hold a `repeat` or a name, which drawing resolves.
  Space values{.form = Space::Form::list};
  if (drawn.empty())
    visit_spaces(preparation, [&](const std::string& name, const Space& space) {
      values.arguments.emplace_back(name, draw(space, name, 0, 0));
    });
  else
    values = parse_space(drawn);
  Preparation result = preparation;
  for (auto& [name, space] : result.groups) space = *values.argument("group " + name);
  for (auto& [name, space] : result.columns) space = *values.argument("column " + name);
  if (result.select) result.select = *values.argument("select");
  return result;
}

std::vector<Trial> propose_trials(const Workflow& workflow, int count) {
  if (workflow.search.strategy != "random") fail(kinds::strategy_not_built, {{"strategy", workflow.search.strategy}});
  const std::vector<ModelSpace>& models = workflow.search.models;
  std::vector<Trial> trials;
  std::set<std::pair<std::string, std::string>> seen;
  // Spaces with few members are through when many draws in a row bring nothing new.
  const uint64_t patience = 256 * models.size();
  uint64_t fruitless = 0;
  for (uint64_t number = 0; static_cast<int>(trials.size()) < count && fruitless < patience; ++number) {
    const ModelSpace& model = models[number % models.size()];
    const uint64_t turn = number / models.size();
    Trial trial{model.name, to_text(draw(model.space, model.name, workflow.evaluate.seed, turn)),
                draw_preparation(workflow.prepare, workflow.evaluate.seed, number)};
    const bool is_new = seen.emplace(trial.settings, trial.preparation).second;
    fruitless = is_new ? 0 : fruitless + 1;
    if (is_new) trials.push_back(std::move(trial));
  }
  return trials;
}

}  // namespace mlw
