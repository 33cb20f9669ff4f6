#include "compiler/semantics/spaces.h"

#include <algorithm>

#include "compiler/diagnostics/kinds/types.h"

namespace mlw::semantics {
namespace {

using Form = Space::Form;

Space make(Form form, SourceRange range) {
  Space space;
  space.form = form;
  space.range = range;
  return space;
}

bool is_numeric(const vocabulary::Slot& slot) {
  for (std::string_view type : {"number", "integer", "share", "duration", "size", "angle"})
    if (slot.takes(type)) return true;
  return false;
}

/// The family of "pipeline of layer"; empty when the slot takes nothing that begins so.
std::string_view family_behind(const vocabulary::Slot& slot, std::string_view start) {
  for (const std::string& type : slot.types)
    if (type.starts_with(start)) return std::string_view(type).substr(start.size());
  return {};
}

bool is_number(const syntax::Expression& expression) {
  if (std::holds_alternative<syntax::NumberLiteral>(expression.node)) return true;
  const auto* unary = std::get_if<syntax::Unary>(&expression.node);
  return unary && unary->op == syntax::UnaryOperator::negate && is_number(*unary->operand);
}

std::string found_text(const syntax::Expression& expression) {
  const auto& node = expression.node;
  if (is_number(expression)) return "a number";
  if (std::holds_alternative<syntax::TextLiteral>(node)) return "a text";
  if (std::holds_alternative<syntax::FlagLiteral>(node)) return "a flag";
  if (std::holds_alternative<syntax::DateLiteral>(node)) return "a date";
  if (std::holds_alternative<syntax::List>(node)) return "a list";
  if (std::holds_alternative<syntax::Range>(node)) return "a range";
  if (std::holds_alternative<syntax::Pipeline>(node)) return "a pipeline";
  if (const syntax::Name* name = as_name(expression)) return "`" + name->text + "`";
  if (const auto* call = as_call(expression)) return "`" + text_of(call->callee) + "(…)`";
  return "an expression";
}

}  // namespace

std::string expected_text(const vocabulary::Slot& slot, const vocabulary::Vocabulary& words) {
  std::vector<std::string> parts;
  for (const std::string& type : slot.types) {
    if (type == "word") {
      parts.push_back("one of " + listed(slot.words));
    } else if (words.is_family(type)) {
      parts.push_back("one of " + listed(words.names(type)));
    } else if (type.starts_with("pipeline of ")) {
      parts.push_back("a pipeline of " + listed(words.names(type.substr(12)), 8));
    } else if (type.starts_with("list of ")) {
      parts.push_back("a list of " + listed(words.names(type.substr(8)), 8));
    } else if (type.starts_with("bounds of ")) {
      parts.push_back("bounds of " + listed(words.names(type.substr(10)), 8));
    } else if (type == "data" || type == "deployment") {
      parts.push_back("the name of a `" + std::string(type == "data" ? "data" : "deploy") + "` block");
    } else if (type == "metric_name") {
      parts.emplace_back("a metric");
    } else if (type == "interval") {
      parts.emplace_back("an interval, such as `0..1`");
    } else if (type == "texts" || type == "numbers" || type == "columns") {
      parts.push_back("a list of " + type);
    } else {
      parts.push_back((type == "integer" || type == "angle" ? "an " : "a ") + type);
    }
  }
  std::string out;
  for (size_t i = 0; i < parts.size(); ++i) out += (i == 0 ? "" : i + 1 == parts.size() ? " or " : ", ") + parts[i];
  return out;
}

Space SpaceReader::wrong(const syntax::Expression& expression, const vocabulary::Slot& slot, const std::string& place) {
  if (!std::holds_alternative<syntax::Bad>(expression.node))
    context_.report(kinds::wrong_type, expression.range,
                    {{"place", place},
                     {"expected", expected_text(slot, context_.words)},
                     {"found", found_text(expression)},
                     {"help", slot.example.empty() ? "" : "as in `" + slot.example + "`"}});
  return make(Form::missing, expression.range);
}

Space SpaceReader::no_space(const syntax::Expression& expression, const std::string& place) {
  context_.report(kinds::no_space_here, expression.range, {{"place", place}});
  return make(Form::missing, expression.range);
}

Space SpaceReader::read(const syntax::Expression& expression, const vocabulary::Slot& slot, const std::string& place) {
  const auto& node = expression.node;
  if (std::holds_alternative<syntax::Bad>(node)) return make(Form::missing, expression.range);
  if (const std::string_view family = family_behind(slot, "pipeline of "); !family.empty())
    return read_pipeline(expression, family, place, slot.space);
  if (const std::string_view family = family_behind(slot, "bounds of "); !family.empty())
    return read_bounds(expression, family, place);
  if (const auto* choice = std::get_if<syntax::Choice>(&node)) return read_choice(expression, *choice, slot, place);
  if (const auto* range = std::get_if<syntax::Range>(&node)) return read_range(expression, *range, slot, place);
  if (is_number(expression))
    return is_numeric(slot) ? read_number(expression, slot, place) : wrong(expression, slot, place);
  if (slot.takes("condition")) {
    if (!conditions_) return wrong(expression, slot, place);
    Space space = make(Form::formula, expression.range);
    space.formula = conditions_(expression, place);
    return space;
  }
  if (const auto* flag = std::get_if<syntax::FlagLiteral>(&node); flag && slot.takes("flag")) {
    Space space = make(Form::flag, expression.range);
    space.value = flag->value ? 1 : 0;
    return space;
  }
  if (const auto* list = std::get_if<syntax::List>(&node)) return read_list(expression, *list, slot, place);
  if (const auto* text = std::get_if<syntax::TextLiteral>(&node)) {
    if (!slot.takes("text") && !slot.takes("texts") && !slot.takes("device")) return wrong(expression, slot, place);
    Space space = make(Form::text, expression.range);
    space.text = text->value;
    return slot.takes("texts") ? read_list(expression, {}, slot, place) : space;
  }
  if (const syntax::Name* name = as_name(expression)) return read_name(expression, *name, slot, place);
  if (as_call(expression))
    for (const std::string& type : slot.types)
      if (context_.words.is_family(type)) return read_word(expression, type, place, slot.space);
  return wrong(expression, slot, place);
}

Space SpaceReader::read_choice(const syntax::Expression& expression, const syntax::Choice& choice,
                               const vocabulary::Slot& slot, const std::string& place) {
  if (!slot.space) return no_space(expression, place);
  Space space = make(Form::choice, expression.range);
  for (const syntax::ExpressionPointer& arm : choice.arms) {
    space.items.push_back(read(*arm, slot, place));
    if (!given(space.items.back())) return make(Form::missing, expression.range);
  }
  return space;
}

Space SpaceReader::read_list(const syntax::Expression& expression, const syntax::List& list,
                             const vocabulary::Slot& slot, const std::string& place) {
  vocabulary::Slot element;
  if (slot.takes("texts")) element.types = {"text"};
  if (slot.takes("numbers")) element.types = {"number"};
  if (slot.takes("columns")) element.types = {"column"};
  if (const std::string_view family = family_behind(slot, "list of "); !family.empty())
    element.types = {std::string(family)};
  if (element.types.empty()) return wrong(expression, slot, place);
  Space space = make(Form::list, expression.range);
  if (!std::holds_alternative<syntax::List>(expression.node)) {  // one value stands for a list of one
    space.items.push_back(read(expression, element, place));
    return given(space.items[0]) ? space : make(Form::missing, expression.range);
  }
  for (const syntax::ExpressionPointer& item : list.elements) {
    space.items.push_back(read(*item, element, place));
    if (!given(space.items.back())) return make(Form::missing, expression.range);
  }
  return space;
}

Space SpaceReader::read_named(const syntax::Expression& expression, const syntax::Name& name,
                              const std::function<Space(const syntax::Expression&)>& read_body) {
  const syntax::Definition& definition = *definitions_.find(name.text)->second;
  if (std::find(open_.begin(), open_.end(), name.text) != open_.end()) {
    context_.report(kinds::recursion, expression.range,
                    {{"name", name.text}, {"cycle", "the space is made of itself"}});
    return make(Form::missing, expression.range);
  }
  ++uses_[name.text];
  open_.push_back(name.text);
  Space body = read_body(*definition.value);
  open_.pop_back();
  if (!given(body)) return body;
  if (body.fixed()) return body;  // one member: nothing to be drawn once
  Space space = make(Form::named, expression.range);
  space.text = name.text;
  space.items.push_back(std::move(body));
  return space;
}

Space SpaceReader::read_name(const syntax::Expression& expression, const syntax::Name& name,
                             const vocabulary::Slot& slot, const std::string& place) {
  const bool word = !name.quoted && std::find(slot.words.begin(), slot.words.end(), name.text) != slot.words.end();
  if (word) {
    if (std::find(slot.unbuilt_words.begin(), slot.unbuilt_words.end(), name.text) != slot.unbuilt_words.end()) {
      std::vector<std::string> built;
      for (const std::string& one : slot.words)
        if (std::find(slot.unbuilt_words.begin(), slot.unbuilt_words.end(), one) == slot.unbuilt_words.end())
          built.push_back(one);
      context_.not_built(expression.range, name.text, slot.stage, built);
    }
    Space space = make(Form::word, expression.range);
    space.text = name.text;
    return space;
  }
  if (definitions_.contains(name.text))
    return read_named(expression, name, [&](const syntax::Expression& body) {
      return read(body, slot, place + " (through `" + name.text + "`)");
    });
  if (slot.takes("column") || slot.takes("columns") || slot.takes("data") || slot.takes("deployment") ||
      slot.takes("metric_name")) {
    Space space = make(Form::text, expression.range);
    space.text = name.text;
    if (!slot.takes("columns")) return space;
    Space list = make(Form::list, expression.range);
    list.items.push_back(std::move(space));
    return list;
  }
  for (const std::string& type : slot.types)
    if (context_.words.is_family(type)) return read_word(expression, type, place, slot.space);
  if (!family_behind(slot, "list of ").empty()) return read_list(expression, {}, slot, place);
  if (!slot.words.empty()) {
    Diagnostic& diagnostic = context_.report(kinds::unknown_word, expression.range,
                                             {{"place", place}, {"name", name.text}, {"known", listed(slot.words)}});
    suggest_nearest(diagnostic, expression.range, name.text, slot.words);
    return make(Form::missing, expression.range);
  }
  return wrong(expression, slot, place);
}

}  // namespace mlw::semantics
