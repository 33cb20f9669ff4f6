#include <fmt/format.h>

#include <cmath>

#include "compiler/diagnostics/kinds/prepare.h"
#include "runtime/data/evaluate_formulas.h"
#include "runtime/data/matrix_memory.h"
#include "runtime/prepare/prepare.h"

namespace mlw {
namespace {

[[noreturn]] void fail_missing(const std::string& feature, uint32_t row) {
  Diagnostics diagnostics;
  Diagnostic& diagnostic = diagnostics.report(kinds::missing_not_imputed, {}, {{"column", feature}});
  diagnostic.note(fmt::format("the first such row is row {} of the training rows in canonical order", row + 1));
  throw Failure{diagnostic};
}

/// One feature's values into a column of the dense block.
void fill_dense(DenseBlock& block, int64_t at, const std::string& name, const Column& column,
                const Selection& selection) {
  for (size_t i = 0; i < selection.size(); ++i) {
    const uint32_t row = selection[i];
    const Chunk& chunk = column.chunk_of(row);
    const int64_t within = row % chunk_rows;
    if (!chunk.valid(within)) fail_missing(name, row);
    const float value =
        column.storage == Storage::float32 ? chunk.as<float>()[within] : static_cast<float>(column.number(row));
    if (!std::isfinite(value)) fail(kinds::feature_not_finite, {{"feature", name}, {"row", std::to_string(row + 1)}});
    block.row(static_cast<int64_t>(i))[at] = value;
  }
}

struct Indicators {
  const IndicatorFeature* feature;
  const Column* position;
  int64_t begin;  ///< first column of the sparse block
};

SparseBlock make_sparse(const std::vector<Indicators>& indicators, int64_t columns, const Selection& selection) {
  SparseBlock block;
  block.rows = static_cast<int64_t>(selection.size());
  block.columns = columns;
  block.row_begin.reserve(selection.size() + 1);
  block.row_begin.push_back(0);
  for (const uint32_t row : selection) {
    for (const Indicators& indicator : indicators) {
      if (!indicator.position->valid(row)) fail_missing(indicator.feature->name, row);
      const auto position = static_cast<int64_t>(indicator.position->number(row));
      if (position >= 0 && position < indicator.feature->width)
        block.column.push_back(static_cast<uint32_t>(indicator.begin + position));
    }
    block.row_begin.push_back(block.column.size());
  }
  return block;
}

}  // namespace

PreparedMatrix make_matrix(const FittedPreparation& preparation, const Table& table, const Selection& selection,
                           std::span<const float> targets, std::span<const float> weights, CodeGenerator& generator) {
  std::vector<FormulaPointer> formulas;
  for (const FeatureBlock& block : preparation.features)
    formulas.push_back(std::holds_alternative<Feature>(block) ? std::get<Feature>(block).formula
                                                              : std::get<IndicatorFeature>(block).position);
  const std::vector<Column> columns = evaluate_formulas(formulas, preparation.definitions, table, generator);

  PreparedMatrix out;
  out.rows = static_cast<int64_t>(selection.size());
  int64_t dense_columns = 0, sparse_columns = 0;
  std::vector<Indicators> indicators;
  for (size_t i = 0; i < preparation.features.size(); ++i) {
    if (const auto* feature = std::get_if<Feature>(&preparation.features[i])) {
      ++dense_columns;
      out.feature_names.push_back(feature->name);
    } else {
      const auto& indicator = std::get<IndicatorFeature>(preparation.features[i]);
      indicators.push_back({&indicator, &columns[i], sparse_columns});
      sparse_columns += indicator.width;
      for (const std::string& label : indicator.labels) out.feature_names.push_back(indicator.name + " = " + label);
    }
  }
  if (dense_columns > 0) {
    DenseBlock dense = make_dense(out.rows, dense_columns);
    for (int64_t i = 0; i < dense_columns; ++i) {
      const auto& feature = std::get<Feature>(preparation.features[static_cast<size_t>(i)]);
      fill_dense(dense, i, feature.name, columns[static_cast<size_t>(i)], selection);
    }
    out.blocks.emplace_back(std::move(dense));
  }
  if (!indicators.empty()) out.blocks.emplace_back(make_sparse(indicators, sparse_columns, selection));

  out.targets = make_dense(out.rows, 1);
  out.identity.reserve(selection.size());
  for (size_t i = 0; i < selection.size(); ++i) {
    out.targets.row(static_cast<int64_t>(i))[0] = targets[selection[i]];
    if (!weights.empty()) out.weights.push_back(weights[selection[i]]);
    if (!table.identity.empty()) out.identity.push_back(table.identity[selection[i]]);
  }
  return out;
}

}  // namespace mlw
