#include <algorithm>

#include "compiler/diagnostics/kinds/types.h"
#include "compiler/semantics/formula_builder.h"

namespace mlw::semantics {
namespace {

Operation operation_named(std::string_view text) {
  for (int i = 0; i <= static_cast<int>(Operation::last_of_run); ++i)
    if (name(static_cast<Operation>(i)) == text) return static_cast<Operation>(i);
  return Operation::missing;
}

std::string counted(size_t count) { return std::to_string(count) + (count == 1 ? " argument" : " arguments"); }

ValueType type_named(std::string_view text) {
  for (int i = 0; i <= static_cast<int>(ValueType::duration); ++i)
    if (name(static_cast<ValueType>(i)) == text) return static_cast<ValueType>(i);
  return ValueType::unknown;
}

}  // namespace

Value FormulaBuilder::unknown_function(const syntax::Call& call) {
  std::vector<std::string> known = module_->names();
  for (const auto& [name, function] : context_.words.functions) known.push_back(name);
  const syntax::Name name{text_of(call.callee), call.callee.range, false};
  Diagnostic& diagnostic =
      context_.report(kinds::unknown_name, name.range,
                      {{"what", "function"}, {"name", name.text}, {"help", "`mlwc explain functions` lists them"}});
  suggest_nearest(diagnostic, name.range, name.text, known);
  for (const syntax::Argument& argument : call.arguments)
    if (argument.value) build(*argument.value);
  return unknown_value(call.callee.range);
}

Value FormulaBuilder::call(const syntax::Expression& expression, const syntax::Call& call, const Value* first) {
  if (const Module::Found found = module_->find(call.callee); found.function)
    return call_user(expression, call, found, first);
  const syntax::Name* name = simple_name(call.callee);
  const vocabulary::Function* function = name ? context_.words.function(name->text) : nullptr;
  if (!function) {
    if (!inside_function_ && !first)
      if (std::optional<Value> value = names_.call(expression, call)) return *value;
    return unknown_function(call);
  }
  if (!function->built) context_.not_built(call.callee.range, function->name, function->stage);
  return call_builtin(expression, call, *function, first);
}

/// One value a parameter, in their order; those that were left out and may be are empty. None when a mistake was
/// reported.
std::optional<FormulaBuilder::Arguments> FormulaBuilder::arguments(const syntax::Expression& expression,
                                                                   const syntax::Call& call,
                                                                   const std::vector<Parameter>& parameters,
                                                                   const Value* first) {
  const std::string callee = text_of(call.callee);
  Arguments values(parameters.size());
  std::vector<std::string> names;
  for (const Parameter& parameter : parameters) names.push_back(parameter.name);
  size_t position = 0;
  bool sound = true;
  if (first) {
    if (!values.empty()) values[0] = *first;
    position = 1;
  }
  for (const syntax::Argument& argument : call.arguments) {
    Value value = build(*argument.value);
    if (!argument.name) {
      if (position < values.size()) values[position] = std::move(value);
      ++position;
      continue;
    }
    const auto found = std::find(names.begin(), names.end(), argument.name->text);
    if (found == names.end()) {
      Diagnostic& diagnostic = context_.report(
          kinds::unknown_argument, argument.name->range,
          {{"callee", callee}, {"name", argument.name->text}, {"help", "its parameters are: " + listed(names)}});
      suggest_nearest(diagnostic, argument.name->range, argument.name->text, names);
      sound = false;
    } else if (values[found - names.begin()]) {
      context_.report(kinds::given_twice, argument.name->range,
                      {{"what", "the argument"}, {"name", argument.name->text}});
      sound = false;
    } else {
      values[found - names.begin()] = std::move(value);
    }
  }
  if (position > parameters.size()) {
    context_.report(kinds::too_many_arguments, expression.range,
                    {{"callee", callee},
                     {"takes", counted(parameters.size())},
                     {"given", std::to_string(call.arguments.size() + (first ? 1 : 0))},
                     {"help", names.empty() ? "it has no parameters" : "its parameters are: " + listed(names)}});
    sound = false;
  }
  for (size_t i = 0; i < values.size() && sound; ++i) {
    if (values[i] || !parameters[i].required) continue;
    context_.report(kinds::missing_argument, expression.range,
                    {{"callee", callee}, {"name", names[i]}, {"help", "write `" + callee + "(" + names[i] + ": …)`"}});
    sound = false;
  }
  if (!sound) return std::nullopt;
  return values;
}

/// Checks and converts an argument for a parameter of that type; false when a mistake was reported.
bool FormulaBuilder::accept(Value& value, std::string_view type, const std::string& place) {
  if (!value.known()) {
    const ValueType due = type_named(type);
    if (value.is_missing() && due != ValueType::unknown) value.formula = with_type(value.formula, due);
    return true;
  }
  if (type == "any" || type == "same") return true;  // `same` meets the first argument later
  const ValueType found = value.type();
  bool fits = false;
  std::string expected;
  if (type == "number") {
    fits = numeric(found);
    if (fits) value.formula = as_number(value.formula);
    expected = "a number";
  } else if (type == "numeric") {
    fits = numeric(found);
    expected = "a number";
  } else if (type == "text" || type == "label") {
    fits = textual(found);
    expected = "a text or category";
  } else {
    fits = found == type_named(type);
    expected = a(type_named(type));
  }
  if (fits) return true;
  std::string help;
  if (found == ValueType::duration && type.starts_with("num"))
    help = "`days(x)`, `hours(x)` … make a number of a duration";
  if (found == ValueType::flag && type.starts_with("num")) help = "`if c then 1 else 0` makes a number of a condition";
  context_.report(kinds::wrong_type, value.range(),
                  {{"place", place}, {"expected", expected}, {"found", a(found)}, {"help", help}});
  return false;
}

/// Where a function may stand; reports where it may not.
bool FormulaBuilder::in_scope(const syntax::Call& call, const vocabulary::Function& function, std::string_view scope) {
  const bool order = scope == "judged";
  const bool allowed = order ? scope_ == Scope::judged : scope != "statistic" || scope_ != Scope::row;
  if (!allowed)
    context_.report(
        kinds::wrong_scope, call.callee.range,
        {{"name", function.name},
         {"reason", order ? "it looks at all judged rows, which only metrics may do"
                          : "it looks at other rows, and what is learnt from rows is learnt on training rows alone"},
         {"help", order ? "use it in `metrics`" : "define a column in `prepare` with it"}});
  return allowed;
}

/// The unit of a function's result, after its arguments met; none when they do not.
std::optional<std::string> FormulaBuilder::meet_arguments(const vocabulary::Function& function,
                                                          std::vector<Value>& values, SourceRange range) {
  std::string unit;
  if (values.empty()) return unit;
  Value& head = values.front();
  for (size_t i = 1; i < values.size(); ++i) {
    Value& other = values[i];
    const bool keeps = function.unit == "keep" && numeric(head.type()) && numeric(other.type());
    if (function.parameters[i].type != "same" && !keeps) continue;
    const bool known = head.known() && other.known();
    if (!meet(head, other, range, "`" + function.name + "`") && known) return std::nullopt;
    if (function.unit == "keep" && head.unit().empty()) unit = other.unit();
  }
  if (!function.unit.empty() && !head.unit().empty()) unit = head.unit();
  return unit;
}

Value FormulaBuilder::call_builtin(const syntax::Expression& expression, const syntax::Call& call,
                                   const vocabulary::Function& function, const Value* first) {
  const SourceRange range = expression.range;
  // `min(x)` is a statistic, `min(x, y)` the smaller of two.
  const bool statistic = !function.statistic.empty() && call.arguments.size() + (first ? 1 : 0) == 1;
  if (!in_scope(call, function, statistic ? "statistic" : function.scope)) return unknown_value(range);
  std::vector<Parameter> parameters;
  for (const auto& parameter : function.parameters) parameters.push_back({parameter.name, true});
  if (statistic) parameters.resize(1);
  const std::optional<Arguments> given = arguments(expression, call, parameters, first);
  if (!given) return unknown_value(range);
  std::vector<Value> values;
  for (size_t i = 0; i < given->size(); ++i) {
    values.push_back(*(*given)[i]);
    const std::string_view type = statistic ? "number" : std::string_view(function.parameters[i].type);
    if (!accept(values.back(), type, "`" + function.name + "`")) return unknown_value(range);
  }
  const std::optional<std::string> unit = meet_arguments(function, values, range);
  if (!unit) return unknown_value(range);
  return make_call(function, values, statistic, *unit, range);
}

Value FormulaBuilder::make_call(const vocabulary::Function& function, const std::vector<Value>& values, bool statistic,
                                const std::string& unit, SourceRange range) {
  // What is not built has a type, so that what uses it is checked, and no meaning.
  if (!function.built) return {with_type(unknown_value(range).formula, type_named(function.result))};
  const Operation operation = operation_named(statistic ? function.statistic : function.operation);
  const bool same = function.result == "same";
  ValueType type = statistic ? ValueType::number : same ? values.front().type() : type_named(function.result);
  if (same && std::any_of(values.begin(), values.end(), [](const Value& value) { return !value.known(); }))
    type = ValueType::unknown;
  if (operation == Operation::to_number || operation == Operation::to_integer) {
    const ValueType from = values.front().type();
    if (from == type) return values.front();
    if (values.front().known() && !numeric(from) && from != ValueType::flag) {
      context_.report(
          kinds::wrong_type, values.front().range(),
          {{"place", "`" + function.name + "`"}, {"expected", "a number or flag"}, {"found", a(from)}, {"help", ""}});
      return unknown_value(range);
    }
  }
  std::vector<FormulaPointer> formulas;
  for (const Value& value : values) formulas.push_back(value.formula);
  return {make_node(operation, type, std::move(formulas), unit, range)};
}

Value FormulaBuilder::call_user(const syntax::Expression& expression, const syntax::Call& call,
                                const Module::Found& function, const Value* first) {
  std::vector<Parameter> parameters;
  for (const syntax::Parameter& parameter : function.function->parameters)
    parameters.push_back({parameter.name.text, parameter.fallback == nullptr});
  const std::optional<Arguments> given = arguments(expression, call, parameters, first);
  if (!given) return unknown_value(expression.range);
  std::vector<std::pair<std::string, Value>> bound;
  for (size_t i = 0; i < parameters.size(); ++i)
    if ((*given)[i]) bound.emplace_back(parameters[i].name, *(*given)[i]);
  Value value = inline_function(function, std::move(bound));
  value.formula = placed(value.formula, expression.range);
  return value;
}

}  // namespace mlw::semantics
