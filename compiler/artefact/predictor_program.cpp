#include "compiler/artefact/predictor_program.h"

#include "compiler/artefact/device/missing_words.h"
#include "compiler/artefact/names.h"

namespace mlw {

std::string_view name(Activation activation) { return activation_names[static_cast<size_t>(activation)]; }

std::string_view name(PredictionStatus status) { return status_names[static_cast<size_t>(status)]; }

std::vector<std::string> default_missing_words() {
#define MLW_WORD(word) word,
  return {MLW_MISSING_WORDS(MLW_WORD)};
#undef MLW_WORD
}

int PredictorProgram::inputs() const {
  struct Width {
    int operator()(const Feature&) const { return 1; }
    int operator()(const IndicatorFeature& indicator) const { return indicator.width; }
  };
  int width = 0;
  for (const FeatureBlock& block : features) width += std::visit(Width{}, block);
  return width;
}

int PredictorProgram::outputs() const { return task == TaskKind::multiclass ? static_cast<int>(classes.size()) : 1; }

std::vector<std::string> answer_columns(const PredictorProgram& program) {
  if (program.task == TaskKind::regression) return {"value", "status"};
  if (program.task != TaskKind::multiclass) return {"decision", "probability", "status"};
  std::vector<std::string> columns = {"decision"};
  for (const std::string& class_name : program.classes) columns.push_back("probability of " + class_name);
  columns.push_back("status");
  return columns;
}

}  // namespace mlw
