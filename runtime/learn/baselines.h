#pragma once

#include <span>
#include <string>
#include <vector>

#include "compiler/artefact/predictor_program.h"

/// What every model must beat: answers that look at no input, and the rule that is used today.
namespace mlw {

/// A baseline's name for the leaderboard and its model; the raw outputs are probabilities or the value itself (link
/// identity).
struct BaselineModel {
  std::string name;
  Model model;
};

/// Learned from the training rows alone. Classification: the shares of the classes (whose decision is the most frequent
/// class). Regression: the mean and the median, of which one is best for squared and the other for absolute errors.
/// `targets`: class index or value; `weights` may be empty.
std::vector<BaselineModel> naive_baselines(TaskKind task, int classes, std::span<const float> targets,
                                           std::span<const float> weights);

/// The rule as a model of a binary task: probability 1 where it holds, else 0.
BaselineModel rule_baseline(FormulaPointer condition);

}  // namespace mlw
