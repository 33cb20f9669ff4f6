#pragma once

#include <span>
#include <string>
#include <vector>

#include "compiler/artefact/predictor_program.h"
#include "compiler/kernel/code_generator.h"
#include "compiler/plan/workflow.h"
#include "runtime/data/column.h"
#include "runtime/data/matrix.h"

/// Preparation: what is learned from the training rows of a split, frozen as row formulas. The same formulas make the
/// training matrix and stand in the predictor program, so that a model is fed the same numbers wherever it runs.
namespace mlw {

struct FittedPreparation {
  std::vector<RawField> fields;         ///< the columns that a record must bring, in the order of the table
  std::vector<Definition> definitions;  ///< row formulas: statistics of the training rows have become constants
  std::vector<FeatureBlock> features;   ///< numbers first, then indicators
  std::vector<std::string> notes;       ///< what was left out and why: "`code` is constant in the training rows"
};

/// Why a column is no input; empty when it is one. `target`, `key`, `time`, `weight`, `id`, `protected`, `known later`,
/// `dropped`, `text`, `date`.
std::string excluded_role(const Workflow& workflow, const Column& column);

/// Learns the preparation from the training rows alone: other rows change nothing. Failure: D101 when a feature has no
/// value in a training row and nothing imputes it; D120 when no feature is left; R-kinds of the evaluation of formulas.
FittedPreparation fit_preparation(const Workflow& workflow, const Table& table, const Selection& training,
                                  CodeGenerator& generator);

/// The rows of `selection` as learners take them: one dense block of the numbers, one sparse block of the indicators
/// (either may be absent). `targets` and `weights` hold an entry for every row of the table; `weights` may be empty.
/// Failure: D101 for a feature without a value, D121 for one that is not finite; both name the row.
PreparedMatrix make_matrix(const FittedPreparation& preparation, const Table& table, const Selection& selection,
                           std::span<const float> targets, std::span<const float> weights, CodeGenerator& generator);

}  // namespace mlw
