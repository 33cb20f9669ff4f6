// Machine code for one trial: the training step and the judging of a network, from settings to functions that can be
// called; first without a cache, then out of one.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

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

/// 30 -> 64 relu, dropout -> 32 relu, dropout -> 3 classes, adam.
NetworkShape shape() {
  NetworkShape shape{30, 3, 128, {}, NetworkLoss::softmax, NetworkSettings::Optimizer::Kind::adam};
  shape.layers = {{64, Activation::relu, 0.2}, {32, Activation::relu, 0.2}};
  return shape;
}

/// Milliseconds for the code of a trial by a fresh generator.
double milliseconds(CodeCache* cache) {
  const auto generator = codegen::make_code_generator(load_code_generator().host());
  generator->use_cache(cache);
  const auto begin = std::chrono::steady_clock::now();
  const auto step = generator->compile(training_step(shape()));
  const auto judge = generator->compile(evaluation(shape()));
  const auto end = std::chrono::steady_clock::now();
  return step->run && judge->run ? std::chrono::duration<double, std::milli>(end - begin).count() : -1;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

int main() {
  std::vector<double> cold, cached;
  MemoryCache cache;
  for (int i = 0; i < 5; ++i) cold.push_back(milliseconds(nullptr));
  milliseconds(&cache);
  for (int i = 0; i < 11; ++i) cached.push_back(milliseconds(&cache));
  // The first time in a process counts: later ones find LLVM warm.
  std::printf("{\"name\": \"codegen cold\", \"value\": %.3f, \"unit\": \"ms\"}\n", cold.front());
  std::printf("{\"name\": \"codegen cold again\", \"value\": %.3f, \"unit\": \"ms\"}\n", median(cold));
  std::printf("{\"name\": \"codegen cached\", \"value\": %.3f, \"unit\": \"ms\"}\n", median(cached));
  std::printf("{\"name\": \"codegen cold limit\", \"value\": 100, \"unit\": \"ms\"}\n");
  std::printf("{\"name\": \"codegen cached limit\", \"value\": 2, \"unit\": \"ms\"}\n");
}
