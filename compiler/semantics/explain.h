#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mlw::vocabulary {
struct Slot;
}

namespace mlw {

/// What a setting or parameter takes, in a line: type, units, range, default.
std::string slot_facts(const vocabulary::Slot& slot);

/// How people call the members of a family: "step of preparation".
std::string spoken_family(std::string_view family);

/// What the vocabulary says of a block, setting, model, layer, function, metric, unit …: type, unit, default, range,
/// help and an example, for people. A name that means several things (`log` is a function and a step of preparation)
/// gets each of them; a family's name
/// ("functions", "metrics") lists the family; a column of a kind is asked for as `task.kind`. Empty when there is no
/// such name.
std::string explain_name(std::string_view name);

/// One entry of the vocabulary, for tests and the reference.
struct VocabularyEntry {
  std::string family;   ///< "block", "setting", "function", "unit", or that of a word
  std::string name;     ///< of a setting with its block: "task.kind"
  std::string stage;    ///< that does not have it yet; empty: it is built
  std::string example;  ///< as it stands in a file; where there is no task or data, any will do
};
/// All of them: blocks, settings, words, functions, units.
std::vector<VocabularyEntry> vocabulary_entries();

/// An example in the one layout of files.
std::string laid_out(const std::string& example);

/// Every name that `explain_name` knows, sorted.
std::vector<std::string> explained_names();

}  // namespace mlw
