#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <iterator>
#include <sstream>

#include "runtime/data/matrix_memory.h"
#include "runtime/data/random.h"
#include "runtime/learn/families.h"
#include "runtime/learn/limited_memory.h"
#include "runtime/learn/linear_path.h"

using namespace mlw;

namespace {

struct Fixture {
  struct Fit {
    std::string kind;
    double l2, l1;
    std::vector<double> expected;
  };
  std::vector<std::vector<double>> rows;
  std::vector<Fit> fits;
};

Fixture read_fixture() {
  Fixture fixture;
  std::ifstream file(MLW_SOURCE_DIR "/tests/fixtures/linear.txt");
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string first;
    words >> first;
    if (first == "row")
      fixture.rows.emplace_back(std::istream_iterator<double>(words), std::istream_iterator<double>());
    if (first == "fit") {
      Fixture::Fit fit;
      words >> fit.kind >> fit.l2 >> fit.l1;
      fit.expected.assign(std::istream_iterator<double>(words), std::istream_iterator<double>());
      fixture.fits.push_back(fit);
    }
  }
  return fixture;
}

PreparedMatrix matrix_of(const std::vector<std::vector<double>>& rows, int inputs, size_t target, bool weighted) {
  PreparedMatrix matrix;
  matrix.rows = static_cast<int64_t>(rows.size());
  DenseBlock block = make_dense(matrix.rows, inputs);
  matrix.targets = make_dense(matrix.rows, 1);
  for (size_t i = 0; i < rows.size(); ++i) {
    for (int j = 0; j < inputs; ++j)
      block.row(static_cast<int64_t>(i))[j] = static_cast<float>(rows[i][static_cast<size_t>(j)]);
    matrix.targets.row(static_cast<int64_t>(i))[0] = static_cast<float>(rows[i][target]);
    if (weighted) matrix.weights.push_back(static_cast<float>(rows[i][static_cast<size_t>(inputs)]));
  }
  matrix.blocks.emplace_back(std::move(block));
  return matrix;
}

Space linear_call(double l2, double l1) {
  Space l2_value, l1_value, call;
  l2_value.form = l1_value.form = Space::Form::number;
  l2_value.value = l2;
  l1_value.value = l1;
  call.form = Space::Form::call;
  call.text = "linear";
  call.arguments = {{"l2", l2_value}, {"l1", l1_value}};
  return call;
}

FittedModel fit(const PreparedMatrix& matrix, TaskKind task, int classes, double l2, double l1) {
  FitRequest request;
  request.task = task;
  request.classes = classes;
  request.training = &matrix;
  request.generator = &load_code_generator();
  return linear_learner().fit(linear_call(l2, l1), request);
}

const DenseLayer& layer_of(const FittedModel& fitted) { return std::get<LayeredModel>(fitted.model).layers.front(); }

