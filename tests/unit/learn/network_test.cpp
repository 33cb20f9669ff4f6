#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "compiler/diagnostics/diagnostic.h"
#include "runtime/data/matrix_memory.h"
#include "runtime/data/random.h"
#include "runtime/learn/families.h"
#include "runtime/learn/network_batches.h"
#include "runtime/learn/network_settings.h"

using namespace mlw;

namespace {

struct Rows {
  PreparedMatrix matrix;
  explicit Rows(int64_t rows, int64_t inputs) {
    matrix.rows = rows;
    matrix.blocks.emplace_back(make_dense(rows, inputs));
    matrix.targets = make_dense(rows, 1);
    for (int64_t i = 0; i < rows; ++i) matrix.identity.push_back(mix(static_cast<uint64_t>(i), 99));
  }
  float* row(int64_t i) { return std::get<DenseBlock>(matrix.blocks[0]).row(i); }
  float& target(int64_t i) { return matrix.targets.row(i)[0]; }
};

/// Points in a square; the class is whether they lie in the first or third quadrant, or (three classes) which third of
/// the plane's turn.
Rows square(int64_t rows, uint64_t seed, int classes = 2) {
  Rows made(rows, 2);
  const Philox philox{seed};
  for (int64_t i = 0; i < rows; ++i) {
    const auto a = 2 * philox.uniform(static_cast<uint64_t>(i), 0) - 1,
               b = 2 * philox.uniform(static_cast<uint64_t>(i), 1) - 1;
    made.row(i)[0] = static_cast<float>(a);
    made.row(i)[1] = static_cast<float>(b);
    made.target(i) = classes == 2 ? static_cast<float>(a * b > 0) : a > std::fabs(b) ? 2.0F : a * b > 0 ? 1.0F : 0.0F;
  }
  return made;
}

Space parse(std::string layers, std::string more = "") {
  Space call;
  call.form = Space::Form::call;
  call.text = "network";
  Space pipeline;
  pipeline.form = Space::Form::pipeline;
  const auto item = [](const std::string& text) {  // "dense(64)", "relu"
    Space layer;
    layer.form = Space::Form::call;
    const size_t open = text.find('(');
    layer.text = text.substr(0, open);
    if (open != std::string::npos) {
      Space value;
      value.form = Space::Form::number;
      value.value = std::stod(text.substr(open + 1));
      layer.arguments.push_back({layer.text == "dense"      ? "units"
                                 : layer.text == "patience" ? "epochs"
                                                            : "rate",
                                 value});
    }
    return layer;
  };
  for (size_t at = 0; at < layers.size();) {
    const size_t end = std::min(layers.find(' ', at), layers.size());
    pipeline.items.push_back(item(layers.substr(at, end - at)));
    at = end + 1;
  }
  call.arguments.push_back({"layers", pipeline});
  for (size_t at = 0; at < more.size();) {  // "epochs=3 stop=patience(2) optimizer=sgd"
    const size_t end = std::min(more.find(' ', at), more.size()), is = more.find('=', at);
    const std::string name = more.substr(at, is - at), value = more.substr(is + 1, end - is - 1);
    Space argument;
    if (name == "learning_rate") {
      argument = item("adam");
      Space rate;
      rate.form = Space::Form::number;
      rate.value = std::stod(value);
      argument.arguments.push_back({"learning_rate", rate});
      call.arguments.push_back({"optimizer", argument});
    } else {
      argument = item(value);
      if (std::isdigit(static_cast<unsigned char>(value[0]))) {
        argument.form = Space::Form::number;
        argument.value = std::stod(value);
      }
      call.arguments.push_back({name, argument});
    }
    at = end + 1;
  }
  return call;
}

FitRequest request(TaskKind task, const Rows& rows, int classes = 0) {
  FitRequest made;
  made.task = task;
  made.classes = classes;
  made.training = &rows.matrix;
  made.generator = &load_code_generator();
  made.key = {1, 2, 3, 4};
  return made;
}

/// What the fitted layers answer, in float64.
std::vector<double> answer(const FittedModel& fitted, const float* row) {
  const auto& model = std::get<LayeredModel>(fitted.model);
  std::vector<double> values(row, row + model.layers[0].inputs);
  for (const DenseLayer& layer : model.layers) {
    std::vector<double> next;
    for (int j = 0; j < layer.outputs; ++j) {
      double sum = layer.bias[static_cast<size_t>(j)];
      for (int k = 0; k < layer.inputs; ++k)
        sum += layer.weights[static_cast<size_t>(j * layer.inputs + k)] * values[static_cast<size_t>(k)];
      switch (layer.activation) {
        case Activation::identity:
          break;
        case Activation::relu:
          sum = std::fmax(sum, 0);
          break;
        case Activation::tanh:
          sum = std::tanh(sum);
          break;
        case Activation::sigmoid:
          sum = 1 / (1 + std::exp(-sum));
          break;
        case Activation::gelu:
          sum = sum / 2 * (1 + std::erf(sum * std::sqrt(0.5)));
          break;
      }
      next.push_back(sum);
    }
    values = std::move(next);
  }
  return values;
}

double accuracy(const FittedModel& fitted, Rows& rows) {
  double right = 0;
  for (int64_t i = 0; i < rows.matrix.rows; ++i) {
    const std::vector<double> outputs = answer(fitted, rows.row(i));
    const auto largest = std::max_element(outputs.begin(), outputs.end()) - outputs.begin();
    const auto decision = outputs.size() == 1 ? outputs[0] > 0 : static_cast<double>(largest);
    right += decision == rows.target(i);
  }
  return right / static_cast<double>(rows.matrix.rows);
}

double log_loss(const FittedModel& fitted, Rows& rows) {
  double sum = 0;
  for (int64_t i = 0; i < rows.matrix.rows; ++i) {
    const double z = answer(fitted, rows.row(i))[0];
    sum += std::log1p(std::exp(-std::fabs(z))) + std::fmax(z, 0) - z * rows.target(i);
  }
  return sum / static_cast<double>(rows.matrix.rows);
}

std::vector<float> all_weights(const FittedModel& fitted) {
  std::vector<float> all;
  for (const DenseLayer& layer : std::get<LayeredModel>(fitted.model).layers) {
    all.insert(all.end(), layer.weights.begin(), layer.weights.end());
    all.insert(all.end(), layer.bias.begin(), layer.bias.end());
  }
  return all;
}

std::string code_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Failure& failure) {
    return std::string(failure.diagnostic.kind->code);
  }
  return "none";
}

}  // namespace

