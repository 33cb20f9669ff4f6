// One row through the compiled predictor of the network 30-64-64-1: bare, and with its preparation (impute and
// standardize); beside them the time of reading the network's weights once with vectors as wide as the machine's.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "compiler/artefact/predictor_program.h"
#include "compiler/kernel/code_generator.h"
#include "runtime/data/random.h"

using namespace mlw;

namespace {

constexpr int fields = 30;
/// Rows that are asked in turn: few, so that they and the weights stay in the first cache.
constexpr size_t rows = 16;
constexpr int calls = 1024, bursts = 400;

class Draws {
 public:
  /// In [0, 1).
  double uniform() { return static_cast<double>(mix(1, next_++) >> 11) * 0x1p-53; }
  float weight(int inputs) { return static_cast<float>((2 * uniform() - 1) / std::sqrt(inputs)); }

 private:
  uint64_t next_ = 0;
};

DenseLayer layer(Draws& draws, int inputs, int outputs, Activation activation) {
  DenseLayer made{inputs, outputs, {}, {}, activation};
  for (int i = 0; i < inputs * outputs; ++i) made.weights.push_back(draws.weight(inputs));
  for (int i = 0; i < outputs; ++i) made.bias.push_back(draws.weight(inputs));
  return made;
}

/// (coalesce(x, centre) - mean) * factor
FormulaPointer prepared(const FormulaPointer& column, Draws& draws) {
  const auto number = [](Operation operation, FormulaPointer a, FormulaPointer b) {
    return make_formula(operation, ValueType::number, {std::move(a), std::move(b)});
  };
  const auto imputed = number(Operation::coalesce, column, make_constant(draws.uniform()));
  const auto centred = number(Operation::subtract, imputed, make_constant(draws.uniform()));
  return number(Operation::multiply, centred, make_constant(1 + draws.uniform()));
}

PredictorProgram network(bool preparation) {
  Draws draws;
  PredictorProgram program;
  program.name = "network";
  program.task = TaskKind::binary;
  program.link = Link::logistic;
  program.classes = {"no", "yes"};
  for (int i = 0; i < fields; ++i) {
    RawField field;
    field.name = "x" + std::to_string(i);
    field.required = !preparation;
    const FormulaPointer column = make_column(field.name, ValueType::number);
    program.features.emplace_back(Feature{field.name, preparation ? prepared(column, draws) : column});
    program.fields.push_back(std::move(field));
  }
  program.model = LayeredModel{{layer(draws, fields, 64, Activation::relu), layer(draws, 64, 64, Activation::relu),
                                layer(draws, 64, 1, Activation::identity)}};
  verify_program(program);
  return program;
}

/// What a call of the predictor is given.
struct Row {
  std::vector<RawValue> values = std::vector<RawValue>(fields);
  uint64_t missing = 0;
};

std::vector<Row> make_rows(bool some_missing) {
  Draws draws;
  std::vector<Row> made(rows);
  for (Row& row : made)
    for (size_t i = 0; i < fields; ++i) {
      row.values[i].number = 4 * draws.uniform() - 2;
      if (some_missing && draws.uniform() < 0.05) row.missing |= uint64_t{1} << i;
    }
  return made;
}

class Asked {
 public:
  Asked(const PredictorProgram& program, bool some_missing)
      : predictor_(load_code_generator().compile(program)),
        rows_(make_rows(some_missing)),
        scratch_(std::aligned_alloc(64, static_cast<size_t>(predictor_->scratch_bytes + 63) / 64 * 64), std::free) {}

  /// The sum of so many answers.
  double ask() const {
    double sum = 0;
    for (size_t i = 0; i < calls; ++i) {
      const Row& row = rows_[i % rows];
      float score = 0;
      int32_t decision = 0;
      if ((*predictor_)(row.values.data(), &row.missing, &score, &decision, scratch_.get()) != 0) std::abort();
      sum += score;
    }
    return sum;
  }

 private:
  std::shared_ptr<const CompiledPredictor> predictor_;
  std::vector<Row> rows_;
  std::unique_ptr<void, void (*)(void*)> scratch_;
};

/// The weights of the network's layers, one behind the other.
class Weights {
 public:
  explicit Weights(const PredictorProgram& program) {
    for (const DenseLayer& each : std::get<LayeredModel>(program.model).layers) {
      count_ += each.weights.size() + each.bias.size();
    }
    count_ = (count_ + step - 1) / step * step;
    memory_.reset(static_cast<float*>(std::aligned_alloc(64, count_ * sizeof(float))));
    std::fill_n(memory_.get(), count_, 1.0F);
  }

  double ask() const {
    double sum = 0;
    for (int i = 0; i < calls; ++i) sum += static_cast<double>(read(memory_.get(), count_));
    return sum;
  }

 private:
  using Vector __attribute__((vector_size(64))) = float;
  /// So many vectors at once hide the latency of an addition.
  static constexpr size_t sums = 8, step = sums * sizeof(Vector) / sizeof(float);

#ifdef __x86_64__
  __attribute__((target_clones("avx512f", "avx2", "default")))
#endif
  static float
  read(const float* values, size_t count) {
    Vector sum[sums] = {};
    for (size_t i = 0; i < count; i += step)
      for (size_t k = 0; k < sums; ++k) sum[k] += reinterpret_cast<const Vector*>(values + i)[k];
    for (size_t k = 1; k < sums; ++k) sum[0] += sum[k];
    return sum[0][0] + sum[0][1];
  }

  size_t count_ = 0;
  std::unique_ptr<float, void (*)(void*)> memory_{nullptr, std::free};
};

/// Nanoseconds of a call, the shortest burst so far; what is measured takes turns, so that all see the same machine.
template <typename Work>
void measure(const Work& work, double& shortest) {
  const auto begin = std::chrono::steady_clock::now();
  const volatile double result = work.ask();
  static_cast<void>(result);
  const std::chrono::duration<double, std::nano> time = std::chrono::steady_clock::now() - begin;
  shortest = std::min(shortest, time.count() / calls);
}

}  // namespace

int main() {
  const PredictorProgram bare = network(false), whole = network(true);
  const Asked alone(bare, false), with_preparation(whole, true);
  const Weights weights(bare);
  double one_row = 1e9, one_row_prepared = 1e9, weights_once = 1e9;
  for (int i = 0; i < bursts; ++i) {
    measure(weights, weights_once);
    measure(alone, one_row);
    measure(with_preparation, one_row_prepared);
  }
  const auto print = [](const char* name, double value) {
    std::printf("{\"name\": \"%s\", \"value\": %.6g, \"unit\": \"ns\"}\n", name, value);
  };
  print("one row", one_row);
  print("one row prepared", one_row_prepared);
  print("weights once", weights_once);
}
