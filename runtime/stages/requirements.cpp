#include "runtime/stages/requirements.h"

#include <fmt/format.h>

#include <cmath>
#include <set>

#include "runtime/evaluate/intervals.h"
#include "runtime/report/text.h"

namespace mlw {
namespace {

bool holds(Operation comparison, double value, double bound) {
  switch (comparison) {
    case Operation::less:
      return value < bound;
    case Operation::less_equal:
      return value <= bound;
    case Operation::greater:
      return value > bound;
    case Operation::greater_equal:
      return value >= bound;
    default:
      return value == bound;
  }
}

bool asks_for_more(Operation comparison) {
  return comparison == Operation::greater || comparison == Operation::greater_equal;
}

/// Requirements of the task and of all deployments, each once.
std::vector<Requirement> all_requirements(const Workflow& workflow) {
  std::vector<Requirement> list;
  std::set<std::string> seen;
  const auto add = [&](const std::vector<Requirement>& some) {
    for (const Requirement& one : some)
      if (seen.insert(one.text).second) list.push_back(one);
  };
  add(workflow.task.require);
  for (const Deployment& deployment : workflow.deploy) add(deployment.require);
  return list;
}

const MetricProgram* metric_of(Session& session, const std::string& name) {
  const auto is_it = [&](const MetricProgram& program) {
    return program.metric().text == name || program.metric().name == name;
  };
  if (is_it(session.objective())) return &session.objective();
  for (const MetricProgram& program : session.watched())
    if (is_it(program)) return &program;
  return nullptr;
}

Verdict judge_cost(const Requirement& requirement, double value, const std::string& shown) {
  const bool met = holds(requirement.comparison, value, requirement.bound);
  return {met, requirement.text + ": " + shown + (met ? ", met" : ", not met")};
}

}  // namespace

std::vector<std::string> unmet_metrics(Session& session, const Judged& judged) {
  std::vector<std::string> unmet;
  for (const Requirement& requirement : all_requirements(session.workflow())) {
    const MetricProgram* metric = metric_of(session, requirement.name);
    if (metric == nullptr) continue;  // a cost: judged when the artefact is there
    const Interval interval = interval_of(*metric, judged, {.seed = session.workflow().evaluate.seed});
    const bool more = asks_for_more(requirement.comparison);
    const double end = more ? interval.low : interval.high;
    const double value = std::isnan(end) ? interval.value : end;
    if (!holds(requirement.comparison, value, requirement.bound))
      unmet.push_back(fmt::format("{}: {} on the test part, {} at the {} end of its interval", requirement.text,
                                  report::number(interval.value), report::number(value), more ? "lower" : "upper"));
  }
  return unmet;
}

std::vector<Verdict> judge_costs(const Deployment& deployment, const Costs& costs) {
  std::vector<Verdict> verdicts;
  for (const Requirement& requirement : deployment.require) {
    const Verdict unknown{false, requirement.text + ": cannot be measured on this machine, so it is not known to hold"};
    if (requirement.name == "flash")
      verdicts.push_back(judge_cost(requirement, static_cast<double>(costs.flash), report::bytes(costs.flash)));
    else if (requirement.name == "ram")
      verdicts.push_back(costs.ram ? judge_cost(requirement, static_cast<double>(*costs.ram), report::bytes(*costs.ram))
                                   : unknown);
    else if (requirement.name == "latency")
      verdicts.push_back(costs.latency
                             ? judge_cost(requirement, *costs.latency, fmt::format("{:.3g} us", *costs.latency * 1e6))
                             : unknown);
  }
  return verdicts;
}

}  // namespace mlw
