#include "runtime/data/matrix.h"

#include <catch2/catch.hpp>

#include "runtime/data/matrix_memory.h"

using namespace mlw;

TEST_CASE("blocks side by side become one dense block") {
  PreparedMatrix matrix;
  matrix.rows = 2;
  DenseBlock numbers = make_dense(2, 2);
  numbers.row(0)[0] = 1;
  numbers.row(0)[1] = 2;
  numbers.row(1)[0] = 3;
  numbers.row(1)[1] = 4;
  SparseBlock indicators{2, 3, {0, 1, 1}, {2}, {}};
  BinnedBlock bins;
  bins.rows = 2;
  bins.columns = 1;
  bins.bits = 16;
  bins.values = {1, 1, 7, 0};
  matrix.blocks = {numbers, indicators, bins};

  REQUIRE(matrix.columns() == 6);
  const DenseBlock dense = matrix.dense();
  CHECK(reinterpret_cast<uintptr_t>(dense.values.get()) % 64 == 0);
  CHECK(std::vector<float>(dense.row(0), dense.row(0) + 6) == std::vector<float>{1, 2, 0, 0, 1, 257});
  CHECK(std::vector<float>(dense.row(1), dense.row(1) + 6) == std::vector<float>{3, 4, 0, 0, 0, 7});
}

TEST_CASE("a single dense block is handed out without a copy") {
  PreparedMatrix matrix;
  matrix.rows = 3;
  DenseBlock block = make_dense(3, 1);
  matrix.blocks = {block};
  CHECK(matrix.dense().values == block.values);
}

TEST_CASE("sparse values that are stored are used") {
  PreparedMatrix matrix;
  matrix.rows = 1;
  matrix.blocks = {SparseBlock{1, 2, {0, 1}, {1}, {2.5F}}};
  CHECK(matrix.dense().row(0)[1] == 2.5F);
}
