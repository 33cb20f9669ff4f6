#include "compiler/kernel/formula.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace mlw;

TEST_CASE("formula text reads back as the same formula") {
  auto x = make_column("x", ValueType::number, "EUR");
  std::vector<FormulaPointer> formulas = {
      make_constant(0.1),
      make_constant(1.0),
      make_constant(-0.0),
      make_constant(5e-324),
      make_constant(std::numeric_limits<double>::max()),
      make_constant(std::numeric_limits<double>::infinity()),
      make_constant(2.5, "EUR"),
      make_constant(int64_t{1}),
      make_constant(std::numeric_limits<int64_t>::min()),
      make_constant(int64_t{86400000000}, ValueType::duration),
      make_constant(true),
      make_constant(std::string("a \"b\"\\ \n\t größe")),
      make_constant(std::string("red"), ValueType::category),
      make_column("größe in m²", ValueType::unknown),
      make_formula(Operation::missing, ValueType::number, {}),
      make_formula(Operation::add, ValueType::number, {x, make_constant(1.0, "EUR")}),
      make_formula(Operation::in, ValueType::flag,
                   {make_column("c", ValueType::category), make_constant(std::string("a"), ValueType::category)}),
      make_formula(Operation::count_of, ValueType::number, {}),
  };
  for (const FormulaPointer& formula : formulas) {
    std::string text = to_text(*formula);
    INFO(text);
    FormulaPointer back = parse_formula(text);
    CHECK(to_text(*back) == text);
    CHECK(back->type == formula->type);
    CHECK(back->unit == formula->unit);
    CHECK(back->value == formula->value);
    CHECK(back->column == formula->column);
  }
  CHECK(to_text(*formulas[15]) == R"((add:number (column:number/"EUR" "x") (constant:number/"EUR" 1.0)))");
}

TEST_CASE("integers, numbers, flags and texts have different texts") {
  CHECK(to_text(*make_constant(1.0)) == "1.0");
  CHECK(to_text(*make_constant(int64_t{1})) == "1");
  CHECK(to_text(*make_constant(true)) == "true");
  CHECK(to_text(*make_constant(std::string("true"))) == "\"true\"");
  CHECK(std::signbit(std::get<double>(parse_formula("-0.0")->value)));
}

TEST_CASE("damaged formula text is refused") {
  for (const char* text :
       {"", "(", "(add:number 1.0)", "(add:number 1.0 2.0", "(nothing:number)", "(add:colour 1 2)", "\"open", "1.0 2.0",
        "1.2.3", "(column:number)", "(column:number x)", "(in:flag)", "\"\\xg\""})
    CHECK_THROWS_AS(parse_formula(text), std::invalid_argument);
}

TEST_CASE("every operation has its name and number of arguments") {
  CHECK(name(Operation::log1p) == "log1p");
  CHECK(arity(Operation::select) == 3);
  CHECK(arity(Operation::in) == -1);
  CHECK(name(Operation::last_of_run) == "last_of_run");
  CHECK(name(ValueType::duration) == "duration");
}

TEST_CASE("columns of a formula, and replacing them") {
  auto x = make_column("x", ValueType::number), y = make_column("y", ValueType::number);
  auto sum = make_formula(Operation::add, ValueType::number,
                          {x, make_formula(Operation::multiply, ValueType::number, {y, x})});
  CHECK(columns_of(*sum) == std::vector<std::string>{"x", "y"});
  auto replaced = substitute(sum, {{"y", make_constant(2.0)}});
  CHECK(columns_of(*replaced) == std::vector<std::string>{"x"});
  CHECK(columns_of(*sum) == std::vector<std::string>{"x", "y"});
  // simultaneous: what is put in is not looked at again
  auto swapped = substitute(sum, {{"x", y}, {"y", x}});
  CHECK(to_text(*swapped) ==
        R"((add:number (column:number "y") (multiply:number (column:number "x") (column:number "y"))))");
  CHECK(substitute(sum, {{"z", y}}) == sum);
}

TEST_CASE("shared parts are visited once") {
  FormulaPointer doubled = make_column("x", ValueType::number);
  for (int i = 0; i < 60; ++i) doubled = make_formula(Operation::add, ValueType::number, {doubled, doubled});
  CHECK(columns_of(*doubled).size() == 1);
  CHECK(columns_of(*substitute(doubled, {{"x", make_column("y", ValueType::number)}})) ==
        std::vector<std::string>{"y"});
}
