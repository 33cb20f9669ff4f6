#include "runtime/data/evaluate_formulas.h"

#include <catch2/catch.hpp>
#include <cstring>

#include "tests/reference/formula_interpreter.h"

using namespace mlw;

namespace {

constexpr int64_t many = chunk_rows + 100;  // more than one chunk

template <typename T, typename Value>
Column column_of(const std::string& name, ColumnKind kind, Storage storage, int64_t rows, const Value& value) {
  Column column;
  column.name = name;
  column.kind = kind;
  column.storage = storage;
  for (int64_t begin = 0; begin < rows; begin += chunk_rows) {
    Chunk chunk;
    chunk.rows = std::min(chunk_rows, rows - begin);
    chunk.values = allocate(static_cast<size_t>(chunk.rows) * sizeof(T));
    chunk.validity = allocate(static_cast<size_t>((chunk.rows + 63) / 64 * 8));
    for (int64_t i = 0; i < chunk.rows; ++i) {
      const std::optional<T> v = value(begin + i);
      if (!v) {
        ++chunk.missing;
        continue;
      }
      reinterpret_cast<T*>(const_cast<std::byte*>(chunk.values.get()))[i] = *v;
      auto& byte = reinterpret_cast<uint8_t*>(const_cast<std::byte*>(chunk.validity.get()))[i / 8];
      byte = static_cast<uint8_t>(byte | 1 << (i % 8));
    }
    column.chunks.push_back(chunk);
  }
  return column;
}

Column text_of(const std::string& name, int64_t rows, const std::function<std::optional<std::string>(int64_t)>& value) {
  Column column;
  column.name = name;
  column.kind = ColumnKind::text;
  column.storage = Storage::text;
  for (int64_t begin = 0; begin < rows; begin += chunk_rows) {
    Chunk chunk;
    chunk.rows = std::min(chunk_rows, rows - begin);
    std::string bytes;
    chunk.values = allocate(static_cast<size_t>(chunk.rows + 1) * 8);
    chunk.validity = allocate(static_cast<size_t>((chunk.rows + 63) / 64 * 8));
    for (int64_t i = 0; i < chunk.rows; ++i) {
      const auto v = value(begin + i);
      if (v) {
        bytes += *v;
        auto& byte = reinterpret_cast<uint8_t*>(const_cast<std::byte*>(chunk.validity.get()))[i / 8];
        byte = static_cast<uint8_t>(byte | 1 << (i % 8));
      } else {
        ++chunk.missing;
      }
      reinterpret_cast<uint64_t*>(const_cast<std::byte*>(chunk.values.get()))[i + 1] = bytes.size();
    }
    chunk.bytes = allocate(bytes.size());
    std::memcpy(const_cast<std::byte*>(chunk.bytes.get()), bytes.data(), bytes.size());
    column.chunks.push_back(chunk);
  }
  return column;
}

/// x: number (missing every 10th row), n: integer, c: category of three (missing every 7th), t: text.
Table sample() {
  Table table;
  table.rows = many;
  table.columns.push_back(column_of<double>("x", ColumnKind::number, Storage::float64, many, [](int64_t i) {
    return i % 10 == 0 ? std::nullopt : std::optional<double>(static_cast<double>(i) * 0.5);
  }));
  table.columns.push_back(column_of<int64_t>("n", ColumnKind::integer, Storage::int64, many,
                                             [](int64_t i) { return std::optional<int64_t>(i); }));
  table.columns.push_back(column_of<uint32_t>("c", ColumnKind::category, Storage::category, many, [](int64_t i) {
    return i % 7 == 0 ? std::nullopt : std::optional<uint32_t>(i % 3);
  }));
  table.columns.back().dictionary =
      std::make_shared<const std::vector<std::string>>(std::vector<std::string>{"Bonn", "Jena", "Ulm an der Donau"});
  table.columns.push_back(text_of("t", many, [](int64_t i) {
    return i % 5 == 0 ? std::nullopt : std::optional<std::string>(i % 2 == 0 ? "Grün und blau" : " rot ");
  }));
  return table;
}

FormulaPointer number(const char* name) { return make_column(name, ValueType::number); }
FormulaPointer category() { return make_column("c", ValueType::category); }
FormulaPointer text() { return make_column("t", ValueType::text); }
FormulaPointer word(const char* value) { return make_constant(std::string(value)); }

Column evaluate(const FormulaPointer& formula, const std::vector<Definition>& definitions = {}) {
  static const Table table = sample();
  reference::Interpreter generator;
  return evaluate_formulas({formula}, definitions, table, generator).front();
}

}  // namespace

