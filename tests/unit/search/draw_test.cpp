#include "runtime/search/draw.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <set>

#include "runtime/search/log_scale.h"

using namespace mlw;

namespace {

Space number(double value) { return {.form = Space::Form::number, .value = value}; }
Space word(std::string text) { return {.form = Space::Form::word, .text = std::move(text)}; }
Space range(double low, double high) { return {.form = Space::Form::range, .low = low, .high = high}; }
Space choice(std::vector<Space> items) { return {.form = Space::Form::choice, .items = std::move(items)}; }
Space pipeline(std::vector<Space> items) { return {.form = Space::Form::pipeline, .items = std::move(items)}; }
Space call(std::string name, std::vector<SpaceArgument> arguments) {
  return {.form = Space::Form::call, .text = std::move(name), .arguments = std::move(arguments)};
}

Workflow searching(std::vector<ModelSpace> models) {
  Workflow workflow;
  workflow.search.models = std::move(models);
  workflow.evaluate.seed = 7;
  return workflow;
}

}  // namespace

TEST_CASE("powers and logarithms of two agree with the math library") {
  for (int i = -4000; i <= 4000; ++i) {
    const double x = i * 0.0137;
    CHECK(exp2_portable(x) == Approx(std::exp2(x)).epsilon(1e-14));
    CHECK(log2_portable(std::exp2(x)) == Approx(x).epsilon(1e-14).margin(1e-14));
  }
  CHECK(exp2_portable(3) == 8);
  CHECK(log2_portable(1) == 0);
}

TEST_CASE("a draw depends on seed, number and dimension only") {
  const Space space = range(0, 1);
  CHECK(draw(space, "a", 1, 2).value == draw(space, "a", 1, 2).value);
  std::set<double> values;
  for (uint64_t seed = 0; seed < 4; ++seed)
    for (uint64_t trial = 0; trial < 4; ++trial)
      for (const char* dimension : {"a", "b", "c"}) values.insert(draw(space, dimension, seed, trial).value);
  CHECK(values.size() > 44);  // four digits may meet by chance
}

TEST_CASE("choices are equally likely") {
  std::map<std::string, int> counts;
  const Space space = choice({word("relu"), word("gelu"), word("tanh")});
  constexpr int draws = 9000;
  for (int i = 0; i < draws; ++i) counts[draw(space, "activation", 3, static_cast<uint64_t>(i)).text] += 1;
  REQUIRE(counts.size() == 3);
  // Chi-squared with two degrees of freedom: 13.8 is passed once in a thousand seeds.
  double chi = 0;
  for (const auto& [name, count] : counts) chi += (count - draws / 3.0) * (count - draws / 3.0) / (draws / 3.0);
  CHECK(chi < 13.8);
}

TEST_CASE("ranges are uniform on their scale and include their ends") {
  Space whole = range(1, 4);
  whole.whole = true;
  Space log_range = range(1e-6, 100);
  log_range.log = true;
  Space whole_log = range(16, 256);
  whole_log.whole = whole_log.log = true;
  Space stepped = range(8, 64);
  stepped.step = 8;
  std::map<double, int> whole_counts, step_counts;
  int below_middle = 0, below_64 = 0;
  for (uint64_t i = 0; i < 4000; ++i) {
    const Space drawn = draw(whole, "n", 1, i);
    CHECK(drawn.form == Space::Form::integer);
    whole_counts[drawn.value] += 1;
    step_counts[draw(stepped, "s", 1, i).value] += 1;
    const double l2 = draw(log_range, "l2", 1, i).value, units = draw(whole_log, "units", 1, i).value;
    CHECK((l2 >= 1e-6 && l2 <= 100));
    CHECK((units >= 16 && units <= 256 && units == std::floor(units)));
    below_middle += l2 < 1e-2;
    below_64 += units < 64;
  }
  CHECK(whole_counts.size() == 4);
  for (const auto& [value, count] : whole_counts) CHECK(std::abs(count - 1000) < 140);
  CHECK(step_counts.size() == 8);
  CHECK((step_counts.contains(8) && step_counts.contains(64)));
  CHECK(std::abs(below_middle - 2000) < 150);
  CHECK(std::abs(below_64 - 2000) < 160);
}

