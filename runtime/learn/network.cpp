#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "compiler/diagnostics/kinds/search.h"
#include "runtime/data/matrix_memory.h"
#include "runtime/data/random.h"
#include "runtime/learn/families.h"
#include "runtime/learn/network_training.h"

namespace mlw {
namespace {

constexpr uint64_t shuffling = 3;  // what random numbers are for, beside those of network_training.cpp

/// Targets of a regression are trained with mean 0 and deviation 1, so that learning rates mean the same in any unit.
struct TargetScale {
  double mean = 0, deviation = 1;
};

std::vector<TargetScale> scales_of(const NetworkRows& rows) {
  std::vector<TargetScale> scales(static_cast<size_t>(rows.targets.columns));
  double weights = 0;
  for (const float weight : rows.weights) weights += weight;
  for (size_t j = 0; j < scales.size() && weights > 0; ++j) {
    double sum = 0, squares = 0;
    for (int64_t i = 0; i < rows.rows; ++i)
      sum += static_cast<double>(rows.weights[static_cast<size_t>(i)]) * rows.targets.row(i)[j];
    scales[j].mean = sum / weights;
    for (int64_t i = 0; i < rows.rows; ++i) {
      const double error = rows.targets.row(i)[j] - scales[j].mean;
      squares += rows.weights[static_cast<size_t>(i)] * error * error;
    }
    scales[j].deviation = std::sqrt(squares / weights);
    if (!(scales[j].deviation > 0)) scales[j].deviation = 1;
  }
  return scales;
}

NetworkRows standardized(NetworkRows rows, const std::vector<TargetScale>& scales) {
  DenseBlock targets = make_dense(rows.rows, rows.targets.columns);
  for (int64_t i = 0; i < rows.rows; ++i)
    for (size_t j = 0; j < scales.size(); ++j)
      targets.row(i)[j] = static_cast<float>((rows.targets.row(i)[j] - scales[j].mean) / scales[j].deviation);
  rows.targets = std::move(targets);
  return rows;
}

/// Early stopping: the best validation loss so far, its weights and its epoch.
struct Best {
  double loss = std::numeric_limits<double>::infinity();
  int epoch = 0;
  std::vector<float> weights;
};

class Fit {
 public:
  Fit(const Space& call, const FitRequest& request)
      : request_(request),
        settings_(read_network_settings(call, request.task)),
        training_rows_(make_rows(*request.training)) {
    if (watched()) validation_rows_ = make_rows(*request.inner_validation);
    if (request.task == TaskKind::regression) {
      scales_ = scales_of(training_rows_);
      training_rows_ = standardized(std::move(training_rows_), scales_);
      if (watched()) validation_rows_ = standardized(std::move(validation_rows_), scales_);
    }
  }

  FittedModel run() {
    const RandomKey& key = request_.key;
    const uint64_t own_key = mix(mix(key.seed, key.stage), key.trial, key.fold);
    NetworkTraining training(shape(), settings_, *request_.generator, own_key);
    train(training, mix(own_key, shuffling));
    training.require_finite();
    fitted_.link = request_.task == TaskKind::binary       ? Link::logistic
                   : request_.task == TaskKind::multiclass ? Link::softmax
                                                           : Link::identity;
    fitted_.model = model(training);
    return std::move(fitted_);
  }

 private:
  bool watched() const { return request_.inner_validation && request_.fixed_epochs <= 0; }

  NetworkShape shape() const {
    NetworkShape shape;
    shape.inputs = static_cast<int>(training_rows_.inputs.columns);
    shape.layers = settings_.layers;
    shape.optimizer = settings_.optimizer.kind;
    shape.outputs = 1;
    if (request_.task == TaskKind::regression) shape.outputs = static_cast<int>(training_rows_.targets.columns);
    if (request_.task == TaskKind::binary) shape.loss = NetworkLoss::logistic;
    if (request_.task == TaskKind::multiclass) {
      shape.loss = NetworkLoss::softmax;
      shape.outputs = request_.classes;
    }
    // Few rows make one batch; multiples of 16 let folds of nearly equal size share code.
    const int64_t rows = (std::max<int64_t>(training_rows_.rows, 1) + 15) / 16 * 16;
    shape.batch = static_cast<int>(std::min<int64_t>(settings_.batch, rows));
    return shape;
  }

