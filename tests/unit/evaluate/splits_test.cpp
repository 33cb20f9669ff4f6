#include "runtime/evaluate/splits.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstring>
#include <map>
#include <set>

#include "runtime/data/random.h"

using namespace mlw;

namespace {

SplitFacts facts_of(int64_t rows, uint64_t seed = 1) {
  SplitFacts facts;
  for (int64_t i = 0; i < rows; ++i) facts.identity.push_back(mix(seed, static_cast<uint64_t>(i)));
  return facts;
}

/// Classes by a pattern of shares, such as {0.9, 0.1}, in an order without structure.
void give_classes(SplitFacts& facts, const std::vector<double>& shares) {
  for (const uint64_t id : facts.identity) {
    double u = Philox{99}.uniform(id);
    int32_t c = 0;
    while (c + 1 < static_cast<int32_t>(shares.size()) && u >= shares[c]) u -= shares[c++];
    facts.classes.push_back(c);
  }
}

Evaluation protocol(Split::Form test, double share, Split::Form validate = Split::Form::kfold, int folds = 5,
                    int repeats = 1) {
  Evaluation evaluation;
  evaluation.test.form = test;
  evaluation.test.share = share;
  evaluation.validate.form = validate;
  evaluation.validate.folds = folds;
  evaluation.validate.repeats = repeats;
  return evaluation;
}

std::set<uint64_t> identities(const SplitFacts& facts, const Selection& rows) {
  std::set<uint64_t> found;
  for (const uint32_t row : rows) found.insert(facts.identity[row]);
  return found;
}

Selection join(std::initializer_list<const Selection*> parts) {
  Selection all;
  for (const Selection* part : parts) all.insert(all.end(), part->begin(), part->end());
  std::sort(all.begin(), all.end());
  return all;
}

Selection first_rows(size_t count) {
  Selection rows;
  for (uint32_t i = 0; i < count; ++i) rows.push_back(i);
  return rows;
}

std::string code_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const Failure& failure) {
    return std::string(failure.diagnostic.kind->code);
  }
  return "";
}

bool share_a_key(const std::vector<uint64_t>& key, const Selection& a, const Selection& b) {
  std::set<uint64_t> left;
  for (const uint32_t row : a) left.insert(key[row]);
  return std::any_of(b.begin(), b.end(), [&](uint32_t row) { return left.count(key[row]) > 0; });
}

}  // namespace

TEST_CASE("a holdout covers all rows once and has its share") {
  const auto facts = facts_of(10000);
  const TestPart part = split_test(protocol(Split::Form::holdout, 0.2), facts);
  CHECK(join({&part.development, &part.test}) == first_rows(10000));
  CHECK(part.left_out.empty());
  CHECK(part.test.size() > 1840);  // four standard deviations of a binomial
  CHECK(part.test.size() < 2160);
  CHECK(std::is_sorted(part.test.begin(), part.test.end()));
}

TEST_CASE("another seed takes other rows") {
  const auto facts = facts_of(1000);
  Evaluation evaluation = protocol(Split::Form::holdout, 0.5);
  const auto first = split_test(evaluation, facts).test;
  CHECK(first == split_test(evaluation, facts).test);
  evaluation.seed = 2;
  const auto second = split_test(evaluation, facts).test;
  Selection both;
  std::set_intersection(first.begin(), first.end(), second.begin(), second.end(), std::back_inserter(both));
  CHECK(both.size() > 180);
  CHECK(both.size() < 320);
}

TEST_CASE("splits follow identities, not positions") {
  auto facts = facts_of(500);
  give_classes(facts, {0.7, 0.3});
  SplitFacts reversed;
  reversed.identity.assign(facts.identity.rbegin(), facts.identity.rend());
  reversed.classes.assign(facts.classes.rbegin(), facts.classes.rend());
  const Evaluation evaluation = protocol(Split::Form::holdout, 0.2);
  const auto a = split_test(evaluation, facts), b = split_test(evaluation, reversed);
  CHECK(identities(facts, a.test) == identities(reversed, b.test));
  const auto folds_a = split_folds(evaluation, facts, a.development),
             folds_b = split_folds(evaluation, reversed, b.development);
  for (size_t k = 0; k < folds_a.size(); ++k) {
    CHECK(identities(facts, folds_a[k].validation) == identities(reversed, folds_b[k].validation));
  }
}

