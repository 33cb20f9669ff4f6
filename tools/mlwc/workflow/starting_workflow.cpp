#include "tools/mlwc/workflow/starting_workflow.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "compiler/diagnostics/kinds/command.h"
#include "compiler/diagnostics/source.h"
#include "compiler/semantics/vocabulary.h"
#include "compiler/syntax/syntax.h"

namespace mlw::tool {
namespace {

/// Names that columns to be predicted often have, the likeliest first.
constexpr std::string_view usual_targets[] = {"target", "label",    "class",   "outcome",
                                              "y",      "response", "quality", "survived"};

/// A heading names at most so many values or columns.
constexpr size_t most_named = 8;

bool can_be_predicted(const ColumnSchema& column) {
  const bool kind = column.kind == ColumnKind::number || column.kind == ColumnKind::integer ||
                    column.kind == ColumnKind::category || column.kind == ColumnKind::flag;
  return kind && column.distinct != 1;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

const ColumnSchema& asked_target(const std::string& name, const Schema& schema) {
  const ColumnSchema* column = schema.find(name);
  if (column == nullptr) {
    std::vector<std::string> names;
    names.reserve(schema.columns.size());
    for (const ColumnSchema& known : schema.columns) names.push_back(known.name);
    const std::string_view near = nearest_name(name, names);
    fail(kinds::column_not_predictable,
         {{"column", name},
          {"help", near.empty() ? "there is no such column in the data" : fmt::format("did you mean `{}`?", near)}});
  }
  if (can_be_predicted(*column)) return *column;
  fail(kinds::column_not_predictable,
       {{"column", name},
        {"help", fmt::format("its kind is {}; a target is a number, a category or a flag with several values",
                             mlw::name(column->kind))}});
}

/// The column that is likeliest to be meant, and why.
std::pair<const ColumnSchema*, std::string> likely_target(const Schema& schema) {
  for (std::string_view usual : usual_targets)
    for (const ColumnSchema& column : schema.columns)
      if (lower(column.name) == usual && can_be_predicted(column)) return {&column, "for its name"};
  for (auto column = schema.columns.rbegin(); column != schema.columns.rend(); ++column)
    if (can_be_predicted(*column)) return {&*column, "for standing last"};
  fail(kinds::column_not_predictable,
       {{"column", schema.data.empty() ? "no column" : schema.data},
        {"help", "none of the columns holds numbers, categories or flags with several values"}});
}

std::string task_block(const ColumnSchema& target, const std::string& why) {
  std::string facts;
  if (!target.categories.empty() && target.categories.size() <= most_named)
    facts = fmt::format("; its values: {}", fmt::join(target.categories, ", "));
  else if (target.distinct > 0)
    facts = fmt::format("; {} different values", target.distinct);
  return fmt::format(
      "task {{\n"
      "# {}\n"
      "predict: {}\n"
      "# because: \"what a wrong answer costs, and whom\"\n"
      "{}"
      "}}\n\n",
      (why.empty() ? "The column that you named" : "Chosen " + why + ": put another column here if it is not meant") +
          facts,
      as_name(target.name), target.distinct == 2 ? "# require: [recall >= 90%]\n" : "");
}

/// The columns by kind, in the order in which kinds first occur.
std::string columns_block(const Schema& schema) {
  std::vector<ColumnKind> order;
  std::map<ColumnKind, std::string> names;
  for (const ColumnSchema& column : schema.columns) {
    std::string& list = names[column.kind];
    if (list.empty()) order.push_back(column.kind);
    list += (list.empty() ? "" : ", ") + as_name(column.name);
  }
  std::string text = "columns {\n";
  for (ColumnKind kind : order) text += fmt::format("{}: {}\n", names[kind], name(kind));
  return text + "}\n";
}

std::string listed(const std::vector<std::string>& names) {
  const size_t shown = std::min(names.size(), most_named);
  std::string text = fmt::format("{}", fmt::join(names.begin(), names.begin() + static_cast<ptrdiff_t>(shown), ", "));
  return names.size() > shown ? text + fmt::format(" and {} more", names.size() - shown) : text;
}

std::string data_block(const StartingPoint& point, const Schema& schema) {
  std::string text = fmt::format("data {{\nsource: {}\n", point.source);
  std::vector<std::string> dates, incomplete;
  for (const ColumnSchema& column : schema.columns) {
    if (column.kind == ColumnKind::date) dates.push_back(as_name(column.name));
    if (column.missing > 0) incomplete.push_back(fmt::format("{} ({})", as_name(column.name), column.missing));
  }
  for (const ColumnSchema& column : schema.columns) {
    if (column.kind != ColumnKind::id || column.missing != 0 || column.distinct != schema.rows) continue;
    text += fmt::format("key: {}  # every row has a value of its own\n", as_name(column.name));
    break;
  }
  if (!dates.empty())
    text +=
        fmt::format("# If the model is to predict what comes later, say when a row happened:\n# time: {}\n", dates[0]);
  if (!incomplete.empty()) text += fmt::format("# Values are missing in {}.\n", listed(incomplete));
  text += "\n# What the columns were taken to be, and what is therefore done with them.\n";
  return text + columns_block(schema) + "}\n\n";
}

/// Its argument is the objective.
constexpr std::string_view rest =
    "evaluate {{\n"
    "test: holdout(20%)  # kept aside, looked at once\n"
    "validate: kfold(5)\n"
    "seed: 1\n"
    "}}\n\n"
    "# What is not said is done as an expert would: `mlwc plan FILE --full` shows all of it.\n"
    "# metrics {{ objective: {} }}\n"
    "# search {{ trials: 50 }}\n"
    "# deploy gateway {{ target: device(\"raspberry-pi-4\") }}\n";

/// Written by hand here, laid out by the formatter. Throws when it is no sound workflow: that would be our fault.
std::string laid_out(const std::string& text) {
  Sources sources;
  Diagnostics diagnostics;
  const syntax::File file = syntax::parse(sources, sources.add({"a new workflow", text}), diagnostics);
  if (!diagnostics.empty())
    throw std::logic_error("a starting workflow has mistakes:\n" + render(diagnostics, sources, {}));
  return syntax::print(file);
}

bool means_something(const std::string& text) {
  const vocabulary::Vocabulary& words = vocabulary::words();
  if (words.function(text) != nullptr || words.unit(text) != nullptr || words.block(text) != nullptr) return true;
  for (const auto& [family, members] : words.families)
    if (members.contains(text)) return true;
  for (const vocabulary::Block& block : words.blocks)
    if (block.setting(text) != nullptr) return true;
  return text == "log";
}

bool is_plain_name(const std::string& text) {
  Sources sources;
  Diagnostics diagnostics;
  const syntax::File file = syntax::parse(sources, sources.add({"", text + " = 1"}), diagnostics);
  if (!diagnostics.empty() || file.items.size() != 1) return false;
  const auto* definition = std::get_if<syntax::Definition>(&file.items[0].node);
  return definition != nullptr && !definition->name.quoted && definition->name.text == text;
}

}  // namespace

std::string as_name(const std::string& text) {
  if (is_plain_name(text) && !means_something(text)) return text;
  std::string quoted = "`";
  for (char c : text) quoted.append(c == '`' ? 2 : 1, c);
  return quoted + "`";
}

std::string starting_workflow(const StartingPoint& point, const Schema& schema) {
  const auto [target, why] =
      point.target.empty() ? likely_target(schema) : std::pair{&asked_target(point.target, schema), std::string()};
  const bool number = target->kind == ColumnKind::number || target->kind == ColumnKind::integer;
  const std::string_view objective = number ? "minimize(mae)" : "maximize(balanced_accuracy)";
  return laid_out(fmt::format("# A beginning, made from what {} looks like: {} rows, {} columns.\n"
                              "# `mlwc check` says what is wrong with it, `mlwc run` does the work.\nworkflow {}\n\n",
                              point.file, schema.rows, schema.columns.size(), as_name(point.name)) +
                  task_block(*target, why) + data_block(point, schema) + fmt::format(rest, objective));
}

std::string starting_sketch(const StartingPoint& point) {
  return laid_out(
      fmt::format("# A beginning: name the file with the rows and the column to be predicted.\n"
                  "# `mlwc check` says what is wrong with it, `mlwc run` does the work.\nworkflow {}\n\n"
                  "task {{\n# because: \"what a wrong answer costs, and whom\"\npredict: {}\n}}\n\n"
                  "data {{ source: {} }}\n\n{}",
                  as_name(point.name), as_name(point.target.empty() ? "outcome" : point.target), point.source,
                  fmt::format(rest, "maximize(balanced_accuracy)")));
}

}  // namespace mlw::tool
