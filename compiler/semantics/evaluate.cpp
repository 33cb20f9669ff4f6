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
  } else if (space.text == "rolling") {
    split.form = Split::Form::rolling;
    split.folds = static_cast<int>(space.number("folds", split.folds));
  } else if (space.text == "rows") {
    split.form = Split::Form::rows;
    split.where = space.argument("where")->formula;
  } else if (space.text == "csv") {
    split.form = Split::Form::file;
    split.path = space.word("path", "");
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

/// A random split of rows that have a time, or one by time of rows that have none.
void check_time(Analysis& analysis, const Split& split, std::string_view name) {
  const Data* data = analysis.modelled();
  if (!data) return;
  const bool timed = !data->time.empty();
  const bool by_time = split.form == Split::Form::latest || split.form == Split::Form::rolling;
  const bool chosen = split.form == Split::Form::rows || split.form == Split::Form::file;
  if (timed == by_time || chosen) return;
  if (by_time)
    analysis.context.diagnostics().report_as(
        Severity::error, kinds::split_against_time, split.range,
        {{"split", "`" + std::string(name) + "`"},
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

/// What cannot keep a test part aside, or cannot validate.
bool misfit(Analysis& analysis, const Space& split, bool test) {
  const bool many = split.text == "kfold" || split.text == "rolling";
  const bool chosen = split.text == "rows" || split.text == "csv";
  if (test ? !many : !chosen) return false;
  analysis.context.report(
      kinds::task_misfit, split.range,
      {{"what", "`" + split.text + "`"},
       {"task", test ? "a test part" : "validation"},
       {"reason", test ? "the test part is opened once, for one model; every fold would train another"
                       : "candidates are compared on parts that are drawn from the development rows"},
       {"help", test ? "keep rows aside with `holdout(20%)` or `latest(20%)`" : "use `kfold(5)` or `holdout(20%)`"}});
  return true;
}

Split read_split(Analysis& analysis, const BlockContents* block, std::string_view setting) {
  const bool test = setting == "test";
  const GivenSetting* given = block ? block->setting(setting) : nullptr;
  if (!given) return default_split(analysis, test);
  const ConditionReader conditions = [&](const syntax::Expression& expression, std::string_view place) {
    RowNames names(analysis.columns);
    return FormulaBuilder(analysis.context, analysis.functions, names, Scope::row).condition(expression, place);
  };
  const Space space =
      SpaceReader(analysis.context, conditions).read(*given->value, *given->slot, "`" + std::string(setting) + "`");
  if (!semantics::given(space) || misfit(analysis, space, test)) return default_split(analysis, test);
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
