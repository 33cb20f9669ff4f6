#include "runtime/learn/linear_kernels.h"

#include <algorithm>
#include <numeric>

#include "compiler/kernel/graph_builder.h"
#include "compiler/kernel/graph_passes.h"
#include "runtime/data/column.h"
#include "runtime/data/matrix_memory.h"

namespace mlw {
namespace {

using namespace kernel;

constexpr int64_t block_rows = LinearDesign::block_rows;

Expression one() { return constant(Type::f32, 1); }
Expression zero() { return constant(Type::f32, 0); }
Expression x(int index) { return f32_argument(index); }
Expression sigmoid_of(Expression z) { return elementary(Elementary::sigmoid, z); }

/// max(z, 0) + log1p(exp(-|z|)) - y z: no overflow for any z.
Expression logistic_loss(Expression z, Expression y) {
  const Expression tail = elementary(Elementary::log1p, elementary(Elementary::exp, negate(absolute(z))));
  return subtract(add(binary(Op::maximum, z, zero()), tail), multiply(y, z));
}

/// 1 where the class of the row is this output, else 0.
Expression is_class(Expression y, int axis) {
  return select(equal(convert(y, Type::i64), position(axis)), one(), zero());
}

struct Softmax {
  Value z, largest, exponentials, sums;
};
Softmax softmax(GraphBuilder& b, Value x_block, Value w) {
  Softmax s;
  s.z = b.contract("ik,kj->ij", x_block, w, "z");
  s.largest = b.reduce("ij->i", Reduction::maximum, s.z, "largest");
  s.exponentials =
      b.map("ij,i->ij", elementary(Elementary::exp, subtract(x(0), x(1))), {s.z, s.largest}, "exponentials");
  s.sums = b.reduce("ij->i", Reduction::sum, s.exponentials, "sums");
  return s;
}

Graph gradient_graph(LinearLoss loss, int64_t columns, int64_t outputs) {
  GraphBuilder b;
  const Value inputs = b.input("x", {block_rows, columns}), y = b.input("y", {block_rows}),
              s = b.input("weight", {block_rows});
  const Value w = b.input("w", {columns, outputs});
  Value losses, residual;
  if (loss == LinearLoss::softmax) {
    const Softmax p = softmax(b, inputs, w);
    // log sum exp(z) - z[y], weighted; z[y] is picked by a sum over the outputs.
    const Value of_class =
        b.reduce("ij,i->i", Reduction::sum, multiply(x(0), is_class(x(1), 1)), {p.z, y}, "z of the class");
    losses = b.reduce("i,i,i,i->", Reduction::sum,
                      multiply(x(3), subtract(add(elementary(Elementary::log, x(0)), x(1)), x(2))),
                      {p.sums, p.largest, of_class, s}, "loss");
    residual = b.map("ij,i,i,i->ij", multiply(x(3), subtract(divide(x(0), x(1)), is_class(x(2), 1))),
                     {p.exponentials, p.sums, y, s}, "residual");
  } else {
    const Value z = b.contract("ik,kj->ij", inputs, w, "z");
    const bool logistic = loss == LinearLoss::logistic;
    const Expression error = subtract(x(0), x(1));
    const Expression row_loss =
        logistic ? logistic_loss(x(0), x(1)) : multiply(multiply(constant(Type::f32, 0.5), error), error);
    losses = b.reduce("ij,i,i->", Reduction::sum, multiply(x(2), row_loss), {z, y, s}, "loss");
    residual =
        b.map("ij,i,i->ij", multiply(x(2), logistic ? subtract(sigmoid_of(x(0)), x(1)) : error), {z, y, s}, "residual");
  }
  b.output("loss", losses);
  b.output("gradient", b.contract("ik,ij->kj", inputs, residual, "gradient"));
  return lower(b.finish());
}

/// Probabilities, one output after the other, so that the curvature reads each as a vector.
Graph probability_graph(LinearLoss loss, int64_t columns, int64_t outputs) {
  GraphBuilder b;
  const Value inputs = b.input("x", {block_rows, columns}), w = b.input("w", {columns, outputs});
  if (loss == LinearLoss::softmax) {
    const Softmax p = softmax(b, inputs, w);
    b.output("probabilities", b.map("ij,i->ji", divide(x(0), x(1)), {p.exponentials, p.sums}, "probabilities"));
  } else {
    const Value z = b.contract("ik,kj->ij", inputs, w, "z");
    b.output("probabilities", b.map("ij->ji", sigmoid_of(x(0)), {z}, "probabilities"));
  }
  return lower(b.finish());
}

/// Xᵀ diag(s p (same - q)) X: the block (p, q) of the second derivatives, `same` being 1 on the diagonal.
Graph gram_graph(int64_t columns) {
  GraphBuilder b;
  const Value inputs = b.input("x", {block_rows, columns}), p = b.input("p", {block_rows}),
              q = b.input("q", {block_rows}), s = b.input("weight", {block_rows});
  const ScalarArgument same = b.scalar("same");
  const Value c =
      b.map("i,i,i,->i", multiply(x(2), multiply(x(0), subtract(x(3), x(1)))), {p, q, s, same}, "curvature");
  const Value scaled = b.map("ik,i->ik", multiply(x(0), x(1)), {inputs, c}, "scaled");
  b.output("gram", b.contract("ik,il->kl", inputs, scaled, "gram"));
  return lower(b.finish());
}

std::vector<float> to_float(std::span<const double> values) { return {values.begin(), values.end()}; }

/// Aligned working memory of a call; a fit makes some hundred calls, each over many rows.
struct Arena {
  explicit Arena(const CompiledGraph& graph)
      : memory(allocate(static_cast<size_t>(std::max<int64_t>(graph.arena_bytes, 64)))) {}
  void* get() const { return const_cast<std::byte*>(memory.get()); }
  Buffer memory;
};

}  // namespace

LinearDesign make_design(const float* inputs, int columns, std::span<const uint32_t> selection,
                         std::span<const float> targets, std::span<const float> weights) {
  LinearDesign design;
  design.rows = static_cast<int64_t>(selection.size());
  design.columns = columns + 1;
  design.blocks = std::max<int64_t>(1, (design.rows + block_rows - 1) / block_rows);
  design.values = make_dense(design.blocks * block_rows, design.columns);
  design.targets.assign(static_cast<size_t>(design.blocks * block_rows), 0);
  design.weights.assign(static_cast<size_t>(design.blocks * block_rows), 0);
  for (size_t i = 0; i < selection.size(); ++i) {
    const size_t row = selection[i];
    float* out = design.values.row(static_cast<int64_t>(i));
    std::copy_n(inputs + row * static_cast<size_t>(columns), columns, out);
    out[columns] = 1;
    design.targets[i] = targets[row];
    design.weights[i] = weights.empty() ? 1.0f : weights[row];
    design.weight_sum += design.weights[i];
  }
  return design;
}

LinearDesign make_design(const PreparedMatrix& matrix) {
  DenseBlock dense = matrix.dense();
  if (dense.stride != dense.columns) {
    DenseBlock packed = make_dense(dense.rows, dense.columns);
    for (int64_t row = 0; row < dense.rows; ++row) std::copy_n(dense.row(row), dense.columns, packed.row(row));
    dense = packed;
  }
  std::vector<uint32_t> all(static_cast<size_t>(matrix.rows));
  std::iota(all.begin(), all.end(), 0u);
  std::vector<float> targets;
  for (int64_t row = 0; row < matrix.rows; ++row) targets.push_back(matrix.targets.row(row)[0]);
  return make_design(dense.values.get(), static_cast<int>(dense.columns), all, targets, matrix.weights);
}

LinearKernels::LinearKernels(LinearLoss loss, int columns, int outputs, CodeGenerator& generator)
    : loss_(loss),
      columns_(columns),
      outputs_(outputs),
      gradient_(generator.compile(gradient_graph(loss, columns, outputs))),
      probabilities_(loss == LinearLoss::squared ? nullptr
                                                 : generator.compile(probability_graph(loss, columns, outputs))),
      gram_(generator.compile(gram_graph(columns))) {}

double LinearKernels::gradient(const LinearDesign& design, std::span<const double> coefficients,
                               std::span<double> gradient) const {
  const std::vector<float> w = to_float(coefficients);
  std::vector<float> part(static_cast<size_t>(size()));
  std::fill(gradient.begin(), gradient.end(), 0.0);
  const Arena arena(*gradient_);
  double loss = 0;
  for (int64_t block = 0; block < design.blocks; ++block) {
    const int64_t first = block * block_rows;
    float block_loss = 0;
    const void* inputs[] = {design.values.row(first), design.targets.data() + first, design.weights.data() + first,
                            w.data()};
    void* outputs[] = {&block_loss, part.data()};
    gradient_->run(inputs, outputs, nullptr, arena.get());
    loss += block_loss;
    for (size_t i = 0; i < part.size(); ++i) gradient[i] += part[i];
  }
  for (double& value : gradient) value /= design.weight_sum;
  return loss / design.weight_sum;
}

void LinearKernels::predict(const LinearDesign& design, int64_t block, const std::vector<float>& coefficients,
                            float* probabilities) const {
  if (loss_ == LinearLoss::squared) return;
  const Arena arena(*probabilities_);
  const void* inputs[] = {design.values.row(block * block_rows), coefficients.data()};
  void* outputs[] = {probabilities};
  probabilities_->run(inputs, outputs, nullptr, arena.get());
}

void LinearKernels::curvature(const LinearDesign& design, std::span<const double> coefficients,
                              std::vector<double>& curvature) const {
  const auto n = static_cast<size_t>(size()), columns = static_cast<size_t>(columns_),
             outputs = static_cast<size_t>(outputs_);
  const std::vector<float> w = to_float(coefficients);
  curvature.assign(n * n, 0.0);
  // For the squared loss the curvature is 1: p = 1 and q = 0.
  std::vector<float> probabilities(outputs * block_rows, 1.0f), nothing(block_rows, 0.0f), gram(columns * columns);
  const Arena arena(*gram_);
  for (int64_t block = 0; block < design.blocks; ++block) {
    const int64_t first = block * block_rows;
    predict(design, block, w, probabilities.data());
    for (size_t a = 0; a < outputs; ++a) {
      for (size_t b = 0; b <= a; ++b) {
        const float* q = loss_ == LinearLoss::squared ? nothing.data() : probabilities.data() + b * block_rows;
        const void* inputs[] = {design.values.row(first), probabilities.data() + a * block_rows, q,
                                design.weights.data() + first};
        void* results[] = {gram.data()};
        const double same = a == b ? 1 : 0;
        gram_->run(inputs, results, &same, arena.get());
        for (size_t k = 0; k < columns; ++k)
          for (size_t l = 0; l < columns; ++l)
            curvature[(k * outputs + a) * n + l * outputs + b] += gram[k * columns + l];
      }
    }
  }
  for (size_t a = 0; a < outputs; ++a)
    for (size_t b = 0; b < a; ++b)
      for (size_t k = 0; k < columns; ++k)
        for (size_t l = 0; l < columns; ++l)
          curvature[(l * outputs + b) * n + k * outputs + a] = curvature[(k * outputs + a) * n + l * outputs + b];
  for (double& value : curvature) value /= design.weight_sum;
}

}  // namespace mlw
