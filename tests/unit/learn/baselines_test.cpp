#include "runtime/learn/baselines.h"

#include <catch2/catch.hpp>

using namespace mlw;

namespace {
const std::vector<float>& outputs(const BaselineModel& baseline) {
  return std::get<ConstantModel>(baseline.model).outputs;
}
}  // namespace

TEST_CASE("naive baselines of classes are their weighted shares") {
  const std::vector<float> targets = {0, 1, 1, 2}, weights = {1, 2, 2, 5};
  CHECK(outputs(naive_baselines(TaskKind::multiclass, 3, targets, {}).front()) ==
        std::vector<float>{0.25f, 0.5f, 0.25f});
  CHECK(outputs(naive_baselines(TaskKind::multiclass, 3, targets, weights).front()) ==
        std::vector<float>{0.1f, 0.4f, 0.5f});
  const std::vector<float> binary = {0, 1, 1, 1};
  CHECK(outputs(naive_baselines(TaskKind::binary, 2, binary, {}).front()) == std::vector<float>{0.75f});
}

TEST_CASE("naive baselines of values are the mean and the median") {
  const std::vector<float> targets = {1, 2, 3, 10}, weights = {1, 1, 1, 7};
  const auto plain = naive_baselines(TaskKind::regression, 0, targets, {});
  CHECK(outputs(plain[0]) == std::vector<float>{4.0f});
  CHECK(outputs(plain[1]) == std::vector<float>{2.5f});
  const auto weighted = naive_baselines(TaskKind::regression, 0, targets, weights);
  CHECK(outputs(weighted[0]) == std::vector<float>{7.6f});
  CHECK(outputs(weighted[1]) == std::vector<float>{10.0f});
}

TEST_CASE("a rule is a model") {
  const BaselineModel rule = rule_baseline(make_column("late", ValueType::flag));
  CHECK(std::get<RuleModel>(rule.model).condition->column == "late");
}
