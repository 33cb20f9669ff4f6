#include "compiler/semantics/outcomes.h"

#include <algorithm>
#include <cmath>

#include "compiler/diagnostics/kinds/types.h"
#include "compiler/syntax/syntax.h"

namespace mlw::semantics {
namespace {

void no_requirement(Context& context, const syntax::Expression& expression) {
  if (std::holds_alternative<syntax::Bad>(expression.node)) return;
  context.report(kinds::wrong_type, expression.range,
                 {{"place", "`require`"},
                  {"expected", "bounds"},
                  {"found", "another expression"},
                  {"help", "as in `require: [flash <= 64KiB, recall >= 90%]`"}});
}

/// What the bound of a requirement may be: a size, a duration, or a number in the metric's range.
vocabulary::Slot bound_slot(const Context& context, const vocabulary::Word& word) {
  vocabulary::Slot slot;
  slot.name = word.name;
  slot.types = {word.dimension == "time" ? "duration" : word.dimension == "size" ? "size" : "number"};
  slot.range = word.range;
  if (!word.dimension.empty()) slot.range.low = 0;
  return slot;
}

std::optional<Requirement> read_requirement(Analysis& analysis, MetricBuilder& metrics,
                                            const syntax::Expression& expression) {
  Context& context = analysis.context;
  const auto* binary = std::get_if<syntax::Binary>(&expression.node);
  const std::optional<Operation> comparison = binary ? bound_of(binary->op) : std::nullopt;
  if (!comparison) {
    no_requirement(context, expression);
    return std::nullopt;
  }
  const syntax::Name* name = as_name(*binary->left);
  if (const auto* call = as_call(*binary->left)) name = simple_name(call->callee);
  if (!name) {
    no_requirement(context, *binary->left);
    return std::nullopt;
  }
  Requirement requirement;
  requirement.comparison = *comparison;
  requirement.text = syntax::print(expression);
  requirement.range = expression.range;
  const vocabulary::Word* cost = context.words.word("cost", name->text);
  const vocabulary::Word none;
  const vocabulary::Word* word = cost ? cost : context.words.word("metric", name->text);
  if (cost && !cost->built) context.not_built(name->range, name->text, cost->stage);
  if (cost) {
    requirement.name = name->text;
  } else {
    std::optional<Metric> metric = metrics.read(*binary->left);
    if (!metric) return std::nullopt;
    requirement.name = word ? metric->text : metric->name;
    watch_metric(analysis, std::move(*metric));
  }
  const Space bound =
      SpaceReader(context).read(*binary->right, bound_slot(context, word ? *word : none), "`" + name->text + "`");
  if (!given(bound)) return std::nullopt;
  requirement.bound = bound.value;
  return requirement;
}

}  // namespace

std::vector<Requirement> read_requirements(Analysis& analysis, MetricBuilder& metrics, const GivenSetting& setting) {
  std::vector<Requirement> requirements;
  auto add = [&](const syntax::Expression& expression) {
    std::optional<Requirement> requirement = read_requirement(analysis, metrics, expression);
    if (!requirement) return;
    auto same = [&](const Requirement& other) {
      return other.name == requirement->name && other.comparison == requirement->comparison;
    };
    if (std::any_of(requirements.begin(), requirements.end(), same))
      analysis.context.report(kinds::given_twice, expression.range,
                              {{"what", "the requirement of"}, {"name", requirement->name}});
    else
      requirements.push_back(std::move(*requirement));
  };
  if (const auto* list = std::get_if<syntax::List>(&setting.value->node))
    for (const syntax::ExpressionPointer& item : list->elements) add(*item);
  else
    add(*setting.value);
  return requirements;
}

void analyse_requirements(Analysis& analysis, MetricBuilder& metrics) {
  const BlockContents* block = analysis.file.block("task");
  if (const GivenSetting* require = block ? block->setting("require") : nullptr)
    analysis.workflow.task.require = read_requirements(analysis, metrics, *require);
}

namespace {

void read_say(Analysis& analysis, MetricBuilder& metrics, const GivenSetting& setting, Expectation& expect) {
  Context& context = analysis.context;
  auto add = [&](const syntax::Expression& expression) {
    const syntax::Name* name = as_name(expression);
    if (const vocabulary::Word* word = name ? context.words.word("outcome", name->text) : nullptr) {
      const TaskKind kind = analysis.workflow.task.kind;
      if (kind != TaskKind::unknown && !word->fits(task_name(kind)))
        context.report(kinds::task_misfit, expression.range,
                       {{"what", "`" + word->name + "`"},
                        {"task", std::string(task_name(kind))},
                        {"reason", "it is for " + listed(word->tasks)},
                        {"help", "name a metric"}});
      expect.say.push_back(word->name);
      return;
    }
    std::optional<Metric> metric = metrics.read(expression);
    if (!metric) return;
    expect.say.push_back(context.words.word("metric", metric->name) ? metric->text : metric->name);
    watch_metric(analysis, std::move(*metric));
  };
  if (const auto* list = std::get_if<syntax::List>(&setting.value->node))
    for (const syntax::ExpressionPointer& item : list->elements) add(*item);
  else
    add(*setting.value);
}

}  // namespace

void analyse_expect(Analysis& analysis, MetricBuilder& metrics) {
  const BlockContents* block = analysis.file.block("expect");
  if (!block) return;
  Expectation expect;
  auto value = [&](std::string_view name) { return setting_space(analysis, block, "expect", name); };
  expect.volume = value("volume").value;
  expect.every = static_cast<int64_t>(std::llround(value("every").value * 1e6));
  if (const Space share = value("prevalence"); given(share)) expect.prevalence = share.value;
  if (const Space share = value("precision"); given(share)) expect.precision = share.value;
  for (const auto& [one, other] : {std::pair("volume", "every"), std::pair("every", "volume")})
    if (block->setting(one) && !block->setting(other))
      analysis.context.report(kinds::required, block->setting(one)->name_range,
                              {{"what", "the setting `" + std::string(other) + "` beside `" + one + "`"},
                               {"help", "as in `volume: 12000  every: 1day`"}});
  if (const GivenSetting* say = block->setting("say")) read_say(analysis, metrics, *say, expect);
  analysis.workflow.expect = std::move(expect);
}

}  // namespace mlw::semantics
