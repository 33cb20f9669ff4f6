// Logistic regression over 30 strengths of l2 and five folds. Usage: bench_linear FOLDER (x.f32, y.f32, fold.i32 in it,
// see workloads.py).
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include "runtime/learn/linear_path.h"

using namespace mlw;

namespace {

template <typename T>
std::vector<T> read(const std::string& path) {
  std::vector<T> values(std::filesystem::file_size(path) / sizeof(T));
  std::ifstream(path, std::ios::binary)
      .read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(T)));
  return values;
}

}  // namespace

int main(int, char** arguments) {
  const std::string folder = arguments[1];
  const auto x = read<float>(folder + "/x.f32"), y = read<float>(folder + "/y.f32");
  const auto fold = read<int32_t>(folder + "/fold.i32");
  const int columns = static_cast<int>(x.size() / y.size());
  std::vector<LinearPenalty> penalties;
  for (int i = 29; i >= 0; --i) penalties.push_back({std::pow(10.0, -6 + 7.0 * i / 29), 0});
  CodeGenerator& generator = load_code_generator();

  const auto begin = std::chrono::steady_clock::now();
  const LinearKernels kernels(LinearLoss::logistic, columns + 1, 1, generator);
  std::vector<double> held_out(penalties.size(), 0.0), gradient(static_cast<size_t>(columns) + 1);
  int passes = 0;
  for (int k = 0; k < 5; ++k) {
    std::vector<uint32_t> sides[2];
    for (uint32_t row = 0; row < y.size(); ++row) sides[fold[row] == k ? 1 : 0].push_back(row);
    const LinearDesign training = make_design(x.data(), columns, sides[0], y, {}),
                       validation = make_design(x.data(), columns, sides[1], y, {});
    LinearOptions options;
    options.tolerance = 1e-4;
    const std::vector<LinearSolution> path = fit_linear_path(kernels, training, penalties, options);
    for (size_t i = 0; i < path.size(); ++i) {
      held_out[i] += kernels.gradient(validation, path[i].coefficients, gradient) / 5;
      passes += path[i].iterations;
    }
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  double best = std::numeric_limits<double>::infinity();
  for (const double loss : held_out) best = std::min(best, loss);
  std::printf("{\"name\": \"logistic path\", \"value\": %.6f, \"unit\": \"s\"}\n", seconds);
  std::printf("{\"name\": \"logistic path quality\", \"value\": %.8f, \"unit\": \"log loss\"}\n", best);
  std::printf("{\"name\": \"logistic path iterations\", \"value\": %d, \"unit\": \"passes\"}\n", passes);
}
