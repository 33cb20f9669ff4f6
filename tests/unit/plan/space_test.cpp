#include "compiler/plan/space.h"

#include <catch2/catch.hpp>
#include <stdexcept>

using namespace mlw;

namespace {
Space number(double value) {
  Space space;
  space.form = Space::Form::number;
  space.value = value;
  return space;
}
Space range(double low, double high) {
  Space space;
  space.form = Space::Form::range;
  space.low = low;
  space.high = high;
  return space;
}
Space word(std::string text) {
  Space space;
  space.form = Space::Form::word;
  space.text = std::move(text);
  return space;
}
Space of(Space::Form form, std::vector<Space> items, std::string text = {}) {
  Space space;
  space.form = form;
  space.items = std::move(items);
  space.text = std::move(text);
  return space;
}
Space call(std::string name, std::vector<SpaceArgument> arguments) {
  Space space;
  space.form = Space::Form::call;
  space.text = std::move(name);
  space.arguments = std::move(arguments);
  return space;
}
}  // namespace

TEST_CASE("space text reads back as the same space") {
  Space l2 = range(1e-6, 100);
  l2.log = true;
  Space units = range(16, 256);
  units.whole = true;
  units.step = 8;
  Space time = number(0.0002);
  time.unit = "us";
  Space rule;
  rule.form = Space::Form::formula;
  rule.formula = make_formula(Operation::greater, ValueType::flag,
                              {make_column("größe \"m\"", ValueType::number), make_constant(0.1)});
  Space body = of(Space::Form::pipeline,
                  {call("dense", {{"units", units}}), of(Space::Form::choice, {word("relu"), word("tanh")})});
  Space repeat = of(Space::Form::repeat, {range(1, 4), body});
  repeat.value = 1;
  Space network = call("network", {{"layers", repeat},
                                   {"l2", of(Space::Form::named, {l2}, "shared")},
                                   {"time", time},
                                   {"rule", rule},
                                   {"classes", of(Space::Form::list, {word("a"), Space{}})}});
  std::string text = to_text(network);
  INFO(text);
  Space back = parse_space(text);
  CHECK(to_text(back) == text);
  REQUIRE(back.argument("l2"));
  CHECK(back.argument("l2")->items[0].low == 1e-6);
  CHECK(back.argument("l2")->items[0].log);
  CHECK(back.argument("layers")->items[1].items[0].argument("units")->whole);
  CHECK(to_text(*back.argument("rule")->formula) == to_text(*rule.formula));
}

TEST_CASE("source ranges are no part of a space") {
  Space a = number(2), b = number(2);
  b.range = {0, 4, 5};
  CHECK(to_text(a) == to_text(b));
  CHECK(to_text(a) != to_text(number(3)));
}

TEST_CASE("damaged space text is refused") {
  for (const char* text : {"", "number", "(colour)", "(number :value)", "(number :value x)", "(number", "(number) 1",
                           "(call \"x\")", "(number :size 1.0)"})
    CHECK_THROWS_AS(parse_space(text), std::invalid_argument);
}

TEST_CASE("a space is fixed when it has one member") {
  CHECK(number(1).fixed());
  CHECK(range(2, 2).fixed());
  CHECK_FALSE(range(1, 2).fixed());
  CHECK(of(Space::Form::choice, {number(1)}).fixed());
  CHECK_FALSE(of(Space::Form::choice, {number(1), number(2)}).fixed());
  CHECK_FALSE(call("linear", {{"l2", range(0, 1)}}).fixed());
  CHECK(call("linear", {{"l2", of(Space::Form::named, {number(1)}, "n")}}).fixed());
  CHECK_FALSE(of(Space::Form::pipeline, {number(1), of(Space::Form::repeat, {range(1, 3), number(1)})}).fixed());
  Space interval = range(1, 2);
  interval.form = Space::Form::interval;
  CHECK(interval.fixed());
}

TEST_CASE("arguments of a call by name") {
  Space space = call(
      "impute", {{"by", word("median")}, {"share", number(0.5)}, {"l2", of(Space::Form::named, {number(3)}, "n")}});
  CHECK(space.word("by", "mean") == "median");
  CHECK(space.word("other", "mean") == "mean");
  CHECK(space.number("share", 1) == 0.5);
  CHECK(space.number("l2", 1) == 3);
  CHECK(space.number("other", 7) == 7);
  CHECK_THROWS_AS(space.number("by", 0), std::logic_error);
  CHECK_THROWS_AS(space.word("share", ""), std::logic_error);
}
