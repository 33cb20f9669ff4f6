#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "tests/unit/semantics/analysed.h"

using namespace mlw;

namespace {

/// A small generator with fixed results (Marsaglia's xorshift).
struct Random {
  uint64_t state = 88172645463325252ULL;
  size_t below(size_t end) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state % end;
  }
};

const std::vector<std::string> pieces = {"amount",
                                         "is_fraud",
                                         "paid_at",
                                         "country",
                                         "note",
                                         "night",
                                         "missing",
                                         "1",
                                         "0.5",
                                         "20%",
                                         "3days",
                                         "\"de\"",
                                         "true",
                                         "(",
                                         ")",
                                         "[",
                                         "]",
                                         ",",
                                         ":",
                                         "=",
                                         "+",
                                         "-",
                                         "*",
                                         "/",
                                         "^",
                                         "==",
                                         "<",
                                         "and",
                                         "or",
                                         "not",
                                         "in",
                                         "if",
                                         "then",
                                         "else",
                                         "let",
                                         "|>",
                                         "|",
                                         "..",
                                         "log",
                                         "mean",
                                         "min",
                                         "linear",
                                         "network",
                                         "dense",
                                         "relu",
                                         "repeat",
                                         "impute",
                                         "one_hot",
                                         "kfold",
                                         "holdout",
                                         "f1",
                                         "minimize",
                                         "false_negatives",
                                         "recall_at",
                                         "fn",
                                         "f",
                                         "x",
                                         "{",
                                         "}",
                                         "prepare",
                                         "search",
                                         "metrics",
                                         "objective",
                                         "drop",
                                         "step",
                                         "-1",
                                         "1e300",
                                         "9007199254740993",
                                         "99999999999days"};

const std::string sound = R"(
workflow payments
task { predict: is_fraud kind: binary(positive: "yes") require: [flash <= 64KiB, recall >= 90%] protect: [gender] }
data { source: csv("p.csv") where: amount > 0 key: payment_id time: paid_at
  columns { fee: number(unit: "GBP", known_after: 36h) country: ordinal(["nl", "de"]) } }
metrics { cost = 120 * false_negatives + 3 * false_positives objective: minimize(cost) watch: [pr_auc, recall_at(precision: 90%)] }
expect { volume: 12000 every: 1day say: [missed, cost] }
fn half(x, by: 2) = x / by
prepare { night = hour(paid_at) < 6 ratio = amount / mean(amount) - half(age) ^ 2
  near = if age > 3 and (amount <= 20EUR or night) then "a" else "b" small = amount in [1, 2.5] or age in 3..5
  numbers: impute(mean) |> (standardize | scale(0..1)) age: impute(0) |> bucketize(5) |> one_hot drop: [home_country] }
evaluate { test: latest(25%) validate: latest(12.5%) group_by: customer_id seed: 7 }
baseline { rule: amount > 2000 and night }
search { width = 16..256 log line = linear(l2: 1e-6..1 log)
  net = network(repeat(1..4, dense(width) |> (relu | gelu) |> dropout(0..0.5)), optimizer: adam(learning_rate: 1e-4..1e-2 log), batch: 64 | 128) trials: 20 }
deploy api, lib { target: library require: [flash <= 1MiB] }
allow M204 because "measured"
)";

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

}  // namespace

TEST_CASE("no text makes the analysis fail, and what has no mistakes can be written out") {
  const std::vector<std::string> whole = words_of(sound);
  REQUIRE(analyse_with(sound, {payments_schema()}).codes().empty());
  Random random;
  for (int round = 0; round < 400; ++round) {
    std::vector<std::string> words = whole;
    for (size_t change = 0, changes = 1 + random.below(3); change < changes; ++change) {
      const size_t at = random.below(words.size());
      switch (random.below(4)) {
        case 0:
          words.erase(words.begin() + static_cast<std::ptrdiff_t>(at));
          break;
        case 1:
          words[at] = pieces[random.below(pieces.size())];
          break;
        case 2:
          words.insert(words.begin() + static_cast<std::ptrdiff_t>(at), pieces[random.below(pieces.size())]);
          break;
        default:
          std::swap(words[at], words[random.below(words.size())]);
          break;
      }
    }
    std::string text;
    for (const std::string& word : words) text += word + (random.below(12) == 0 ? "\n" : " ");
    INFO(text);
    for (const bool known : {true, false}) {
      const std::vector<Schema> schemas = known ? std::vector{payments_schema()} : std::vector<Schema>{};
      const Analysed analysed = analyse_with(text, schemas);
      CHECK_NOTHROW(analysed.text());
      if (analysed.diagnostics.has_errors()) continue;
      const std::string full = print_full(analysed.workflow);
      const Analysed again = analyse_with(full, schemas);
      INFO(full << "\n" << again.text());
      CHECK_FALSE(again.diagnostics.has_errors());
      for (const char* part : {"task", "data", "prepare", "evaluate", "metrics", "search", "deploy"})
        CHECK(key_text(analysed.workflow, part) == key_text(again.workflow, part));
    }
  }
}
