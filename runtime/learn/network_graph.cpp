#include "runtime/learn/network_graph.h"

#include "compiler/artefact/activations.h"
#include "compiler/kernel/graph_builder.h"

namespace mlw {
namespace {

using namespace kernel;

Expression number(double value) { return constant(Type::f32, value); }
Expression x(int index) { return f32_argument(index); }

/// The same value, which differentiation takes for a constant.
Expression detached(Expression value) { return reinterpret(reinterpret(value, Type::i32), Type::f32); }

class NetworkBuilder {
 public:
  explicit NetworkBuilder(const NetworkShape& shape) : shape_(shape), parameters_(parameters_of(shape)) {}

  Graph training_step() {
    add_scalars();
    add_inputs();
    std::vector<std::vector<Value>> states;
    for (const Value parameter : values_)
      for (int s = 0; s < states_of(shape_); ++s) {
        if (s == 0) states.emplace_back();
        const std::string name = b_.graph()[parameter].name + (s ? ".square" : ".moment");
        states.back().push_back(b_.input(name, b_.shape(parameter)));
      }
    const Value loss = add_loss(forward(true));
    const std::vector<Value> gradients = b_.gradients(loss, values_);
    b_.output("loss", loss);
    for (size_t i = 0; i < values_.size(); ++i) update(values_[i], gradients[i], states[i], parameters_[i].is_bias);
    return finish();
  }

  Graph evaluation() {
    add_inputs();
    b_.output("loss", add_loss(forward(false)));
    return finish();
  }

 private:
  void add_scalars() {
    constexpr std::pair<const char*, Type> scalars[] = {{"seed", Type::i64},          {"step", Type::i64},
                                                        {"learning_rate", Type::f32}, {"decay", Type::f32},
                                                        {"beta1", Type::f32},         {"one_minus_beta1", Type::f32},
                                                        {"beta2", Type::f32},         {"one_minus_beta2", Type::f32},
                                                        {"root_scale", Type::f32},    {"epsilon", Type::f32}};
    static_assert(std::size(scalars) == static_cast<size_t>(StepScalar::count));
    for (const auto& [name, type] : scalars) b_.scalar(name, type);
  }

  static ScalarArgument scalar(StepScalar which) { return {static_cast<int>(which)}; }

  void add_inputs() {
    inputs_ = b_.input("x", {shape_.batch, shape_.inputs});
    const bool classes = shape_.loss == NetworkLoss::softmax;
    targets_ = classes ? b_.input("y", {shape_.batch}, Type::i32) : b_.input("y", {shape_.batch, shape_.outputs});
    weights_ = b_.input("weight", {shape_.batch});
    for (const NetworkParameter& parameter : parameters_) {
      const std::string name = (parameter.is_bias ? "bias" : "weights") + std::to_string(parameter.layer + 1);
      values_.push_back(
          b_.input(name, parameter.is_bias ? Shape{parameter.outputs} : Shape{parameter.inputs, parameter.outputs}));
    }
  }

  Value forward(bool training) {
    Value value = inputs_;
    size_t parameter = 0;
    const auto dense = [&](Activation activation, const std::string& name) {
      const Value sum = b_.contract("ik,kj->ij", value, values_[parameter]);
      value = b_.map("ij,j->ij", add(x(0), x(1)), {sum, values_[parameter + 1]}, name + ".sum");
      if (activation != Activation::identity) value = b_.map("ij->ij", activate(activation, x(0)), {value}, name);
      parameter += 2;
    };
    int dropout = 0, layer = 0;
    for (const NetworkSettings::Layer& each : shape_.layers) {
      if (each.units > 0) dense(each.activation, "layer" + std::to_string(++layer));
      if (training && each.dropout > 0) value = drop(value, dropout++);
    }
    dense(Activation::identity, "output");
    return value;
  }

  /// A share of the elements becomes 0, the others grow so that the mean stays. The random number of an element is
  /// keyed by seed, step, dropout layer and place in the batch, and computed anew in the backward pass.
  Value drop(Value value, int number_of_dropout) {
    const std::string name = "dropout" + std::to_string(number_of_dropout + 1);
    const ScalarArgument rate = b_.scalar(name + ".rate"), scale = b_.scalar(name + ".scale");
    const Expression seed = argument(Type::i64, 1), step = argument(Type::i64, 2);
    const Expression row = multiply(position(0, Type::i64), integer(Type::i64, b_.shape(value)[1]));
    const Expression stream = add(multiply(step, integer(Type::i64, 4096)), integer(Type::i64, number_of_dropout));
    const Expression chance = uniform(seed, add(row, position(1, Type::i64)), stream, 0);
    const Expression kept = select(less(chance, x(3)), number(0), multiply(x(0), x(4)));
    return b_.map("ij,,,,->ij", kept, {value, scalar(StepScalar::seed), scalar(StepScalar::step), rate, scale}, name);
  }