TEST_CASE("drawn numbers are short enough to be read") {
  Space space = range(1e-6, 100);
  space.log = true;
  for (uint64_t i = 0; i < 100; ++i) {
    const double value = draw(space, "l2", 1, i).value;
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", value);
    CHECK(std::strtod(text, nullptr) == value);
  }
}

TEST_CASE("repeat becomes the pipeline of its rounds, drawn once or anew") {
  Space body = pipeline({call("dense", {{"units", range(1, 1000)}}), word("relu")});
  Space repeat{.form = Space::Form::repeat, .items = {number(3), body}};
  const Space same = draw(call("network", {{"layers", pipeline({repeat, word("last")})}}), "net", 1, 0);
  const Space& layers = *same.argument("layers");
  REQUIRE(layers.items.size() == 7);
  CHECK(layers.items[0].argument("units")->value == layers.items[2].argument("units")->value);
  CHECK(layers.items[6].text == "last");
  CHECK(same.fixed());
  repeat.value = 1;
  const Space each = draw(repeat, "net", 1, 0);
  REQUIRE(each.items.size() == 6);
  CHECK(each.items[0].argument("units")->value != each.items[2].argument("units")->value);
}

TEST_CASE("a named space is one dimension wherever its name stands") {
  const Space named{.form = Space::Form::named, .text = "width", .items = {range(0, 1e6)}};
  const Space both = draw(call("f", {{"a", named}, {"b", named}, {"c", range(0, 1e6)}}), "m", 1, 5);
  CHECK(both.argument("a")->value == both.argument("b")->value);
  CHECK(both.argument("a")->value != both.argument("c")->value);
}

TEST_CASE("trials take turns, differ, and a longer search begins with a shorter one") {
  const Workflow workflow =
      searching({{"line", call("linear", {{"l2", range(0, 1)}})}, {"net", call("network", {{"width", range(0, 9)}})}});
  const std::vector<Trial> few = propose_trials(workflow, 5), many = propose_trials(workflow, 40);
  REQUIRE(few.size() == 5);
  REQUIRE(many.size() == 40);
  std::set<std::string> settings;
  int lines = 0;
  for (size_t i = 0; i < many.size(); ++i) {
    lines += many[i].model == "line";
    CHECK(settings.insert(many[i].settings).second);
    CHECK(parse_space(many[i].settings).fixed());
    if (i < few.size()) CHECK(few[i].settings == many[i].settings);
  }
  CHECK(std::abs(lines - 20) <= 2);
}

TEST_CASE("a search ends when its spaces have no more members") {
  const Workflow fixed = searching({{"line", call("linear", {{"l2", number(1)}})}});
  CHECK(propose_trials(fixed, 30).size() == 1);
  const Workflow small = searching({{"line", call("linear", {{"l2", choice({number(1), number(2), number(3)})}})}});
  CHECK(propose_trials(small, 30).size() == 3);
  CHECK(propose_trials(searching({}), 30).empty());
}

TEST_CASE("a strategy that is not built is refused") {
  Workflow workflow = searching({{"line", call("linear", {})}});
  workflow.search.strategy = "bayesian";
  try {
    propose_trials(workflow, 3);
    FAIL("accepted");
  } catch (const Failure& failure) {
    CHECK(failure.diagnostic.kind->code == "R420");
    CHECK(failure.diagnostic.message.find("bayesian") != std::string::npos);
  }
}

TEST_CASE("spaces of the preparation are drawn with the trial") {
  Workflow workflow = searching({{"line", call("linear", {})}});
  workflow.prepare.groups["numbers"] =
      pipeline({call("impute", {{"by", choice({word("mean"), word("median")})}}), word("standardize")});
  workflow.prepare.columns["age"] = word("log");
  const std::vector<Trial> trials = propose_trials(workflow, 30);
  REQUIRE(trials.size() == 2);
  const Preparation first = with_drawn(workflow.prepare, trials[0].preparation);
  const Preparation second = with_drawn(workflow.prepare, trials[1].preparation);
  CHECK(first.groups.at("numbers").fixed());
  CHECK(first.groups.at("numbers").items[0].argument("by")->text !=
        second.groups.at("numbers").items[0].argument("by")->text);
  CHECK(first.columns.at("age").text == "log");

  workflow.prepare.groups["numbers"] = word("standardize");
  CHECK(propose_trials(workflow, 3)[0].preparation.empty());
  CHECK(with_drawn(workflow.prepare, "").groups.at("numbers").text == "standardize");
}
