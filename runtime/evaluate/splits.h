#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "compiler/plan/workflow.h"
#include "runtime/data/column.h"

/// Which rows learn and which are judged.
///
/// Everything here follows from row identities, values and the seed, never from positions. The test part of a `holdout`
/// is decided row by row: a row (with its group and its identical copies) belongs to it when a hash of it falls below
/// the share. So its size is the share only on average, and rows that are appended later move none that stood there
/// before. There are three exceptions, all of which need very few rows or very many copies: a class (or, without
/// stratification, the whole) that got less than half of its due is filled up to that half; a class that would vanish
/// from the development rows gives one back; and a set of identical rows grows beyond what one side can hold (see
/// `SplitFacts::content`). Validation folds are exact instead: balanced in size and in every class as far as groups
/// allow.
namespace mlw {

inline constexpr int64_t no_time = std::numeric_limits<int64_t>::min();

/// What splits are made from; every vector has one entry a row of the table, or none where it does not apply.
struct SplitFacts {
  std::vector<uint64_t> identity;
  std::vector<int32_t> classes;          ///< class of the row, from 0; empty for a regression
  std::vector<std::string> class_names;  ///< for diagnostics
  std::vector<uint64_t> group;  ///< hash of the values of `group_by`: rows of equal hash never stand on two sides
  /// Hash of the inputs: equal rows stay on one side. A set larger than a tenth of the smallest part (and than 10 rows)
  /// is no copy but the nature of the inputs (few columns of few values); its rows are split one by one.
  std::vector<uint64_t> content;
  std::vector<int64_t> time;     ///< microseconds; `no_time` where the row has none
  std::vector<uint8_t> in_test;  ///< of `rows(where)` and a test file: 1 for a row of the test part
  int64_t known_after = 0;       ///< microseconds from the row's time until its label is known

  int64_t rows() const { return static_cast<int64_t>(identity.size()); }
};

/// The facts of a table. `time`: name of the time column, empty without one. `inputs`: the columns by whose values rows
/// are identical; empty: do not look. `classes` as in `SplitFacts`. Columns are those of the table; hashes are of
/// values, so that a dictionary that grows changes none.
SplitFacts split_facts(const Table& table, const std::vector<std::string>& group_by, const std::string& time,
                       std::span<const std::string> inputs, std::vector<int32_t> classes = {});

struct TestPart {
  Selection development;  ///< everything that may be learnt from
  Selection test;         ///< empty when the protocol has none (a share of 0)
  Selection left_out;     ///< in neither: too near to the test part in time, of one of its groups, without a time
  std::vector<std::string> notes;  ///< what a reader should know, in words and numbers
};

struct Fold {
  int repeat = 0, fold = 0;  ///< both from 0
  Selection training, validation;
};

struct InnerSplit {
  Selection training, validation;
};

/// Takes the test part out. Throws D109 when there are too few rows for it.
TestPart split_test(const Evaluation& evaluation, const SplitFacts& facts);

/// The validation folds within the development rows: one for `holdout` and `latest`, folds × repeats for `kfold`, one a
/// step for `rolling`. Throws D109 when there are fewer rows, groups or rows of a class than folds.
std::vector<Fold> split_folds(const Evaluation& evaluation, const SplitFacts& facts, const Selection& development);

/// Takes rows for early stopping out of a training part: the latest where validation goes by time, else at random, by
/// group. `salt` tells folds apart.
InnerSplit split_inner(const Evaluation& evaluation, const SplitFacts& facts, const Selection& training, double share,
                       uint64_t salt);

}  // namespace mlw
