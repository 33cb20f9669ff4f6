#pragma once

#include <optional>
#include <string>
#include <utility>

#include "compiler/plan/schema.h"
#include "runtime/data/raw_facts.h"

namespace mlw {

/// What a column is taken to be, and why, for people.
struct InferredKind {
  ColumnKind kind = ColumnKind::number;
  std::string reason;
};

/// Of a column of numbers, flags or dates. `integers`: the source says so, or every value of a text source is whole.
InferredKind kind_of_numbers(const RawColumn& column, const NumberFacts& facts, bool integers);

/// Of a column of text: a flag (yes and no, true and false), a category (few words that repeat), an id (no value twice,
/// no spaces) or text. `words`: all that occur, sorted, when there are `few_words` at most; else null.
InferredKind kind_of_words(const WordFacts& facts, const std::vector<std::string>* words);

/// Spellings of a flag's two words.
inline constexpr int64_t few_words = 8;

/// The words that mean false and true, when all of the words are spellings of such a pair: no and yes, false and true,
/// n and y, f and t.
std::optional<std::pair<std::string, std::string>> flag_words(const std::vector<std::string>& words);

/// Whether a word of a flag is a spelling of its word for true.
bool means_true(const std::string& word, const std::string& word_of_true);

}  // namespace mlw
