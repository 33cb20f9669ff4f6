#pragma once

#include <string>

#include "runtime/report/report_data.h"

/// Charts as Vega-Lite specifications (JSON text) with their data inside.
namespace mlw::report {

std::string learning_curve_chart(const std::vector<LearningCurve>& curves);
std::string roc_chart(const Diagnosis& diagnosis);
std::string precision_recall_chart(const Diagnosis& diagnosis, double prevalence);
std::string calibration_chart(const Diagnosis& diagnosis);
std::string residual_chart(const Diagnosis& diagnosis, const std::string& unit);
std::string residual_histogram_chart(const Diagnosis& diagnosis, const std::string& unit);
std::string class_chart(const std::vector<std::string>& classes, const std::vector<int64_t>& rows);
std::string trials_chart(const Data& data);

}  // namespace mlw::report
