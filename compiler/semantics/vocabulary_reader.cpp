#include <algorithm>
#include <charconv>

#include "compiler/plan/embedded.h"
#include "compiler/semantics/vocabulary.h"
#include "compiler/semantics/vocabulary_fields.h"

namespace mlw::vocabulary {
namespace {

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const size_t end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return parts;
}

std::string_view trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

double end_of_range(const toml::node& place, std::string_view text) {
  double value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) fault(place, "no range: " + std::string(text));
  return value;
}

/// "0..1", "0..", "..1"; `<` at an end leaves the end out: "<0..<1".
Bounds bounds_of(const toml::table& place, std::string_view text) {
  Bounds bounds;
  if (text.empty()) return bounds;
  const size_t dots = text.find("..");
  if (dots == std::string_view::npos) fault(place, "no range: " + std::string(text));
  std::string_view low = text.substr(0, dots), high = text.substr(dots + 2);
  if (low.starts_with('<')) {
    bounds.low_open = true;
    low.remove_prefix(1);
  }
  if (high.starts_with('<')) {
    bounds.high_open = true;
    high.remove_prefix(1);
  }
  if (!low.empty()) bounds.low = end_of_range(place, low);
  if (!high.empty()) bounds.high = end_of_range(place, high);
  return bounds;
}

/// Where examples stand in a file: `…` is the example. An entry may name a place of its own.
class Contexts {
 public:
  explicit Contexts(const toml::table* table) : table_(table) {}

  std::string whole(Fields& fields, const std::string& place, const std::string& example) const {
    std::string context = fields.text("context");
    if (const toml::node* node = context.empty() && table_ ? table_->get(place) : nullptr) {
      if (!node->is_string()) fault(*node, "a context must be a text");
      context = **node->as_string();
    }
    const size_t at = context.find("…");
    if (example.empty() || at == std::string::npos) return example;
    return context.replace(at, std::string_view("…").size(), example);
  }

 private:
  const toml::table* table_;
};

/// What is not built says which stage does not have it yet.
std::string stage_of(Fields& fields, bool built) {
  std::string stage = fields.text("stage");
  if (built != stage.empty())
    fault(fields.table(), built ? "it is built, and names a stage all the same" : "what is not built names its stage");
  return stage;
}

/// `block`: whose setting it is; empty: a parameter, which names itself.
Slot slot_of(const std::string& name, const toml::table& table, const std::string& block, const Contexts& contexts) {
  Fields fields(table, name);
  Slot slot;
  slot.name = block.empty() ? fields.text("name") : name;
  slot.types = split(fields.text("type"), '|');
  slot.words = fields.texts("words");
  slot.unbuilt_words = fields.texts("unbuilt_words");
  slot.range = bounds_of(table, fields.text("range"));
  slot.default_text = fields.text("default");
  slot.computed = fields.text("computed");
  slot.input = fields.text("input");
  slot.help = fields.text("help");
  slot.example = fields.text("example");
  slot.required = fields.flag("required", false);
  slot.built = fields.flag("built", true);
  slot.space = fields.flag("space", false);
  slot.named = fields.flag("named", false);
  slot.many = fields.flag("many", false);
  slot.stage = stage_of(fields, slot.built && slot.unbuilt_words.empty());
  if (!block.empty()) slot.whole = contexts.whole(fields, "setting." + block, slot.example);
  if (slot.whole == slot.example && !block.empty()) slot.whole = block + " { " + slot.example + " }";
  fields.finish();
  if (slot.types.empty() || slot.name.empty() || slot.help.empty()) fault(table, name + " needs a type and a help");
  return slot;
}

Block block_of(const std::string& name, const toml::table& table, const Contexts& contexts) {
  Fields fields(table, name);
  Block block;
  block.name = name;
  block.step = fields.text("step");
  block.names = fields.text("names", "none");
  block.inside = fields.text("inside");
  block.definitions = fields.text("definitions");
  block.help = fields.text("help");
  block.example = fields.text("example");
  block.repeatable = fields.flag("repeatable", false);
  block.required = fields.flag("required", false);
  block.built = fields.flag("built", true);
  block.stage = stage_of(fields, block.built);
  block.whole = contexts.whole(fields, "block." + name, block.example);
  fields.finish();
  return block;
}

Word word_of(const std::string& family, const std::string& name, const toml::table& table, const Contexts& contexts) {
  Fields fields(table, name);
  Word word;
  word.family = family;
  word.name = name;
  word.help = fields.text("help");
  word.example = fields.text("example");
  word.built = fields.flag("built", true);
  word.tasks = fields.texts("tasks");
  word.takes = fields.texts("takes");
  word.gives = fields.text("gives");
  word.dimension = fields.text("dimension");
  word.range = bounds_of(table, fields.text("range"));
  word.unit = fields.text("unit");
  word.maximize = fields.flag("maximize", true);
  word.needs_scores = fields.flag("needs_scores", false);
  word.additive = fields.flag("additive", false);
  word.activation = fields.flag("activation", false);
  if (const toml::array* parameters = fields.tables("parameters"))
    for (const toml::node& parameter : *parameters)
      word.parameters.push_back(slot_of(name, table_of(parameter), "", contexts));
  word.stage = stage_of(fields, word.built);
  word.whole = contexts.whole(fields, family, word.example);
  fields.finish();
  if (word.help.empty()) fault(table, name + " needs a help");
  return word;
}

