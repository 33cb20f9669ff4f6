// Machine code for one trial of a network in examples/wine: its training step, its judging, its predictor, and an
// expression over columns; first without a cache, then out of one. Processor time of the one thread that does it.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "bench/ten_operations.h"
#include "compiler/artefact/predictor_program.h"
#include "compiler/codegen/native_code_generator.h"
#include "runtime/learn/network_graph.h"

using namespace mlw;

namespace {

class MemoryCache final : public CodeCache {
 public:
  bool load(const std::string& key, std::string& bytes) override {
    const auto found = entries_.find(key);
    if (found == entries_.end()) return false;
    bytes = found->second;
    return true;
  }
  void save(const std::string& key, std::string_view bytes) override {
    entries_.insert_or_assign(key, std::string(bytes));
  }

 private:
  std::map<std::string, std::string> entries_;
};

constexpr int inputs = 13, units = 32, classes = 3;

/// dense(32) |> tanh |> dropout in front of three classes, adam, batches of 32: the widest network of the search, with
/// the longer of its two activations.
NetworkShape shape() {
  NetworkShape shape{inputs, classes, 32, {}, NetworkLoss::softmax, NetworkSettings::Optimizer::Kind::adam};
  shape.layers = {{units, Activation::tanh, 0.2}};
  return shape;
}

DenseLayer layer(int from, int to, Activation activation) {
  return {from, to, std::vector(static_cast<size_t>(from * to), 0.125F), std::vector(static_cast<size_t>(to), 0.5F),
          activation};
}

/// The network behind impute(median) |> standardize of every number.
PredictorProgram program() {
  PredictorProgram program;
  program.name = "wine";
  program.task = TaskKind::multiclass;
  program.link = Link::softmax;
  program.classes = {"first", "second", "third"};
  const auto number = [](Operation operation, FormulaPointer a, double b) {
    return make_formula(operation, ValueType::number, {std::move(a), make_constant(b)});
  };
  for (int i = 0; i < inputs; ++i) {
    RawField field;
    field.name = "field " + std::to_string(i);
    const auto imputed = number(Operation::coalesce, make_column(field.name, ValueType::number), i + 0.1);
    program.features.emplace_back(
        Feature{field.name, number(Operation::multiply, number(Operation::subtract, imputed, i + 0.3), 1 / (i + 2.0))});
    program.fields.push_back(std::move(field));
  }
  program.model = LayeredModel{{layer(inputs, units, Activation::tanh), layer(units, classes, Activation::identity)}};
  return program;
}

const std::vector<std::pair<const char*, std::function<void(CodeGenerator&)>>> pieces = {
    {"training step", [](CodeGenerator& generator) { generator.compile(training_step(shape())); }},
    {"judging", [](CodeGenerator& generator) { generator.compile(evaluation(shape())); }},
    {"predictor", [](CodeGenerator& generator) { generator.compile(program()); }},
    {"expression", [](CodeGenerator& generator) { generator.compile(ten_operations()); }}};

double now() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) * 1e-6;
}

/// Milliseconds of each piece by a fresh generator, then of all of them.
std::vector<double> milliseconds(CodeCache* cache) {
  const auto generator = codegen::make_code_generator(load_code_generator().host());
  generator->use_cache(cache);
  std::vector<double> times;
  const double begin = now();
  for (const auto& [name, compile] : pieces) {
    const double piece = now();
    compile(*generator);
    times.push_back(now() - piece);
  }
  times.push_back(now() - begin);
  return times;
}

void print(const std::string& name, double value) {
  std::printf("{\"name\": \"%s\", \"value\": %.3f, \"unit\": \"ms\"}\n", name.c_str(), value);
}

double median(const std::vector<std::vector<double>>& rounds, size_t piece) {
  std::vector<double> values;
  values.reserve(rounds.size());
  for (const std::vector<double>& round : rounds) values.push_back(round[piece]);
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

int main() {
  std::vector<std::vector<double>> cold, cached;
  MemoryCache cache;
  for (int i = 0; i < 5; ++i) cold.push_back(milliseconds(nullptr));
  milliseconds(&cache);
  for (int i = 0; i < 11; ++i) cached.push_back(milliseconds(&cache));
  // The first time in a process counts: later ones find LLVM warm.
  print("codegen cold", cold.front().back());
  print("codegen cold again", median(cold, pieces.size()));
  print("codegen cached", median(cached, pieces.size()));
  for (size_t i = 0; i < pieces.size(); ++i) {
    print(std::string("codegen cold, ") + pieces[i].first, cold.front()[i]);
    print(std::string("codegen cached, ") + pieces[i].first, median(cached, i));
  }
  print("codegen cold limit", 100);
  print("codegen cached limit", 2);
}
