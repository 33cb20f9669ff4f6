#include "runtime/report/report_data.h"

#include <limits>
#include <nlohmann/json.hpp>

namespace mlw::report {

// A member that is absent keeps its default, so that a page can be made from a result of an older run.
#define MLW_JSON(...) NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(__VA_ARGS__)
MLW_JSON(Score, metric, value, low, high, method, rough, descriptive, unit, maximize)
MLW_JSON(Bin, low, high, label, rows)
MLW_JSON(ColumnSummary, name, kind, role, unit, inferred_because, missing, distinct, minimum, maximum, mean, median,
         deviation, histogram)
MLW_JSON(Check, code, severity, message, notes, help, waived_because)
MLW_JSON(Part, name, rows, classes, from, to)
MLW_JSON(CurvePoint, step, training, validation)
MLW_JSON(LearningCurve, candidate, fold, loss, points)
MLW_JSON(Candidate, name, family, settings, trial, objective, watch, fold_values, parameters, seconds, failed, winner)
MLW_JSON(Comparison, winner, baseline, metric, difference, low, high, p_value, method, beats, rows)
MLW_JSON(Point, x, y, threshold)
MLW_JSON(CalibrationBin, predicted, observed, low, high, rows)
MLW_JSON(Example, key, truth, prediction, score, loss, fields)
MLW_JSON(Diagnosis, rows, confusion, roc, precision_recall, calibration, residuals, residual_histogram, failures)
MLW_JSON(Outcome, what, text, value, low, high)
MLW_JSON(Built, deployment, target, path, bytes, verified_rows, how, requirements)
MLW_JSON(Milestone, name, reached, evidence)

namespace {

using Json = nlohmann::json;

// The one list of the members of `Data`; `visit` is called with each name and member.
template <typename D, typename Visit>
void members(D& d, Visit visit) {
  visit("workflow", d.workflow), visit("title", d.title), visit("documentation", d.documentation);
  visit("task_kind", d.task_kind), visit("target", d.target), visit("because", d.because),
      visit("positive", d.positive);
  visit("classes", d.classes), visit("requirements", d.requirements), visit("objective_text", d.objective_text);
  visit("source", d.source), visit("rows", d.rows), visit("columns", d.columns), visit("checks", d.checks);
  visit("protocol", d.protocol), visit("parts", d.parts), visit("milestones", d.milestones);
  visit("leaderboard", d.leaderboard), visit("curves", d.curves);
  visit("test_scores", d.test_scores), visit("validation_scores", d.validation_scores);
  visit("test_sealed_because", d.test_sealed_because), visit("looks", d.looks), visit("outcomes", d.outcomes);
  visit("threshold", d.threshold), visit("diagnoses", d.diagnoses), visit("built", d.built), visit("unmet", d.unmet);
  visit("command", d.command), visit("version", d.version), visit("file_hash", d.file_hash),
      visit("data_hash", d.data_hash);
  visit("seed", d.seed), visit("reproducible", d.reproducible);
}

// JSON has no NaN: it is written as null, and every null that is read is a number that is not there.
void restore_nan(Json& json) {
  if (json.is_null()) json = std::numeric_limits<double>::quiet_NaN();
  if (json.is_structured())
    for (Json& element : json) restore_nan(element);
}

}  // namespace

std::string to_json(const Data& data) {
  Json json;
  members(data, [&](const char* name, const auto& member) { json[name] = member; });
  if (data.comparison) json["comparison"] = *data.comparison;
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Data from_json(const std::string& text) {
  Json json = Json::parse(text);
  restore_nan(json);
  Data data;
  members(data, [&]<typename T>(const char* name, T& member) {
    if (json.contains(name)) member = json[name].get<T>();
  });
  if (json.contains("comparison")) data.comparison = json["comparison"].get<Comparison>();
  return data;
}

}  // namespace mlw::report