  Value add_loss(Value z) {
    if (shape_.loss == NetworkLoss::softmax) return add_softmax_loss(z);
    Expression loss;
    if (shape_.loss == NetworkLoss::squared) {
      const Expression error = subtract(x(0), x(1));
      loss = multiply(error, error);
    } else {
      // log(1 + exp(z)) - y z without overflow: max(z, 0) as (z + |z|) / 2, whose slope at 0 is the true one.
      const Expression size = absolute(x(0)), positive = multiply(number(0.5), add(x(0), size));
      loss = add(subtract(positive, multiply(x(0), x(1))),
                 elementary(Elementary::log1p, elementary(Elementary::exp, negate(size))));
    }
    return b_.reduce("ij,ij,i->", Reduction::sum, multiply(x(2), loss), {z, targets_, weights_}, "loss");
  }

  /// The largest output is taken off before exp; it cancels, so that its gradient is none.
  Value add_softmax_loss(Value z) {
    const Value largest = b_.reduce("ij->i", Reduction::maximum, z);
    const Value shifted = b_.map("ij,i->ij", subtract(x(0), detached(x(1))), {z, largest}, "shifted");
    const Value total = b_.reduce("ij->i", Reduction::sum, elementary(Elementary::exp, x(0)), {shifted}, "total");
    const Expression is_class = equal(position(1, Type::i32), argument(Type::i32, 1));
    const Value own =
        b_.reduce("ij,i->i", Reduction::sum, select(is_class, x(0), number(0)), {shifted, targets_}, "own");
    const Expression loss = subtract(elementary(Elementary::log, x(0)), x(1));
    return b_.reduce("i,i,i->", Reduction::sum, multiply(x(2), loss), {total, own, weights_}, "loss");
  }

  /// All elements of a parameter alike: letters for its axes.
  Value update_map(Value like, Expression expression, const std::vector<Subject>& subjects) {
    const std::string own = b_.shape(like).size() == 1 ? "j" : "ij";
    std::string subscripts;
    for (const Subject& subject : subjects)
      subscripts += (&subject == subjects.data() ? "" : ",") + (subject.value >= 0 ? own : "");
    return b_.map(subscripts + "->" + own, expression, subjects);
  }

  void update(Value parameter, Value gradient, const std::vector<Value>& states, bool is_bias) {
    // A weight after decay; biases do not decay.
    const Expression decayed = is_bias ? x(0) : fused_multiply_add(negate(x(1)), x(0), x(0));
    const bool adam = shape_.optimizer == NetworkSettings::Optimizer::Kind::adam;
    const Expression mean = fused_multiply_add(x(0), x(2), adam ? multiply(x(1), x(3)) : x(1));
    const Value moment = update_map(
        parameter, mean, {states[0], gradient, scalar(StepScalar::beta1), scalar(StepScalar::one_minus_beta1)});
    Expression step = x(3);
    std::vector<Subject> subjects{parameter, scalar(StepScalar::decay), scalar(StepScalar::learning_rate), moment};
    std::vector<Value> next{moment};
    if (adam) {
      const Expression square = fused_multiply_add(x(0), x(2), multiply(multiply(x(1), x(1)), x(3)));
      next.push_back(update_map(parameter, square,
                                {states[1], gradient, scalar(StepScalar::beta2), scalar(StepScalar::one_minus_beta2)}));
      step = divide(x(3), fused_multiply_add(unary(Op::square_root, x(4)), x(5), x(6)));
      subjects.insert(subjects.end(), {next[1], scalar(StepScalar::root_scale), scalar(StepScalar::epsilon)});
    }
    const Value weights = update_map(parameter, fused_multiply_add(negate(x(2)), step, decayed), subjects);
    new_parameters_.push_back({parameter, weights});
    for (size_t s = 0; s < next.size(); ++s) new_states_.push_back({states[s], next[s]});
  }

  Graph finish() {
    for (const auto* updates : {&new_parameters_, &new_states_})
      for (const auto& [before, after] : *updates) b_.output("new " + b_.graph()[before].name, after, before);
    return b_.finish();
  }

  const NetworkShape& shape_;
  std::vector<NetworkParameter> parameters_;
  GraphBuilder b_;
  Value inputs_ = -1, targets_ = -1, weights_ = -1;
  std::vector<Value> values_;  ///< of the parameters
  std::vector<std::pair<Value, Value>> new_parameters_, new_states_;
};

}  // namespace

std::vector<NetworkParameter> parameters_of(const NetworkShape& shape) {
  std::vector<NetworkParameter> parameters;
  int64_t width = shape.inputs;
  int layer = 0;
  const auto add = [&](int64_t units) {
    parameters.push_back({layer, false, width, units});
    parameters.push_back({layer++, true, 1, units});
    width = units;
  };
  for (const NetworkSettings::Layer& each : shape.layers)
    if (each.units > 0) add(each.units);
  add(shape.outputs);
  return parameters;
}

int states_of(const NetworkShape& shape) { return shape.optimizer == NetworkSettings::Optimizer::Kind::adam ? 2 : 1; }

Graph training_step(const NetworkShape& shape) { return NetworkBuilder(shape).training_step(); }
Graph evaluation(const NetworkShape& shape) { return NetworkBuilder(shape).evaluation(); }

}  // namespace mlw