TEST_CASE("a bare column is handed on without a copy") {
  const Table table = sample();
  reference::Interpreter generator;
  const Column column = evaluate_formulas({text()}, {}, table, generator).front();
  CHECK(column.chunks[1].bytes == table.columns[3].chunks[1].bytes);
  CHECK(column.name == "t");
}

TEST_CASE("arithmetic is float32 with missing values zero") {
  const Column column = evaluate(make_formula(Operation::add, ValueType::number, {number("x"), make_constant(1.0)}));
  REQUIRE(column.storage == Storage::float32);
  for (const int64_t row : {int64_t{0}, int64_t{1}, int64_t{10}, chunk_rows + 3, many - 1}) {
    CHECK(column.valid(row) == (row % 10 != 0));
    CHECK(column.number(row) == (row % 10 == 0 ? 0 : static_cast<double>(row) * 0.5 + 1));
  }
}

TEST_CASE("functions of a category and of text, and what is missing in them") {
  const Column length = evaluate(make_formula(Operation::length, ValueType::integer, {category()}));
  CHECK(length.storage == Storage::int64);
  CHECK(length.number(1) == 4);
  CHECK(length.number(2) == 16);
  CHECK(!length.valid(7));
  CHECK(length.number(chunk_rows + 1) == (((chunk_rows + 1) % 3 == 2) ? 16 : 4));

  const Column words = evaluate(make_formula(Operation::word_count, ValueType::integer, {text()}));
  CHECK(words.number(2) == 3);
  CHECK(words.number(1) == 1);
  CHECK(!words.valid(5));
  CHECK(evaluate(make_formula(Operation::length, ValueType::integer, {text()})).number(2) == 13);

  const Column is = evaluate(make_formula(Operation::equal, ValueType::flag, {category(), word("Jena")}));
  CHECK(is.storage == Storage::flag);
  CHECK(is.number(1) == 1);
  CHECK(is.number(2) == 0);
  CHECK(!is.valid(14));
  const Column is_not = evaluate(make_formula(Operation::not_equal, ValueType::flag, {category(), word("Jena")}));
  CHECK(is_not.number(2) == 1);

  const Column part = evaluate(make_formula(Operation::contains, ValueType::flag, {text(), word("und")}));
  CHECK(part.number(2) == 1);
  CHECK(part.number(1) == 0);
  CHECK(evaluate(make_formula(Operation::starts_with, ValueType::flag, {text(), word("Gr")})).number(2) == 1);
  CHECK(evaluate(make_formula(Operation::ends_with, ValueType::flag, {text(), word("blau")})).number(2) == 1);
  CHECK(evaluate(make_formula(Operation::ends_with, ValueType::flag, {text(), word("Gr")})).number(2) == 0);

  const Column missing = evaluate(make_formula(Operation::is_missing, ValueType::flag, {category()}));
  CHECK(missing.missing() == 0);
  CHECK(missing.number(7) == 1);
  CHECK(missing.number(8) == 0);
}

TEST_CASE("positions and memberships") {
  const Column position = evaluate(
      make_formula(Operation::position, ValueType::integer, {category(), word("Ulm an der Donau"), word("Bonn")}));
  CHECK(position.number(2) == 0);
  CHECK(position.number(3) == 1);
  CHECK(position.number(1) == -1);
  CHECK(!position.valid(7));
  auto missing = std::make_shared<Formula>();
  missing->type = ValueType::text;
  const Column in =
      evaluate(make_formula(Operation::in, ValueType::flag, {text(), word(" rot "), FormulaPointer(missing)}));
  CHECK(in.valid(1));
  CHECK(in.number(1) == 1);
  CHECK(!in.valid(2));  // none is equal, and one of them is missing
  CHECK(!in.valid(5));
}

