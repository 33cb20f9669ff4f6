#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <new>

#include "compiler/codegen/native_code_generator.h"
#include "compiler/diagnostics/diagnostic.h"
#include "tests/reference/random_formulas.h"
#include "tests/reference/row_formulas.h"

using namespace mlw;
using reference::Cell;

namespace {

int bytes_of(ElementType element) {
  switch (element) {
    case ElementType::float64:
    case ElementType::int64:
      return 8;
    case ElementType::flag:
      return 1;
    default:
      return 4;
  }
}

template <typename T>
struct AlignedAllocator {
  using value_type = T;
  AlignedAllocator() = default;
  template <typename U>
  explicit AlignedAllocator(const AlignedAllocator<U>&) {}
  T* allocate(size_t count) { return static_cast<T*>(::operator new(count * sizeof(T), std::align_val_t{64})); }
  void deallocate(T* memory, size_t) { ::operator delete(memory, std::align_val_t{64}); }
  bool operator==(const AlignedAllocator&) const = default;
};

/// A column with room for `rows` and no byte more, so that the sanitizers see what is touched behind the end.
struct Memory {
  ElementType element;
  int64_t rows;
  std::vector<uint8_t, AlignedAllocator<uint8_t>> values;
  std::vector<uint8_t> validity;

  Memory(ElementType element, int64_t rows, uint8_t fill = 0)
      : element(element),
        rows(rows),
        values(static_cast<size_t>(rows * bytes_of(element)), fill),
        validity(static_cast<size_t>((rows + 7) / 8), fill) {}

  void set(int64_t row, const Cell& cell) {
    uint8_t* at = values.data() + row * bytes_of(element);
    const auto single = static_cast<float>(cell.real);
    if (element == ElementType::float32)
      std::memcpy(at, &single, 4);
    else if (element == ElementType::float64)
      std::memcpy(at, &cell.real, 8);
    else
      std::memcpy(at, &cell.whole, static_cast<size_t>(bytes_of(element)));
    if (!cell.missing) validity[static_cast<size_t>(row) / 8] |= static_cast<uint8_t>(1 << row % 8);
  }

  Cell get(int64_t row) const {
    const uint8_t* at = values.data() + row * bytes_of(element);
    Cell cell;
    cell.missing = !(validity[static_cast<size_t>(row) / 8] >> row % 8 & 1);
    if (element == ElementType::float32) {
      float single;
      std::memcpy(&single, at, 4);
      cell.real = single;
      cell.is_real = true;
    } else if (element == ElementType::float64) {
      std::memcpy(&cell.real, at, 8);
      cell.is_real = true;
    } else if (element == ElementType::int32) {
      int32_t narrow;
      std::memcpy(&narrow, at, 4);
      cell.whole = narrow;
    } else {
      std::memcpy(&cell.whole, at, static_cast<size_t>(bytes_of(element)));
    }
    return cell;
  }
};

const std::vector<ColumnKernel::Input> inputs = {
    {"a", ElementType::float32}, {"b", ElementType::float64}, {"g", ElementType::float32, false},
    {"c", ElementType::int64},   {"d", ElementType::int32},   {"e", ElementType::uint32, false},
    {"f", ElementType::flag},    {"t", ElementType::int64},   {"u", ElementType::int64}};

/// Random rows of these columns. Whole stretches without a missing value let blocks take the short way.
struct Rows {
  std::vector<std::map<std::string, Cell>> cells;
  std::vector<Memory> memory;
  std::vector<ColumnView> views;

  Rows(reference::RandomFormulas& random, int64_t rows) : cells(static_cast<size_t>(rows)) {
    for (const auto& input : inputs) memory.emplace_back(input.element, rows);
    const uint64_t gaps = random.next(3);
    for (int64_t row = 0; row < rows; ++row)
      for (size_t i = 0; i < inputs.size(); ++i) {
        Cell cell = some_cell(random, inputs[i]);
        cell.missing = inputs[i].may_be_missing && gaps && (row / 64) % 2 == 0 && random.next(5) < gaps;
        memory[i].set(row, cell);
        if (inputs[i].element == ElementType::float32) cell.real = static_cast<float>(cell.real);
        cells[static_cast<size_t>(row)][inputs[i].name] = cell;
      }
    for (size_t i = 0; i < inputs.size(); ++i)
      views.push_back({memory[i].values.data(), gaps ? memory[i].validity.data() : nullptr});
  }

