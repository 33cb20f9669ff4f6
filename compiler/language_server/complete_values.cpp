#include <algorithm>
#include <set>

#include "compiler/language_server/completion_builder.h"
#include "compiler/language_server/describe.h"
#include "compiler/semantics/explain.h"

namespace mlw::language_server {
namespace {

using vocabulary::words;

std::string place(const vocabulary::Slot& slot, int number) {
  const std::string index = std::to_string(number);
  if (!slot.default_text.empty()) return "${" + index + ":" + snippet_text(slot.default_text) + "}";
  if (slot.takes("text") || slot.takes("device")) return "\"${" + index + "}\"";
  return "${" + index + ":" + slot.name + "}";
}

/// The steps of a preparation take what the step before gives; other families do not say.
bool is_typed(const vocabulary::Word& word) { return !word.takes.empty(); }

/// What enters the pipeline of a column.
std::string input_of(const semantics::Columns& columns, const std::string& name) {
  const semantics::Column* column = columns.find(name);
  if (!column) return {};
  switch (column->type) {
    case ValueType::number:
    case ValueType::integer:
      return "number";
    case ValueType::category:
      return "category";
    case ValueType::flag:
      return "flag";
    case ValueType::text:
      return "text";
    case ValueType::date:
      return "date";
    default:
      return {};
  }
}

}  // namespace

std::string snippet_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '$' || c == '}' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string call_snippet(const vocabulary::Word& word) {
  if (word.parameters.empty()) return {};
  std::string arguments;
  int number = 0;
  for (const vocabulary::Slot& slot : word.parameters) {
    const bool first = &slot == word.parameters.data();
    if (!slot.required && (!first || slot.default_text.empty())) continue;
    arguments += (arguments.empty() ? "" : ", ") + (slot.named ? slot.name + ": " : "") + place(slot, ++number);
  }
  return arguments.empty() ? std::string{} : word.name + "(" + arguments + ")";
}

void CompletionBuilder::values() {
  const Expected expected = file_.expectations().at(spot_);
  const bool piped = before_ != none && s_.is(before_, "|>");
  if (before_ != none && s_.is(before_, ".")) {
    functions_of_module();
    return;
  }
  keys();
  words_of_families(expected);
  if (expected.slot && !piped) literals(*expected.slot);
  if (expected.columns) column_names(2);
  if (!piped) symbols(expected);
  if (expected.scope != NameScope::none && expected.scope != NameScope::space) {
    functions(expected, piped);
    if (!piped) expression(expected);
  }
  if (!piped) quoted_values(expected);
}

/// Names of the arguments that the call around does not have yet.
void CompletionBuilder::keys() {
  if (spot_.frame == none || spot_.key != none) return;
  const Frame& frame = s_.frames[spot_.frame];
  if (frame.callee == none || s_.roles[frame.callee] != Role::callee) return;
  if (!s_.is(before_, "(") && !s_.is(before_, ",")) return;
  std::set<std::string> given;
  for (uint32_t i = frame.open; i < s_.words.size() && i < frame.close; ++i)
    if (s_.roles[i] == Role::key && s_.where[i].frame == spot_.frame && i != typed_) given.insert(s_.name(i));
  const auto add = [&](const std::string& name, std::string detail) {
    if (given.contains(name)) return;
    Completion& item = offer(name, Sort::property, 3);
    item.detail = std::move(detail);
    item.insert = followed_by(":") ? name : name + ": ";
  };
  const Expected whole = file_.expectations().at(frame.outer);
  if (const vocabulary::Word* word = word_meant(whole, s_.written(frame.callee))) {
    for (size_t i = spot_.argument; i < word->parameters.size(); ++i)
      if (word->parameters[i].built) add(word->parameters[i].name, slot_facts(word->parameters[i]));
    return;
  }
  const uint32_t function = file_.names().symbol_of(frame.callee);
  if (function == none) return;
  for (const Symbol& symbol : file_.names().symbols())
    if (symbol.sort == Symbol::Sort::parameter && symbol.item == file_.names().symbols()[function].item)
      add(symbol.name, "parameter");
}

void CompletionBuilder::word(const vocabulary::Word& word, int rank) {
  Completion& item = offer(word.name, word.parameters.empty() ? Sort::member : Sort::constructor, rank);
  item.detail = word.help;
  item.about = "word " + word.family + "." + word.name;
  if (!followed_by("(")) item.snippet = call_snippet(word);
}

void CompletionBuilder::words_of_families(const Expected& expected) {
  const std::string given = before_ != none && s_.is(before_, "|>") ? given_before_pipe(expected) : std::string{};
  const std::string_view task = analysis_ == nullptr                                    ? ""
                                : analysis_->workflow.task.kind == TaskKind::binary     ? "binary"
                                : analysis_->workflow.task.kind == TaskKind::multiclass ? "multiclass"
                                : analysis_->workflow.task.kind == TaskKind::regression ? "regression"
                                                                                        : "";
  for (const std::string_view family : expected.families) {
    const auto members = words().families.find(family);
    if (members == words().families.end()) continue;
    for (const auto& [name, one] : members->second) {
      if (!one.built || (!task.empty() && !one.fits(task))) continue;
      if (!given.empty() && is_typed(one) && !takes_after_pipe(one, given)) continue;
      word(one, 2);
    }
  }
}

bool CompletionBuilder::takes_after_pipe(const vocabulary::Word& word, const std::string& given) const {
  return std::find(word.takes.begin(), word.takes.end(), given) != word.takes.end();
}

/// What the stages before a `|>` give; empty when that is not known.
std::string CompletionBuilder::given_before_pipe(const Expected& expected) const {
  // The stages, back to the beginning of the pipeline.
  std::vector<const vocabulary::Word*> stages;
  uint32_t word = before_;
  while (word != none && word > 0 && s_.is(word, "|>")) {
    uint32_t stage = word - 1;
    if (s_.is(stage, ")")) {
      uint32_t frame = none;
      for (uint32_t i = 0; i < s_.frames.size(); ++i)
        if (s_.frames[i].close == stage) frame = i;
      if (frame == none || s_.frames[frame].callee == none) return {};
      stage = s_.frames[frame].callee;
    }
    const vocabulary::Word* meant = word_meant(expected, s_.written(stage));
    if (!meant || stage == 0) return {};
    stages.push_back(meant);
    word = stage - 1;
  }
  std::string given = expected.slot ? expected.slot->input : std::string{};
  if (given.empty() && analysis_ && spot_.item != none && !s_.items[spot_.item].names.empty())
    given = input_of(analysis_->columns, s_.name(s_.items[spot_.item].names.front()));
  for (auto stage = stages.rbegin(); stage != stages.rend(); ++stage)
    if ((*stage)->gives != "same") given = (*stage)->gives;
  return given;
}

void CompletionBuilder::literals(const vocabulary::Slot& slot) {
  for (const std::string& choice : slot.words) {
    if (std::find(slot.unbuilt_words.begin(), slot.unbuilt_words.end(), choice) != slot.unbuilt_words.end()) continue;
    offer(choice, Sort::member, 1).detail = "of `" + slot.name + "`";
  }
  if (slot.takes("flag"))
    for (const char* value : {"true", "false"}) offer(value, Sort::keyword, 1);
  const bool offered = std::any_of(out_.items.begin(), out_.items.end(),
                                   [&](const Completion& item) { return item.label == slot.default_text; });
  if (!slot.default_text.empty() && !offered) offer(slot.default_text, Sort::value, 1).detail = "the default";
}

void CompletionBuilder::column_names(int rank) {
  if (!analysis_) return;
  for (const std::string& name : analysis_->columns.names()) {
    Completion& item = offer(name, Sort::field, rank);
    item.detail = column_in_short(name, *analysis_);
    item.about = "column " + name;
    item.insert = written(name);
  }
}

void CompletionBuilder::symbols(const Expected& expected) {
  const std::vector<Symbol>& all = file_.names().symbols();
  const uint32_t here = typed_ != none ? typed_ : before_ == none ? 0 : before_ + 1;
  const bool drops = expected.columns && expected.block && expected.block->name == "prepare";
  const auto add = [&](const Symbol& symbol) {
    // A definition does not use itself.
    if (symbol.item == spot_.item && symbol.sort != Symbol::Sort::parameter && symbol.sort != Symbol::Sort::local)
      return;
    const bool function = symbol.sort == Symbol::Sort::function;
    Completion& item = offer(symbol.name,
                             function                              ? Sort::function
                             : symbol.sort == Symbol::Sort::module ? Sort::module
                                                                   : Sort::variable,
                             function ? 4 : 2);
    item.detail = symbol_in_short(symbol, file_, analysis_);
    item.about = "symbol " + symbol.name;
    item.insert = written(symbol.name);
    if (function && !followed_by("(")) item.snippet = snippet_text(item.insert) + "($0)";
    if (symbol.sort == Symbol::Sort::module) item.insert += ".";
  };
  for (const uint32_t symbol : file_.names().visible(spot_, here, expected)) add(all[symbol]);
  if (drops)
    for (const Symbol& symbol : all)
      if (symbol.sort == Symbol::Sort::column) add(symbol);
}

void CompletionBuilder::expression(const Expected& expected) {
  const bool row =
      expected.scope == NameScope::raw_row || expected.scope == NameScope::row || expected.scope == NameScope::training;
  if (row) column_names(2);
  if (expected.scope == NameScope::judged)
    for (const char* family : {"quantity", "metric"})
      for (const auto& [name, one] : words().families.find(std::string_view(family))->second)
        if (one.built && !word_meant({.families = expected.families}, name)) word(one, family[0] == 'q' ? 3 : 4);
  for (const auto& [word, detail] : {std::pair("if", "if … then … else …"),
                                     {"let", "let name = … in …"},
                                     {"not", "the opposite"},
                                     {"true", ""},
                                     {"false", ""},
                                     {"missing", "no value"}})
    keyword(word, detail);
}

void CompletionBuilder::functions(const Expected& expected, bool piped) {
  for (const auto& [name, function] : words().functions) {
    const bool statistic = function.scope == "statistic";
    const bool row_only = expected.scope == NameScope::raw_row || expected.scope == NameScope::row;
    if (!function.built || (statistic && row_only) ||
        (function.scope == "judged" && expected.scope != NameScope::judged && expected.scope != NameScope::function))
      continue;
    if (piped && function.parameters.empty()) continue;
    Completion& item = offer(name, Sort::function, 5);
    item.detail = function.signature;
    item.about = "function " + name;
    if (followed_by("(")) continue;
    std::string arguments;
    for (size_t i = piped ? 1 : 0; i < function.parameters.size(); ++i)
      arguments +=
          (arguments.empty() ? "${" : ", ${") + std::to_string(i + 1) + ":" + function.parameters[i].name + "}";
    const bool bare = piped && function.parameters.size() == 1;
    if (!bare) item.snippet = name + "(" + arguments + ")";
  }
}

/// Behind `module.`: its functions, as far as they were read.
void CompletionBuilder::functions_of_module() {
  if (!analysis_ || before_ < 1) return;
  const std::string alias = s_.name(before_ - 1);
  for (const syntax::Item& item : analysis_->tree.items) {
    const auto* import = std::get_if<syntax::Import>(&item.node);
    if (!import) continue;
    std::string name = import->alias ? import->alias->text : import->path.substr(import->path.find_last_of('/') + 1);
    if (!import->alias) name = name.substr(0, name.find('.'));
    if (name != alias) continue;
    for (uint32_t file = 1; file < analysis_->sources.size(); ++file) {
      if (analysis_->sources[file].path != import->path) continue;
      const std::string& text = analysis_->sources[file].text;
      const OpenFile module(import->path, text, 0);
      for (const Symbol& symbol : module.names().symbols()) {
        if (symbol.sort != Symbol::Sort::function) continue;
        Completion& offered = offer(symbol.name, Sort::function, 2);
        offered.detail = import->path;
        if (!followed_by("(")) offered.snippet = symbol.name + "($0)";
      }
    }
  }
}

/// Behind the digits of a number: the units that are due.
void CompletionBuilder::units(const Expected& expected) {
  if (!expected.slot) return;
  const std::string_view text = s_.written(typed_);
  const std::string digits(text.substr(0, text.find_last_of("0123456789") + 1));
  const auto add = [&](std::string_view dimension) {
    for (const std::string& unit : words().units_of(dimension)) {
      Completion& item = offer(digits + unit, Sort::unit, 2);
      item.detail = "unit of " + std::string(dimension);
    }
  };
  if (expected.takes("duration")) add("time");
  if (expected.takes("size")) add("size");
  if (expected.takes("angle")) add("angle");
  if (expected.takes("share")) add("share");
}

}  // namespace mlw::language_server
