#include "compiler/codegen/object_cache.h"

#include <catch2/catch.hpp>
#include <map>
#include <thread>

#include "compiler/codegen/native_code_generator.h"
#include "compiler/codegen/target_machine.h"

using namespace mlw;

namespace {

struct MemoryCache final : CodeCache {
  std::map<std::string, std::string> entries;
  int loads = 0, hits = 0, saves = 0;
  bool load(const std::string& key, std::string& bytes) override {
    ++loads;
    const auto found = entries.find(key);
    if (found == entries.end()) return false;
    ++hits;
    bytes = found->second;
    return true;
  }
  void save(const std::string& key, std::string_view bytes) override {
    ++saves;
    entries[key] = std::string(bytes);
  }
};

ColumnKernel doubling(double factor) {
  ColumnKernel kernel;
  kernel.inputs = {{"a", ElementType::float32, false}};
  kernel.outputs = {{make_formula(Operation::multiply, ValueType::number,
                                  {make_column("a", ValueType::number), make_constant(factor)}),
                     ElementType::float32}};
  return kernel;
}

float run(CodeGenerator& generator, double factor) {
  float a = 21, result = 0;
  const ColumnView input{&a, nullptr};
  const MutableColumnView output{&result, nullptr};
  CHECK(generator.compile(doubling(factor))->run(&input, &output, 0, 1) == 0);
  return result;
}

}  // namespace

TEST_CASE("code is made once and then comes from the cache") {
  MemoryCache cache;
  const auto first = codegen::make_code_generator(codegen::detect_host());
  first->use_cache(&cache);
  CHECK(run(*first, 2) == 42);
  CHECK(run(*first, 2) == 42);  // from memory
  CHECK((cache.loads == 1 && cache.saves == 1));
  const auto second = codegen::make_code_generator(codegen::detect_host());
  second->use_cache(&cache);
  CHECK(run(*second, 2) == 42);
  CHECK((cache.hits == 1 && cache.saves == 1));
  CHECK(run(*second, 3) == 63);
  CHECK(cache.entries.size() == 2);
}

TEST_CASE("damaged code is never run") {
  MemoryCache cache;
  const auto first = codegen::make_code_generator(codegen::detect_host());
  first->use_cache(&cache);
  CHECK(run(*first, 2) == 42);
  for (auto& [key, bytes] : cache.entries) bytes[bytes.size() / 2] ^= 1;
  const auto second = codegen::make_code_generator(codegen::detect_host());
  second->use_cache(&cache);
  CHECK(run(*second, 2) == 42);
  CHECK(cache.saves == 2);
  for (auto& [key, bytes] : cache.entries) bytes.resize(3);
  const auto third = codegen::make_code_generator(codegen::detect_host());
  third->use_cache(&cache);
  CHECK(run(*third, 2) == 42);
  CHECK(cache.saves == 3);
}

TEST_CASE("keys tell what is compiled and for whom") {
  const Target host = codegen::detect_host();
  Target other = host;
  other.cpu = "x86-64-v2";
  Target narrow = host;
  narrow.vector_bits /= 2;
  const std::string key = codegen::object_key("a", host);
  CHECK(key.size() == 32);
  CHECK(key == codegen::object_key("a", host));
  CHECK(key != codegen::object_key("b", host));
  CHECK(key != codegen::object_key("a", other));
  CHECK(key != codegen::object_key("a", narrow));
}

TEST_CASE("threads that want the same code share one compilation") {
  MemoryCache cache;
  const auto generator = codegen::make_code_generator(codegen::detect_host());
  generator->use_cache(&cache);
  std::vector<std::thread> threads;
  std::vector<std::shared_ptr<const CompiledColumns>> found(6);
  for (size_t i = 0; i < found.size(); ++i)
    threads.emplace_back([&, i] { found[i] = generator->compile(doubling(5)); });
  for (std::thread& thread : threads) thread.join();
  for (const auto& code : found) CHECK(code);
  CHECK(cache.saves == 1);
}

TEST_CASE("the code generator is loaded once") {
  CHECK(&load_code_generator() == &load_code_generator());
  CHECK(load_code_generator().host().vector_bits >= 128);
  CHECK(load_code_generator().version().substr(0, 3) == "19.");
}