TEST_CASE("appended rows move none from test to training") {
  const bool with_classes = GENERATE(false, true);
  const bool with_groups = GENERATE(false, true);
  const bool with_copies = GENERATE(false, true);
  std::set<uint64_t> test_before;
  for (int64_t rows = 150; rows <= 600; rows += 30) {
    auto facts = facts_of(rows);
    if (with_classes) give_classes(facts, {0.4, 0.35, 0.25});
    for (int64_t i = 0; i < rows; ++i) {
      if (with_groups) facts.group.push_back(mix(7, facts.identity[i] % 97));
      if (with_copies) facts.content.push_back(mix(8, facts.identity[i] % 331));
    }
    const auto now = identities(facts, split_test(protocol(Split::Form::holdout, 0.2), facts).test);
    CHECK(std::includes(now.begin(), now.end(), test_before.begin(), test_before.end()));
    test_before = now;
  }
}

TEST_CASE("a small class is never without its part of the test rows") {
  for (uint64_t seed = 0; seed < 50; ++seed) {
    auto facts = facts_of(100, seed);
    for (int i = 0; i < 100; ++i) facts.classes.push_back(i < 6 ? 1 : 0);
    Evaluation evaluation = protocol(Split::Form::holdout, 0.2);
    evaluation.seed = seed;
    const TestPart part = split_test(evaluation, facts);
    const auto rare = [&](const Selection& rows) {
      return std::count_if(rows.begin(), rows.end(), [&](uint32_t r) { return facts.classes[r] == 1; });
    };
    CHECK(rare(part.test) >= 1);
    CHECK(rare(part.development) >= 1);
    CHECK(static_cast<int64_t>(part.test.size()) - rare(part.test) >= 9);
  }
}

TEST_CASE("kfold judges every development row once, in folds of equal size and equal classes") {
  auto facts = facts_of(503);
  give_classes(facts, {0.6, 0.3, 0.1});
  const auto folds = split_folds(protocol(Split::Form::holdout, 0.2, Split::Form::kfold, 5, 3), facts, first_rows(503));
  REQUIRE(folds.size() == 15);
  std::map<int32_t, int64_t> in_all;
  for (const int32_t c : facts.classes) ++in_all[c];
  for (int repeat = 0; repeat < 3; ++repeat) {
    Selection judged;
    for (int k = 0; k < 5; ++k) {
      const Fold& fold = folds[repeat * 5 + k];
      CHECK(fold.repeat == repeat);
      CHECK(fold.fold == k);
      CHECK(join({&fold.training, &fold.validation}) == first_rows(503));
      CHECK(fold.validation.size() >= 100);
      CHECK(fold.validation.size() <= 101);
      std::map<int32_t, int64_t> here;
      for (const uint32_t row : fold.validation) ++here[facts.classes[row]];
      for (const auto& [c, count] : in_all)
        CHECK(std::abs(static_cast<double>(here[c]) - static_cast<double>(count) / 5) < 1);
      judged.insert(judged.end(), fold.validation.begin(), fold.validation.end());
    }
    std::sort(judged.begin(), judged.end());
    CHECK(judged == first_rows(503));
  }
  CHECK(folds[0].validation != folds[5].validation);
}

TEST_CASE("without stratification classes fall as they fall") {
  auto facts = facts_of(300);
  give_classes(facts, {0.5, 0.5});
  Evaluation evaluation = protocol(Split::Form::holdout, 0.2);
  evaluation.stratify = false;
  const auto folds = split_folds(evaluation, facts, first_rows(300));
  std::set<int64_t> counts;
  for (const Fold& fold : folds) {
    CHECK(fold.validation.size() == 60);
    counts.insert(std::count_if(fold.validation.begin(), fold.validation.end(),
                                [&](uint32_t r) { return facts.classes[r] == 1; }));
  }
  CHECK(counts.size() > 1);
}

