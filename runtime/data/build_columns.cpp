#include "runtime/data/build_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "compiler/diagnostics/kinds/reading.h"
#include "runtime/data/gather.h"
#include "runtime/data/infer_kinds.h"

namespace mlw {
namespace {

constexpr size_t listed_categories = 1000;
constexpr size_t shown_values = 3;

class Planner {
 public:
  Planner(const BuildRequest& request, Schema& schema, Diagnostics& diagnostics)
      : request_(request), raw_(*request.raw), schema_(schema), diagnostics_(diagnostics) {}

  ColumnPlan plan(size_t column);

 private:
  ColumnPlan plan_numbers(size_t column, ColumnSchema& found, const ColumnDeclaration* declaration);
  ColumnPlan plan_words(size_t column, ColumnSchema& found, const ColumnDeclaration* declaration);
  void check_range(size_t column, const NumberFacts& facts, const ColumnDeclaration& declaration);
  void check_order(const ColumnPlan& plan, const ColumnDeclaration& declaration);
  void misfit(const std::string& column, int64_t count, const std::string& fault, SourceRange range,
              const std::vector<std::string>& values);
  const ColumnDeclaration* declaration_of(const std::string& name) const;
  bool whole(size_t column) const { return request_.csv && request_.csv->columns[column].whole; }