TEST_CASE("a network learns what no line can, with every activation and optimizer") {
  Rows training = square(600, 1), test = square(500, 2);
  for (const char* layers : {"dense(16) relu dense(8) relu", "dense(16) tanh", "dense(16) gelu", "dense(24) sigmoid",
                             "dense(32) relu dropout(0.1)"}) {
    CAPTURE(layers);
    const FittedModel fitted = network_learner().fit(parse(layers, "learning_rate=0.02 epochs=150 batch=64 stop=never"),
                                                     request(TaskKind::binary, training, 2));
    CHECK(fitted.link == Link::logistic);
    CHECK(accuracy(fitted, test) > 0.93);
    CHECK(fitted.curve.size() == 150);
    CHECK(fitted.curve.back().training < fitted.curve.front().training);
  }
  const FittedModel fitted = network_learner().fit(
      parse("dense(16) relu", "optimizer=sgd epochs=300 batch=32 stop=never"), request(TaskKind::binary, training, 2));
  CHECK(accuracy(fitted, test) > 0.9);
}

TEST_CASE("several classes are told apart") {
  Rows training = square(900, 3, 3), test = square(500, 4, 3);
  const FittedModel fitted = network_learner().fit(parse("dense(24) relu", "learning_rate=0.02 epochs=120 stop=never"),
                                                   request(TaskKind::multiclass, training, 3));
  CHECK(fitted.link == Link::softmax);
  CHECK(std::get<LayeredModel>(fitted.model).layers.back().outputs == 3);
  CHECK(accuracy(fitted, test) > 0.93);
}

TEST_CASE("a regression's scale is inside the last layer") {
  Rows training = square(500, 5);
  for (int64_t i = 0; i < training.matrix.rows; ++i)
    training.target(i) = 5000 + 300 * training.row(i)[0] - 100 * training.row(i)[1];
  const FittedModel fitted = network_learner().fit(parse("", "learning_rate=0.02 epochs=200 stop=never"),
                                                   request(TaskKind::regression, training));
  CHECK(fitted.link == Link::identity);
  const auto& layers = std::get<LayeredModel>(fitted.model).layers;
  REQUIRE(layers.size() == 1);
  CHECK(layers[0].weights[0] == Approx(300).margin(1));
  CHECK(layers[0].weights[1] == Approx(-100).margin(1));
  CHECK(layers[0].bias[0] == Approx(5000).margin(1));
  // The loss is in the target's unit, squared; from the first epoch on it cannot exceed the variance by much.
  CHECK(fitted.curve.front().training > 1000);
  CHECK(fitted.curve.front().training < 200000);
  CHECK(fitted.training_loss < 1);
}

