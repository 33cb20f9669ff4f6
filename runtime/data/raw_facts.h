#pragma once

#include <string>
#include <vector>

#include "runtime/data/query_engine.h"

namespace mlw {

/// What the numbers of a raw column are like.
struct NumberFacts {
  int64_t present = 0;
  bool whole = true;  ///< every value is an integer
  double smallest = 0, largest = 0;
  int64_t beyond_float32 = 0;  ///< infinite, or above float32's range
  bool zero_and_one = false;   ///< both occur, and nothing else
};
NumberFacts number_facts(const RawTable& table, size_t column);

/// What the words of a raw text column are like.
struct WordFacts {
  int64_t present = 0;
  int64_t distinct = 0;   ///< exact up to a million rows; above it estimated from a fixed sample of the values
  bool unique = false;    ///< no value twice
  double with_space = 0;  ///< share of the distinct values that hold white space
  int64_t numeric = 0;    ///< rows whose value is a number
};
WordFacts word_facts(const RawTable& table, size_t column, char decimal);

/// All words of a raw text column, sorted, each once.
std::vector<std::string> distinct_words(const RawTable& table, size_t column);

int64_t missing_values(const RawTable& table, size_t column);

}  // namespace mlw
