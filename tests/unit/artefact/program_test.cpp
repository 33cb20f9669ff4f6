#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "compiler/artefact/predictor_program.h"
#include "compiler/diagnostics/kinds/artefact.h"
#include "runtime/data/random.h"

using namespace mlw;

namespace {

FormulaPointer number(const std::string& name) { return make_column(name, ValueType::number); }

/// One of everything that a program can hold.
PredictorProgram sample() {
  PredictorProgram program;
  program.name = "fraud \"2\"\nnext line";
  program.task = TaskKind::binary;
  program.fields = {{"amount", ColumnKind::number, "EUR", {}, true},
                    {"country", ColumnKind::category, "", {"AT", "DE", "with, comma"}, false},
                    {"paid_at", ColumnKind::date, "", {}, false},
                    {"night", ColumnKind::flag, "", {"no", "yes"}, false}};
  program.missing_words = {"NA", "\\N"};
  program.population = make_formula(Operation::greater, ValueType::flag, {number("amount"), make_constant(0.0)});
  program.definitions = {
      {"hour", make_formula(Operation::hour, ValueType::integer, {make_column("paid_at", ValueType::date)}), {}}};
  const auto missing = make_constant("missing", ValueType::category);
  const auto country =
      make_formula(Operation::coalesce, ValueType::category, {make_column("country", ValueType::category), missing});
  program.features = {
      Feature{"amount", make_formula(Operation::multiply, ValueType::number, {number("amount"), make_constant(0.1)})},
      Feature{"hour", make_column("hour", ValueType::integer)},
      IndicatorFeature{
          "country",
          make_formula(Operation::position, ValueType::integer,
                       {country, make_constant("AT", ValueType::category), make_constant("DE", ValueType::category)}),
          2,
          {"AT", "DE"}}};
  DenseLayer hidden{4, 3, {}, {0.5f, -0.0f, 1e-45f}, Activation::gelu};
  for (int i = 0; i < 12; ++i) hidden.weights.push_back(static_cast<float>(i) * 0.37f - 2);
  program.model = LayeredModel{{hidden, {3, 1, {0x1p-149f, -1.0f, 3.4028235e38f}, {-0.0f}, Activation::identity}}};
  program.link = Link::logistic;
  program.classes = {"no", "yes"};
  program.threshold = 0.30000000000000004;
  return program;
}

std::string code_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Failure& failure) {
    return std::string(failure.diagnostic.kind->code) + ": " + failure.diagnostic.message;
  }
  return "no failure";
}

}  // namespace

TEST_CASE("a program comes back from its text bit for bit") {
  const PredictorProgram program = sample();
  const std::string text = to_text(program);
  const PredictorProgram back = parse_program(text);
  CHECK(to_text(back) == text);
  CHECK(back.name == program.name);
  CHECK(back.missing_words == program.missing_words);
  CHECK(std::bit_cast<uint64_t>(back.threshold) == std::bit_cast<uint64_t>(program.threshold));
  const auto& layers = std::get<LayeredModel>(back.model).layers;
  const auto& expected = std::get<LayeredModel>(program.model).layers;
  REQUIRE(layers.size() == expected.size());
  for (size_t i = 0; i < layers.size(); ++i) {
    REQUIRE(layers[i].weights.size() == expected[i].weights.size());
    for (size_t k = 0; k < layers[i].weights.size(); ++k)
      CHECK(std::bit_cast<uint32_t>(layers[i].weights[k]) == std::bit_cast<uint32_t>(expected[i].weights[k]));
    for (size_t k = 0; k < layers[i].bias.size(); ++k)
      CHECK(std::bit_cast<uint32_t>(layers[i].bias[k]) == std::bit_cast<uint32_t>(expected[i].bias[k]));
  }
}

TEST_CASE("constants and rules come back too") {
  PredictorProgram program = sample();
  program.link = Link::identity;
  program.model =
      RuleModel{make_formula(Operation::greater, ValueType::flag, {number("amount"), make_constant(2000.0)})};
  CHECK(to_text(parse_program(to_text(program))) == to_text(program));
  program.model = ConstantModel{{0.25f}};
  CHECK(to_text(parse_program(to_text(program))) == to_text(program));
  program.population = nullptr;
  CHECK(to_text(parse_program(to_text(program))) == to_text(program));
}

TEST_CASE("widths") {
  const PredictorProgram program = sample();
  CHECK(program.inputs() == 4);
  CHECK(program.outputs() == 1);
  CHECK(answer_columns(program) == std::vector<std::string>{"decision", "probability", "status"});
  PredictorProgram several = sample();
  several.task = TaskKind::multiclass;
  several.classes = {"a", "b", "c"};
  CHECK(several.outputs() == 3);
  CHECK(answer_columns(several).size() == 5);
}

