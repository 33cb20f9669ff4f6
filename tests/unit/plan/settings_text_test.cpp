#include "compiler/plan/settings_text.h"

#include <catch2/catch.hpp>

using namespace mlw;

namespace {

Space number(double value) {
  Space space;
  space.form = Space::Form::number;
  space.value = value;
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

TEST_CASE("a trial's settings are shown as their author would write them") {
  using Written = SpaceArgument::Written;
  Workflow workflow;
  const Space dense = call("dense", {{"units", number(24), Written::by_place}});
  const Space adam = call("adam", {{"learning_rate", number(0.001)}, {"beta1", number(0.9), Written::nowhere}});
  workflow.search.models.push_back({"net", call("network", {{"layers", dense, Written::by_place},
                                                            {"optimizer", adam},
                                                            {"epochs", number(100), Written::nowhere}})});
  const Trial trial{"net", to_text(workflow.search.models[0].space), ""};
  CHECK(settings_text(trial, workflow) == "network(dense(24), optimizer: adam(learning_rate: 0.001))");
  CHECK(settings_text(workflow.search.models[0].space) ==
        "network(layers: dense(units: 24), optimizer: adam(learning_rate: 0.001, beta1: 0.9), epochs: 100)");
  // A call with nothing left to say needs no parentheses.
  workflow.search.models[0].space = call("network", {{"epochs", number(100), Written::nowhere}});
  CHECK(settings_text({"net", to_text(workflow.search.models[0].space), ""}, workflow) == "network");
}