/// "(x: number, y: same) -> flag"
void read_signature(const toml::table& table, Function& function) {
  std::string_view text = function.signature;
  const size_t close = text.find(')'), arrow = text.find("->");
  if (!text.starts_with('(') || close == std::string_view::npos || arrow == std::string_view::npos)
    fault(table, "no signature: " + function.signature);
  for (const std::string& part : split(text.substr(1, close - 1), ',')) {
    const size_t colon = part.find(':');
    if (colon == std::string::npos) fault(table, "no signature: " + function.signature);
    function.parameters.push_back({std::string(trimmed(std::string_view(part).substr(0, colon))),
                                   std::string(trimmed(std::string_view(part).substr(colon + 1)))});
  }
  function.result = trimmed(text.substr(arrow + 2));
}

Function function_of(const std::string& name, const toml::table& table, const Contexts& contexts) {
  Fields fields(table, name);
  Function function;
  function.name = name;
  function.signature = fields.text("signature");
  function.operation = fields.text("operation");
  function.statistic = fields.text("statistic");
  function.scope = fields.text("scope", "row");
  function.unit = fields.text("unit");
  function.help = fields.text("help");
  function.example = fields.text("example");
  function.built = fields.flag("built", true);
  function.stage = stage_of(fields, function.built);
  function.whole =
      contexts.whole(fields, function.scope == "judged" ? "function.judged" : "function", function.example);
  fields.finish();
  read_signature(table, function);
  return function;
}

Unit unit_of(const std::string& name, const toml::table& table, const Contexts& contexts) {
  Fields fields(table, name);
  Unit unit;
  unit.dimension = fields.text("dimension");
  unit.times = fields.number("times", 1);
  unit.per = fields.number("per", 1);
  unit.help = fields.text("help");
  unit.example = fields.text("example");
  unit.whole = contexts.whole(fields, "unit." + unit.dimension, unit.example);
  fields.finish();
  return unit;
}

/// Entries of a table in the order of the file.
std::vector<std::pair<std::string, const toml::table*>> entries(const toml::table& table) {
  std::vector<std::pair<std::string, const toml::table*>> list;
  for (const auto& [key, value] : table) list.emplace_back(std::string(key.str()), &table_of(value));
  std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) {
    const auto begin = a.second->source().begin, other = b.second->source().begin;
    return begin.line != other.line ? begin.line < other.line : begin.column < other.column;
  });
  return list;
}

void read_settings(const toml::table& table, Vocabulary& vocabulary, const Contexts& contexts) {
  for (const auto& [block_name, settings] : entries(table)) {
    auto block = std::find_if(vocabulary.blocks.begin(), vocabulary.blocks.end(),
                              [&, name = block_name](const Block& one) { return one.name == name; });
    if (block == vocabulary.blocks.end()) fault(*settings, "settings of no block: " + block_name);
    for (const auto& [name, slot] : entries(*settings))
      block->settings.push_back(slot_of(name, *slot, block_name, contexts));
  }
}

}  // namespace

Vocabulary read(std::string_view text) {
  toml::table root;
  try {
    root = toml::parse(text);
  } catch (const toml::parse_error& error) {
    throw std::logic_error("vocabulary.toml, line " + std::to_string(error.source().begin.line) + ": " +
                           std::string(error.description()));
  }
  Vocabulary vocabulary;
  const toml::node* places = root.get("context");
  const Contexts contexts(places ? &table_of(*places) : nullptr);
  const toml::table* settings = nullptr;
  for (const auto& [key, value] : root) {
    const std::string family(key.str());
    const toml::table& table = table_of(value);
    if (family == "context") continue;
    if (family == "setting") {
      settings = &table;
      continue;
    }
    for (const auto& [name, entry] : entries(table)) {
      if (family == "block") {
        vocabulary.blocks.push_back(block_of(name, *entry, contexts));
      } else if (family == "function") {
        vocabulary.functions.emplace(name, function_of(name, *entry, contexts));
      } else if (family == "unit") {
        vocabulary.units.emplace(name, unit_of(name, *entry, contexts));
      } else {
        vocabulary.families[family].emplace(name, word_of(family, name, *entry, contexts));
      }
    }
  }
  if (settings) read_settings(*settings, vocabulary, contexts);
  return vocabulary;
}

const Vocabulary& words() {
  static const Vocabulary vocabulary = read(embedded("grammar/vocabulary.toml"));
  return vocabulary;
}

}  // namespace mlw::vocabulary
