#include "compiler/plan/workflow.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "compiler/kernel/canonical_text.h"

namespace mlw {
namespace {

using Json = nlohmann::json;  // objects are sorted by key: canonical

/// Numbers are written as texts that read back exactly; JSON numbers know no infinity.
Json number(double value) { return number_text(value); }
template <typename T>
Json optional_number(const std::optional<T>& value) {
  return value ? number(static_cast<double>(*value)) : Json();
}
Json formula(const FormulaPointer& value) { return value ? Json(to_text(*value)) : Json(); }
Json space(const Space& value) { return to_text(value); }

template <typename T, typename Function>
Json list(const std::vector<T>& items, Function&& one) {
  Json out = Json::array();
  for (const T& item : items) out.push_back(one(item));
  return out;
}

Json requirement(const Requirement& value) {
  return {{"name", value.name}, {"comparison", std::string(name(value.comparison))}, {"bound", number(value.bound)}};
}

Json task(const Task& value) {
  return {{"targets", value.targets},
          {"kind", static_cast<int>(value.kind)},
          {"positive", value.positive},
          {"existing", formula(value.existing)},
          {"require", list(value.require, requirement)},
          {"protect", value.protect}};
}

Json source(const DataSource& value) {
  return {{"form", static_cast<int>(value.form)}, {"path", value.path}, {"options", value.options}};
}

Json column(const ColumnDeclaration& value) {
  return {{"name", value.name},
          {"kind", value.kind ? Json(std::string(name(*value.kind))) : Json()},
          {"unit", value.unit},
          {"minimum", optional_number(value.minimum)},
          {"maximum", optional_number(value.maximum)},
          {"known_after", value.known_after ? Json(*value.known_after) : Json()},
          {"private", value.is_private},
          {"order", value.order}};
}

Json data(const Data& value) {
  Json join;
  if (value.join) join = {{"left", value.join->left}, {"right", value.join->right}, {"on", value.join->on}};
  return {{"name", value.name},
          {"source", source(value.source)},
          {"production", value.production ? source(*value.production) : Json()},
          {"join", join},
          {"where", formula(value.where)},
          {"key", value.key},
          {"time", value.time},
          {"weight", value.weight},
          {"columns", list(value.columns, column)}};
}

Json spaces(const std::map<std::string, Space>& values) {
  Json out = Json::object();
  for (const auto& [key, value] : values) out[key] = space(value);
  return out;
}

Json prepare(const Preparation& value) {
  auto definition = [](const Definition& one) -> Json {
    return {{"name", one.name}, {"formula", formula(one.formula)}};
  };
  return {{"definitions", list(value.definitions, definition)},
          {"groups", spaces(value.groups)},
          {"columns", spaces(value.columns)},
          {"drop", value.drop},
          {"select", value.select ? space(*value.select) : Json()}};
}

Json split(const Split& value) {
  return {{"form", static_cast<int>(value.form)},
          {"share", number(value.share)},
          {"folds", value.folds},
          {"repeats", value.repeats},
          {"where", formula(value.where)},
          {"path", value.path}};
}

Json evaluate(const Evaluation& value) {
  return {{"test", split(value.test)},
          {"validate", split(value.validate)},
          {"group_by", value.group_by},
          {"stratify", value.stratify},
          {"seed", value.seed}};
}

Json metric(const Metric& value) {
  return {{"name", value.name},         {"formula", formula(value.formula)},  {"maximize", value.maximize},
          {"additive", value.additive}, {"needs_scores", value.needs_scores}, {"unit", value.unit}};
}

Json metrics(const Metrics& value) {
  return {{"objective", metric(value.objective)},
          {"watch", list(value.watch, metric)},
          {"threshold", optional_number(value.threshold)}};
}

Json expect(const std::optional<Expectation>& value) {
  if (!value) return {};
  return {{"volume", number(value->volume)},
          {"every", value->every},
          {"prevalence", optional_number(value->prevalence)},
          {"precision", optional_number(value->precision)},
          {"say", value->say}};
}

Json baseline(const Baseline& value) { return {{"naive", value.naive}, {"rule", formula(value.rule)}}; }

Json search(const Search& value) {
  auto model = [](const ModelSpace& one) -> Json { return {{"name", one.name}, {"space", space(one.space)}}; };
  return {{"models", list(value.models, model)},
          {"trials", value.trials},
          {"time", value.time ? Json(*value.time) : Json()},
          {"strategy", value.strategy},
          {"round", value.round}};
}

Json deployment(const Deployment& value) {
  return {{"name", value.name},
          {"target", space(value.target)},
          {"require", list(value.require, requirement)},
          {"fast", value.fast}};
}

Json waiver(const Waiver& value) { return {{"code", value.code}, {"because", value.because}}; }

/// What reaches nothing but the report.
Json texts(const Workflow& value) {
  auto written = [](const auto& one) { return Json(one.text); };
  auto metric_texts = [](const Metric& one) -> Json {
    return {{"name", one.name}, {"text", one.text}, {"documentation", one.documentation}};
  };
  Json deploy = Json::object();
  for (const Deployment& one : value.deploy) deploy[one.name] = list(one.require, written);
  Json definitions = Json::object();
  for (const Definition& one : value.prepare.definitions) definitions[one.name] = one.documentation;
  Json metrics = list(value.metrics.watch, metric_texts);
  metrics.push_back(metric_texts(value.metrics.objective));
  return {{"name", value.name},
          {"title", value.title},
          {"because", value.task.because},
          {"documentation", value.documentation},
          {"require", list(value.task.require, written)},
          {"deploy", deploy},
          {"definitions", definitions},
          {"metrics", metrics}};
}

Json whole(const Workflow& workflow, std::string_view part) {
  if (part == "name") return workflow.name;
  if (part == "task") return task(workflow.task);
  if (part == "data") return list(workflow.data, data);
  if (part == "prepare") return prepare(workflow.prepare);
  if (part == "evaluate") return evaluate(workflow.evaluate);
  if (part == "metrics") return metrics(workflow.metrics);
  if (part == "expect") return expect(workflow.expect);
  if (part == "baseline") return baseline(workflow.baseline);
  if (part == "search") return search(workflow.search);
  if (part == "deploy") return list(workflow.deploy, deployment);
  if (part == "waivers") return list(workflow.waivers, waiver);
  if (part == "texts") return texts(workflow);
  throw std::invalid_argument("no part of a workflow: " + std::string(part));
}

/// One step down: a member of an object, or the element of a list with that name.
Json inner(const Json& value, const std::string& step) {
  if (value.is_object() && value.contains(step)) return value[step];
  if (value.is_array())
    for (const Json& item : value)
      if (item.is_object() && item.contains("name") && item["name"] == step) return item;
  throw std::invalid_argument("no part of a workflow: " + step);
}

}  // namespace

std::string shown_name(const Metric& metric) { return metric.text.starts_with(metric.name) ? metric.text : metric.name; }

std::string key_text(const Workflow& workflow, std::string_view part) {
  size_t slash = part.find('/');
  Json value = whole(workflow, part.substr(0, slash));
  while (slash != std::string_view::npos) {
    part.remove_prefix(slash + 1);
    slash = part.find('/');
    value = inner(value, std::string(part.substr(0, slash)));
  }
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace mlw