TEST_CASE("formulas that give categories and text") {
  const Column lower = evaluate(make_formula(Operation::lower, ValueType::category, {category()}));
  REQUIRE(lower.storage == Storage::category);
  CHECK(lower.text(1) == "jena");
  CHECK(!lower.valid(7));
  CHECK(std::is_sorted(lower.dictionary->begin(), lower.dictionary->end()));
  const Column filled = evaluate(make_formula(Operation::coalesce, ValueType::category, {category(), word("none")}));
  CHECK(filled.missing() == 0);
  CHECK(filled.text(7) == "none");
  CHECK(filled.text(3) == "Bonn");

  const Column trimmed = evaluate(
      make_formula(Operation::upper, ValueType::text, {make_formula(Operation::trim, ValueType::text, {text()})}));
  REQUIRE(trimmed.storage == Storage::text);
  CHECK(trimmed.text(1) == "ROT");
  CHECK(trimmed.text(2) == "GRÜN UND BLAU");
  CHECK(!trimmed.valid(5));
  const Column both = evaluate(make_formula(Operation::concat, ValueType::text, {category(), text()}));
  CHECK(both.text(1) == "Jena rot ");
  CHECK(!both.valid(7));
  CHECK(!both.valid(10));
}

TEST_CASE("a choice between words by a condition on numbers, inside of arithmetic") {
  const auto large = make_formula(Operation::greater, ValueType::flag, {number("x"), make_constant(10.0)});
  const auto band = make_formula(Operation::select, ValueType::category, {large, word("large"), category()});
  const Column bands = evaluate(band);
  CHECK(bands.text(1) == "Jena");
  CHECK(bands.text(101) == "large");
  CHECK(!bands.valid(20));  // the condition is missing
  const auto nested =
      make_formula(Operation::add, ValueType::integer,
                   {make_formula(Operation::length, ValueType::integer, {band}), make_column("n", ValueType::integer)});
  CHECK(evaluate(nested).number(101) == 106);
  CHECK(evaluate(nested).number(1) == 5);
}

TEST_CASE("definitions read those before them, and only those that are needed are computed") {
  const std::vector<Definition> definitions = {
      {"twice", make_formula(Operation::multiply, ValueType::number, {number("x"), make_constant(2.0)}), ""},
      {"broken", make_formula(Operation::length, ValueType::integer, {make_column("nowhere", ValueType::text)}), ""},
      {"city", make_formula(Operation::lower, ValueType::category, {category()}), ""},
      {"more", make_formula(Operation::add, ValueType::number, {number("twice"), make_constant(1.0)}), ""}};
  CHECK(evaluate(number("more"), definitions).number(3) == 4);
  CHECK(evaluate(make_column("city", ValueType::category), definitions).text(1) == "jena");
  CHECK(evaluate(
            make_formula(Operation::equal, ValueType::flag, {make_column("city", ValueType::category), word("jena")}),
            definitions)
            .number(1) == 1);
}

TEST_CASE("conditions keep only what is true") {
  const Table table = sample();
  reference::Interpreter generator;
  const auto condition = make_formula(Operation::less, ValueType::flag, {number("x"), make_constant(2.0)});
  CHECK(select_rows(condition, {}, table, generator) == Selection{1, 2, 3});
  const auto behind = make_formula(Operation::greater_equal, ValueType::flag,
                                   {make_column("n", ValueType::integer), make_constant(int64_t{many - 2})});
  CHECK(select_rows(behind, {}, table, generator) ==
        Selection{static_cast<uint32_t>(many - 2), static_cast<uint32_t>(many - 1)});
}