  const BuildRequest& request_;
  const RawTable& raw_;
  Schema& schema_;
  Diagnostics& diagnostics_;
};

const ColumnDeclaration* Planner::declaration_of(const std::string& name) const {
  for (const ColumnDeclaration& declaration : request_.declarations)
    if (declaration.name == name) return &declaration;
  return nullptr;
}

void Planner::misfit(const std::string& column, int64_t count, const std::string& fault, SourceRange range,
                     const std::vector<std::string>& values) {
  Diagnostic& diagnostic = diagnostics_.report(
      kinds::values_do_not_belong, range,
      {{"column", column}, {"data", request_.data->name}, {"count", std::to_string(count)}, {"fault", fault}});
  for (size_t i = 0; i < std::min(values.size(), shown_values); ++i)
    diagnostic.note(fmt::format("column {}: {}", column, values[i]));
}

/// The first values outside of [low, high], smallest rows of a piece first, and their number.
struct Outside {
  int64_t count = 0;
  std::vector<double> values;
};
Outside values_outside(const RawTable& raw, size_t column, double low, double high) {
  Outside outside;
  const Storage storage = raw.columns[column].storage;
  for (const RawPiece& piece : raw.pieces) {
    const Chunk& chunk = piece.parts[column].chunk;
    for (int64_t i = 0; i < chunk.rows; ++i) {
      if (!chunk.valid(i)) continue;
      const auto at = static_cast<size_t>(i);
      const double value = storage == Storage::float64   ? chunk.as<double>()[at]
                           : storage == Storage::float32 ? static_cast<double>(chunk.as<float>()[at])
                           : storage == Storage::flag    ? chunk.as<uint8_t>()[at]
                                                         : static_cast<double>(chunk.as<int64_t>()[at]);
      if (value >= low && value <= high) continue;
      ++outside.count;
      outside.values.push_back(value);
      // The extremes are kept, so that the same rows in any order show the same values.
      if (outside.values.size() > 4096) {
        std::sort(outside.values.begin(), outside.values.end());
        outside.values.erase(std::unique(outside.values.begin(), outside.values.end()), outside.values.end());
        if (outside.values.size() > 2048) outside.values.resize(2048);
      }
    }
  }
  std::sort(outside.values.begin(), outside.values.end());
  outside.values.erase(std::unique(outside.values.begin(), outside.values.end()), outside.values.end());
  return outside;
}

std::vector<std::string> as_text(const std::vector<double>& values) {
  std::vector<std::string> texts;
  for (size_t i = 0; i < std::min(values.size(), shown_values); ++i) texts.push_back(fmt::format("{}", values[i]));
  return texts;
}

void Planner::check_range(size_t column, const NumberFacts& facts, const ColumnDeclaration& declaration) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const double low = declaration.minimum.value_or(-infinity), high = declaration.maximum.value_or(infinity);
  if (facts.present == 0 || (facts.smallest >= low && facts.largest <= high)) return;
  const Outside outside = values_outside(raw_, column, low, high);
  const std::string fault = declaration.minimum && declaration.maximum ? fmt::format("lie outside {}..{}", low, high)
                            : declaration.minimum                      ? fmt::format("lie below {}", low)
                                                                       : fmt::format("lie above {}", high);
  misfit(declaration.name, outside.count, fault, declaration.range, as_text(outside.values));
}

ColumnPlan Planner::plan_numbers(size_t column, ColumnSchema& found, const ColumnDeclaration* declaration) {
  const RawColumn& raw = raw_.columns[column];
  const NumberFacts facts = number_facts(raw_, column);
  const bool integers =
      !raw.date && raw.storage != Storage::flag && (raw.storage == Storage::int64 || (whole(column) && facts.whole));
  InferredKind inferred = kind_of_numbers(raw, facts, integers);
  ColumnPlan plan{inferred.kind, raw.storage, {}, {}};
  if (declaration && declaration->kind) {
    plan.kind = *declaration->kind;
    check_range(column, facts, *declaration);
    const bool too_large = facts.present > 0 && std::max(-facts.smallest, facts.largest) >= 0x1p63;
    if (plan.kind == ColumnKind::integer && (!facts.whole || (too_large && raw.storage != Storage::int64)))
      misfit(raw.name, facts.present, too_large ? "are not all integers of 64 bits" : "are not all whole numbers",
             declaration->range, {});
    if (plan.kind == ColumnKind::flag && raw.storage != Storage::flag && facts.present > 0 &&
        (!facts.whole || facts.smallest < 0 || facts.largest > 1))
      misfit(raw.name, facts.present, "are not all 0 or 1", declaration->range,
             {fmt::format("from {} to {}", facts.smallest, facts.largest)});
    if (plan.kind == ColumnKind::date && !raw.date)
      misfit(raw.name, facts.present, "are not dates", declaration->range, {});
  } else {
    found.reason = inferred.reason;
  }
  if (facts.beyond_float32 > 0)
    diagnostics_
        .report(kinds::beyond_float32, declaration ? declaration->range : request_.data->source.range,
                {{"column", raw.name},
                 {"data", request_.data->name},
                 {"count", std::to_string(facts.beyond_float32)},
                 {"limit", "3.4e38"}})
        .note(fmt::format("column {}: from {} to {}", raw.name, facts.smallest, facts.largest));
  switch (plan.kind) {
    case ColumnKind::flag:
      plan.storage = Storage::flag;
      break;
    case ColumnKind::integer:
    case ColumnKind::date:
      plan.storage = Storage::int64;
      break;
    default:
      if (plan.storage != Storage::float32) plan.storage = Storage::float64;
      break;
  }
  return plan;
}

void Planner::check_order(const ColumnPlan& plan, const ColumnDeclaration& declaration) {
  std::vector<std::string> strangers;
  for (const std::string& word : plan.words)
    if (std::find(declaration.order.begin(), declaration.order.end(), word) == declaration.order.end())
      strangers.push_back("\"" + word + "\"");
  if (!strangers.empty())
    misfit(declaration.name, static_cast<int64_t>(strangers.size()), "are not in the declared order", declaration.range,
           strangers);
}

ColumnPlan Planner::plan_words(size_t column, ColumnSchema& found, const ColumnDeclaration* declaration) {
  const RawColumn& raw = raw_.columns[column];
  const char decimal = request_.csv ? request_.csv->dialect.decimal.front() : '.';
  const WordFacts facts = word_facts(raw_, column, decimal);
  found.distinct = facts.distinct;
  ColumnPlan plan{ColumnKind::text, Storage::text, {}, {}};
  const bool declared = declaration && declaration->kind;
  // Lists of words are only made where the column may be a category or a flag.
  std::vector<std::string> words;
  if (facts.distinct <= few_words) words = distinct_words(raw_, column);
  if (declared) {
    plan.kind = *declaration->kind;
  } else {
    InferredKind inferred = kind_of_words(facts, facts.distinct <= few_words ? &words : nullptr);
    plan.kind = inferred.kind;
    found.reason = std::move(inferred.reason);
  }
  if (plan.kind == ColumnKind::flag) {
    const auto flag = flag_words(words);
    if (!flag && facts.present > 0) {
      const std::vector<std::string> all = distinct_words(raw_, column);
      std::vector<std::string> shown;
      for (size_t i = 0; i < std::min(all.size(), shown_values); ++i) shown.push_back("\"" + all[i] + "\"");
      misfit(raw.name, facts.present, "are no pair such as yes and no", declaration->range, shown);
    }
    plan.storage = Storage::flag;
    plan.raw_words = words;
    if (flag) plan.words = {flag->first, flag->second};
  } else if (plan.kind == ColumnKind::category || plan.kind == ColumnKind::ordinal) {
    plan.storage = Storage::category;
    plan.words = words.empty() ? distinct_words(raw_, column) : std::move(words);
    found.distinct = static_cast<int64_t>(plan.words.size());
    if (plan.kind == ColumnKind::ordinal) check_order(plan, *declaration);
  }
  if (plan.words.size() <= listed_categories) found.categories = plan.words;
  return plan;
}

ColumnPlan Planner::plan(size_t column) {
  const RawColumn& raw = raw_.columns[column];
  const ColumnDeclaration* declaration = declaration_of(raw.name);
  ColumnSchema found;
  found.name = raw.name;
  found.storage = raw.type;
  found.missing = missing_values(raw_, column);
  if (declaration) found.unit = declaration->unit;
  found.inferred = !declaration || !declaration->kind;
  ColumnPlan plan =
      raw.storage == Storage::text ? plan_words(column, found, declaration) : plan_numbers(column, found, declaration);
  found.kind = plan.kind;
  // Integers of a CSV file pass through float64, which is exact for them; what they are is not that.
  if (request_.csv && plan.storage == Storage::int64 && raw.type == "DOUBLE") found.storage = "BIGINT";
  if (found.missing == schema_.rows && schema_.rows > 0)
    diagnostics_.report(kinds::column_without_values, declaration ? declaration->range : request_.data->source.range,
                        {{"column", raw.name}, {"data", request_.data->name}, {"rows", std::to_string(schema_.rows)}});
  schema_.columns.push_back(std::move(found));
  return plan;
}

std::vector<Chunk> gather(const GatherRequest& request, const ColumnPlan& plan) {
  if (request.table->columns[request.column].storage != Storage::text) return gather_values(request, plan.storage);
  if (plan.storage == Storage::text) return gather_text(request);
  if (plan.storage == Storage::category) return gather_codes(request, plan.words);
  std::vector<bool> of_true;
  for (const std::string& word : plan.raw_words) of_true.push_back(means_true(word, plan.words.at(1)));
  return gather_flags(request, plan.raw_words, of_true);
}

}  // namespace

std::vector<ColumnPlan> plan_columns(const BuildRequest& request, Schema& schema, Diagnostics& diagnostics) {
  Planner planner(request, schema, diagnostics);
  std::vector<ColumnPlan> plans;
  for (size_t c = 0; c < request.raw->columns.size(); ++c) plans.push_back(planner.plan(c));
  return plans;
}

std::vector<Column> build_columns(const BuildRequest& request, const std::vector<ColumnPlan>& plans,
                                  const Schema& schema, const RowOrder& order) {
  std::vector<Column> columns;
  SpareBuffers spare;
  for (size_t c = 0; c < plans.size(); ++c) {
    Column column;
    column.name = schema.columns[c].name;
    column.kind = plans[c].kind;
    column.storage = plans[c].storage;
    column.unit = schema.columns[c].unit;
    if (!plans[c].words.empty() || column.storage == Storage::category)
      column.dictionary = std::make_shared<const std::vector<std::string>>(plans[c].words);
    column.chunks = gather({request.raw, c, order.from, &spare}, plans[c]);
    for (RawPiece& piece : request.raw->pieces) spare.keep(std::exchange(piece.parts[c], {}));
    columns.push_back(std::move(column));
  }
  return columns;
}

}  // namespace mlw
