#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// grammar/vocabulary.toml as data: what may be said in mlw. The file itself explains its fields.
namespace mlw::vocabulary {

struct Bounds {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool low_open = false, high_open = false;

  bool contains(double value) const;
  bool unbounded() const;
  /// "from 0 to 1, without 1"
  std::string text() const;
};

/// A place for a value: a setting, or a parameter of a call.
struct Slot {
  std::string name;
  std::vector<std::string> types;  ///< alternatives: "number", "word", "pipeline of layer", "optimizer" …
  std::vector<std::string> words, unbuilt_words;
  Bounds range;
  std::string default_text;  ///< as mlw text; empty: none
  std::string computed;      ///< in words, where the default depends on the rest of the workflow
  std::string input;         ///< of a pipeline: the type that enters it
  std::string help, example;
  std::string whole;  ///< the example as it stands in a file
  std::string stage;  ///< that does not have it yet, where it or one of its words is not built
  bool required = false, built = true, space = false;
  bool named = false;  ///< of a first parameter: mlwc writes it with its name
  bool many = false;   ///< of a last parameter: takes any number of values

  bool takes(std::string_view type) const;
};

struct Block {
  std::string name, step, names, inside, definitions, help, example, whole, stage;
  bool repeatable = false, required = false, built = true;
  std::vector<Slot> settings;  ///< in the order of the file
  const Slot* setting(std::string_view name) const;
};

/// What is written `name` or `name(arguments)`: a model, layer, source, metric … The family is the namespace of the
/// name.
struct Word {
  std::string family, name, help, example, whole, stage;
  bool built = true;
  std::vector<Slot> parameters;
  std::vector<std::string> tasks;  ///< kinds of task that it fits; empty: every kind
  std::vector<std::string> takes;  ///< of a preparation step
  std::string gives;
  std::string dimension;  ///< of a cost: "time", "size"
  Bounds range;           ///< of a metric's values
  std::string unit;       ///< of a metric: "target" when it has the target's unit
  bool maximize = true, needs_scores = false, additive = false, activation = false;

  const Slot* parameter(std::string_view name) const;
  bool fits(std::string_view task) const;
};

/// A function of expressions.
struct Function {
  struct Parameter {
    std::string name, type;
  };
  std::string name, signature, operation, statistic, scope, unit, help, example, whole, stage;
  bool built = true;
  std::vector<Parameter> parameters;
  std::string result;
};

struct Unit {
  std::string dimension, help, example, whole;
  double times = 1, per = 1;  ///< a value in base units is value × times / per
  double to_base(double value) const { return value * times / per; }
};

struct Vocabulary {
  std::vector<Block> blocks;
  std::map<std::string, std::map<std::string, Word, std::less<>>, std::less<>> families;
  std::map<std::string, Function, std::less<>> functions;
  std::map<std::string, Unit, std::less<>> units;

  const Block* block(std::string_view name) const;
  const Word* word(std::string_view family, std::string_view name) const;
  const Function* function(std::string_view name) const;
  const Unit* unit(std::string_view name) const;
  std::vector<std::string> names(std::string_view family) const;
  bool is_family(std::string_view name) const { return families.contains(name); }
  /// The units of a dimension, smallest first.
  std::vector<std::string> units_of(std::string_view dimension) const;
};

/// Reads the text of vocabulary.toml; a mistake in it throws std::logic_error with its place.
Vocabulary read(std::string_view text);

/// The vocabulary that is built into this program, read on first use. Thread safe.
const Vocabulary& words();

}  // namespace mlw::vocabulary
