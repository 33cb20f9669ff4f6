#include <cmath>

#include "compiler/diagnostics/kinds/types.h"
#include "compiler/semantics/analysis.h"
#include "compiler/semantics/default_texts.h"

namespace mlw::semantics {
namespace {

using Form = Space::Form;

vocabulary::Slot model_slot() {
  vocabulary::Slot slot;
  slot.name = "model";
  slot.types = {"model"};
  slot.space = true;
  return slot;
}

/// Whether an expression is a model or a choice of models.
bool is_model(const syntax::Expression& expression, const vocabulary::Vocabulary& words) {
  if (const auto* choice = std::get_if<syntax::Choice>(&expression.node)) {
    for (const syntax::ExpressionPointer& arm : choice->arms)
      if (is_model(*arm, words)) return true;
    return false;
  }
  const syntax::Name* name = as_name(expression);
  if (const auto* call = as_call(expression)) name = simple_name(call->callee);
  return name && words.word("model", name->text);
}

std::string text_of_task(TaskKind kind) { return std::string(task_name(kind)); }

/// Every call inside a space: models, losses.
template <typename Visit>
void for_each_call(Space& space, Visit&& visit) {
  if (space.form == Form::call) visit(space);
  for (Space& item : space.items) for_each_call(item, visit);
  for (SpaceArgument& argument : space.arguments) for_each_call(argument.value, visit);
}

/// The loss that follows from the kind of task, where a network states none.
void fill_loss(Analysis& analysis, Space& model) {
  const TaskKind kind = analysis.workflow.task.kind;
  for_each_call(model, [&](Space& call) {
    const vocabulary::Word* word = analysis.context.words.word("model", call.text);
    if (!word || !word->parameter("loss") || call.argument("loss") || kind == TaskKind::unknown) return;
    Space loss;
    loss.form = Form::call;
    loss.text = kind == TaskKind::regression ? "squared_error" : "cross_entropy";
    // Arguments stand in the order of the parameters.
    auto place = call.arguments.begin();
    for (const vocabulary::Slot& parameter : word->parameters) {
      if (parameter.name == "loss") break;
      if (place != call.arguments.end() && place->name == parameter.name) ++place;
    }
    call.arguments.insert(place, {"loss", std::move(loss)});
  });
}

void check_tasks(Analysis& analysis, Space& model) {
  const TaskKind kind = analysis.workflow.task.kind;
  if (kind == TaskKind::unknown) return;
  for_each_call(model, [&](Space& call) {
    for (const char* family : {"model", "loss"}) {
      const vocabulary::Word* word = analysis.context.words.word(family, call.text);
      if (!word || word->fits(task_name(kind))) continue;
      analysis.context.report(kinds::task_misfit, call.range,
                              {{"what", "`" + call.text + "`"},
                               {"task", text_of_task(kind)},
                               {"reason", "it is for " + listed(word->tasks)},
                               {"help", "leave it out: what fits the task is chosen"}});
    }
  });
}

void add_default_models(Analysis& analysis) {
  for (const std::string& name : analysis.context.words.names("default_model")) {
    const vocabulary::Word& word = *analysis.context.words.word("default_model", name);
    vocabulary::Slot slot = model_slot();
    slot.default_text = word.example;
    Space model = SpaceReader::default_of(slot);
    fill_loss(analysis, model);
    analysis.workflow.search.models.push_back({name, std::move(model)});
  }
}

void read_models(Analysis& analysis, const BlockContents& block) {
  Context& context = analysis.context;
  SpaceReader reader(context);
  std::vector<const GivenDefinition*> models;
  for (const GivenDefinition& definition : block.definitions) {
    if (block.kind->setting(definition.node->name.text) && !definition.node->name.quoted) {
      context.report(kinds::name_taken, definition.node->name.range,
                     {{"name", definition.node->name.text}, {"what", "a setting of `search`"}});
      continue;
    }
    if (is_model(*definition.node->value, context.words))
      models.push_back(&definition);
    else
      reader.define(*definition.node);
  }
  const vocabulary::Slot slot = model_slot();
  for (const GivenDefinition* definition : models) {
    Space model = reader.read(*definition->node->value, slot, "`" + definition->node->name.text + "`");
    if (!given(model)) continue;
    fill_loss(analysis, model);
    check_tasks(analysis, model);
    analysis.workflow.search.models.push_back({definition->node->name.text, std::move(model)});
  }
  for (const GivenDefinition& definition : block.definitions) {
    const syntax::Name& name = definition.node->name;
    if (is_model(*definition.node->value, context.words) || reader.uses().contains(name.text) ||
        block.kind->setting(name.text) || std::holds_alternative<syntax::Bad>(definition.node->value->node))
      continue;
    // Nothing says what it should be: most likely a misspelt model.
    std::vector<std::string> known = context.words.names("model");
    const syntax::Name* callee = as_name(*definition.node->value);
    if (const auto* call = as_call(*definition.node->value)) callee = simple_name(call->callee);
    if (callee)
      context.unknown_name(*callee, "model", known);
    else
      context.report(kinds::wrong_type, definition.node->value->range,
                     {{"place", "`" + name.text + "`"},
                      {"expected", "a model, or a space that a model uses"},
                      {"found", "neither"},
                      {"help", "models are: " + listed(known)}});
  }
}

}  // namespace

void analyse_search(Analysis& analysis) {
  Search& search = analysis.workflow.search;
  const BlockContents* block = analysis.file.block("search");
  if (block) read_models(analysis, *block);
  if (!block || block->definitions.empty()) add_default_models(analysis);
  search.trials = static_cast<int>(setting_space(analysis, block, "search", "trials").value);
  search.round = static_cast<int>(setting_space(analysis, block, "search", "round").value);
  search.strategy = setting_space(analysis, block, "search", "strategy").text;
  const Space time = setting_space(analysis, block, "search", "time");
  if (given(time)) search.time = static_cast<int64_t>(std::llround(time.value * 1e6));
}

}  // namespace mlw::semantics
