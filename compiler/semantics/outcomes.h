#pragma once

#include <vector>

#include "compiler/semantics/metrics.h"

/// What is promised to those who use the model: requirements and expectations.
namespace mlw::semantics {

/// Bounds such as `recall >= 90%`; metrics among them join the watched ones.
std::vector<Requirement> read_requirements(Analysis& analysis, MetricBuilder& metrics, const GivenSetting& setting);
void analyse_requirements(Analysis& analysis, MetricBuilder& metrics);
void analyse_expect(Analysis& analysis, MetricBuilder& metrics);
void analyse_deploy(Analysis& analysis, MetricBuilder& metrics);

}  // namespace mlw::semantics
