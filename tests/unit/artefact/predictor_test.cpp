#include <catch2/catch.hpp>
#include <memory>

#include "compiler/codegen/native_code_generator.h"
#include "compiler/codegen/target_machine.h"
#include "compiler/kernel/code_generator.h"
#include "tests/reference/random_programs.h"

using namespace mlw;
using namespace mlw::reference;

namespace {

/// A record as compiled code takes it; the record must outlive it.
struct Raw {
  std::vector<RawValue> values;
  std::vector<uint64_t> missing;

  explicit Raw(const Record& record) : values(record.size()), missing(record.size() / 64 + 1) {
    for (size_t i = 0; i < record.size(); ++i) {
      values[i].text = {"", 0};
      if (RowFormulas::is_missing(record[i])) missing[i / 64] |= uint64_t{1} << i % 64;
      if (const auto* number = std::get_if<Wide>(&record[i])) values[i].number = number->value;
      if (const auto* whole = std::get_if<int64_t>(&record[i])) values[i].integer = *whole;
      if (const auto* flag = std::get_if<bool>(&record[i])) values[i].integer = *flag;
      if (const auto* text = std::get_if<std::string>(&record[i])) values[i].text = {text->data(), text->size()};
    }
  }
};

class Compiled {
 public:
  Compiled(const PredictorProgram& program, CodeGenerator& generator)
      : predictor_(generator.compile(program)),
        scratch_(static_cast<std::byte*>(
                     std::aligned_alloc(64, static_cast<size_t>(predictor_->scratch_bytes / 64 + 1) * 64)),
                 std::free),
        outputs_(static_cast<size_t>(program.outputs())) {
    // What was there before must not matter.
    std::fill_n(scratch_.get(), predictor_->scratch_bytes, std::byte{0xff});
  }
  Answer predict(const Record& record) const {
    const Raw raw(record);
    Answer answer;
    answer.scores.resize(outputs_);
    answer.status = static_cast<PredictionStatus>(
        (*predictor_)(raw.values.data(), raw.missing.data(), answer.scores.data(), &answer.decision, scratch_.get()));
    return answer;
  }

 private:
  std::shared_ptr<const CompiledPredictor> predictor_;
  std::unique_ptr<std::byte, void (*)(void*)> scratch_;
  size_t outputs_;
};

void compare(uint64_t first, uint64_t last, CodeGenerator& generator) {
  std::array<int64_t, prediction_statuses> seen = {};
  for (uint64_t seed = first; seed < last; ++seed) {
    const PredictorProgram program = RandomProgram(seed).make();
    const PredictorReference reference(program);
    const Compiled compiled(program, generator);
    Draws draws(seed + 1000000);
    for (int row = 0; row < 60; ++row) {
      const Record record = RandomProgram::record(program, draws);
      const Answer expected = reference.predict(record), found = compiled.predict(record);
      ++seen[static_cast<size_t>(expected.status)];
      if (same_bits(expected, found)) continue;
      CAPTURE(seed, row, name(expected.status), name(found.status), expected.decision, found.decision, expected.scores,
              found.scores);
      FAIL("another answer than the reference's: " << to_text(program).substr(0, 6000));
    }
  }
  for (const int64_t count : seen) CHECK(count > 0);  // every status was met
}

}  // namespace

TEST_CASE("compiled predictors answer like the reference, bit for bit") { compare(0, 150, load_code_generator()); }

TEST_CASE("the width of vectors changes no bit") {
  for (const int bits : {128, 256}) {
    const auto generator = codegen::make_code_generator(codegen::host_with_vectors(load_code_generator().host(), bits));
    compare(150, 200, *generator);
  }
}
