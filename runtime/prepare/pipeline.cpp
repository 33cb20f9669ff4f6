#include "runtime/prepare/pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "compiler/diagnostics/kinds/prepare.h"

namespace mlw {
namespace {

using Form = PreparedColumn::Form;

struct Step {
  const Space& call;
  const Column* values;
  const Selection& training;
  std::span<const float> weights;

  Observed sample() const { return observed(*values, training, weights); }
};

FormulaPointer number_formula(Operation operation, std::vector<FormulaPointer> arguments) {
  return make_formula(operation, ValueType::number, std::move(arguments));
}

[[noreturn]] void refuse(const PreparedColumn& column, const Space& step) {
  fail(kinds::step_does_not_fit, {{"step", step.text}, {"column", column.name}}, step.range);
}

void expect(const PreparedColumn& column, const Space& step, std::initializer_list<Form> forms) {
  if (std::find(forms.begin(), forms.end(), column.form) == forms.end()) refuse(column, step);
}

void leave_out(PreparedColumn& column, std::string why) {
  column.form = Form::left_out;
  column.note = fmt::format("`{}` {}", column.name, why);
}

std::string most_frequent(const std::map<std::string, int64_t>& counts) {
  const auto best =
      std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return best->first;
}

void impute(PreparedColumn& column, const Step& step) {
  expect(column, step.call, {Form::number, Form::flag, Form::category});
  const Space* value = step.call.argument("value");
  const bool statistic = value->form == Space::Form::word;
  if (statistic && step.sample().values.empty() && column.form != Form::category)
    return leave_out(column, "has no value in the training rows");
  FormulaPointer constant;
  if (column.form == Form::number) {
    if (statistic && value->text == "most_frequent") refuse(column, step.call);
    constant = make_constant(!statistic              ? value->value
                             : value->text == "mean" ? mean(step.sample())
                                                     : quantile(step.sample(), 0.5),
                             column.formula->unit);
  } else if (column.form == Form::flag) {
    if (statistic && value->text != "most_frequent") refuse(column, step.call);
    constant = make_constant(statistic ? mean(step.sample()) >= 0.5 : value->value != 0);
  } else {
    if (!statistic) {
      constant = make_constant(value->text, ValueType::category);
    } else {
      if (value->text != "most_frequent") refuse(column, step.call);
      const auto counts = category_counts(*step.values, step.training);
      if (counts.empty()) return leave_out(column, "has no value in the training rows");
      constant = make_constant(most_frequent(counts), ValueType::category);
    }
  }
  column.formula = make_formula(Operation::coalesce, column.formula->type, {column.formula, constant});
}

void standardize(PreparedColumn& column, const Step& step) {
  expect(column, step.call, {Form::number});
  const Observed sample = step.sample();
  if (sample.values.empty()) return leave_out(column, "has no value in the training rows");
  const double centre = mean(sample), spread = deviation(sample, centre);
  // A spread below the rounding of float32 is the noise of a constant.
  if (!(spread > std::fabs(centre) * 1e-7)) return leave_out(column, "is constant in the training rows");
  column.formula = number_formula(
      Operation::multiply,
      {number_formula(Operation::subtract, {column.formula, make_constant(centre)}), make_constant(1 / spread)});
}

void scale(PreparedColumn& column, const Step& step) {
  expect(column, step.call, {Form::number});
  const Observed sample = step.sample();
  if (sample.values.empty()) return leave_out(column, "has no value in the training rows");
  const auto [smallest, largest] = std::minmax_element(sample.values.begin(), sample.values.end());
  if (!(*largest > *smallest)) return leave_out(column, "is constant in the training rows");
  const Space* to = step.call.argument("to");
  const double low = to ? to->low : 0, high = to ? to->high : 1;
  const double factor = (high - low) / (*largest - *smallest);
  FormulaPointer scaled = number_formula(
      Operation::multiply,
      {number_formula(Operation::subtract, {column.formula, make_constant(*smallest)}), make_constant(factor)});
  column.formula = low == 0 ? scaled : number_formula(Operation::add, {scaled, make_constant(low)});
}

void log(PreparedColumn& column, const Step& step) {
  expect(column, step.call, {Form::number});
  const double offset = step.call.number("offset", 1);
  column.formula =
      offset == 1
          ? number_formula(Operation::log1p, {column.formula})
          : number_formula(Operation::log, {number_formula(Operation::add, {column.formula, make_constant(offset)})});
}

/// The number of edges at or below the value, by halving: edges [first, last).
FormulaPointer bucket_of(const FormulaPointer& value, const std::vector<double>& edges, size_t first, size_t last) {
  if (first == last) return make_constant(static_cast<int64_t>(first));
  const size_t middle = first + (last - first) / 2;
  return make_formula(Operation::select, ValueType::integer,
                      {make_formula(Operation::less, ValueType::flag, {value, make_constant(edges[middle])}),
                       bucket_of(value, edges, first, middle), bucket_of(value, edges, middle + 1, last)});
}

void bucketize(PreparedColumn& column, const Step& step) {
  expect(column, step.call, {Form::number});
  const int buckets = static_cast<int>(step.call.number("buckets", 10));
  std::vector<double> shares, edges;
  for (int i = 1; i < buckets; ++i) shares.push_back(static_cast<double>(i) / buckets);
  for (const double edge : quantiles(step.sample(), shares)) {
    const double rounded = static_cast<float>(edge);  // compared in float32
    if (std::isfinite(rounded) && (edges.empty() || rounded > edges.back())) edges.push_back(rounded);
  }
  column.formula = bucket_of(column.formula, edges, 0, edges.size());
  column.form = Form::bucket;
  column.width = static_cast<int>(edges.size()) + 1;
  for (size_t i = 0; i <= edges.size(); ++i) {
    if (edges.empty()) {
      column.labels.emplace_back("all");
    } else if (i == 0) {
      column.labels.push_back(fmt::format("< {:g}", edges[0]));
    } else {
      column.labels.push_back(i == edges.size() ? fmt::format(">= {:g}", edges[i - 1])
                                                : fmt::format("{:g} to {:g}", edges[i - 1], edges[i]));
    }
  }
}

std::vector<FormulaPointer> position_arguments(const FormulaPointer& category, const std::vector<std::string>& names) {
  std::vector<FormulaPointer> arguments = {category};
  for (const std::string& name : names) arguments.push_back(make_constant(name, ValueType::category));
  return arguments;
}

void one_hot(PreparedColumn& column, const Step& step) {
  expect(column, step.call, {Form::category, Form::bucket});
  if (column.form == Form::bucket) {
    column.form = Form::indicator;
    return;
  }
  const auto min_count = static_cast<int64_t>(step.call.number("min_count", 1));
  std::vector<std::string> kept;
  for (const auto& [name, count] : category_counts(*step.values, step.training))
    if (count >= min_count) kept.push_back(name);
  if (kept.empty()) return leave_out(column, fmt::format("has no category with {} training rows", min_count));
  // The first column is that of all other categories: an unknown one has position -1.
  column.formula =
      make_formula(Operation::add, ValueType::integer,
                   {make_formula(Operation::position, ValueType::integer, position_arguments(column.formula, kept)),
                    make_constant(int64_t{1})});
  column.form = Form::indicator;
  column.width = static_cast<int>(kept.size()) + 1;
  column.labels = {"any other"};
  column.labels.insert(column.labels.end(), kept.begin(), kept.end());
}

void ordinal(PreparedColumn& column, const Step& step) {
  expect(column, step.call, {Form::category, Form::bucket});
  if (column.form == Form::category) {
    std::vector<std::string> order = column.order;
    if (order.empty())
      for (const auto& [name, count] : category_counts(*step.values, step.training)) order.push_back(name);
    if (order.empty()) return leave_out(column, "has no value in the training rows");
    const FormulaPointer position =
        make_formula(Operation::position, ValueType::integer, position_arguments(column.formula, order));
    column.formula =
        make_formula(Operation::select, ValueType::integer,
                     {make_formula(Operation::less, ValueType::flag, {position, make_constant(int64_t{0})}),
                      make_formula(Operation::missing, ValueType::integer, {}), position});
  }
  column.formula = number_formula(Operation::to_number, {column.formula});
  column.form = Form::number;
}

struct StepKind {
  std::string_view name;
  void (*apply)(PreparedColumn&, const Step&);
  bool needs_rows;
};
constexpr StepKind steps[] = {
    {"impute", impute, true},       {"standardize", standardize, true}, {"scale", scale, true},     {"log", log, false},
    {"bucketize", bucketize, true}, {"one_hot", one_hot, true},         {"ordinal", ordinal, true},
};

const StepKind* find_step(const Space& call) {
  for (const StepKind& step : steps)
    if (step.name == call.text) return &step;
  return nullptr;
}

}  // namespace

bool needs_rows(const Space& step) {
  const StepKind* kind = find_step(step);
  return kind && kind->needs_rows;
}

void apply_step(PreparedColumn& column, const Space& step, const Column* values, const Selection& training,
                std::span<const float> weights) {
  if (column.form == Form::left_out) return;
  const StepKind* kind = find_step(step);
  if (!kind) refuse(column, step);
  kind->apply(column, {step, values, training, weights});
}

void finish(PreparedColumn& column) {
  switch (column.form) {
    case Form::flag:
      column.formula = number_formula(Operation::to_number, {column.formula});
      column.form = Form::number;
      break;
    case Form::category:
      fail(kinds::step_does_not_fit, {{"step", "the end"}, {"column", column.name}});
    case Form::bucket:
      column.formula = number_formula(Operation::to_number, {column.formula});
      column.form = Form::number;
      break;
    default:
      break;
  }
}

}  // namespace mlw
