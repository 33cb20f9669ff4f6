#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/artefact/predictor_program.h"
#include "compiler/kernel/formula.h"
#include "compiler/plan/space.h"
#include "runtime/data/column.h"
#include "runtime/prepare/statistics.h"

namespace mlw {

/// A column on its way through its pipeline: what it is by now, as a row formula.
struct PreparedColumn {
  enum class Form {
    number,     ///< `formula` is a number
    flag,       ///< `formula` is a flag
    category,   ///< `formula` is a category
    bucket,     ///< `formula` is an integer in [0, width)
    indicator,  ///< `formula` is an integer in [0, width): done
    left_out,   ///< done: nothing to learn from, see `note`
  };
  std::string name;
  Form form = Form::number;
  FormulaPointer formula;
  int width = 0;                    ///< of bucket and indicator
  std::vector<std::string> labels;  ///< of bucket and indicator
  std::vector<std::string> order;   ///< declared order of an ordinal
  std::string note;
};

/// Whether the step looks at the training rows; only then is the column evaluated for it.
bool needs_rows(const Space& step);

/// Applies one step (a call of the vocabulary: impute, standardize …). `values`: the column's present formula evaluated
/// on the table, where `needs_rows`. A step that does not fit the form is a Failure (D122).
void apply_step(PreparedColumn& column, const Space& step, const Column* values, const Selection& training,
                std::span<const float> weights);

/// Numbers and flags as a number at last; a category that is still one is a Failure (D122).
void finish(PreparedColumn& column);

}  // namespace mlw
