#include "runtime/learn/network_training.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "compiler/diagnostics/kinds/graph.h"
#include "runtime/data/matrix_memory.h"
#include "runtime/data/random.h"

namespace mlw {
namespace {

constexpr uint64_t initial_weights = 1, dropout = 2;  // what random numbers are for

DenseBlock make_arena(int64_t bytes) { return make_dense(1, (bytes + 3) / 4); }

/// Limits of uniform initial weights: √(6 / inputs) keeps the variance through halves that are cut off (He et al.
/// 2015), √(6 / (inputs + outputs)) through symmetric ones, forwards and backwards (Glorot and Bengio 2010).
double initial_limit(const NetworkParameter& parameter, Activation activation) {
  const bool one_sided = activation == Activation::relu || activation == Activation::gelu;
  return std::sqrt(6.0 / static_cast<double>(one_sided ? parameter.inputs : parameter.inputs + parameter.outputs));
}

}  // namespace

NetworkTraining::NetworkTraining(const NetworkShape& shape, const NetworkSettings& settings, CodeGenerator& generator,
                                 uint64_t key)
    : shape_(shape),
      settings_(settings),
      parameters_(parameters_of(shape)),
      generator_(generator),
      step_(generator.compile(training_step(shape))),
      batch_(shape) {
  int64_t next = 0;
  const auto reserve = [&](int64_t size) {
    begin_.push_back(next);
    next += (size + 15) / 16 * 16;
  };
  for (const NetworkParameter& parameter : parameters_) reserve(parameter.size());
  for (const NetworkParameter& parameter : parameters_)
    for (int s = 0; s < states_of(shape_); ++s) reserve(parameter.size());
  memory_ = make_dense(1, next);
  arena_ = make_arena(step_->arena_bytes);
  inputs_ = {batch_.inputs(), batch_.targets(), batch_.weights()};
  outputs_ = {&loss_};
  for (size_t i = 0; i < begin_.size(); ++i) {
    inputs_.push_back(data(i));
    outputs_.push_back(data(i));
  }
  scalars_.assign(static_cast<size_t>(StepScalar::count), 0);
  for (const NetworkSettings::Layer& layer : shape_.layers)
    if (layer.dropout > 0) {
      scalars_.push_back(layer.dropout);
      scalars_.push_back(1 / (1 - layer.dropout));
    }
  scalars_[static_cast<size_t>(StepScalar::seed)] = static_cast<double>(mix(key, dropout) >> 11);
  draw_weights(mix(key, initial_weights));
}

void NetworkTraining::draw_weights(uint64_t key) {
  std::vector<Activation> activations;
  for (const NetworkSettings::Layer& layer : shape_.layers)
    if (layer.units > 0) activations.push_back(layer.activation);
  activations.push_back(Activation::identity);
  const Philox philox{key};
  for (size_t i = 0; i < parameters_.size(); ++i) {
    const NetworkParameter& parameter = parameters_[i];
    if (parameter.is_bias) continue;
    const double limit = initial_limit(parameter, activations[static_cast<size_t>(parameter.layer)]);
    for (int64_t k = 0; k < parameter.size(); ++k)
      data(i)[k] = static_cast<float>(limit * (2 * philox.uniform(static_cast<uint64_t>(k), i) - 1));
  }
}

void NetworkTraining::update_scalars() {
  const auto set = [&](StepScalar which, double value) { scalars_[static_cast<size_t>(which)] = value; };
  const NetworkSettings::Optimizer& optimizer = settings_.optimizer;
  const bool adam = optimizer.kind == NetworkSettings::Optimizer::Kind::adam;
  beta1_power_ *= optimizer.beta1;
  beta2_power_ *= optimizer.beta2;
  set(StepScalar::step, static_cast<double>(steps_));
  set(StepScalar::learning_rate, adam ? optimizer.learning_rate / (1 - beta1_power_) : optimizer.learning_rate);
  set(StepScalar::decay, optimizer.learning_rate * settings_.weight_decay);
  set(StepScalar::beta1, adam ? optimizer.beta1 : optimizer.momentum);
  set(StepScalar::one_minus_beta1, 1 - optimizer.beta1);
  set(StepScalar::beta2, optimizer.beta2);
  set(StepScalar::one_minus_beta2, 1 - optimizer.beta2);
  set(StepScalar::root_scale, 1 / std::sqrt(1 - beta2_power_));
  set(StepScalar::epsilon, optimizer.epsilon);
}

double NetworkTraining::step(const NetworkRows& rows, const std::vector<uint32_t>& order, int64_t begin,
                             double& weight) {
  weight += batch_.fill(rows, order, begin);
  update_scalars();
  step_->run(inputs_.data(), outputs_.data(), scalars_.data(), arena_.values.get());
  if (!std::isfinite(loss_)) diverged("the loss");
  ++steps_;
  return loss_;
}

double NetworkTraining::loss(const NetworkRows& rows) {
  if (!evaluation_) {
    evaluation_ = generator_.compile(evaluation(shape_));
    if (evaluation_->arena_bytes > arena_.columns * 4) arena_ = make_arena(evaluation_->arena_bytes);
  }
  std::vector<uint32_t> order(static_cast<size_t>(rows.rows));
  std::iota(order.begin(), order.end(), 0U);
  double sum = 0, weights = 0;
  for (int64_t begin = 0; begin < rows.rows; begin += shape_.batch) {
    const double weight = batch_.fill(rows, order, begin);
    float loss = 0;
    void* output = &loss;
    evaluation_->run(inputs_.data(), &output, nullptr, arena_.values.get());
    sum += weight * loss;
    weights += weight;
  }
  return weights > 0 ? sum / weights : 0;
}

std::vector<float> NetworkTraining::weights() const {
  std::vector<float> all;
  for (size_t i = 0; i < parameters_.size(); ++i) all.insert(all.end(), data(i), data(i) + parameters_[i].size());
  return all;
}

void NetworkTraining::set_weights(const std::vector<float>& weights) {
  const float* next = weights.data();
  for (size_t i = 0; i < parameters_.size(); ++i) {
    std::copy_n(next, parameters_[i].size(), data(i));
    next += parameters_[i].size();
  }
}

void NetworkTraining::require_finite() const {
  for (size_t i = 0; i < parameters_.size(); ++i)
    if (!std::all_of(data(i), data(i) + parameters_[i].size(), [](float value) { return std::isfinite(value); }))
      diverged("");
}

void NetworkTraining::diverged(const std::string& fallback) const {
  std::string where = fallback;
  for (size_t i = parameters_.size(); i-- > 0;) {
    const NetworkParameter& parameter = parameters_[i];
    if (std::all_of(data(i), data(i) + parameter.size(), [](float value) { return std::isfinite(value); })) continue;
    const int layers = parameters_.back().layer;
    const std::string layer = parameter.layer == layers
                                  ? "the output layer"
                                  : fmt::format("layer {}, dense({})", parameter.layer + 1, parameter.outputs);
    where = fmt::format("{} of {}", parameter.is_bias ? "the bias" : "the weights", layer);
  }
  fail(kinds::training_diverged, {{"step", std::to_string(steps_ + 1)}, {"where", where}});
}

}  // namespace mlw