TEST_CASE("groups never stand on both sides and are dealt out evenly") {
  auto facts = facts_of(2000);
  give_classes(facts, {0.8, 0.2});
  for (const uint64_t id : facts.identity) {
    const double u = Philox{5}.uniform(id);
    facts.group.push_back(mix(static_cast<uint64_t>(u * u * 150)));  // large and small groups
  }
  const Evaluation evaluation = protocol(Split::Form::holdout, 0.2);
  const TestPart part = split_test(evaluation, facts);
  CHECK_FALSE(share_a_key(facts.group, part.development, part.test));
  const auto folds = split_folds(evaluation, facts, part.development);
  const double share = static_cast<double>(std::count(facts.classes.begin(), facts.classes.end(), 1)) / 2000;
  for (const Fold& fold : folds) {
    CHECK_FALSE(share_a_key(facts.group, fold.training, fold.validation));
    CHECK(static_cast<double>(fold.validation.size()) ==
          Approx(static_cast<double>(part.development.size()) / 5).epsilon(0.05));
    const auto ones = std::count_if(fold.validation.begin(), fold.validation.end(),
                                    [&](uint32_t r) { return facts.classes[r] == 1; });
    CHECK(static_cast<double>(ones) / static_cast<double>(fold.validation.size()) == Approx(share).epsilon(0.2));
    const InnerSplit inner = split_inner(evaluation, facts, fold.training, 0.2, 3);
    CHECK(join({&inner.training, &inner.validation}) == fold.training);
    CHECK_FALSE(share_a_key(facts.group, inner.training, inner.validation));
    CHECK(static_cast<double>(inner.validation.size()) ==
          Approx(0.2 * static_cast<double>(fold.training.size())).epsilon(0.05));
  }
}

TEST_CASE("identical rows stay on one side") {
  auto facts = facts_of(1000);
  for (size_t i = 0; i < 1000; ++i) facts.content.push_back(mix(i % 400));
  const Evaluation evaluation = protocol(Split::Form::holdout, 0.3);
  const TestPart part = split_test(evaluation, facts);
  CHECK_FALSE(share_a_key(facts.content, part.development, part.test));
  CHECK(part.notes.empty());
  for (const Fold& fold : split_folds(evaluation, facts, part.development))
    CHECK_FALSE(share_a_key(facts.content, fold.training, fold.validation));
}

TEST_CASE("inputs of few values are not copies: their rows are split one by one, and it is said") {
  auto facts = facts_of(1000);
  for (size_t i = 0; i < 1000; ++i) facts.content.push_back(mix(i % 4));
  const TestPart part = split_test(protocol(Split::Form::holdout, 0.2), facts);
  CHECK(part.test.size() > 140);
  CHECK(part.test.size() < 260);
  REQUIRE(part.notes.size() == 1);
  CHECK(part.notes[0].find("4 sets") != std::string::npos);
}

TEST_CASE("copies link groups, unless everything would hang together") {
  auto facts = facts_of(1000);
  for (size_t i = 0; i < 1000; ++i) {
    facts.group.push_back(mix(i / 2));
    facts.content.push_back(i % 100 < 2 ? mix(77, i / 200) : mix(i));  // a few copies across groups
  }
  const Evaluation evaluation = protocol(Split::Form::holdout, 0.3);
  const TestPart part = split_test(evaluation, facts);
  CHECK_FALSE(share_a_key(facts.group, part.development, part.test));
  CHECK_FALSE(share_a_key(facts.content, part.development, part.test));
  for (size_t i = 0; i < 1000; ++i)
    facts.content[i] = mix((i + 1) / 2);  // each group holds a copy of its neighbour's row
  const TestPart chained = split_test(evaluation, facts);
  CHECK_FALSE(share_a_key(facts.group, chained.development, chained.test));
  CHECK(chained.test.size() > 200);
  REQUIRE(chained.notes.size() == 1);
  CHECK(chained.notes[0].find("groups are kept together") != std::string::npos);
}

TEST_CASE("latest takes the last rows in time, and leaves out rows whose label comes too late") {
  auto facts = facts_of(1000);
  for (const uint64_t id : facts.identity) facts.time.push_back(static_cast<int64_t>(id % 100000));
  facts.time[17] = no_time;
  facts.known_after = 5000;
  const TestPart part = split_test(protocol(Split::Form::latest, 0.2), facts);
  CHECK(part.test.size() >= 200);
  CHECK(part.test.size() <= 203);
  int64_t earliest = 100000;
  for (const uint32_t row : part.test) earliest = std::min(earliest, facts.time[row]);
  for (const uint32_t row : part.development) CHECK(facts.time[row] + facts.known_after <= earliest);
  CHECK(join({&part.development, &part.test, &part.left_out}) == first_rows(1000));
  CHECK(std::binary_search(part.left_out.begin(), part.left_out.end(), 17u));
  CHECK(part.left_out.size() > 20);
  CHECK(part.notes.size() == 2);
}

