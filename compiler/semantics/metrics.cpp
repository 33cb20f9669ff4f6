#include "compiler/semantics/metrics.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/diagnostics/kinds/method.h"
#include "compiler/diagnostics/kinds/types.h"
#include "compiler/semantics/metric_formulas.h"
#include "compiler/semantics/write_formula.h"
#include "compiler/syntax/syntax.h"

namespace mlw::semantics {
namespace {

constexpr std::string_view metrics_module = "stdlib/metrics.mlw";

const char* task_text(TaskKind kind) {
  switch (kind) {
    case TaskKind::binary:
      return "a task of two classes";
    case TaskKind::multiclass:
      return "a task of several classes";
    case TaskKind::regression:
      return "a regression";
    case TaskKind::unknown:
      break;
  }
  return "this task";
}

std::string tasks_text(const std::vector<std::string>& tasks) {
  std::string out;
  for (const std::string& task : tasks) out += (out.empty() ? "" : " and ") + task;
  return out;
}

}  // namespace

MetricBuilder::MetricBuilder(Analysis& analysis) : analysis_(analysis) {
  if (const BlockContents* block = analysis.file.block("metrics"))
    for (const GivenDefinition& definition : block->definitions) own_[definition.node->name.text].given = &definition;
}

std::vector<std::string> MetricBuilder::known() const {
  std::vector<std::string> names = fitting("metric");
  for (const std::string& quantity : fitting("quantity")) names.push_back(quantity);
  for (const auto& [name, entry] : own_) names.push_back(name);
  return names;
}

std::vector<std::string> MetricBuilder::fitting(std::string_view family) const {
  std::vector<std::string> names = analysis_.context.words.names(family);
  const std::string_view task = task_name(analysis_.workflow.task.kind);
  if (!task.empty())
    std::erase_if(names,
                  [&](const std::string& name) { return !analysis_.context.words.word(family, name)->fits(task); });
  return names;
}

bool MetricBuilder::fits(const vocabulary::Word& word, SourceRange range) {
  const std::string_view task = task_name(analysis_.workflow.task.kind);
  if (task.empty() || word.fits(task)) return true;
  analysis_.context.report(kinds::metric_misfit, range,
                           {{"metric", word.name},
                            {"task", task_text(analysis_.workflow.task.kind)},
                            {"reason", "it is for " + tasks_text(word.tasks) + " tasks"},
                            {"known", listed(fitting("metric"))}});
  return false;
}

FormulaPointer MetricBuilder::own_formula(const std::string& name, SourceRange use) {
  Own& own = own_.find(name)->second;
  if (own.formula) return own.formula;
  const syntax::Definition& node = *own.given->node;
  if (own.open) {
    analysis_.context.report(kinds::recursion, use, {{"name", name}, {"cycle", "the metric is computed from itself"}});
    return unknown_value(use).formula;
  }
  own.open = true;
  FormulaPointer formula = judged(*node.value);
  own.open = false;
  own.formula = formula;
  return formula;
}

FormulaPointer MetricBuilder::judged(const syntax::Expression& expression) {
  const Value value = FormulaBuilder(analysis_.context, analysis_.functions, *this, Scope::judged).build(expression);
  if (!value.known() || value.type() == ValueType::number) return value.formula;
  analysis_.context.report(kinds::wrong_type, expression.range,
                           {{"place", "a metric"},
                            {"expected", "a number"},
                            {"found", a(value.type())},
                            {"help", "sums and means over the judged rows are numbers"}});
  return unknown_value(expression.range).formula;
}

std::optional<Value> MetricBuilder::find(const syntax::Name& name) {
  if (own_.contains(name.text)) return Value{own_formula(name.text, name.range)};
  if (const vocabulary::Word* quantity = analysis_.context.words.word("quantity", name.text)) {
    if (!fits(*quantity, name.range)) return unknown_value(name.range);
    return Value{quantity_formula(name.text)};
  }
  if (const vocabulary::Word* metric = analysis_.context.words.word("metric", name.text))
    return Value{standard(*metric, {}, name.range)};
  return std::nullopt;
}

std::optional<Value> MetricBuilder::call(const syntax::Expression& expression, const syntax::Call& call) {
  const syntax::Name* name = simple_name(call.callee);
  const vocabulary::Word* metric = name ? analysis_.context.words.word("metric", name->text) : nullptr;
  if (!metric) return std::nullopt;
  return Value{standard(*metric, call.arguments, expression.range)};
}

/// A metric of the standard library, written out: quantities are bound by name, the rest are the user's arguments.
FormulaPointer MetricBuilder::standard(const vocabulary::Word& metric, const std::vector<syntax::Argument>& arguments,
                                       SourceRange range) {
  Context& context = analysis_.context;
  const FormulaPointer unknown = unknown_value(range).formula;
  if (!fits(metric, range)) return unknown;
  const Module& module = analysis_.modules.standard(metrics_module);
  const syntax::Function& function = *module.functions.at(metric.name);
  std::vector<std::pair<std::string, Value>> bound;
  std::vector<std::string> own, given;
  for (const syntax::Parameter& parameter : function.parameters) {
    if (context.words.word("quantity", parameter.name.text))
      bound.emplace_back(parameter.name.text, Value{quantity_formula(parameter.name.text)});
    else
      own.push_back(parameter.name.text);
  }
  for (const syntax::Argument& argument : arguments) {
    const std::string name = argument.name ? argument.name->text : given.size() < own.size() ? own[given.size()] : "";
    if (std::find(own.begin(), own.end(), name) == own.end()) {
      Diagnostic& diagnostic =
          context.report(argument.name ? kinds::unknown_argument : kinds::too_many_arguments,
                         argument.name ? argument.name->range : argument.value->range,
                         {{"callee", metric.name},
                          {"name", name},
                          {"takes", own.empty() ? "no arguments" : std::to_string(own.size()) + " at most"},
                          {"given", std::to_string(arguments.size())},
                          {"help", own.empty() ? "it takes no arguments" : "its parameters are: " + listed(own)}});
      if (argument.name) suggest_nearest(diagnostic, argument.name->range, name, own);
      return unknown;
    }
    if (std::find(given.begin(), given.end(), name) != given.end()) {
      context.report(kinds::given_twice, argument.value->range, {{"what", "the argument"}, {"name", name}});
      return unknown;
    }
    given.push_back(name);
    Value value{judged(*argument.value)};
    if (!value.known()) return unknown;
    bound.emplace_back(name, std::move(value));
  }
  for (const syntax::Parameter& parameter : function.parameters) {
    const std::string& name = parameter.name.text;
    if (parameter.fallback || std::find(own.begin(), own.end(), name) == own.end() ||
        std::find(given.begin(), given.end(), name) != given.end())
      continue;
    context.report(kinds::missing_argument, range,
                   {{"callee", metric.name}, {"name", name}, {"help", "as in `" + metric.example + "`"}});
    return unknown;
  }
  FormulaBuilder builder(context, module, *this, Scope::judged);
  return relocated(builder.inline_function({&function, &module}, std::move(bound)).formula, range);
}

/// A metric of the standard library as it is referred to. Arguments that use names of the file are written out, so that
/// the text stands by itself.
std::string MetricBuilder::reference_text(const syntax::Expression& expression, const vocabulary::Word& word) {
  const auto* call = as_call(expression);
  if (!call || call->arguments.empty()) return word.name;
  std::string arguments;
  for (const syntax::Argument& argument : call->arguments) {
    const bool literal = std::holds_alternative<syntax::NumberLiteral>(argument.value->node);
    arguments += arguments.empty() ? "" : ", ";
    if (argument.name) arguments += argument.name->text + ": ";
    arguments += literal ? syntax::print(*argument.value) : formula_text(*judged(*argument.value), true);
  }
  return word.name + "(" + arguments + ")";
}

/// What the vocabulary or the file says about the metric that an expression names; the formula is made by `judged`.
std::optional<Metric> MetricBuilder::read(const syntax::Expression& expression) {
  Context& context = analysis_.context;
  const auto* call = as_call(expression);
  const std::string callee = call ? text_of(call->callee) : "";
  if (context.words.word("direction", callee)) return directed(expression, *call, callee == "maximize");
  const syntax::Name* name = call ? simple_name(call->callee) : as_name(expression);
  const vocabulary::Word* word = name ? context.words.word("metric", name->text) : nullptr;
  if (name && !call && own_.contains(name->text)) return undirected(expression, *name);
  if (!word) {
    if (name && !call && !context.words.word("quantity", name->text)) {
      context.unknown_name(*name, "metric", known());
    } else if (name && call && !context.words.function(name->text)) {
      context.unknown_name(*name, "metric", known());
    } else if (!std::holds_alternative<syntax::Bad>(expression.node)) {
      direction_due(expression);
    }
    return std::nullopt;
  }
  Metric metric;
  metric.name = word->name;
  metric.text = reference_text(expression, *word);
  metric.formula = judged(expression);
  metric.maximize = word->maximize;
  metric.needs_scores = word->needs_scores;
  metric.additive = word->additive;
  metric.documentation = word->help;
  if (word->unit == "target" && !analysis_.workflow.task.targets.empty())
    if (const Column* target = analysis_.columns.find(analysis_.workflow.task.targets[0])) metric.unit = target->unit;
  return metric;
}

void MetricBuilder::direction_due(const syntax::Expression& expression) {
  const std::string text = syntax::print(expression);
  analysis_.context.report(kinds::wrong_type, expression.range,
                           {{"place", "a metric of your own"},
                            {"expected", "`minimize(…)` or `maximize(…)` around it"},
                            {"found", "a bare formula"},
                            {"help", "write `minimize(" + text + ")` or `maximize(" + text + ")`"}});
}

std::optional<Metric> MetricBuilder::undirected(const syntax::Expression& expression, const syntax::Name& name) {
  const auto found = directions_.find(name.text);
  if (found == directions_.end()) {
    direction_due(expression);
    return std::nullopt;
  }
  return own_metric(name.text, found->second, expression.range);
}

Metric MetricBuilder::own_metric(const std::string& name, bool maximize, SourceRange use) {
  Metric metric;
  metric.name = name;
  metric.formula = own_formula(name, use);
  metric.text = syntax::print(*own_.find(name)->second.given->node->value);
  metric.documentation = own_.find(name)->second.given->documentation;
  metric.maximize = maximize;
  describe(metric);
  return metric;
}

void MetricBuilder::describe(Metric& metric) {
  metric.needs_scores = reads_scores(*metric.formula);
  metric.additive = is_additive(*metric.formula);
  metric.unit = metric.formula->unit;
}

std::optional<Metric> MetricBuilder::directed(const syntax::Expression& expression, const syntax::Call& call,
                                              bool maximize) {
  Context& context = analysis_.context;
  const std::string direction = maximize ? "maximize" : "minimize";
  if (call.arguments.size() != 1 || call.arguments[0].name) {
    context.report(kinds::too_many_arguments, expression.range,
                   {{"callee", direction},
                    {"takes", "one metric"},
                    {"given", std::to_string(call.arguments.size())},
                    {"help", "as in `objective: minimize(cost)`"}});
    return std::nullopt;
  }
  const syntax::Expression& inner = *call.arguments[0].value;
  const syntax::Name* name = as_name(inner);
  if (const auto* inner_call = as_call(inner)) name = simple_name(inner_call->callee);
  if (name && own_.contains(name->text) && !as_call(inner)) {
    directions_[name->text] = maximize;
    return own_metric(name->text, maximize, inner.range);
  }
  if (const vocabulary::Word* word = name ? context.words.word("metric", name->text) : nullptr) {
    std::optional<Metric> metric = read(inner);
    if (metric && word->maximize != maximize) {
      context.report(
          kinds::metric_misfit, expression.range,
          {{"metric", direction + "(" + word->name + ")"},
           {"task", "success"},
           {"reason", std::string("a ") + (word->maximize ? "larger" : "smaller") + " `" + word->name + "` is better"},
           {"known", listed(fitting("metric"))}});
      return std::nullopt;
    }
    return metric;
  }
  Metric metric;
  metric.formula = judged(inner);
  if (metric.formula->type == ValueType::unknown) return std::nullopt;
  metric.text = formula_text(*metric.formula, true);
  metric.name = metric.text;
  metric.maximize = maximize;
  describe(metric);
  return metric;
}

void MetricBuilder::check_definitions() {
  for (auto& [name, own] : own_) {
    const syntax::Name& at = own.given->node->name;
    std::string what;
    if (analysis_.context.words.word("metric", name)) what = "a metric of the language";
    if (analysis_.context.words.word("quantity", name)) what = "what the language counts";
    if (analysis_.context.words.block("metrics")->setting(name)) what = "a setting of `metrics`";
    if (!what.empty()) analysis_.context.report(kinds::name_taken, at.range, {{"name", name}, {"what", what}});
    own_formula(name, at.range);
  }
}

namespace {

/// What an expert would choose by, and look at beside it.
std::string default_objective(const Analysis& analysis) {
  constexpr double unbalanced = 0.2;
  const Task& task = analysis.workflow.task;
  const Column* target = task.targets.empty() ? nullptr : analysis.columns.find(task.targets[0]);
  switch (task.kind) {
    case TaskKind::binary:
      return target && target->rarest_share >= 0 && target->rarest_share < unbalanced ? "pr_auc" : "roc_auc";
    case TaskKind::multiclass:
      return "log_loss";
    case TaskKind::regression:
      return "rmse";
    case TaskKind::unknown:
      break;
  }
  return {};
}

std::vector<std::string> default_watch(TaskKind kind) {
  switch (kind) {
    case TaskKind::binary:
      return {"accuracy", "balanced_accuracy", "precision", "recall", "f1", "roc_auc", "pr_auc", "log_loss", "brier"};
    case TaskKind::multiclass:
      return {"accuracy", "balanced_accuracy", "macro_f1", "log_loss"};
    case TaskKind::regression:
      return {"rmse", "mae", "median_absolute_error", "r2"};
    case TaskKind::unknown:
      break;
  }
  return {};
}

std::optional<Metric> default_metric(MetricBuilder& builder, const std::string& name) {
  std::optional<Metric> metric = builder.read(default_expression(name));
  if (metric) metric->formula = relocated(metric->formula, {});
  return metric;
}

void read_watch(Analysis& analysis, MetricBuilder& builder, const BlockContents* block) {
  Metrics& metrics = analysis.workflow.metrics;
  const GivenSetting* given = block ? block->setting("watch") : nullptr;
  if (!given) {
    for (const std::string& name : default_watch(analysis.workflow.task.kind))
      if (name != metrics.objective.text)
        if (std::optional<Metric> metric = default_metric(builder, name)) metrics.watch.push_back(std::move(*metric));
    return;
  }
  auto add = [&](const syntax::Expression& expression) {
    std::optional<Metric> metric = builder.read(expression);
    if (!metric) return;
    for (const Metric& other : metrics.watch)
      if (other.name == metric->name && other.text == metric->text) {
        analysis.context.report(kinds::given_twice, expression.range, {{"what", "the metric"}, {"name", metric->text}});
        return;
      }
    metrics.watch.push_back(std::move(*metric));
  };
  if (const auto* list = std::get_if<syntax::List>(&given->value->node))
    for (const syntax::ExpressionPointer& item : list->elements) add(*item);
  else
    add(*given->value);
}

}  // namespace

void watch_metric(Analysis& analysis, Metric metric) {
  Metrics& metrics = analysis.workflow.metrics;
  auto same = [&](const Metric& other) { return other.name == metric.name && other.text == metric.text; };
  if (same(metrics.objective) || std::any_of(metrics.watch.begin(), metrics.watch.end(), same)) return;
  metrics.watch.push_back(std::move(metric));
}

void analyse_metrics(Analysis& analysis, MetricBuilder& builder) {
  Metrics& metrics = analysis.workflow.metrics;
  const BlockContents* block = analysis.file.block("metrics");
  builder.check_definitions();
  const GivenSetting* objective = block ? block->setting("objective") : nullptr;
  if (objective) {
    if (std::optional<Metric> metric = builder.read(*objective->value)) metrics.objective = std::move(*metric);
  } else if (const std::string name = default_objective(analysis); !name.empty()) {
    if (std::optional<Metric> metric = default_metric(builder, name)) metrics.objective = std::move(*metric);
  }
  read_watch(analysis, builder, block);
  const Space threshold = setting_space(analysis, block, "metrics", "threshold");
  if (threshold.form == Space::Form::number) metrics.threshold = threshold.value;
  if (!metrics.threshold) return;
  const GivenSetting& given = *block->setting("threshold");
  const TaskKind kind = analysis.workflow.task.kind;
  if (kind != TaskKind::binary && kind != TaskKind::unknown) {
    analysis.context.report(kinds::task_misfit, given.value->range,
                            {{"what", "a threshold"},
                             {"task", std::string(task_name(kind))},
                             {"reason", "it decides between two classes"},
                             {"help", "leave it out"}});
  } else if (objective && !metrics.objective.maximize &&
             !analysis.context.words.word("metric", metrics.objective.name)) {
    analysis.context.report(
        kinds::fixed_threshold, given.value->range,
        {{"objective", metrics.objective.name}, {"threshold", fmt::format("{}", *metrics.threshold)}});
  }
}

}  // namespace mlw::semantics
