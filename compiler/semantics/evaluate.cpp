#include "compiler/diagnostics/kinds/method.h"
#include "compiler/diagnostics/kinds/types.h"
#include "compiler/semantics/analysis.h"

namespace mlw::semantics {
namespace {

/// From here on one part is enough to compare candidates; below the other, repeats steady the comparison.
constexpr int64_t rows_for_one_part = 100'000, rows_for_one_round = 1'000;

Split split_of(const Space& space) {
  Split split;
  split.range = space.range;
  if (space.text == "kfold") {
    split.form = Split::Form::kfold;
    split.folds = static_cast<int>(space.number("folds", split.folds));
    split.repeats = static_cast<int>(space.number("repeats", split.repeats));
  } else {
    split.form = space.text == "latest" ? Split::Form::latest : Split::Form::holdout;
    split.share = space.number("share", split.share);
  }
  return split;
}

Split default_split(const Analysis& analysis, bool test) {
  Split split;
  const Data* data = analysis.modelled();
  if (data && !data->time.empty()) {
    split.form = Split::Form::latest;
  } else if (!test && analysis.columns.rows() < rows_for_one_part) {
    split.form = Split::Form::kfold;
    split.repeats = analysis.columns.rows() >= 0 && analysis.columns.rows() < rows_for_one_round ? 2 : 1;
  }
  return split;
}

/// A random split of rows that have a time, or the latest rows of those that have none.
void check_time(Analysis& analysis, const Split& split, std::string_view name) {
  const Data* data = analysis.modelled();
  if (!data) return;
  const bool timed = !data->time.empty(), latest = split.form == Split::Form::latest;
  if (timed == latest) return;
  if (latest)
    analysis.context.diagnostics().report_as(
        Severity::error, kinds::split_against_time, split.range,
        {{"split", "`latest`"},
         {"reason", "no `time` is declared: without one no row is later than another"},
         {"help", "name the column in `data { time: … }`, or use `holdout`"}});
  else
    analysis.context.report(kinds::split_against_time, split.range,
                            {{"split", "`" + std::string(name) + "`"},
                             {"reason",
                              "rows have a time, and in use the model predicts what comes later: a random "
                              "split lets it learn from the future"},
                             {"help", "use `latest(20%)`, or allow it with a reason: `allow M204 because \"…\"`"}});
}

Split read_split(Analysis& analysis, const BlockContents* block, std::string_view setting) {
  const bool test = setting == "test";
  const GivenSetting* given = block ? block->setting(setting) : nullptr;
  if (!given) return default_split(analysis, test);
  const Space space = SpaceReader(analysis.context).read(*given->value, *given->slot, "`" + std::string(setting) + "`");
  if (!semantics::given(space)) return default_split(analysis, test);
  if (test && space.text == "kfold") {
    analysis.context.report(kinds::task_misfit, given->value->range,
                            {{"what", "`kfold`"},
                             {"task", "a test part"},
                             {"reason", "the test part is opened once, for one model; every fold would train another"},
                             {"help", "keep rows aside with `holdout(20%)` or `latest(20%)`"}});
    return default_split(analysis, test);
  }
  const Split split = split_of(space);
  check_time(analysis, split, space.text);
  return split;
}

}  // namespace

void analyse_evaluate(Analysis& analysis) {
  Evaluation& evaluate = analysis.workflow.evaluate;
  const BlockContents* block = analysis.file.block("evaluate");
  evaluate.test = read_split(analysis, block, "test");
  evaluate.validate = read_split(analysis, block, "validate");
  if (const GivenSetting* group = block ? block->setting("group_by") : nullptr)
    evaluate.group_by = column_list(*group->value, analysis.columns, analysis.context);
  evaluate.seed = static_cast<uint64_t>(setting_space(analysis, block, "evaluate", "seed").value);
  const TaskKind kind = analysis.workflow.task.kind;
  evaluate.stratify = kind != TaskKind::regression;
  const GivenSetting* stratify = block ? block->setting("stratify") : nullptr;
  if (!stratify) return;
  const Space value = SpaceReader(analysis.context).read(*stratify->value, *stratify->slot, "`stratify`");
  if (!given(value)) return;
  evaluate.stratify = value.value != 0;
  if (evaluate.stratify && kind == TaskKind::regression)
    analysis.context.report(kinds::task_misfit, stratify->value->range,
                            {{"what", "`stratify`"},
                             {"task", "regression"},
                             {"reason", "it keeps the shares of classes, and there are none"},
                             {"help", "leave it out"}});
}

}  // namespace mlw::semantics