TEST_CASE("latest with groups leaves the groups of the test part out of training") {
  auto facts = facts_of(400);
  for (size_t i = 0; i < 400; ++i) {
    facts.time.push_back(static_cast<int64_t>(i));
    facts.group.push_back(mix(i % 130));
  }
  const TestPart part = split_test(protocol(Split::Form::latest, 0.1), facts);
  CHECK(part.test.size() == 40);
  CHECK_FALSE(share_a_key(facts.group, part.development, part.test));
  CHECK(part.development.size() == 400 - 40 - part.left_out.size());
  CHECK(part.development.size() > 200);
}

TEST_CASE("rolling steps learn from the past alone") {
  auto facts = facts_of(600);
  for (const uint64_t id : facts.identity) facts.time.push_back(static_cast<int64_t>(id % 1000));
  facts.known_after = 20;
  const auto folds = split_folds(protocol(Split::Form::latest, 0.2, Split::Form::rolling, 4), facts, first_rows(600));
  REQUIRE(folds.size() == 4);
  size_t before = 0;
  Selection judged;
  for (const Fold& fold : folds) {
    CHECK(fold.training.size() > before);
    before = fold.training.size();
    int64_t earliest = 1000;
    for (const uint32_t row : fold.validation) earliest = std::min(earliest, facts.time[row]);
    for (const uint32_t row : fold.training) CHECK(facts.time[row] + 20 <= earliest);
    judged.insert(judged.end(), fold.validation.begin(), fold.validation.end());
  }
  const std::set<uint32_t> once(judged.begin(), judged.end());
  CHECK(once.size() == judged.size());
  CHECK(judged.size() > 470);
}

TEST_CASE("inner splits go by time where validation does") {
  auto facts = facts_of(300);
  for (size_t i = 0; i < 300; ++i) facts.time.push_back(static_cast<int64_t>(i));
  const InnerSplit inner =
      split_inner(protocol(Split::Form::latest, 0.2, Split::Form::latest), facts, first_rows(200), 0.1, 0);
  CHECK(inner.validation.size() == 20);
  CHECK(inner.validation.front() == 180);
  CHECK(inner.training == first_rows(180));
}

TEST_CASE("a mask of rows is the test part") {
  auto facts = facts_of(10);
  facts.in_test = {0, 1, 0, 0, 1, 0, 0, 0, 0, 0};
  const TestPart part = split_test(protocol(Split::Form::rows, 0), facts);
  CHECK(part.test == Selection{1, 4});
  CHECK(part.development.size() == 8);
}

TEST_CASE("no test part when the share is nothing") {
  const auto facts = facts_of(10);
  const TestPart part = split_test(protocol(Split::Form::holdout, 0), facts);
  CHECK(part.test.empty());
  CHECK(part.development == first_rows(10));
}

TEST_CASE("too few rows for the protocol are D109") {
  auto facts = facts_of(40);
  for (int i = 0; i < 40; ++i) facts.classes.push_back(i < 4 ? 1 : 0);
  facts.class_names = {"no", "yes"};
  const auto fold = [&](int k) {
    return code_of(
        [&] { split_folds(protocol(Split::Form::holdout, 0.2, Split::Form::kfold, k), facts, first_rows(40)); });
  };
  CHECK(fold(5) == "D109");
  CHECK(fold(4).empty());
  try {
    split_folds(protocol(Split::Form::holdout, 0.2, Split::Form::kfold, 5), facts, first_rows(40));
  } catch (const Failure& failure) {
    CHECK(failure.diagnostic.message.find("4 of class `yes`") != std::string::npos);
  }
  CHECK(code_of([&] {
          split_folds(protocol(Split::Form::holdout, 0.2, Split::Form::kfold, 9), facts_of(8), first_rows(8));
        }) == "D109");
  CHECK(code_of([&] { split_test(protocol(Split::Form::holdout, 0.2), facts_of(1)); }) == "D109");
  CHECK(code_of([&] { split_test(protocol(Split::Form::holdout, 0.2), facts_of(0)); }) == "D109");
  auto one_group = facts_of(40);
  one_group.group.assign(40, 3);
  CHECK(code_of([&] { split_test(protocol(Split::Form::holdout, 0.2), one_group); }) == "D109");
  CHECK(code_of([&] { split_test(protocol(Split::Form::rows, 0.2), facts_of(40)); }) == "D109");
  auto one_moment = facts_of(40);
  one_moment.time.assign(40, 5);
  CHECK(code_of([&] { split_test(protocol(Split::Form::latest, 0.2), one_moment); }) == "D109");
  CHECK(code_of([&] {
          split_folds(protocol(Split::Form::latest, 0.2, Split::Form::rolling, 3), one_moment, first_rows(40));
        }) == "D109");
}