TEST_CASE("equal bytes: again, and for rows in another order") {
  Rows rows = square(333, 6);
  const Space call = parse("dropout(0.1) dense(12) relu dropout(0.2) dense(5) tanh", "epochs=7 batch=50 stop=never");
  const FittedModel first = network_learner().fit(call, request(TaskKind::binary, rows, 2));
  CHECK(all_weights(first) == all_weights(network_learner().fit(call, request(TaskKind::binary, rows, 2))));
  Rows turned = rows;
  turned.matrix.blocks[0] = make_dense(333, 2);
  turned.matrix.targets = make_dense(333, 1);
  for (int64_t i = 0; i < 333; ++i) {
    std::copy_n(rows.row(i), 2, turned.row(332 - i));
    turned.target(332 - i) = rows.target(i);
    turned.matrix.identity[static_cast<size_t>(332 - i)] = rows.matrix.identity[static_cast<size_t>(i)];
  }
  CHECK(all_weights(first) == all_weights(network_learner().fit(call, request(TaskKind::binary, turned, 2))));
  FitRequest other = request(TaskKind::binary, rows, 2);
  other.key.trial = 9;
  CHECK(all_weights(first) != all_weights(network_learner().fit(call, other)));
}

TEST_CASE("early stopping restores the best weights, whatever ends training") {
  Rows training = square(60, 7), validation = square(200, 8);
  for (int64_t i = 0; i < 60; i += 5) training.target(i) = 1 - training.target(i);  // wrong labels to learn by heart
  for (const char* more :
       {"learning_rate=0.03 epochs=400 stop=patience(15)", "learning_rate=0.03 epochs=60 stop=patience(1000)"}) {
    FitRequest watched = request(TaskKind::binary, training, 2);
    watched.inner_validation = &validation.matrix;
    const FittedModel fitted = network_learner().fit(parse("dense(64) relu dense(32) relu", more), watched);
    double best = std::numeric_limits<double>::infinity();
    int best_epoch = 0;
    for (const CurvePoint& point : fitted.curve)
      if (point.validation < best) {
        best = point.validation;
        best_epoch = static_cast<int>(point.step);
      }
    CHECK(fitted.epochs == best_epoch);
    CHECK(fitted.curve.size() > static_cast<size_t>(best_epoch));
    CHECK(log_loss(fitted, validation) == Approx(best).epsilon(1e-4));
    if (std::string(more).find("(15)") != std::string::npos)
      CHECK(fitted.curve.size() == static_cast<size_t>(best_epoch) + 15);
  }
}

TEST_CASE("a fixed number of epochs is trained exactly") {
  Rows training = square(100, 9), validation = square(100, 10);
  FitRequest fixed = request(TaskKind::binary, training, 2);
  fixed.inner_validation = &validation.matrix;
  fixed.fixed_epochs = 5;
  const FittedModel fitted = network_learner().fit(parse("dense(4) relu", "epochs=100 stop=patience(1)"), fixed);
  CHECK(fitted.epochs == 5);
  CHECK(fitted.curve.size() == 5);
  CHECK(std::isnan(fitted.curve.back().validation));
  CHECK_FALSE(network_learner().wants_inner_validation(parse("dense(4)", "stop=never")));
  CHECK(network_learner().wants_inner_validation(parse("dense(4)", "stop=patience(3)")));
  CHECK(find_learner("network") == &network_learner());
}

