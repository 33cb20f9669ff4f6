#include "runtime/learn/network_settings.h"

#include <optional>

#include "compiler/artefact/names.h"
#include "compiler/diagnostics/kinds/graph.h"

namespace mlw {
namespace {

/// The first argument of a call such as dense(64), whatever its name.
double first_number(const Space& call, double fallback) {
  return call.arguments.empty() ? fallback : call.arguments.front().value.value;
}

std::optional<Activation> activation_of(std::string_view word) {
  for (size_t i = 0; i < activation_names.size(); ++i)
    if (activation_names[i] == word) return static_cast<Activation>(i);
  return std::nullopt;
}

class LayerReader {
 public:
  std::vector<NetworkSettings::Layer> read(const Space& layers) {
    add(layers);
    return std::move(layers_);
  }

 private:
  [[noreturn]] static void refuse(const Space& layer, const char* place) {
    fail(kinds::layer_not_built, {{"layer", layer.text}, {"place", place}}, layer.range);
  }

  void add(const Space& layer) {
    if (layer.form == Space::Form::pipeline) {
      for (const Space& item : layer.items) add(item);
      return;
    }
    if (layer.text == "dense") {
      layers_.push_back({static_cast<int>(first_number(layer, 0)), Activation::identity, 0});
      if (layers_.back().units < 1) refuse(layer, "without units");
    } else if (layer.text == "dropout") {
      add_dropout(layer);
    } else if (const auto activation = activation_of(layer.text)) {
      if (layers_.empty() || layers_.back().units == 0) refuse(layer, "before any `dense`");
      if (layers_.back().activation != Activation::identity) refuse(layer, "behind another activation");
      layers_.back().activation = *activation;
    } else {
      refuse(layer, "here");
    }
  }

  /// Behind another dropout, both must let a value through.
  void add_dropout(const Space& layer) {
    const double rate = first_number(layer, 0);
    if (!(rate >= 0 && rate < 1)) refuse(layer, "with a rate outside 0..<1");
    if (layers_.empty()) layers_.push_back({});
    layers_.back().dropout = 1 - (1 - layers_.back().dropout) * (1 - rate);
  }

  std::vector<NetworkSettings::Layer> layers_;
};

NetworkSettings::Optimizer read_optimizer(const Space& call) {
  NetworkSettings::Optimizer optimizer;
  if (call.text == "adam") {
    optimizer.learning_rate = call.number("learning_rate", optimizer.learning_rate);
    optimizer.beta1 = call.number("beta1", optimizer.beta1);
    optimizer.beta2 = call.number("beta2", optimizer.beta2);
    optimizer.epsilon = call.number("epsilon", optimizer.epsilon);
  } else if (call.text == "sgd") {
    optimizer.kind = NetworkSettings::Optimizer::Kind::sgd;
    optimizer.learning_rate = call.number("learning_rate", 0.01);
    optimizer.momentum = call.number("momentum", optimizer.momentum);
  } else {
    fail(kinds::setting_not_built, {{"setting", "optimizer"}, {"value", call.text}, {"known", "adam, sgd"}},
         call.range);
  }
  return optimizer;
}

int read_patience(const Space& call) {
  if (call.text == "never") return 0;
  if (call.text == "patience") return static_cast<int>(first_number(call, 10));
  fail(kinds::setting_not_built, {{"setting", "stop"}, {"value", call.text}, {"known", "patience, never"}}, call.range);
}

void check_loss(const Space& loss, TaskKind task) {
  const std::string_view fitting = task == TaskKind::regression ? "squared_error" : "cross_entropy";
  if (loss.text == fitting) return;
  fail(kinds::setting_not_built, {{"setting", "loss"}, {"value", loss.text}, {"known", std::string(fitting)}},
       loss.range);
}

bool is_given(const Space* argument) { return argument && argument->form != Space::Form::missing; }

}  // namespace

NetworkSettings read_network_settings(const Space& call, TaskKind task) {
  NetworkSettings settings;
  if (const Space* layers = call.argument("layers"); is_given(layers)) settings.layers = LayerReader().read(*layers);
  if (const Space* optimizer = call.argument("optimizer"); is_given(optimizer))
    settings.optimizer = read_optimizer(*optimizer);
  if (const Space* stop = call.argument("stop"); is_given(stop)) settings.patience = read_patience(*stop);
  if (const Space* loss = call.argument("loss"); is_given(loss)) check_loss(*loss, task);
  settings.batch = static_cast<int>(call.number("batch", settings.batch));
  settings.epochs = static_cast<int>(call.number("epochs", settings.epochs));
  settings.weight_decay = call.number("weight_decay", settings.weight_decay);
  return settings;
}

}  // namespace mlw