TEST_CASE("a text that was cut off or changed is refused, never half read") {
  const std::string text = to_text(sample());
  for (size_t cut = 0; cut < text.size(); ++cut)
    CHECK(code_of([&] { parse_program(text.substr(0, cut)); }).starts_with("B31"));
  CHECK(code_of([&] { parse_program(text + "x"); }).starts_with("B310"));
  const Philox random{5};
  int same = 0;
  for (uint64_t i = 0; i < 20000; ++i) {
    std::string changed = text;
    const int changes = 1 + static_cast<int>(random(i).word[0] % 3);
    for (int k = 0; k < changes; ++k) {
      const auto draw = random(i, 1 + static_cast<uint64_t>(k));
      const size_t at = draw.word[0] % changed.size();
      switch (draw.word[1] % 4) {
        case 0:
          changed[at] = static_cast<char>(draw.word[2]);
          break;
        case 1:
          changed.erase(at, 1 + draw.word[2] % 5);
          break;
        case 2:
          changed.insert(at, 1, "() \"\n019af-"[draw.word[2] % 11]);
          break;
        default:
          changed[at] = text[draw.word[2] % text.size()];
      }
      if (changed.empty()) changed = " ";
    }
    try {
      // What still parses means exactly what its own text says.
      const std::string again = to_text(parse_program(changed));
      if (to_text(parse_program(again)) != again) FAIL("not canonical");
      ++same;
    } catch (const Failure& failure) {
      if (!failure.diagnostic.kind->code.starts_with("B31")) FAIL(failure.diagnostic.message);
    }
  }
  CHECK(same < 20000);
}

TEST_CASE("deep formulas and absurd counts are refused") {
  std::string deep;
  for (int i = 0; i < 200000; ++i) deep += "(negate:number ";
  std::string text = to_text(sample());
  const size_t population = text.find("population ");
  text.replace(population, text.find('\n', population) - population, "population " + deep);
  CHECK(code_of([&] { parse_program(text); }).starts_with("B310"));
  std::string many = to_text(sample());
  many.replace(many.find("layer 4 3"), 9, "layer 40000000 30000000");
  CHECK(code_of([&] { parse_program(many); }).starts_with("B310"));
}

TEST_CASE("unsound programs are refused with the reason") {
  const auto refused = [](const std::function<void(PredictorProgram&)>& change) {
    PredictorProgram program = sample();
    change(program);
    return code_of([&] { verify_program(program); });
  };
  const auto layer = [](PredictorProgram& program) -> DenseLayer& {
    return std::get<LayeredModel>(program.model).layers[0];
  };
  CHECK(refused([](PredictorProgram&) {}) == "no failure");
  CHECK(refused([](auto& p) { p.fields[1].name = "amount"; }).starts_with("B311"));
  CHECK(refused([](auto& p) { p.fields[0].name = ""; }).starts_with("B311"));
  CHECK(refused([](auto& p) { p.fields[1].categories = {"a", "a"}; }).starts_with("B311"));
  CHECK(refused([](auto& p) { p.fields[3].categories = {"a"}; }).starts_with("B311"));
  CHECK(refused([](auto& p) { p.population = make_constant(1.0); }).find("no flag") != std::string::npos);
  CHECK(refused([](auto& p) { p.definitions[0].formula = nullptr; }).starts_with("B311"));
  CHECK(refused([](auto& p) { p.features[0] = Feature{"x", number("nowhere")}; }).find("nowhere") != std::string::npos);
  CHECK(refused([](auto& p) { p.features[0] = Feature{"x", number("country")}; }).find("another type") !=
        std::string::npos);
  CHECK(refused([](auto& p) {
          p.features[0] = Feature{"x", make_column("country", ValueType::category)};
        }).starts_with("B311"));
  CHECK(refused([](auto& p) { std::get<IndicatorFeature>(p.features[2]).width = 0; }).starts_with("B311"));
  CHECK(refused([](auto& p) { std::get<IndicatorFeature>(p.features[2]).labels.pop_back(); }).starts_with("B311"));
  CHECK(refused([&](auto& p) { layer(p).inputs = 5; }).starts_with("B311"));
  CHECK(refused([&](auto& p) { layer(p).weights.pop_back(); }).starts_with("B311"));
  CHECK(refused([&](auto& p) { layer(p).weights[3] = std::numeric_limits<float>::infinity(); }).find("finite") !=
        std::string::npos);
  CHECK(refused([&](auto& p) { layer(p).bias[0] = std::nanf(""); }).find("finite") != std::string::npos);
  CHECK(refused([](auto& p) { p.model = LayeredModel{}; }).starts_with("B311"));
  CHECK(refused([](auto& p) { p.model = ConstantModel{{1, 2}}; }).starts_with("B311"));
  CHECK(refused([](auto& p) { p.model = RuleModel{make_constant(true)}; }).find("identity") != std::string::npos);
  CHECK(refused([](auto& p) { p.link = Link::softmax; }).starts_with("B311"));
  CHECK(refused([](auto& p) { p.classes = {"one"}; }).starts_with("B311"));
  CHECK(refused([](auto& p) { p.threshold = std::nan(""); }).starts_with("B311"));
  CHECK(refused([](auto& p) { p.task = TaskKind::regression; }).starts_with("B311"));
  CHECK(refused([](auto& p) { p.task = TaskKind::unknown; }).starts_with("B311"));
  CHECK(refused([](auto& p) {
          p.features[0] = Feature{"x", make_formula(Operation::mean_of, ValueType::number, {number("amount")})};
        }).starts_with("B311"));
  CHECK(refused([](auto& p) {
          p.features[0] = Feature{"x", make_formula(Operation::add, ValueType::number, {number("amount")})};
        }).find("arguments") != std::string::npos);
}
