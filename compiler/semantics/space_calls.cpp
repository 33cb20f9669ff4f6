#include <algorithm>
#include <stdexcept>

#include "compiler/diagnostics/kinds/types.h"
#include "compiler/semantics/default_texts.h"
#include "compiler/semantics/spaces.h"

/// Calls of the vocabulary's words, and pipelines of them.
namespace mlw::semantics {
namespace {

using Form = Space::Form;
using Written = SpaceArgument::Written;

Space make(Form form, SourceRange range) {
  Space space;
  space.form = form;
  space.range = range;
  return space;
}

void forget_places(Space& space) {
  space.range = {};
  for (Space& item : space.items) forget_places(item);
  for (SpaceArgument& argument : space.arguments) forget_places(argument.value);
}

}  // namespace

Space SpaceReader::default_of(const vocabulary::Slot& slot) {
  if (slot.default_text.empty()) return {};
  Diagnostics diagnostics;
  Context context(diagnostics);
  const Context::Covered covered(context);  // what is not built has defaults, too
  vocabulary::Slot place = slot;
  place.space = true;  // the vocabulary may give a set where a file may not
  Space space = SpaceReader(context).read(default_expression(slot.default_text), place, "`" + slot.name + "`");
  if (!diagnostics.empty())
    throw std::logic_error("the vocabulary's default of " + slot.name + ": " + diagnostics.all().front().message);
  forget_places(space);
  return space;
}

const vocabulary::Word* SpaceReader::find_word(SourceRange place, const std::string& name, std::string_view family,
                                               const std::string& where) {
  const vocabulary::Word* word = context_.words.word(family, name);
  std::vector<std::string> built;
  for (const std::string& one : context_.words.names(family))
    if (context_.words.word(family, one)->built) built.push_back(one);
  if (!word) {
    Diagnostic& diagnostic =
        context_.report(kinds::unknown_word, place, {{"place", where}, {"name", name}, {"known", listed(built)}});
    suggest_nearest(diagnostic, place, name, context_.words.names(family));
    return nullptr;
  }
  if (!word->built) context_.not_built(place, name, word->stage, built);
  return word;
}

Space SpaceReader::read_word(const syntax::Expression& expression, std::string_view family, const std::string& place,
                             bool space_allowed) {
  if (const auto* choice = std::get_if<syntax::Choice>(&expression.node)) {
    if (!space_allowed) return no_space(expression, place);
    Space space = make(Form::choice, expression.range);
    for (const syntax::ExpressionPointer& arm : choice->arms) {
      space.items.push_back(read_word(*arm, family, place, space_allowed));
      if (!given(space.items.back())) return make(Form::missing, expression.range);
    }
    return space;
  }
  static const std::vector<syntax::Argument> none;
  const syntax::Name* name = as_name(expression);
  const auto* call = as_call(expression);
  if (call) name = simple_name(call->callee);
  if (!name) {
    vocabulary::Slot slot;
    slot.types = {std::string(family)};
    return wrong(expression, slot, place);
  }
  if (!call && definitions_.contains(name->text))
    return read_named(expression, *name,
                      [&](const syntax::Expression& body) { return read_word(body, family, place, space_allowed); });
  const vocabulary::Word* word = find_word(name->range, name->text, family, place);
  if (!word) return make(Form::missing, expression.range);
  const Context::Covered covered(context_, !word->built);
  return read_call(expression, *word, call ? call->arguments : none);
}

Space SpaceReader::read_call(const syntax::Expression& expression, const vocabulary::Word& word,
                             const std::vector<syntax::Argument>& arguments) {
  std::vector<std::vector<const syntax::Expression*>> values(word.parameters.size());
  const bool many = !word.parameters.empty() && word.parameters.back().many;
  std::vector<std::string> names;
  for (const vocabulary::Slot& parameter : word.parameters) names.push_back(parameter.name);
  size_t position = 0;
  bool sound = true;
  for (const syntax::Argument& argument : arguments) {
    size_t index = position;
    if (argument.name) {
      index = std::find(names.begin(), names.end(), argument.name->text) - names.begin();
      if (index == names.size()) {
        Diagnostic& diagnostic = context_.report(
            kinds::unknown_argument, argument.name->range,
            {{"callee", word.name},
             {"name", argument.name->text},
             {"help", names.empty() ? "it takes no arguments" : "its parameters are: " + listed(names)}});
        suggest_nearest(diagnostic, argument.name->range, argument.name->text, names);
        sound = false;
        continue;
      }
    } else {
      ++position;
      if (many) index = std::min(index, values.size() - 1);
    }
    if (index >= values.size()) {
      context_.report(kinds::too_many_arguments, expression.range,
                      {{"callee", word.name},
                       {"takes", names.empty() ? "no arguments" : std::to_string(names.size()) + " at most"},
                       {"given", std::to_string(arguments.size())},
                       {"help", names.empty() ? "" : "its parameters are: " + listed(names)}});
      sound = false;
    } else if (!values[index].empty() && !word.parameters[index].many) {
      context_.report(kinds::given_twice, argument.name ? argument.name->range : argument.value->range,
                      {{"what", "the argument"}, {"name", names[index]}});
      sound = false;
    } else {
      values[index].push_back(argument.value.get());
    }
  }
  Space space = make(Form::call, expression.range);
  space.text = word.name;
  for (size_t i = 0; i < values.size(); ++i) {
    const vocabulary::Slot& parameter = word.parameters[i];
    if (!values[i].empty()) {
      const std::string place = "`" + word.name + "`'s `" + parameter.name + "`";
      Space value = parameter.many ? make(Form::list, expression.range) : read(*values[i].front(), parameter, place);
      for (const syntax::Expression* one : values[i])
        if (parameter.many) value.items.push_back(read(*one, parameter, place));
      for (const Space& item : value.items)
        if (parameter.many && !given(item)) value = make(Form::missing, expression.range);
      if (!given(value)) sound = false;
      space.arguments.push_back(
          {parameter.name, std::move(value), i < position ? Written::by_place : Written::by_name});
    } else if (parameter.required) {
      context_.report(kinds::missing_argument, expression.range,
                      {{"callee", word.name},
                       {"name", parameter.name},
                       {"help", word.example.empty() ? "" : "as in `" + word.example + "`"}});
      sound = false;
    } else if (!parameter.default_text.empty()) {
      space.arguments.push_back({parameter.name, default_of(parameter), Written::nowhere});
    }
  }
  return sound ? space : make(Form::missing, expression.range);
}

Space SpaceReader::read_pipeline(const syntax::Expression& expression, std::string_view family,
                                 const std::string& place, bool space_allowed) {
  Space space = make(Form::pipeline, expression.range);
  if (const auto* pipeline = std::get_if<syntax::Pipeline>(&expression.node)) {
    for (const syntax::ExpressionPointer& stage : pipeline->stages)
      space.items.push_back(read_stage(*stage, family, place, space_allowed));
  } else {
    space.items.push_back(read_stage(expression, family, place, space_allowed));
  }
  for (const Space& item : space.items)
    if (!given(item)) return make(Form::missing, expression.range);
  return space;
}

Space SpaceReader::read_stage(const syntax::Expression& expression, std::string_view family, const std::string& place,
                              bool space_allowed) {
  if (std::holds_alternative<syntax::Pipeline>(expression.node))
    return read_pipeline(expression, family, place, space_allowed);
  if (const auto* choice = std::get_if<syntax::Choice>(&expression.node)) {
    if (!space_allowed) return no_space(expression, place);
    Space space = make(Form::choice, expression.range);
    for (const syntax::ExpressionPointer& arm : choice->arms) {
      space.items.push_back(read_stage(*arm, family, place, space_allowed));
      if (!given(space.items.back())) return make(Form::missing, expression.range);
    }
    return space;
  }
  if (const syntax::Name* name = as_name(expression); name && definitions_.contains(name->text))
    return read_named(expression, *name,
                      [&](const syntax::Expression& body) { return read_stage(body, family, place, space_allowed); });
  const auto* call = as_call(expression);
  if (family == "layer" && call && text_of(call->callee) == "repeat") return read_repeat(expression, *call, place);
  return read_word(expression, family, place, space_allowed);
}

Space SpaceReader::read_repeat(const syntax::Expression& expression, const syntax::Call& call,
                               const std::string& place) {
  const vocabulary::Word& word = *context_.words.word("layer", "repeat");
  Space arguments = read_call(expression, word, call.arguments);
  if (!given(arguments)) return arguments;
  Space space = make(Form::repeat, expression.range);
  space.items.push_back(*arguments.argument("times"));
  space.items.push_back(*arguments.argument("body"));
  space.value = arguments.number("each", 0);
  return space;
}

}  // namespace mlw::semantics
