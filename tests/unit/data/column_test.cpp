#include "runtime/data/column.h"

#include <catch2/catch.hpp>
#include <cstring>

using namespace mlw;

TEST_CASE("memory is aligned and zero, small and large") {
  for (const size_t bytes : {size_t{0}, size_t{1}, size_t{100}, size_t{1} << 20}) {
    const Buffer buffer = allocate(bytes);
    CHECK(reinterpret_cast<uintptr_t>(buffer.get()) % 64 == 0);
    for (size_t i = 0; i < bytes; ++i) REQUIRE(buffer[i] == std::byte{0});
  }
}

TEST_CASE("values are read by row, whatever their storage") {
  Column column;
  column.name = "x";
  column.storage = Storage::category;
  column.dictionary = std::make_shared<std::vector<std::string>>(std::vector<std::string>{"a", "b"});
  Chunk chunk;
  chunk.rows = 3;
  chunk.values = allocate(3 * sizeof(uint32_t));
  const uint32_t codes[] = {1, 0, 0};
  std::memcpy(const_cast<std::byte*>(chunk.values.get()), codes, sizeof(codes));
  chunk.validity = allocate(1);
  const_cast<std::byte&>(chunk.validity[0]) = std::byte{0b011};
  chunk.missing = 1;
  column.chunks = {chunk};
  CHECK(column.text(0) == "b");
  CHECK(column.text(1) == "a");
  CHECK(column.text(2).empty());
  CHECK(!column.valid(2));
  CHECK(column.missing() == 1);
  CHECK(column.number(0) == 1);

  Table table;
  table.columns = {column};
  CHECK(table.find("x") == &table.columns[0]);
  CHECK(table.find("y") == nullptr);
}
