// A dense network on 50,000 rows of 30 inputs: 64 and 64 units with relu, one logistic output, adam, batches of 128, 20
// epochs. Usage: bench_network FOLDER (x.f32, y.f32 in it, see workloads.py).
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <string>
#include <vector>

#include "runtime/data/matrix_memory.h"
#include "runtime/learn/network_training.h"

using namespace mlw;

namespace {

std::vector<float> read(const std::string& path) {
  std::vector<float> values(std::filesystem::file_size(path) / sizeof(float));
  std::ifstream(path, std::ios::binary)
      .read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(float)));
  return values;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return 2;
  const std::string folder = arguments[1];
  const std::vector<float> x = read(folder + "/x.f32"), y = read(folder + "/y.f32");
  PreparedMatrix matrix;
  matrix.rows = static_cast<int64_t>(y.size());
  DenseBlock inputs = make_dense(matrix.rows, static_cast<int64_t>(x.size() / y.size()));
  std::copy(x.begin(), x.end(), inputs.values.get());
  matrix.targets = make_dense(matrix.rows, 1);
  std::copy(y.begin(), y.end(), matrix.targets.values.get());
  matrix.blocks.emplace_back(inputs);
  matrix.identity.resize(y.size());
  std::iota(matrix.identity.begin(), matrix.identity.end(), uint64_t{0});

  NetworkSettings settings;
  settings.layers = {{64, Activation::relu, 0}, {64, Activation::relu, 0}};
  settings.batch = 128;
  NetworkShape shape{static_cast<int>(inputs.columns), 1, settings.batch, settings.layers, NetworkLoss::logistic,
                     settings.optimizer.kind};
  CodeGenerator& generator = load_code_generator();

  const auto begin = std::chrono::steady_clock::now();
  const auto seconds = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(); };
  NetworkTraining training(shape, settings, generator, 1);
  const double compiled = seconds();
  const NetworkRows rows = make_rows(matrix);
  std::vector<uint32_t> order;
  for (uint64_t epoch = 1; epoch <= 20; ++epoch) {
    shuffle(rows, epoch, order);
    double weight = 0;
    for (int64_t row = 0; row < rows.rows; row += shape.batch) training.step(rows, order, row, weight);
  }
  const double trained = seconds();
  // Multiplications and additions of a row: forward, gradients of weights, gradients of all inputs but the first
  // layer's.
  double operations = 0;
  for (const NetworkParameter& parameter : training.parameters())
    if (!parameter.is_bias) operations += 2.0 * static_cast<double>(parameter.size()) * (parameter.layer == 0 ? 2 : 3);
  const double rate = operations * 20 * static_cast<double>(rows.rows) / (trained - compiled) * 1e-9;
  std::printf("{\"name\": \"network\", \"value\": %.6f, \"unit\": \"s\"}\n", trained);
  std::printf("{\"name\": \"network quality\", \"value\": %.8f, \"unit\": \"log loss\"}\n", training.loss(rows));
  std::printf("{\"name\": \"network code\", \"value\": %.6f, \"unit\": \"s\"}\n", compiled);
  std::printf("{\"name\": \"network arithmetic\", \"value\": %.3f, \"unit\": \"GFLOP/s\"}\n", rate);
}
