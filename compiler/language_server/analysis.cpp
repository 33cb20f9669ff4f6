#include "compiler/language_server/analysis.h"

#include <algorithm>
#include <set>

#include "compiler/checks/checks.h"
#include "compiler/language_server/places.h"
#include "compiler/semantics/semantics.h"
#include "compiler/syntax/syntax.h"

namespace mlw::language_server {
namespace {

/// Adds findings that have no place in the text of their own at the place that they are about.
void add_placed(const Diagnostics& found, Analysis& analysis) {
  for (Diagnostic diagnostic : found.all()) {
    if (!diagnostic.range.valid()) diagnostic.range = place_of(diagnostic, analysis.tree, analysis.workflow);
    analysis.diagnostics.add(std::move(diagnostic));
  }
}

void check_rules(Analysis& analysis) {
  Diagnostics found = check(Phase::text, {analysis.workflow}).open;
  const DataFacts& facts = *analysis.facts;
  const Data* data = modelled(analysis.workflow);
  const bool has_profile = facts.profile && data && facts.profile->data == data->name;
  if (has_profile) found.append(check(Phase::profile, {analysis.workflow, &*facts.profile}).open);
  add_placed(found, analysis);
}

/// Functions for import, and nothing that a workflow has.
bool is_module(const syntax::File& tree) {
  const auto of_module = [](const syntax::Item& item) {
    return std::holds_alternative<syntax::Function>(item.node) || std::holds_alternative<syntax::Import>(item.node);
  };
  return !tree.workflow && !tree.items.empty() && std::all_of(tree.items.begin(), tree.items.end(), of_module);
}

}  // namespace

const Schema* Analysis::schema_of(std::string_view data) const {
  for (const Schema& schema : facts->schemas)
    if (schema.data == data) return &schema;
  return nullptr;
}

const Data* modelled(const Workflow& workflow) {
  std::set<std::string_view> joined;
  for (const Data& data : workflow.data)
    if (data.join) joined.insert({data.join->left, data.join->right});
  const auto found = std::find_if(workflow.data.rbegin(), workflow.data.rend(),
                                  [&](const Data& data) { return !joined.contains(data.name); });
  return found == workflow.data.rend() ? nullptr : &*found;
}

std::unique_ptr<const Analysis> analyse_text(const std::string& path, const std::string& text,
                                             std::shared_ptr<const DataFacts> facts, const FileReader& modules) {
  auto analysis = std::make_unique<Analysis>();
  analysis->facts = std::move(facts);
  const uint32_t file = analysis->sources.add({path, text});
  analysis->tree = syntax::parse(analysis->sources, file, analysis->diagnostics);
  analysis->parsed = analysis->diagnostics.empty();
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) return analysis;  // nothing is written yet
  if (is_module(analysis->tree)) {
    analyse_module(analysis->tree, analysis->sources, modules, analysis->diagnostics);
    return analysis;
  }
  analysis->workflow =
      analyse(analysis->tree, analysis->facts->schemas, analysis->sources, modules, analysis->diagnostics);
  if (const Data* data = modelled(analysis->workflow))
    analysis->columns = semantics::Columns(*data, analysis->schema_of(data->name));
  analysis->sound = !analysis->diagnostics.has_errors();
  add_placed(analysis->facts->diagnostics, *analysis);
  if (analysis->sound) check_rules(*analysis);
  return analysis;
}

}  // namespace mlw::language_server