TEST_CASE("a column that is not there is a Failure with its name") {
  try {
    evaluate(make_formula(Operation::negate, ValueType::number, {number("y")}));
    FAIL("no failure");
  } catch (const Failure& failure) {
    CHECK(failure.diagnostic.kind->code == "D031");
    CHECK(failure.diagnostic.message.find("`y`") != std::string::npos);
  }
}

namespace {

/// Says of two fixed rows, in different chunks, that an integer overflowed.
struct Overflowing : CompiledColumns {
  int64_t run(const ColumnView* inputs, const MutableColumnView*, int64_t begin, int64_t end) const override {
    const auto* n = static_cast<const int64_t*>(inputs[0].values);
    for (int64_t i = begin; i < end; ++i)
      if (n[i] == 77 || n[i] == chunk_rows + 5) return i + 1;
    return 0;
  }
};
class OverflowGenerator : public reference::Interpreter {
 public:
  std::shared_ptr<const CompiledColumns> compile(const ColumnKernel&) override {
    return std::make_shared<Overflowing>();
  }
};

}  // namespace

TEST_CASE("an integer that overflows ends the evaluation with the first row") {
  const Table table = sample();
  OverflowGenerator generator;
  const auto n = make_column("n", ValueType::integer);
  try {
    evaluate_formulas({make_formula(Operation::multiply, ValueType::integer, {n, n})}, {}, table, generator);
    FAIL("no failure");
  } catch (const Failure& failure) {
    CHECK(failure.diagnostic.kind->code == "D030");
    CHECK(failure.diagnostic.message.find("row 77") != std::string::npos);
    REQUIRE(failure.diagnostic.notes.size() == 1);
    CHECK(failure.diagnostic.notes[0] == "n = 77");
  }
}

TEST_CASE("compiled code answers as the interpreter does, on several chunks, and stops at an overflow") {
  const Table table = sample();
  reference::Interpreter interpreter;
  CodeGenerator& compiler = load_code_generator();
  const auto n = make_column("n", ValueType::integer);
  const auto condition = make_formula(Operation::greater, ValueType::flag, {number("x"), make_constant(100.0)});
  const std::vector<FormulaPointer> formulas = {
      make_formula(Operation::multiply, ValueType::number, {number("x"), make_constant(0.25)}), condition,
      make_formula(Operation::add, ValueType::integer,
                   {n, make_formula(Operation::length, ValueType::integer, {category()})}),
      make_formula(Operation::logical_or, ValueType::flag,
                   {condition, make_formula(Operation::equal, ValueType::flag, {category(), word("Bonn")})}),
      make_formula(Operation::coalesce, ValueType::number, {number("x"), make_constant(-1.0)})};
  const std::vector<Column> compiled = evaluate_formulas(formulas, {}, table, compiler);
  const std::vector<Column> interpreted = evaluate_formulas(formulas, {}, table, interpreter);
  for (size_t f = 0; f < formulas.size(); ++f) {
    REQUIRE(compiled[f].storage == interpreted[f].storage);
    CHECK(compiled[f].missing() == interpreted[f].missing());
    bool equal = true;
    for (int64_t row = 0; row < table.rows; ++row)
      equal &=
          compiled[f].valid(row) == interpreted[f].valid(row) && compiled[f].number(row) == interpreted[f].number(row);
    INFO(f);
    CHECK(equal);
  }
  const auto large = make_constant(int64_t{INT64_MAX - 70000});
  try {
    evaluate_formulas({make_formula(Operation::add, ValueType::integer, {n, large})}, {}, table, compiler);
  } catch (const Failure& failure) {
    FAIL(failure.diagnostic.message);
  }
  const auto larger = make_constant(int64_t{INT64_MAX - 65600});
  try {
    evaluate_formulas({make_formula(Operation::add, ValueType::integer, {n, larger})}, {}, table, compiler);
    FAIL("no failure");
  } catch (const Failure& failure) {
    CHECK(failure.diagnostic.kind->code == "D030");
    CHECK(failure.diagnostic.message.find("row 65601") != std::string::npos);
  }
}