  static Cell some_cell(reference::RandomFormulas& random, const ColumnKernel::Input& input) {
    Cell cell;
    switch (input.element) {
      case ElementType::float32:
      case ElementType::float64:
        cell.is_real = true;
        cell.real = random.some_number();
        break;
      case ElementType::int64:
        cell.whole = input.name == "c" ? random.some_integer() : random.some_time();
        break;
      case ElementType::int32:
        cell.whole = static_cast<int32_t>(random.some_integer());
        break;
      case ElementType::uint32:
        cell.whole = static_cast<uint32_t>(random.some_integer());
        break;
      case ElementType::flag:
        cell.whole = static_cast<int64_t>(random.next(2));
        break;
    }
    return cell;
  }
};

ElementType element_for(ValueType type, bool judged, reference::RandomFormulas& random) {
  if (type == ValueType::number) return judged || random.next(2) ? ElementType::float64 : ElementType::float32;
  return type == ValueType::flag ? ElementType::flag : ElementType::int64;
}

/// What the output column should hold.
Cell stored(Cell cell, ElementType element) {
  if (element == ElementType::float32) cell.real = static_cast<float>(cell.real);
  if (element == ElementType::float32 || element == ElementType::float64) {
    if (!cell.is_real)
      cell.real = element == ElementType::float32 ? static_cast<float>(cell.whole) : static_cast<double>(cell.whole);
    cell.is_real = true;
  }
  cell = reference::RowInterpreter::checked(cell);
  if (cell.missing) cell.real = 0, cell.whole = 0;
  return cell;
}

bool equal_cells(const Cell& a, const Cell& b) {
  return a.missing == b.missing &&
         (a.is_real ? a.real == b.real && std::signbit(a.real) == std::signbit(b.real) : a.whole == b.whole);
}

struct Compiled {
  std::vector<std::unique_ptr<CodeGenerator>> machines;
  Compiled() {
    const Target host = codegen::detect_host();
    for (const int width : {128, 256, 512})
      machines.push_back(codegen::make_code_generator(codegen::host_with_vectors(host, width)));
  }
};

/// Compares every machine with the interpreter.
void compare(Compiled& compiled, const ColumnKernel& kernel, const Rows& rows, int64_t count,
             const std::string& label) {
  std::vector<std::vector<Cell>> expected(kernel.outputs.size());
  int64_t status = 0;
  for (int64_t row = 0; row < count && !status; ++row)
    for (size_t j = 0; j < kernel.outputs.size(); ++j) {
      reference::RowInterpreter interpreter{rows.cells[static_cast<size_t>(row)], kernel.judged};
      const Cell cell = stored(interpreter.run(*kernel.outputs[j].formula), kernel.outputs[j].element);
      if (cell.overflow && !status) status = row + 1;
      expected[j].push_back(cell);
    }
  for (size_t machine = 0; machine < compiled.machines.size(); ++machine) {
    const auto code = compiled.machines[machine]->compile(kernel);
    std::vector<Memory> results;
    for (const auto& output : kernel.outputs) results.emplace_back(output.element, count, 0xAA);
    std::vector<MutableColumnView> views;
    for (Memory& memory : results) views.push_back({memory.values.data(), memory.validity.data()});
    INFO(label << ", machine " << machine << ", rows " << count);
    REQUIRE(code->run(rows.views.data(), views.data(), 0, count) == status);
    if (status) continue;
    for (size_t j = 0; j < results.size(); ++j) {
      INFO(to_text(*kernel.outputs[j].formula));
      for (int64_t row = 0; row < count; ++row) {
        const Cell found = results[j].get(row), wanted = expected[j][static_cast<size_t>(row)];
        INFO("row " << row << ": found " << found.missing << " " << found.real << " " << found.whole << ", wanted "
                    << wanted.missing << " " << wanted.real << " " << wanted.whole);
        REQUIRE(equal_cells(wanted, found));
      }
    }
  }
}

ColumnKernel kernel_of(std::vector<std::pair<FormulaPointer, ElementType>> outputs, bool judged = false) {
  ColumnKernel kernel;
  kernel.inputs = inputs;
  kernel.judged = judged;
  for (auto& [formula, element] : outputs) kernel.outputs.push_back({formula, element});
  return kernel;
}

}  // namespace