/// Rows with random inputs; the target follows the first two, with noise.
std::vector<std::vector<double>> random_rows(uint64_t seed, int64_t rows, int inputs, int classes) {
  const Philox random{seed};
  std::vector<std::vector<double>> out;
  for (int64_t i = 0; i < rows; ++i) {
    std::vector<double> row;
    for (int j = 0; j < inputs; ++j)
      row.push_back(2 * random.uniform(static_cast<uint64_t>(i), static_cast<uint64_t>(j)) - 1);
    const double noise = random.uniform(static_cast<uint64_t>(i), 1000) - 0.5;
    const double score = row[0] - (inputs > 1 ? row[1] : 0) + noise;
    row.push_back(classes == 0 ? score
                               : std::min<double>(classes - 1, std::max(0.0, std::floor((score + 2.5) / 5 * classes))));
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace

TEST_CASE("linear models have the coefficients that scikit-learn finds") {
  const Fixture fixture = read_fixture();
  REQUIRE(fixture.rows.size() == 60);
  REQUIRE(fixture.fits.size() == 11);
  for (const Fixture::Fit& expected : fixture.fits) {
    CAPTURE(expected.kind, expected.l2, expected.l1);
    const bool squared = expected.kind == "squared", logistic = expected.kind == "logistic";
    const PreparedMatrix matrix = matrix_of(fixture.rows, 3, squared ? 4 : logistic ? 5 : 6, true);
    const FittedModel fitted = fit(matrix,
                                   squared    ? TaskKind::regression
                                   : logistic ? TaskKind::binary
                                              : TaskKind::multiclass,
                                   3, expected.l2, expected.l1);
    const DenseLayer& layer = layer_of(fitted);
    REQUIRE(expected.expected.size() == static_cast<size_t>(layer.outputs) * 4);
    // Without a penalty on the intercepts of softmax only their differences are determined.
    double shift = 0;
    for (int j = 0; j < layer.outputs; ++j)
      shift += (layer.bias[static_cast<size_t>(j)] - expected.expected[static_cast<size_t>(j) * 4 + 3]) / layer.outputs;
    if (expected.kind != "softmax") shift = 0;
    const double scale = squared ? 40 : 1;
    for (int j = 0; j < layer.outputs; ++j) {
      for (int k = 0; k < 3; ++k)
        CHECK(layer.weights[static_cast<size_t>(j * 3 + k)] ==
              Approx(expected.expected[static_cast<size_t>(j * 4 + k)]).margin(2e-4 * scale));
      CHECK(layer.bias[static_cast<size_t>(j)] - shift ==
            Approx(expected.expected[static_cast<size_t>(j * 4 + 3)]).margin(2e-4 * scale));
    }
    // What l1 removes is exactly 0.
    for (int j = 0; j < layer.outputs; ++j)
      for (int k = 0; k < 3; ++k)
        if (expected.expected[static_cast<size_t>(j * 4 + k)] == 0)
          CHECK(layer.weights[static_cast<size_t>(j * 3 + k)] == 0);
  }
}

TEST_CASE("a fit meets the optimality conditions, whatever the shape, the loss and the penalties") {
  CodeGenerator& generator = load_code_generator();
  for (const int64_t rows : {1, 7, 1024, 1025, 3000}) {
    for (const int inputs : {1, 5, 33}) {
      for (const LinearLoss loss : {LinearLoss::squared, LinearLoss::logistic, LinearLoss::softmax}) {
        const int outputs = loss == LinearLoss::softmax ? 3 : 1;
        const int classes = loss == LinearLoss::squared ? 0 : loss == LinearLoss::logistic ? 2 : 3;
        const PreparedMatrix matrix = matrix_of(random_rows(static_cast<uint64_t>(rows), rows, inputs, classes), inputs,
                                                static_cast<size_t>(inputs), false);
        const LinearDesign design = make_design(matrix);
        const LinearKernels kernels(loss, design.columns, outputs, generator);
        const LinearPenalty penalties[] = {{1, 0}, {0.1, 0}, {0.1, 0.02}, {1e-3, 0.05}};
        for (const LinearSolution& solution : fit_linear_path(kernels, design, penalties, {})) {
          CAPTURE(rows, inputs, static_cast<int>(loss), solution.penalty.l2, solution.penalty.l1);
          std::vector<double> gradient(solution.coefficients.size());
          kernels.gradient(design, solution.coefficients, gradient);
          const double violation = optimality_violation(solution.coefficients, gradient, solution.penalty, outputs);
          // One class alone drives the intercept towards infinity: only then may the conditions stay open.
          CHECK((violation < 2e-5 || rows == 1));
        }
      }
    }
  }
}

TEST_CASE("the gradient is the slope of the loss, and the curvature that of the gradient") {
  CodeGenerator& generator = load_code_generator();
  for (const LinearLoss loss : {LinearLoss::squared, LinearLoss::logistic, LinearLoss::softmax}) {
    const int outputs = loss == LinearLoss::softmax ? 3 : 1;
    const PreparedMatrix matrix = matrix_of(random_rows(5, 1500, 4,
                                                        loss == LinearLoss::squared    ? 0
                                                        : loss == LinearLoss::logistic ? 2
                                                                                       : 3),
                                            4, 4, false);
    const LinearDesign design = make_design(matrix);
    const LinearKernels kernels(loss, design.columns, outputs, generator);
    const auto n = static_cast<size_t>(kernels.size());
    std::vector<double> w(n), gradient(n), above(n), below(n), curvature;
    for (size_t i = 0; i < n; ++i) w[i] = 0.3 * std::sin(static_cast<double>(i) + 1);
    kernels.gradient(design, w, gradient);
    kernels.curvature(design, w, curvature);
    for (size_t i = 0; i < n; ++i) {
      const double step = 1e-2;
      std::vector<double> moved = w;
      moved[i] = w[i] + step;
      const double high = kernels.gradient(design, moved, above);
      moved[i] = w[i] - step;
      const double low = kernels.gradient(design, moved, below);
      CHECK((high - low) / (2 * step) == Approx(gradient[i]).margin(1e-4));
      for (size_t j = 0; j < n; ++j)
        CHECK((above[j] - below[j]) / (2 * step) == Approx(curvature[i * n + j]).margin(1e-4));
    }
  }
}

TEST_CASE("the method for many coefficients finds the same minimum as Newton's") {
  CodeGenerator& generator = load_code_generator();
  const PreparedMatrix matrix = matrix_of(random_rows(9, 2000, 12, 2), 12, 12, false);
  const LinearDesign design = make_design(matrix);
  const LinearKernels kernels(LinearLoss::logistic, design.columns, 1, generator);
  for (const LinearPenalty penalty : {LinearPenalty{0.01, 0}, LinearPenalty{0.01, 0.02}}) {
    const LinearSolution newton = fit_linear_path(kernels, design, {&penalty, 1}, {}).front();
    const LinearSolution other =
        minimise_limited_memory(kernels, design, penalty, {}, std::vector<double>(newton.coefficients.size(), 0));
    CHECK(other.converged);
    for (size_t i = 0; i < newton.coefficients.size(); ++i)
      CHECK(other.coefficients[i] == Approx(newton.coefficients[i]).margin(2e-3));
  }
}

TEST_CASE("hard cases: constant and equal columns, separable classes, equal targets, weights of zero") {
  std::vector<std::vector<double>> rows = random_rows(3, 200, 2, 2);
  for (auto& row : rows) row = {row[0], row[0], 4, row[2]};
  const FittedModel collinear = fit(matrix_of(rows, 3, 3, false), TaskKind::binary, 2, 0.01, 0);
  CHECK(layer_of(collinear).weights[0] == Approx(layer_of(collinear).weights[1]).margin(1e-3));
  CHECK(std::isfinite(layer_of(collinear).weights[2]));

  std::vector<std::vector<double>> separable;
  for (int i = 0; i < 50; ++i) separable.push_back({i < 25 ? -1.0 : 1.0, i < 25 ? 0.0 : 1.0});
  const FittedModel steep = fit(matrix_of(separable, 1, 1, false), TaskKind::binary, 2, 1e-4, 0);
  CHECK(layer_of(steep).weights[0] > 3);
  CHECK(std::isfinite(layer_of(fit(matrix_of(separable, 1, 1, false), TaskKind::binary, 2, 0, 0)).weights[0]));

  std::vector<std::vector<double>> flat(30, {0.5, 7.0});
  const FittedModel constant = fit(matrix_of(flat, 1, 1, false), TaskKind::regression, 0, 0.1, 0);
  CHECK(layer_of(constant).bias[0] + 0.5f * layer_of(constant).weights[0] == Approx(7));

  std::vector<std::vector<double>> weighted;
  for (int i = 0; i < 40; ++i) weighted.push_back({i / 40.0, i % 2 ? 0.0 : 1.0, i % 2 ? 1e3 : 2.0 * i / 40.0 + 1});
  const FittedModel line = fit(matrix_of(weighted, 1, 2, true), TaskKind::regression, 0, 0, 0);
  CHECK(layer_of(line).weights[0] == Approx(2).epsilon(1e-4));
  CHECK(layer_of(line).bias[0] == Approx(1).epsilon(1e-4));
}

TEST_CASE("the same fit has the same bytes") {
  const PreparedMatrix matrix = matrix_of(random_rows(11, 5000, 20, 3), 20, 20, false);
  const FittedModel first = fit(matrix, TaskKind::multiclass, 3, 0.01, 0.001),
                    second = fit(matrix, TaskKind::multiclass, 3, 0.01, 0.001);
  CHECK(layer_of(first).weights == layer_of(second).weights);
  CHECK(layer_of(first).bias == layer_of(second).bias);
}

TEST_CASE("a fit that is cut short has no result") {
  CodeGenerator& generator = load_code_generator();
  const LinearDesign design = make_design(matrix_of({{1, 0}, {2, 1}, {3, 0}, {4, 1}}, 1, 1, false));
  const LinearKernels kernels(LinearLoss::logistic, design.columns, 1, generator);
  const LinearPenalty penalty{0.1, 0};
  LinearOptions options;
  options.cancelled = [] { return true; };
  const auto code_of = [](const auto& fit) {
    try {
      fit();
    } catch (const Failure& failure) {
      return std::string(failure.diagnostic.kind->code);
    }
    return std::string();
  };
  CHECK(code_of([&] { fit_linear_path(kernels, design, {&penalty, 1}, options); }) == "R422");
  const std::vector<double> start(static_cast<size_t>(kernels.size()), 0.0);
  CHECK(code_of([&] { minimise_limited_memory(kernels, design, penalty, options, start); }) == "R422");
}
