#include "runtime/report/charts.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace mlw::report {
namespace {

using Json = nlohmann::ordered_json;

std::string with_unit(const std::string& text, const std::string& unit) {
  return unit.empty() ? text : text + " [" + unit + "]";
}

Json field(const std::string& name, const std::string& type, const std::string& title) {
  return {{"field", name}, {"type", type}, {"title", title}};
}

Json zoomed(Json encoding) {
  encoding["scale"]["zero"] = false;
  return encoding;
}

Json unit_axis(const std::string& name, const std::string& title) {
  Json axis = field(name, "quantitative", title);
  axis["scale"] = {{"domain", {0, 1}}};
  return axis;
}

Json line_mark() { return {{"type", "line"}, {"tooltip", true}, {"strokeWidth", 2}}; }
Json guide_mark() { return {{"type", "line"}, {"color", "#9aa3b2"}, {"strokeDash", {5, 4}}}; }

Json curve_points(const std::vector<Point>& points, const char* x, const char* y) {
  Json values = Json::array();
  for (const Point& point : points) {
    Json value = {{x, point.x}, {y, point.y}};
    if (std::isfinite(point.threshold)) value["threshold"] = point.threshold;
    values.push_back(std::move(value));
  }
  return values;
}

/// A dashed guide from (0, y0) to (1, y1) below a curve.
Json guide(double y0, double y1) {
  return {{"data", {{"values", {{{"gx", 0}, {"gy", y0}}, {{"gx", 1}, {"gy", y1}}}}}},
          {"mark", guide_mark()},
          {"encoding",
           {{"x", {{"field", "gx"}, {"type", "quantitative"}}}, {"y", {{"field", "gy"}, {"type", "quantitative"}}}}}};
}

std::string text(const Json& spec) { return spec.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

std::string learning_curve_chart(const std::vector<LearningCurve>& curves) {
  Json values = Json::array();
  for (const LearningCurve& curve : curves) {
    for (const CurvePoint& point : curve.points) {
      const std::string fold = curve.fold < 0 ? "final" : std::to_string(curve.fold + 1);
      if (std::isfinite(point.training))
        values.push_back({{"step", point.step}, {"loss", point.training}, {"rows", "training"}, {"fold", fold}});
      if (std::isfinite(point.validation))
        values.push_back({{"step", point.step}, {"loss", point.validation}, {"rows", "validation"}, {"fold", fold}});
    }
  }
  const std::string loss = curves.empty() || curves.front().loss.empty() ? "loss" : curves.front().loss;
  return text({{"data", {{"values", values}}},
               {"mark", line_mark()},
               {"encoding",
                {{"x", field("step", "quantitative", "epoch")},
                 {"y", zoomed(field("loss", "quantitative", loss))},
                 {"color", field("rows", "nominal", "")},
                 {"strokeDash", field("rows", "nominal", "")},
                 {"detail", {{"field", "fold"}}},
                 {"opacity", {{"value", 0.75}}}}}});
}

std::string roc_chart(const Diagnosis& diagnosis) {
  const Json curve = {{"data", {{"values", curve_points(diagnosis.roc, "fpr", "tpr")}}},
                      {"mark", line_mark()},
                      {"encoding",
                       {{"x", unit_axis("fpr", "false positives, share of the negatives")},
                        {"y", unit_axis("tpr", "found, share of the positives (recall)")},
                        {"order", {{"field", "fpr"}}},
                        {"tooltip",
                         {{{"field", "fpr"}, {"format", ".3f"}},
                          {{"field", "tpr"}, {"format", ".3f"}},
                          {{"field", "threshold"}, {"format", ".4f"}}}}}}};
  return text({{"layer", {guide(0, 1), curve}}});
}

std::string precision_recall_chart(const Diagnosis& diagnosis, double prevalence) {
  const Json curve = {{"data", {{"values", curve_points(diagnosis.precision_recall, "recall", "precision")}}},
                      {"mark", {{"type", "line"}, {"interpolate", "step-before"}, {"strokeWidth", 2}}},
                      {"encoding",
                       {{"x", unit_axis("recall", "recall: found, share of the positives")},
                        {"y", unit_axis("precision", "precision: right, share of the alarms")},
                        {"order", {{"field", "recall"}}},
                        {"tooltip",
                         {{{"field", "recall"}, {"format", ".3f"}},
                          {{"field", "precision"}, {"format", ".3f"}},
                          {{"field", "threshold"}, {"format", ".4f"}}}}}}};
  return text({{"layer", {guide(prevalence, prevalence), curve}}});
}

std::string calibration_chart(const Diagnosis& diagnosis) {
  Json values = Json::array();
  for (const CalibrationBin& bin : diagnosis.calibration)
    if (bin.rows > 0)
      values.push_back({{"predicted", bin.predicted},
                        {"observed", bin.observed},
                        {"low", bin.low},
                        {"high", bin.high},
                        {"rows", bin.rows}});
  const Json x = unit_axis("predicted", "predicted probability");
  const Json bars = {{"mark", {{"type", "rule"}, {"color", "#1f5fbf"}, {"opacity", 0.5}, {"strokeWidth", 2}}},
                     {"encoding", {{"x", x}, {"y", unit_axis("low", "observed share")}, {"y2", {{"field", "high"}}}}}};
  const Json points = {{"mark", {{"type", "point"}, {"filled", true}, {"size", 60}, {"tooltip", true}}},
                       {"encoding", {{"x", x}, {"y", unit_axis("observed", "observed share")}}}};
  return text({{"layer", {guide(0, 1), {{"data", {{"values", values}}}, {"layer", {bars, points}}}}}});
}

std::string residual_chart(const Diagnosis& diagnosis, const std::string& unit) {
  const Json points = {
      {"data", {{"values", curve_points(diagnosis.residuals, "predicted", "residual")}}},
      {"mark", {{"type", "point"}, {"filled", true}, {"size", 18}, {"opacity", 0.45}, {"tooltip", true}}},
      {"encoding",
       {{"x", zoomed(field("predicted", "quantitative", with_unit("predicted", unit)))},
        {"y", field("residual", "quantitative", with_unit("truth minus predicted", unit))}}}};
  const Json zero = {{"mark", {{"type", "rule"}, {"color", "#9aa3b2"}, {"strokeDash", {5, 4}}}},
                     {"encoding", {{"y", {{"datum", 0}}}}}};
  return text({{"layer", {points, zero}}});
}

std::string residual_histogram_chart(const Diagnosis& diagnosis, const std::string& unit) {
  Json values = Json::array();
  for (const Bin& bin : diagnosis.residual_histogram)
    values.push_back({{"low", bin.low}, {"high", bin.high}, {"rows", bin.rows}});
  Json x = field("low", "quantitative", with_unit("truth minus predicted", unit));
  x["bin"] = {{"binned", true}};
  return text({{"data", {{"values", values}}},
               {"mark", {{"type", "bar"}, {"tooltip", true}}},
               {"encoding", {{"x", x}, {"x2", {{"field", "high"}}}, {"y", field("rows", "quantitative", "rows")}}}});
}

std::string class_chart(const std::vector<std::string>& classes, const std::vector<int64_t>& rows) {
  Json values = Json::array();
  for (size_t i = 0; i < classes.size() && i < rows.size(); ++i)
    values.push_back({{"class", classes[i]}, {"rows", rows[i]}});
  Json y = field("class", "nominal", "");
  y["sort"] = nullptr;
  return text({{"data", {{"values", values}}},
               {"height", std::min<size_t>(30 * classes.size() + 10, 420)},
               {"mark", {{"type", "bar"}, {"tooltip", true}}},
               {"encoding", {{"x", field("rows", "quantitative", "rows")}, {"y", y}}}});
}

std::string trials_chart(const Data& data) {
  Json values = Json::array();
  for (const Candidate& candidate : data.leaderboard)
    if (candidate.trial >= 0 && candidate.failed.empty() && std::isfinite(candidate.objective.value))
      values.push_back({{"trial", candidate.trial + 1},
                        {"value", candidate.objective.value},
                        {"model", candidate.family},
                        {"settings", candidate.settings}});
  const std::string metric = data.leaderboard.empty() ? "objective" : data.leaderboard.front().objective.metric;
  return text({{"data", {{"values", values}}},
               {"mark", {{"type", "point"}, {"filled", true}, {"size", 45}, {"tooltip", true}}},
               {"encoding",
                {{"x", field("trial", "quantitative", "trial")},
                 {"y", zoomed(field("value", "quantitative", metric))},
                 {"color", field("model", "nominal", "")},
                 {"shape", field("model", "nominal", "")},
                 {"tooltip", {{{"field", "trial"}}, {{"field", "value"}}, {{"field", "settings"}}}}}}});
}

}  // namespace mlw::report