TEST_CASE("random formulas over columns give the interpreter's bits on every width of vectors") {
  Compiled compiled;
  constexpr int64_t counts[] = {200, 64, 1, 0, 63, 65, 130, 127};
  constexpr ValueType types[] = {ValueType::number, ValueType::integer, ValueType::flag, ValueType::date,
                                 ValueType::duration};
  for (uint64_t seed = 0; seed < 64; ++seed) {
    reference::RandomFormulas random(seed);
    const int64_t count = counts[seed % 8];
    const Rows rows(random, count);
    const bool judged = seed % 3 == 2;
    std::vector<std::pair<FormulaPointer, ElementType>> outputs;
    for (uint64_t i = 0; i <= random.next(3); ++i) {
      random.functions_left = judged ? 1 : 2;
      const ValueType type = types[random.next(5)];
      outputs.push_back({random.formula(type, 4), element_for(type, judged, random)});
    }
    ColumnKernel kernel = kernel_of(outputs, judged);
    if (seed % 2) kernel.rows = int64_t{1} << 32;  // past the caches
    compare(compiled, kernel, rows, count, "seed " + std::to_string(seed));
  }
}

namespace {

/// Runs one formula over the columns a (float32), c (int64) and f (flag) of a few rows.
struct Small {
  std::vector<float> a;
  std::vector<int64_t> c;
  std::vector<uint8_t> f;
  std::vector<uint8_t> valid;  ///< of all three, a byte a row

  std::vector<Cell> run(const FormulaPointer& formula, ElementType element, int64_t expected_status = 0) const {
    ColumnKernel kernel;
    kernel.inputs = {{"a", ElementType::float32}, {"c", ElementType::int64}, {"f", ElementType::flag}};
    kernel.outputs = {{formula, element}};
    const auto rows = static_cast<int64_t>(a.size());
    std::vector<uint8_t> bitmap(static_cast<size_t>((rows + 7) / 8));
    for (int64_t row = 0; row < rows; ++row)
      if (valid[static_cast<size_t>(row)]) bitmap[static_cast<size_t>(row) / 8] |= static_cast<uint8_t>(1 << row % 8);
    const ColumnView views[] = {{a.data(), bitmap.data()}, {c.data(), bitmap.data()}, {f.data(), bitmap.data()}};
    Memory memory(element, rows, 0xAA);
    const MutableColumnView result{memory.values.data(), memory.validity.data()};
    CHECK(load_code_generator().compile(kernel)->run(views, &result, 0, rows) == expected_status);
    std::vector<Cell> cells;
    for (int64_t row = 0; row < rows; ++row) cells.push_back(memory.get(row));
    return cells;
  }
};

FormulaPointer number_column() { return make_column("a", ValueType::number); }
FormulaPointer integer_column() { return make_column("c", ValueType::integer); }
FormulaPointer flag_column() { return make_column("f", ValueType::flag); }
FormulaPointer none(ValueType type) { return make_formula(Operation::missing, type, {}); }
FormulaPointer two(Operation operation, ValueType type, FormulaPointer x, FormulaPointer y) {
  return make_formula(operation, type, {std::move(x), std::move(y)});
}

}  // namespace

TEST_CASE("undefined results are missing and hold 0") {
  const Small rows{
      {0, -1, 4, INFINITY, NAN, 3e38F}, std::vector<int64_t>(6), std::vector<uint8_t>(6), {1, 1, 1, 1, 1, 0}};
  const auto quotients =
      rows.run(two(Operation::divide, ValueType::number, make_constant(1.0), number_column()), ElementType::float32);
  CHECK(quotients[0].missing);
  CHECK(quotients[0].real == 0);
  CHECK(quotients[1].real == -1);
  CHECK(quotients[2].real == 0.25);
  for (const size_t row : {3, 4, 5}) CHECK((quotients[row].missing && quotients[row].real == 0));
  const auto roots =
      rows.run(make_formula(Operation::sqrt, ValueType::number, {number_column()}), ElementType::float32);
  CHECK((roots[1].missing && roots[2].real == 2));
  const auto logarithms =
      rows.run(make_formula(Operation::log, ValueType::number, {number_column()}), ElementType::float32);
  CHECK((logarithms[0].missing && logarithms[1].missing && !logarithms[2].missing));
  const auto known =
      rows.run(make_formula(Operation::is_missing, ValueType::flag, {number_column()}), ElementType::flag);
  CHECK(
      (known[0].whole == 0 && known[3].whole == 1 && known[4].whole == 1 && known[5].whole == 1 && !known[5].missing));
}