  /// From standardized squared errors to those of the target's unit.
  double in_unit(double loss) const {
    return scales_.size() == 1 ? loss * scales_[0].deviation * scales_[0].deviation : loss;
  }

  double train_epoch(NetworkTraining& training, uint64_t key, int batch) {
    shuffle(training_rows_, key, order_);
    double loss = 0, weights = 0;
    for (int64_t begin = 0; begin < training_rows_.rows; begin += batch) {
      double weight = 0;
      const double mean = training.step(training_rows_, order_, begin, weight);
      loss += mean * weight;
      weights += weight;
    }
    return weights > 0 ? loss / weights : 0;
  }

  void train(NetworkTraining& training, uint64_t key) {
    const int epochs = request_.fixed_epochs > 0 ? request_.fixed_epochs : settings_.epochs;
    const int batch = shape().batch;
    Best best;
    for (int epoch = 1; epoch <= epochs; ++epoch) {
      if (request_.cancelled && request_.cancelled()) fail(kinds::interrupted);
      const double loss = train_epoch(training, mix(key, static_cast<uint64_t>(epoch)), batch);
      fitted_.training_loss = in_unit(loss);
      fitted_.epochs = epoch;
      fitted_.curve.push_back({static_cast<double>(epoch), in_unit(loss), std::numeric_limits<double>::quiet_NaN()});
      if (!watched()) continue;
      const double validation = training.loss(validation_rows_);
      fitted_.curve.back().validation = in_unit(validation);
      if (validation < best.loss) best = {validation, epoch, training.weights()};
      if (settings_.patience > 0 && epoch - best.epoch >= settings_.patience) break;
    }
    if (best.epoch == 0) return;
    if (best.epoch == epochs)
      fitted_.notes.push_back(fmt::format("the validation loss was still getting better after {} epochs", epochs));
    training.set_weights(best.weights);
    fitted_.epochs = best.epoch;
    fitted_.training_loss = fitted_.curve[static_cast<size_t>(best.epoch) - 1].training;
  }

  /// Layers with their weights turned to one row a unit; a regression's scale goes into the last one.
  LayeredModel model(const NetworkTraining& training) const {
    LayeredModel model;
    std::vector<Activation> activations;
    for (const NetworkSettings::Layer& layer : settings_.layers)
      if (layer.units > 0) activations.push_back(layer.activation);
    activations.push_back(Activation::identity);
    const std::vector<float> weights = training.weights();
    const float* next = weights.data();
    for (const NetworkParameter& parameter : training.parameters()) {
      if (parameter.is_bias) {
        model.layers.back().bias.assign(next, next + parameter.outputs);
      } else {
        DenseLayer layer{static_cast<int>(parameter.inputs),
                         static_cast<int>(parameter.outputs),
                         {},
                         {},
                         activations[model.layers.size()]};
        for (int64_t j = 0; j < parameter.outputs; ++j)
          for (int64_t k = 0; k < parameter.inputs; ++k) layer.weights.push_back(next[k * parameter.outputs + j]);
        model.layers.push_back(std::move(layer));
      }
      next += parameter.size();
    }
    unscale(model.layers.back());
    return model;
  }

  void unscale(DenseLayer& last) const {
    for (size_t j = 0; j < scales_.size(); ++j) {
      for (int k = 0; k < last.inputs; ++k) {
        float& weight = last.weights[j * static_cast<size_t>(last.inputs) + static_cast<size_t>(k)];
        weight = static_cast<float>(weight * scales_[j].deviation);
      }
      last.bias[j] = static_cast<float>(last.bias[j] * scales_[j].deviation + scales_[j].mean);
    }
  }

  const FitRequest& request_;
  NetworkSettings settings_;
  NetworkRows training_rows_, validation_rows_;
  std::vector<TargetScale> scales_;  ///< of a regression's targets
  std::vector<uint32_t> order_;
  FittedModel fitted_;
};

/// Networks of dense layers, trained by gradient descent on batches; a training step is one compiled function.
class Network final : public Learner {
 public:
  std::string_view family() const override { return "network"; }

  bool wants_inner_validation(const Space& settings) const override {
    const Space* stop = settings.argument("stop");
    return !stop || stop->text != "never";
  }

  FittedModel fit(const Space& settings, const FitRequest& request) const override {
    return Fit(settings, request).run();
  }
};

}  // namespace

const Learner& network_learner() {
  static const Network network;
  return network;
}

}  // namespace mlw
