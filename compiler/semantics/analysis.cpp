#include "compiler/semantics/analysis.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "compiler/diagnostics/kinds/types.h"
#include "compiler/semantics/metrics.h"
#include "compiler/semantics/outcomes.h"
#include "compiler/semantics/provenance.h"
#include "compiler/semantics/semantics.h"

namespace mlw::semantics {

const Schema* Analysis::schema_of(std::string_view data) const {
  for (const Schema& schema : schemas)
    if (schema.data == data) return &schema;
  return nullptr;
}

const Data* Analysis::modelled() const {
  std::set<std::string_view> joined;
  for (const Data& data : workflow.data)
    if (data.join) {
      joined.insert(data.join->left);
      joined.insert(data.join->right);
    }
  for (auto data = workflow.data.rbegin(); data != workflow.data.rend(); ++data)
    if (!joined.contains(data->name)) return &*data;
  return nullptr;
}

std::optional<Value> RowNames::find(const syntax::Name& name) {
  const Column* column = columns_.find(name.text);
  if (!column) return std::nullopt;
  Value value{make_column(column->name, column->type, column->unit)};
  if (column->kind == ColumnKind::ordinal) value.order = column->categories;
  return value;
}

std::string_view task_name(TaskKind kind) {
  switch (kind) {
    case TaskKind::binary:
      return "binary";
    case TaskKind::multiclass:
      return "multiclass";
    case TaskKind::regression:
      return "regression";
    case TaskKind::unknown:
      break;
  }
  return "";
}

Space setting_space(Analysis& analysis, const BlockContents* block, std::string_view block_name,
                    std::string_view setting, const ConditionReader& conditions) {
  const vocabulary::Slot& slot = *analysis.context.words.block(block_name)->setting(setting);
  if (const GivenSetting* given = block ? block->setting(setting) : nullptr)
    return SpaceReader(analysis.context, conditions).read(*given->value, slot, "`" + slot.name + "`");
  return SpaceReader::default_of(slot);
}

std::vector<std::string> column_list(const syntax::Expression& expression, const Columns& columns, Context& context,
                                     const std::vector<std::string>& also) {
  std::vector<std::string> names;
  auto add = [&](const syntax::Expression& item) {
    const syntax::Name* name = as_name(item);
    if (!name) {
      if (!std::holds_alternative<syntax::Bad>(item.node))
        context.report(kinds::wrong_type, item.range,
                       {{"place", "this setting"},
                        {"expected", "names of columns"},
                        {"found", "another expression"},
                        {"help", "a name that is no identifier goes in back quotes: `` `total amount` ``"}});
      return;
    }
    if (std::find(names.begin(), names.end(), name->text) != names.end()) {
      context.report(kinds::given_twice, name->range, {{"what", "the column"}, {"name", name->text}});
      return;
    }
    if (columns.has(name->text) || std::find(also.begin(), also.end(), name->text) != also.end()) {
      names.push_back(name->text);
      return;
    }
    std::vector<std::string> known = columns.names();
    known.insert(known.end(), also.begin(), also.end());
    context.unknown_name(*name, "column", known);
  };
  if (const auto* list = std::get_if<syntax::List>(&expression.node))
    for (const syntax::ExpressionPointer& item : list->elements) add(*item);
  else
    add(expression);
  return names;
}

namespace {

/// The documentation of a workflow stands before its header or, under its title, before its task.
std::string documentation_of(const syntax::File& file) {
  std::string text = file.trivia.documentation;
  for (const syntax::Item& item : file.items) {
    const auto* block = std::get_if<syntax::Block>(&item.node);
    if (block && block->kind.text == "task" && !item.trivia.documentation.empty())
      text += (text.empty() ? "" : "\n") + item.trivia.documentation;
  }
  return text;
}

/// Warnings and notes that the file allows with a reason are left out; the report lists the waivers.
/// The rest stands in the order of the text.
void append_unwaived(const Diagnostics& found, const std::vector<Waiver>& waivers, Diagnostics& diagnostics) {
  std::vector<Diagnostic> sorted(found.all().begin(), found.all().end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.range.file, a.range.begin) < std::tie(b.range.file, b.range.begin);
  });
  for (const Diagnostic& diagnostic : sorted) {
    const bool waived = diagnostic.severity != Severity::error &&
                        std::any_of(waivers.begin(), waivers.end(),
                                    [&](const Waiver& waiver) { return waiver.code == diagnostic.kind->code; });
    if (!waived) diagnostics.add(diagnostic);
  }
}

}  // namespace
}  // namespace mlw::semantics

namespace mlw {

std::vector<Data> analyse_data(const syntax::File& file, Diagnostics& diagnostics) {
  using namespace semantics;
  Diagnostics other_blocks;  // `analyse` reports what is wrong elsewhere
  Context quiet(other_blocks), context(diagnostics);
  const FileContents contents = collect(file, quiet, false);
  Modules modules(quiet, nullptr, nullptr);
  return analyse_data_blocks(contents, modules.main(contents), {}, context);
}

Workflow analyse(const syntax::File& file, const std::vector<Schema>& schemas, Sources& sources,
                 const FileReader& modules, Diagnostics& diagnostics) {
  using namespace semantics;
  Diagnostics found;
  Context context(found);
  const FileContents contents = collect(file, context, !diagnostics.has_errors());
  Modules loaded(context, &sources, &modules);
  const Module& functions = loaded.main(contents);
  Analysis analysis{context, contents, loaded, functions, schemas, {}, {}};
  Workflow& workflow = analysis.workflow;
  if (file.workflow) workflow.name = file.workflow->text;
  workflow.title = file.title;
  workflow.documentation = documentation_of(file);
  analyse_waivers(analysis);
  workflow.data = analyse_data_blocks(contents, functions, schemas, context);
  if (const Data* data = analysis.modelled()) analysis.columns = Columns(*data, analysis.schema_of(data->name));
  analyse_task(analysis);
  infer_task_kind(analysis);
  analyse_prepare(analysis);
  analyse_baseline(analysis);
  analyse_evaluate(analysis);
  MetricBuilder metrics(analysis);
  analyse_metrics(analysis, metrics);
  analyse_requirements(analysis, metrics);
  analyse_expect(analysis, metrics);
  analyse_search(analysis);
  analyse_deploy(analysis, metrics);
  analyse_unbuilt(analysis);
  check_provenance(analysis);
  workflow.unbuilt_stages = context.unbuilt_stages();
  append_unwaived(found, workflow.waivers, diagnostics);
  return std::move(analysis.workflow);
}

void analyse_module(const syntax::File& file, Sources& sources, const FileReader& modules, Diagnostics& diagnostics) {
  using namespace semantics;
  Diagnostics found;
  Context context(found);
  const FileContents contents = collect(file, context, false);
  Modules(context, &sources, &modules).main(contents);
  append_unwaived(found, {}, diagnostics);
}

}  // namespace mlw
