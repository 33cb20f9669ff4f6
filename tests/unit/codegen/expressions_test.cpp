#include "compiler/codegen/expressions.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "compiler/codegen/expression_loop.h"
#include "compiler/codegen/target_machine.h"
#include "tests/reference/random_expressions.h"

using namespace mlw;
using namespace mlw::kernel;
using reference::Value;

namespace {

constexpr int rows = 64;

int bytes_of(Type type) { return std::max(bits(type) / 8, 1); }

void write(std::vector<char>& memory, int row, const Value& value) {
  char* at = memory.data() + static_cast<ptrdiff_t>(row) * bytes_of(value.type);
  if (value.type == Type::f64) return void(std::memcpy(at, &value.real, 8));
  if (value.type == Type::f32) {
    const auto single = static_cast<float>(value.real);
    return void(std::memcpy(at, &single, 4));
  }
  std::memcpy(at, &value.whole, static_cast<size_t>(bytes_of(value.type)));
}

Value read(const std::vector<char>& memory, int row, Type type) {
  const char* at = memory.data() + static_cast<ptrdiff_t>(row) * bytes_of(type);
  if (type == Type::f64) {
    double real;
    std::memcpy(&real, at, 8);
    return {type, real, 0};
  }
  if (type == Type::f32) {
    float single;
    std::memcpy(&single, at, 4);
    return {type, single, 0};
  }
  int64_t whole = 0;
  std::memcpy(&whole, at, static_cast<size_t>(bytes_of(type)));
  return reference::whole_value(type, whole);
}

/// Values of every argument, `rows` of them, as the loop reads them.
struct Inputs {
  std::vector<std::vector<Value>> values;  ///< [row][argument]
  std::vector<std::vector<char>> memory;   ///< [argument]
  std::vector<const void*> pointers;

  explicit Inputs(reference::RandomExpressions& random) {
    for (const Type type : reference::RandomExpressions::argument_types)
      memory.emplace_back(static_cast<size_t>(rows * bytes_of(type)));
    for (int row = 0; row < rows; ++row) {
      values.push_back(random.values());
      for (size_t i = 0; i < memory.size(); ++i) write(memory[i], row, values.back()[i]);
    }
    for (const auto& bytes : memory) pointers.push_back(bytes.data());
  }
};

std::vector<char> run(codegen::Jit& jit, Expression root, int lanes, const Inputs& inputs) {
  std::vector<char> result(static_cast<size_t>(rows * bytes_of(root->type)));
  void* output = result.data();
  codegen::compile_loop(jit, {root}, lanes)(inputs.pointers.data(), &output, rows);
  return result;
}

}  // namespace

TEST_CASE("compiled expressions give the interpreter's bits on every width of vectors") {
  const Target host = codegen::detect_host();
  std::vector<std::unique_ptr<codegen::Jit>> machines;
  for (const int width : {128, 256, 512})
    machines.push_back(std::make_unique<codegen::Jit>(codegen::host_with_vectors(host, width)));
  for (uint64_t seed = 0; seed < 120; ++seed) {
    reference::RandomExpressions random(seed);
    const Expression root = random.expression(reference::RandomExpressions::argument_types[seed % 12], 5);
    const Inputs inputs(random);
    const int lanes = 1 << (seed % 6);  // 1 … 32
    for (size_t machine = 0; machine < machines.size(); ++machine) {
      const std::vector<char> found = run(*machines[machine], root, lanes, inputs);
      for (int row = 0; row < rows; ++row) {
        const Value expected = reference::evaluate_exactly(root, inputs.values[static_cast<size_t>(row)]);
        INFO("seed " << seed << ", machine " << machine << ", lanes " << lanes << ", row " << row << ": "
                     << to_text(root));
        REQUIRE(reference::same(expected, read(found, row, root->type)));
      }
    }
  }
}

TEST_CASE("positions count through lanes") {
  codegen::Jit jit(codegen::detect_host());
  int64_t squares[64];
  void* output = squares;
  const Expression at = position(0);
  codegen::compile_loop(jit, {multiply(at, at)}, 16)(nullptr, &output, 64);
  for (int64_t i = 0; i < 64; ++i) CHECK(squares[i] == i * i);
}

TEST_CASE("a product and a sum are never contracted, a fused node always is one rounding") {
  codegen::Jit jit(codegen::detect_host());
  if (!jit.target().fused_multiply_add) return;
  const Expression a = argument(Type::f32, 0), b = argument(Type::f32, 1), c = argument(Type::f32, 2);
  std::vector<float> x(64, 1 + 0x1p-12F), y(64, 1 + 0x1p-12F), z(64, -1 - 0x1p-11F), separate(64), fused(64);
  const void* inputs[] = {x.data(), y.data(), z.data()};
  void* outputs[] = {separate.data(), fused.data()};
  codegen::compile_loop(jit, {add(multiply(a, b), c), fused_multiply_add(a, b, c)}, 16)(inputs, outputs, 64);
  CHECK(separate[5] == 0);
  CHECK(fused[5] == 0x1p-24F);
}
