#include <fmt/format.h>

#include <algorithm>

#include "compiler/diagnostics/kinds/types.h"
#include "compiler/semantics/analysis.h"

namespace mlw::semantics {
namespace {

/// A whole number with at most so many values names classes rather than amounts.
constexpr int64_t few_values = 10;
/// More classes than this are a mistake of inference: a name or a text.
constexpr int64_t most_classes = 100;

void read_target(Analysis& analysis, const GivenSetting& given) {
  Context& context = analysis.context;
  const syntax::Expression& value = *given.value;
  if (const auto* call = as_call(value)) {
    if (context.words.word("target_form", text_of(call->callee))) {
      const Space form = SpaceReader(context).read_word(value, "target_form", "`predict`", false);
      for (const SpaceArgument& argument : form.arguments)
        analysis.columns.resolve({argument.value.text, argument.value.range, false}, context);
      return;
    }
  }
  if (const auto* list = std::get_if<syntax::List>(&value.node); list && list->elements.size() > 1) {
    column_list(value, analysis.columns, context);
    context.not_built(value.range, "several targets", "load");
    return;
  }
  analysis.workflow.task.targets = column_list(value, analysis.columns, context);
}

void read_kind(Analysis& analysis, const GivenSetting& given) {
  const Space kind = SpaceReader(analysis.context).read(*given.value, *given.slot, "`kind`");
  if (!semantics::given(kind)) return;
  Task& task = analysis.workflow.task;
  for (const TaskKind known : {TaskKind::binary, TaskKind::multiclass, TaskKind::regression})
    if (task_name(known) == kind.text) task.kind = known;
  const Space* positive = kind.argument("positive");
  if (!positive) return;
  task.positive = positive->form == Space::Form::text   ? positive->text
                  : positive->form == Space::Form::flag ? (positive->value != 0 ? "true" : "false")
                                                        : fmt::format("{}", positive->value);
  const Column* target = task.targets.empty() ? nullptr : analysis.columns.find(task.targets[0]);
  if (!target || target->categories.empty()) return;
  if (std::find(target->categories.begin(), target->categories.end(), task.positive) != target->categories.end())
    return;
  Diagnostic& diagnostic = analysis.context.report(
      kinds::unknown_class, positive->range,
      {{"column", target->name}, {"name", task.positive}, {"known", listed(target->categories)}});
  const std::string_view nearest = nearest_name(task.positive, target->categories);
  if (!nearest.empty()) diagnostic.suggest(positive->range, '"' + std::string(nearest) + '"');
}

void check_declared_kind(Analysis& analysis, const Column& target, SourceRange range) {
  const TaskKind kind = analysis.workflow.task.kind;
  std::string reason, help;
  if (kind == TaskKind::regression && target.type != ValueType::unknown && !numeric(target.type)) {
    reason = fmt::format("`{}` is {}, and a regression predicts a number", target.name, a(target.type));
    help = "leave `kind` out, or predict a column of numbers";
  } else if (kind == TaskKind::binary && target.distinct >= 0 && target.distinct != 2) {
    reason = fmt::format("`{}` has {} different values, and two classes are due", target.name, target.distinct);
    help = target.distinct > 2 ? "use `multiclass` or `regression`" : "there is nothing to be learnt from one class";
  } else if (kind == TaskKind::multiclass && target.distinct >= 0 && target.distinct < 2) {
    reason = fmt::format("`{}` has only one value", target.name);
    help = "there is nothing to be learnt from one class";
  }
  if (!reason.empty())
    analysis.context.report(
        kinds::task_misfit, range,
        {{"what", "the target"}, {"task", std::string(task_name(kind))}, {"reason", reason}, {"help", help}});
}

/// The kind that the target's values suggest; `why` says why there is none.
TaskKind kind_of_target(const Column& target, std::string& why) {
  if (target.distinct == 1) {
    why = fmt::format("`{}` has only one value", target.name);
    return TaskKind::unknown;
  }
  switch (target.kind) {
    case ColumnKind::flag:
      return TaskKind::binary;
    case ColumnKind::category:
    case ColumnKind::ordinal:
      return target.distinct == 2 ? TaskKind::binary : TaskKind::multiclass;
    case ColumnKind::text:
      if (target.distinct == 2) return TaskKind::binary;
      if (target.distinct > 2 && target.distinct <= most_classes) return TaskKind::multiclass;
      why = fmt::format("`{}` is prose with {} different values", target.name, target.distinct);
      return TaskKind::unknown;
    case ColumnKind::number:
      return target.distinct == 2 ? TaskKind::binary : TaskKind::regression;
    case ColumnKind::integer:
      if (target.distinct < 0 || target.distinct > few_values) return TaskKind::regression;
      return target.distinct == 2 ? TaskKind::binary : TaskKind::multiclass;
    default:
      why = fmt::format("`{}` is of kind {}", target.name, name(target.kind));
      return TaskKind::unknown;
  }
}

}  // namespace

void analyse_task(Analysis& analysis) {
  const BlockContents* block = analysis.file.block("task");
  if (!block) return;
  Task& task = analysis.workflow.task;
  if (const GivenSetting* given = block->setting("predict")) read_target(analysis, *given);
  if (const GivenSetting* given = block->setting("kind")) read_kind(analysis, *given);
  if (const GivenSetting* given = block->setting("protect"))
    task.protect = column_list(*given->value, analysis.columns, analysis.context);
  if (const GivenSetting* given = block->setting("because"))
    task.because = SpaceReader(analysis.context).read(*given->value, *given->slot, "`because`").text;
}

void infer_task_kind(Analysis& analysis) {
  Task& task = analysis.workflow.task;
  if (task.targets.empty()) return;
  const Column* target = analysis.columns.find(task.targets[0]);
  if (!target || target->type == ValueType::unknown) return;
  const BlockContents* block = analysis.file.block("task");
  const GivenSetting* given = block ? block->setting("kind") : nullptr;
  if (given) {
    if (task.kind != TaskKind::unknown) check_declared_kind(analysis, *target, given->value->range);
    return;
  }
  std::string why;
  task.kind = kind_of_target(*target, why);
  if (!why.empty())
    analysis.context.report(kinds::task_unknown, block->setting("predict")->value->range, {{"why", why}});
}

}  // namespace mlw::semantics