TEST_CASE("latest without any time is said") {
  CHECK(code_of([] { split_test(protocol(Split::Form::latest, 0.2), facts_of(40)); }) == "D021");
  auto untimed = facts_of(40);
  untimed.time.assign(40, no_time);
  CHECK(code_of([&] {
          split_folds(protocol(Split::Form::latest, 0.2, Split::Form::rolling), untimed, first_rows(40));
        }) == "D021");
}

TEST_CASE("an inner split of very few rows keeps a lone class in training") {
  auto facts = facts_of(12);
  facts.classes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  const InnerSplit inner = split_inner(protocol(Split::Form::holdout, 0.2), facts, first_rows(12), 0.2, 0);
  CHECK(std::binary_search(inner.training.begin(), inner.training.end(), 11u));
  CHECK(!inner.validation.empty());
}

namespace {

/// A table of one number column, one category column and one date column.
Table small_table(const std::vector<double>& numbers, const std::vector<std::string>& dictionary,
                  const std::vector<uint32_t>& codes, const std::vector<int64_t>& dates) {
  const auto chunk = [](const auto& values, uint64_t missing_rows) {
    Chunk made;
    made.rows = static_cast<int64_t>(values.size());
    Buffer memory = allocate(values.size() * sizeof(values[0]));
    std::memcpy(const_cast<std::byte*>(memory.get()), values.data(), values.size() * sizeof(values[0]));
    made.values = memory;
    Buffer validity = allocate(8);
    const uint64_t valid = ~missing_rows;
    std::memcpy(const_cast<std::byte*>(validity.get()), &valid, 8);
    made.validity = validity;
    return made;
  };
  Table table;
  table.rows = static_cast<int64_t>(numbers.size());
  Column number{"x", ColumnKind::number, Storage::float64, "", {chunk(numbers, 0)}, nullptr};
  Column city{"city", ColumnKind::category,   Storage::category,
              "",     {chunk(codes, 0b1000)}, std::make_shared<const std::vector<std::string>>(dictionary)};
  Column when{"when", ColumnKind::date, Storage::int64, "", {chunk(dates, 0b0010)}, nullptr};
  table.columns = {number, city, when};
  for (int64_t i = 0; i < table.rows; ++i) table.identity.push_back(mix(static_cast<uint64_t>(i)));
  return table;
}

}  // namespace

TEST_CASE("facts are of values: a dictionary that grows changes no hash") {
  const std::vector<std::string> inputs = {"x", "city"};
  const auto facts =
      split_facts(small_table({1, 2, 1, 1}, {"Bonn", "Köln"}, {0, 1, 0, 0}, {5, 6, 7, 8}), {"city"}, "when", inputs);
  const auto grown = split_facts(small_table({1, 2, 1, 1}, {"Aachen", "Bonn", "Köln"}, {1, 2, 1, 0}, {5, 6, 7, 8}),
                                 {"city"}, "when", inputs);
  CHECK(facts.group == grown.group);
  CHECK(facts.content == grown.content);
  CHECK(facts.group[0] == facts.group[2]);
  CHECK(facts.group[0] != facts.group[1]);
  CHECK(facts.group[3] != facts.group[0]);  // an unknown group is one of its own
  CHECK(facts.content[0] == facts.content[2]);
  CHECK(facts.content[0] != facts.content[3]);
  CHECK(facts.time == std::vector<int64_t>{5, no_time, 7, 8});
}
