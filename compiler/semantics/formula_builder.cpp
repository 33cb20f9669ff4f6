#include "compiler/semantics/formula_builder.h"

#include <algorithm>
#include <unordered_map>

#include "compiler/diagnostics/kinds/types.h"

namespace mlw::semantics {
namespace {

/// Written out, an expression may have so many operations and levels: what follows works on whole trees, recursively.
constexpr int64_t largest_formula = 100'000;
constexpr int deepest_formula = 1'500;

struct Size {
  int64_t nodes = 1;
  int depth = 1;
};

const Size& size_of(const Formula& formula, std::unordered_map<const Formula*, Size>& known) {
  if (auto found = known.find(&formula); found != known.end()) return found->second;
  Size size;
  for (const FormulaPointer& argument : formula.arguments) {
    const Size& inner = size_of(*argument, known);
    size.nodes = std::min(size.nodes + inner.nodes, largest_formula + 1);
    size.depth = std::max(size.depth, inner.depth + 1);
  }
  return known[&formula] = size;
}

}  // namespace

FormulaBuilder::FormulaBuilder(Context& context, const Module& module, Names& names, Scope scope)
    : context_(context), module_(&module), names_(names), scope_(scope) {}

Value FormulaBuilder::build(const syntax::Expression& expression) {
  // Only the outermost call may give up: what is inside is silent then.
  const bool outermost = depth_ == 0;
  if (outermost) {
    work_ = 0;
    overflowed_ = false;
  }
  if (overflowed_ || ++work_ > largest_formula || depth_ >= deepest_formula) {
    overflowed_ = true;
    return unknown_value(expression.range);
  }
  ++depth_;
  Value value = build_node(expression);
  --depth_;
  if (!outermost) return value;
  std::unordered_map<const Formula*, Size> known;
  const Size size = overflowed_ ? Size{largest_formula + 1, 0} : size_of(*value.formula, known);
  if (size.nodes <= largest_formula && size.depth <= deepest_formula) return value;
  const bool wide = size.nodes > largest_formula;
  context_.report(
      kinds::too_large, expression.range,
      {{"limit", std::to_string(wide ? largest_formula : deepest_formula)}, {"what", wide ? "operations" : "levels"}});
  return unknown_value(expression.range);
}

FormulaPointer FormulaBuilder::condition(const syntax::Expression& expression, std::string_view place) {
  Value value = build(expression);
  if (value.is_missing() && value.known()) return value.formula;
  if (value.known() && value.type() != ValueType::flag) {
    context_.report(kinds::wrong_type, expression.range,
                    {{"place", std::string(place)},
                     {"expected", "a condition"},
                     {"found", a(value.type())},
                     {"help", "compare it with something: `x > 0`, `x == \"a\"`"}});
    return unknown_value(expression.range).formula;
  }
  return value.formula;
}

Value FormulaBuilder::build_node(const syntax::Expression& expression) {
  const SourceRange range = expression.range;
  const auto& node = expression.node;
  if (const auto* literal = std::get_if<syntax::NumberLiteral>(&node)) return number(expression, *literal);
  if (const auto* text = std::get_if<syntax::TextLiteral>(&node)) return {placed(make_constant(text->value), range)};
  if (const auto* date = std::get_if<syntax::DateLiteral>(&node))
    return {placed(make_constant(date->microseconds, ValueType::date), range)};
  if (const auto* flag = std::get_if<syntax::FlagLiteral>(&node)) return {placed(make_constant(flag->value), range)};
  if (std::holds_alternative<syntax::MissingLiteral>(node)) {
    Value value = unknown_value(range);
    value.missing = true;
    return value;
  }
  if (const auto* one = std::get_if<syntax::Reference>(&node)) return reference(expression, *one);
  if (const auto* one = std::get_if<syntax::Call>(&node)) return call(expression, *one, nullptr);
  if (const auto* one = std::get_if<syntax::Unary>(&node)) return unary(expression, *one);
  if (const auto* one = std::get_if<syntax::Binary>(&node)) return binary(expression, *one);
  if (const auto* one = std::get_if<syntax::Pipeline>(&node)) return pipeline(*one);
  if (const auto* one = std::get_if<syntax::Conditional>(&node)) return conditional(expression, *one);
  if (const auto* one = std::get_if<syntax::Let>(&node)) return let(*one);
  if (std::holds_alternative<syntax::Bad>(node)) return unknown_value(range);
  return misplaced_space(expression);
}

Value FormulaBuilder::misplaced_space(const syntax::Expression& expression) {
  const bool list = std::holds_alternative<syntax::List>(expression.node);
  context_.report(kinds::wrong_type, expression.range,
                  {{"place", "an expression"},
                   {"expected", "single values"},
                   {"found", list ? "a list" : "a set of values"},
                   {"help", "a list or range may stand only behind `in`: `x in [1, 2]`, `x in 1..4`"}});
  return unknown_value(expression.range);
}

Value FormulaBuilder::reference(const syntax::Expression& expression, const syntax::Reference& reference) {
  const syntax::Name* name = simple_name(reference.name);
  if (!name) {
    context_.unknown_name({text_of(reference.name), expression.range, false}, "value", {});
    return unknown_value(expression.range);
  }
  for (auto local = locals_.rbegin(); local != locals_.rend(); ++local)
    if (local->name == name->text) {
      Value value = local->value;
      value.formula = placed(value.formula, expression.range);
      return value;
    }
  if (inside_function_) {
    std::vector<std::string> known;
    for (const Local& local : locals_) known.push_back(local.name);
    context_.unknown_name(*name, "parameter", known);
    return unknown_value(expression.range);
  }
  if (std::optional<Value> value = names_.find(*name)) {
    value->formula = placed(value->formula, expression.range);
    return *value;
  }
  if (names_.open()) return {placed(make_column(name->text, ValueType::unknown), expression.range)};
  if (context_.words.function(name->text) || module_->find(reference.name).function)
    context_.report(
        kinds::unknown_name, expression.range,
        {{"what", names_.what()}, {"name", name->text}, {"help", "the function is called `" + name->text + "(…)`"}});
  else
    context_.unknown_name(*name, names_.what(), names_.known());
  return unknown_value(expression.range);
}

Value FormulaBuilder::let(const syntax::Let& let) {
  Value value = build(*let.value);
  locals_.push_back({let.name.text, std::move(value)});
  Value body = build(*let.body);
  locals_.pop_back();
  return body;
}

Value FormulaBuilder::pipeline(const syntax::Pipeline& pipeline) {
  Value value = build(*pipeline.stages.front());
  for (size_t i = 1; i < pipeline.stages.size(); ++i) {
    const syntax::Expression& stage = *pipeline.stages[i];
    if (const auto* one = as_call(stage)) {
      value = call(stage, *one, &value);
    } else if (const auto* one = std::get_if<syntax::Reference>(&stage.node)) {
      syntax::Call without_arguments;
      without_arguments.callee = one->name;
      value = call(stage, without_arguments, &value);
    } else {
      if (!std::holds_alternative<syntax::Bad>(stage.node))
        context_.report(kinds::wrong_type, stage.range,
                        {{"place", "`|>`"},
                         {"expected", "a function behind it"},
                         {"found", "another expression"},
                         {"help", "as in `x |> abs |> min(10)`"}});
      return unknown_value(stage.range);
    }
  }
  return value;
}

Value FormulaBuilder::conditional(const syntax::Expression& expression, const syntax::Conditional& conditional) {
  Value condition = build(*conditional.condition);
  Value then = build(*conditional.then);
  Value otherwise = build(*conditional.otherwise);
  if (condition.known() && condition.type() != ValueType::flag) {
    context_.report(kinds::wrong_type, conditional.condition->range,
                    {{"place", "`if`"},
                     {"expected", "a condition"},
                     {"found", a(condition.type())},
                     {"help", "compare it with something: `if x > 0 then …`"}});
    return unknown_value(expression.range);
  }
  // Two texts that are written out make a category: its values are known.
  if (then.is_text_literal() && otherwise.is_text_literal()) {
    then.formula = with_type(then.formula, ValueType::category);
    otherwise.formula = with_type(otherwise.formula, ValueType::category);
  }
  if (!meet(then, otherwise, conditional.otherwise->range, "`else`") && then.known() && otherwise.known())
    return unknown_value(expression.range);
  const ValueType type = then.known() && otherwise.known() ? then.type() : ValueType::unknown;
  const std::string unit = then.unit().empty() ? otherwise.unit() : then.unit();
  return {
      make_node(Operation::select, type, {condition.formula, then.formula, otherwise.formula}, unit, expression.range)};
}

Value FormulaBuilder::inline_function(const Module::Found& function, std::vector<std::pair<std::string, Value>> bound) {
  std::vector<Local> locals;
  for (auto& [name, value] : bound) locals.push_back({name, std::move(value)});
  std::swap(locals, locals_);
  const Module* outer_module = std::exchange(module_, function.module);
  const bool outer_inside = std::exchange(inside_function_, true);
  // A parameter's default is an expression of the parameters before it.
  for (const syntax::Parameter& parameter : function.function->parameters) {
    const bool given = std::any_of(locals_.begin(), locals_.end(),
                                   [&](const Local& local) { return local.name == parameter.name.text; });
    if (!given && parameter.fallback) locals_.push_back({parameter.name.text, build(*parameter.fallback)});
  }
  Value value = build(*function.function->body);
  inside_function_ = outer_inside;
  module_ = outer_module;
  std::swap(locals, locals_);
  return value;
}

}  // namespace mlw::semantics
