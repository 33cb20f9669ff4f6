#include "runtime/evaluate/splits.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "compiler/diagnostics/kinds/evaluate.h"
#include "runtime/data/random.h"
#include "runtime/evaluate/split_units.h"

namespace mlw {
namespace {

using splits::ClassCounts;
using splits::Units;

enum Salt : uint64_t { test_salt = 1, fold_salt = 2, inner_salt = 3 };

[[noreturn]] void too_few(const std::string& part, const std::string& needed, const std::string& found) {
  fail(kinds::too_few_rows, {{"part", part}, {"needed", needed}, {"found", found}});
}

std::string class_name(const SplitFacts& facts, size_t c) {
  return c < facts.class_names.size() ? fmt::format("class `{}`", facts.class_names[c]) : fmt::format("class {}", c);
}

/// Every class (and the whole) must have rows, or groups, enough to stand in `sides` parts.
void require_sides(const std::string& part, const SplitFacts& facts, const Units& units, const ClassCounts& classes,
                   int64_t sides) {
  const char* what = facts.group.empty() ? "rows" : "groups";
  if (units.size() < sides) too_few(part, fmt::format("{} {}", sides, what), fmt::format("{}", units.size()));
  for (size_t c = 0; c < classes.rows.size(); ++c) {
    if (classes.rows[c] > 0 && classes.units[c] < sides) {
      too_few(part, fmt::format("{} {} of each class", sides, what),
              fmt::format("{} of {}", classes.units[c], class_name(facts, c)));
    }
  }
}

/// After the rows were dealt out: no class may be absent from a training part that the development rows have.
void require_classes(const std::string& part, const SplitFacts& facts, const Selection& all,
                     const Selection& training) {
  if (training.empty()) too_few(part, "rows to learn from", "none");
  if (facts.classes.empty()) return;
  std::vector<uint8_t> wanted, found;
  const auto mark = [&](const Selection& rows, std::vector<uint8_t>& seen) {
    for (const uint32_t row : rows) {
      const int32_t c = facts.classes[row];
      if (c < 0) continue;
      if (static_cast<size_t>(c) >= seen.size()) seen.resize(c + 1);
      seen[c] = 1;
    }
  };
  mark(all, wanted);
  mark(training, found);
  found.resize(wanted.size());
  for (size_t c = 0; c < wanted.size(); ++c) {
    if (wanted[c] && !found[c]) too_few(part, "rows of each class to learn from", "none of " + class_name(facts, c));
  }
}

std::span<const int32_t> strata(const Evaluation& evaluation, const SplitFacts& facts) {
  return evaluation.stratify ? std::span<const int32_t>(facts.classes) : std::span<const int32_t>();
}

Selection all_rows(const SplitFacts& facts) {
  Selection rows(facts.identity.size());
  for (size_t i = 0; i < rows.size(); ++i) rows[i] = static_cast<uint32_t>(i);
  return rows;
}

/// A split by time: rows from `cut` on are judged.
struct TimeCut {
  Selection before, after, untimed;
};

std::vector<int64_t> sorted_times(const char* form, const SplitFacts& facts, const Selection& rows) {
  std::vector<int64_t> times;
  if (!facts.time.empty()) {
    for (const uint32_t row : rows) {
      if (facts.time[row] != no_time) times.push_back(facts.time[row]);
    }
  }
  if (times.empty()) fail(kinds::no_time_to_split, {{"form", form}});
  std::sort(times.begin(), times.end());
  return times;
}

TimeCut cut_at(const SplitFacts& facts, const Selection& rows, int64_t cut) {
  TimeCut parts;
  for (const uint32_t row : rows) {
    (facts.time[row] == no_time ? parts.untimed : facts.time[row] < cut ? parts.before : parts.after).push_back(row);
  }
  return parts;
}

/// The moment from which the latest `share` of the rows stands; rows of one moment stay together.
int64_t latest_cut(const std::vector<int64_t>& times, double share) {
  const auto size = static_cast<int64_t>(times.size());
  const auto judged =
      std::clamp<int64_t>(static_cast<int64_t>(std::llround(share * static_cast<double>(size))), 1, size);
  return times[size - judged];
}

/// Splits `learning` in rows whose label is known at `cut`, and others.
Selection drop_unlabelled(const SplitFacts& facts, Selection& learning, int64_t cut) {
  Selection dropped, kept;
  for (const uint32_t row : learning) {
    (facts.time[row] > cut - facts.known_after ? dropped : kept).push_back(row);
  }
  learning = std::move(kept);
  return dropped;
}

/// Takes rows out of `learning` that share a unit (a group, identical inputs) with a judged row.
Selection drop_shared(const SplitFacts& facts, Selection& learning, const Selection& judged) {
  Selection both = learning;
  both.insert(both.end(), judged.begin(), judged.end());
  const Units units = splits::make_units(facts, both, 0, static_cast<double>(std::min(learning.size(), judged.size())));
  std::vector<uint8_t> is_judged(units.hash.size(), 0);
  for (size_t i = learning.size(); i < both.size(); ++i) is_judged[units.of[i]] = 1;
  Selection dropped, kept;
  for (size_t i = 0; i < learning.size(); ++i) (is_judged[units.of[i]] ? dropped : kept).push_back(learning[i]);
  learning = std::move(kept);
  return dropped;
}

void leave_out(TestPart& part, const Selection& rows, const char* why) {
  if (rows.empty()) return;
  part.notes.push_back(fmt::format("{} rows stand in no part: {}", rows.size(), why));
  Selection merged;
  std::merge(part.left_out.begin(), part.left_out.end(), rows.begin(), rows.end(), std::back_inserter(merged));
  part.left_out = std::move(merged);
}

void test_by_hash(TestPart& part, const Evaluation& evaluation, const SplitFacts& facts) {
  const Selection rows = all_rows(facts);
  const double share = evaluation.test.share;
  const Units units = splits::make_units(facts, rows, mix(evaluation.seed, test_salt),
                                         std::min(share, 1 - share) * static_cast<double>(rows.size()));
  require_sides("the test part", facts, units, splits::count_classes(units, rows, facts.classes), 2);
  const auto side = splits::assign_by_hash(units, splits::count_classes(units, rows, strata(evaluation, facts)), share);
  for (size_t i = 0; i < rows.size(); ++i) (side[units.of[i]] == 1 ? part.test : part.development).push_back(rows[i]);
  part.notes = units.notes;
}

void test_by_time(TestPart& part, const Evaluation& evaluation, const SplitFacts& facts) {
  const Selection rows = all_rows(facts);
  const auto times = sorted_times("latest", facts, rows);
  const int64_t cut = latest_cut(times, evaluation.test.share);
  TimeCut parts = cut_at(facts, rows, cut);
  part.test = std::move(parts.after);
  part.development = std::move(parts.before);
  leave_out(part, parts.untimed, "they have no time");
  leave_out(part, drop_unlabelled(facts, part.development, cut),
            "their label was not known yet when the test part begins");
}

void test_by_mask(TestPart& part, const SplitFacts& facts) {
  for (uint32_t row = 0; row < facts.rows(); ++row) {
    const bool judged = row < facts.in_test.size() && facts.in_test[row] != 0;
    (judged ? part.test : part.development).push_back(row);
  }
}

Fold time_fold(const SplitFacts& facts, const Selection& development, int64_t from, int64_t until) {
  TimeCut parts = cut_at(facts, development, from);
  Fold fold;
  fold.training = std::move(parts.before);
  for (const uint32_t row : parts.after) {
    if (facts.time[row] < until) fold.validation.push_back(row);
  }
  drop_unlabelled(facts, fold.training, from);
  drop_shared(facts, fold.training, fold.validation);
  return fold;
}

constexpr int64_t end_of_time = std::numeric_limits<int64_t>::max();

std::vector<Fold> rolling_folds(const Evaluation& evaluation, const SplitFacts& facts, const Selection& development) {
  const auto times = sorted_times("rolling", facts, development);
  const int64_t steps = evaluation.validate.folds, size = static_cast<int64_t>(times.size());
  std::vector<int64_t> cuts;  // the first rows are only learnt from, then each step judges the next ones
  for (int64_t step = 1; step <= steps; ++step) cuts.push_back(times[std::min(size - 1, size * step / (steps + 1))]);
  for (size_t i = 0; i < cuts.size(); ++i) {
    if (cuts[i] <= (i == 0 ? times.front() : cuts[i - 1])) {
      too_few(fmt::format("`rolling({})`", steps), fmt::format("{} moments with rows", steps + 1), "fewer");
    }
  }
  std::vector<Fold> folds;
  for (size_t i = 0; i < cuts.size(); ++i) {
    folds.push_back(time_fold(facts, development, cuts[i], i + 1 < cuts.size() ? cuts[i + 1] : end_of_time));
    folds.back().fold = static_cast<int>(i);
  }
  return folds;
}

/// How rows are dealt out in parts.
struct Dealing {
  std::string part;  ///< for diagnostics
  uint64_t salt = 0;
  std::vector<double> shares;
  int judged_parts = 1;     ///< fold i judges part i of the first so many
  bool every_class = true;  ///< each class must stand on every side
};
std::vector<Fold> deal(const Dealing& dealing, const Evaluation& evaluation, const SplitFacts& facts,
                       const Selection& rows) {
  const auto& [part, salt, shares, judged_parts, every_class] = dealing;
  const double smallest = *std::min_element(shares.begin(), shares.end()) * static_cast<double>(rows.size());
  const Units units = splits::make_units(facts, rows, salt, smallest);
  const auto needed = every_class ? std::span<const int32_t>(facts.classes) : std::span<const int32_t>();
  const auto sides = static_cast<int64_t>(shares.size());
  require_sides(part, facts, units, splits::count_classes(units, rows, needed), sides);
  const auto part_of =
      splits::assign_balanced(units, splits::count_classes(units, rows, strata(evaluation, facts)), shares);
  std::vector<Fold> folds(judged_parts);
  for (int k = 0; k < judged_parts; ++k) {
    folds[k].fold = k;
    for (size_t i = 0; i < rows.size(); ++i)
      (part_of[units.of[i]] == k ? folds[k].validation : folds[k].training).push_back(rows[i]);
    if (folds[k].validation.empty()) too_few(part, "rows in every fold", "none in one of them");
    if (every_class) require_classes(part, facts, rows, folds[k].training);
  }
  return folds;
}

}  // namespace

TestPart split_test(const Evaluation& evaluation, const SplitFacts& facts) {
  TestPart part;
  const Split& test = evaluation.test;
  const bool by_mask = test.form == Split::Form::rows || test.form == Split::Form::file;
  if (!by_mask && test.share <= 0) {
    part.development = all_rows(facts);
    return part;
  }
  if (facts.rows() < 2) too_few("the test part", "2 rows", fmt::format("{}", facts.rows()));
  if (by_mask) {
    test_by_mask(part, facts);
  } else if (test.form == Split::Form::latest) {
    test_by_time(part, evaluation, facts);
  } else {
    test_by_hash(part, evaluation, facts);
  }
  if (part.test.empty()) too_few("the test part", "at least one row", "none");
  if (test.form != Split::Form::holdout) {
    leave_out(part, drop_shared(facts, part.development, part.test),
              facts.group.empty() ? "their inputs are identical to a row of the test part"
                                  : "their group, or an identical row, stands in the test part");
  }
  require_classes("the development part", facts, part.development, part.development);
  return part;
}

std::vector<Fold> split_folds(const Evaluation& evaluation, const SplitFacts& facts, const Selection& development) {
  const Split& validate = evaluation.validate;
  const uint64_t salt = mix(evaluation.seed, fold_salt);
  std::vector<Fold> folds;
  switch (validate.form) {
    case Split::Form::rolling:
      folds = rolling_folds(evaluation, facts, development);
      break;
    case Split::Form::latest:
      folds.push_back(time_fold(facts, development,
                                latest_cut(sorted_times("latest", facts, development), validate.share), end_of_time));
      break;
    case Split::Form::kfold:
      for (int repeat = 0; repeat < std::max(1, validate.repeats); ++repeat) {
        const std::vector<double> shares(validate.folds, 1.0 / validate.folds);
        auto round = deal({fmt::format("`kfold({})`", validate.folds), mix(salt, static_cast<uint64_t>(repeat)), shares,
                           validate.folds},
                          evaluation, facts, development);
        for (Fold& fold : round) {
          fold.repeat = repeat;
          folds.push_back(std::move(fold));
        }
      }
      break;
    default:
      folds = deal({"the validation part", salt, {validate.share, 1 - validate.share}}, evaluation, facts, development);
      break;
  }
  for (const Fold& fold : folds) {
    if (fold.validation.empty()) too_few("validation", "at least one row", "none");
    require_classes("validation", facts, development, fold.training);
  }
  return folds;
}

InnerSplit split_inner(const Evaluation& evaluation, const SplitFacts& facts, const Selection& training, double share,
                       uint64_t salt) {
  const auto form = evaluation.validate.form;
  Fold fold;
  if (form == Split::Form::latest || form == Split::Form::rolling) {
    fold = time_fold(facts, training, latest_cut(sorted_times("latest", facts, training), share), end_of_time);
    require_classes("early stopping", facts, training, fold.training);
  } else {
    fold = deal({"early stopping", mix(evaluation.seed, inner_salt, salt), {share, 1 - share}, 1, false}, evaluation,
                facts, training)
               .front();
  }
  return {std::move(fold.training), std::move(fold.validation)};
}

}  // namespace mlw