TEST_CASE("logic follows Kleene") {
  const Small rows{{0, 0}, {0, 0}, {0, 1}, {1, 1}};
  const auto unknown = none(ValueType::flag);
  const auto conjunction =
      rows.run(two(Operation::logical_and, ValueType::flag, unknown, flag_column()), ElementType::flag);
  CHECK((!conjunction[0].missing && conjunction[0].whole == 0 && conjunction[1].missing));
  const auto disjunction =
      rows.run(two(Operation::logical_or, ValueType::flag, flag_column(), unknown), ElementType::flag);
  CHECK((disjunction[0].missing && !disjunction[1].missing && disjunction[1].whole == 1));
}

TEST_CASE("an integer overflow gives its row, where it counts") {
  Small rows;
  for (int64_t row = 0; row < 150; ++row) {
    rows.a.push_back(0);
    rows.c.push_back(row == 97 || row == 120 ? INT64_MAX : row);
    rows.f.push_back(row == 97);
    rows.valid.push_back(1);
  }
  const auto more = two(Operation::add, ValueType::integer, integer_column(), make_constant(int64_t{1}));
  rows.run(more, ElementType::int64, 98);
  const auto chosen =
      make_formula(Operation::select, ValueType::integer, {flag_column(), make_constant(int64_t{0}), more});
  rows.run(chosen, ElementType::int64, 121);
  rows.valid[97] = 0;
  rows.run(more, ElementType::int64, 121);
  rows.valid[120] = 0;
  CHECK(rows.run(more, ElementType::int64)[149].whole == 150);
  rows.valid[130] = 1;
  rows.c[130] = int64_t{1} << 40;
  CHECK(rows.run(integer_column(), ElementType::int32, 131).size() == 150);
}

TEST_CASE("a range of rows is a range of rows") {
  ColumnKernel kernel;
  kernel.inputs = {{"a", ElementType::float32}};
  kernel.outputs = {
      {two(Operation::multiply, ValueType::number, number_column(), make_constant(2.0)), ElementType::float32}};
  const auto code = load_code_generator().compile(kernel);
  std::vector<float> a(300), doubled(300, -1);
  for (size_t i = 0; i < a.size(); ++i) a[i] = static_cast<float>(i);
  std::vector<uint8_t> validity(38, 0x55);
  const ColumnView input{a.data(), nullptr};
  const MutableColumnView output{doubled.data(), validity.data()}, without{doubled.data(), nullptr};
  CHECK(code->run(&input, &output, 64, 200) == 0);
  for (size_t i = 0; i < a.size(); ++i)
    CHECK(doubled[i] == (i >= 64 && i < 200 ? 2.0F * static_cast<float>(i) : -1.0F));
  CHECK((validity[7] == 0x55 && validity[8] == 0xFF && validity[24] == 0xFF && validity[25] == 0x55));
  CHECK(code->run(&input, &without, 192, 300) == 0);
  CHECK(doubled[299] == 598);
  CHECK(code->run(&input, &output, 128, 128) == 0);
}

TEST_CASE("what is no row formula is refused") {
  ColumnKernel kernel;
  kernel.inputs = {{"a", ElementType::float32}};
  const auto refused = [&](const FormulaPointer& formula) {
    kernel.outputs = {{formula, ElementType::float64}};
    try {
      load_code_generator().compile(kernel);
    } catch (const Failure& failure) {
      return std::string(failure.diagnostic.kind->code);
    }
    return std::string();
  };
  CHECK(refused(make_formula(Operation::mean_of, ValueType::number, {number_column()})) == "B351");
  CHECK(refused(make_formula(Operation::length, ValueType::integer, {make_constant(std::string("x"))})) == "B351");
  CHECK(refused(make_column("nowhere", ValueType::number)) == "B351");
}