TEST_CASE("weights of rows count, and those of the last batch are padded by nothing") {
  Rows rows = square(20, 11);
  rows.matrix.weights.assign(20, 2.0F);
  rows.matrix.weights[3] = 6.0F;
  const NetworkRows made = make_rows(rows.matrix);
  const NetworkShape shape{2, 1, 16, {}, NetworkLoss::logistic, NetworkSettings::Optimizer::Kind::adam};
  NetworkBatch batch(shape);
  std::vector<uint32_t> order;
  shuffle(made, 5, order);
  std::vector<uint32_t> sorted = order;
  std::sort(sorted.begin(), sorted.end());
  for (uint32_t i = 0; i < 20; ++i) CHECK(sorted[i] == i);
  const double first = batch.fill(made, order, 0), second = batch.fill(made, order, 16);
  CHECK(first + second == 44);
  const auto* weights = static_cast<const float*>(batch.weights());
  const auto* inputs = static_cast<const float*>(batch.inputs());
  double sum = 0;
  for (int i = 0; i < 16; ++i) {
    sum += weights[i];
    if (i >= 4) CHECK((weights[i] == 0 && inputs[2 * i] == 0 && inputs[2 * i + 1] == 0));
    if (i < 4) CHECK(inputs[2 * i] == rows.row(order[static_cast<size_t>(16 + i)])[0]);
  }
  CHECK(sum == Approx(1));
  // Two rows of weight 0 say the opposite of all others: nobody listens.
  Rows line(42, 1);
  line.matrix.weights.assign(42, 1.0F);
  for (int64_t i = 0; i < 42; ++i) {
    line.row(i)[0] = static_cast<float>(i % 2);
    line.target(i) = static_cast<float>(i % 2 * 10);
  }
  for (const int64_t i : {40, 41}) {
    line.target(i) = i == 40 ? 1e6F : -1e6F;
    line.matrix.weights[static_cast<size_t>(i)] = 0;
  }
  const FittedModel fitted =
      network_learner().fit(parse("", "learning_rate=0.05 epochs=200 stop=never"), request(TaskKind::regression, line));
  const float zero = 0, one = 1;
  CHECK(answer(fitted, &zero)[0] == Approx(0).margin(0.1));
  CHECK(answer(fitted, &one)[0] == Approx(10).margin(0.1));
}

TEST_CASE("weight decay makes weights smaller") {
  Rows rows = square(200, 12);
  const auto size = [&](const char* more) {
    double sum = 0;
    for (const float weight :
         all_weights(network_learner().fit(parse("dense(16) relu", more), request(TaskKind::binary, rows, 2))))
      sum += weight * weight;
    return sum;
  };
  CHECK(size("learning_rate=0.01 epochs=60 stop=never weight_decay=1") <
        0.7 * size("learning_rate=0.01 epochs=60 stop=never"));
}

TEST_CASE("what cannot be trained is said") {
  Rows rows = square(64, 13);
  const FitRequest binary = request(TaskKind::binary, rows, 2);
  const auto fit = [&](const char* layers, const char* more, const FitRequest& with) {
    return code_of([&] { network_learner().fit(parse(layers, more), with); });
  };
  CHECK(fit("relu dense(4)", "", binary) == "R463");
  CHECK(fit("dense(4) relu tanh", "", binary) == "R463");
  CHECK(fit("dense(0)", "", binary) == "R463");
  CHECK(fit("dense(4) dropout(1)", "", binary) == "R463");
  CHECK(fit("conv2d(4)", "", binary) == "R463");
  CHECK(fit("dense(4)", "optimizer=rprop", binary) == "R464");
  CHECK(fit("dense(4)", "stop=maybe", binary) == "R464");
  CHECK(fit("dense(4)", "loss=squared_error", binary) == "R464");
  CHECK(fit("dense(4)", "loss=cross_entropy epochs=1", binary) == "none");
  FitRequest cancelled = binary;
  cancelled.cancelled = [] { return true; };
  CHECK(fit("dense(4)", "", cancelled) == "R422");
}

TEST_CASE("weights that leave the range of numbers end the fit, with the layer and the step") {
  Rows rows = square(64, 14);
  for (int64_t i = 0; i < 64; ++i) rows.row(i)[0] = 1e38F;
  try {
    network_learner().fit(parse("dense(8) relu dense(4)", "epochs=5 stop=never"), request(TaskKind::binary, rows, 2));
    FAIL("nothing was said");
  } catch (const Failure& failure) {
    CHECK(failure.diagnostic.kind->code == "R462");
    CHECK(failure.diagnostic.message.find("step ") != std::string::npos);
  }
  Rows fine = square(64, 15);
  CHECK(code_of([&] {
          network_learner().fit(parse("dense(8) relu", "learning_rate=1e38 epochs=50 stop=never"),
                                request(TaskKind::binary, fine, 2));
        }) == "R462");
}
