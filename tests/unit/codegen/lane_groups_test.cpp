#include "compiler/codegen/lane_groups.h"

#include <bit>
#include <catch2/catch.hpp>

using mlw::codegen::lane_groups;

TEST_CASE("lane groups cover every neighbour and reach over none") {
  CHECK(lane_groups(0).empty());
  for (int neighbours = 1; neighbours < 100; ++neighbours) {
    CAPTURE(neighbours);
    int done = 0;
    for (const auto& group : lane_groups(neighbours)) {
      CHECK(std::has_single_bit(static_cast<unsigned>(group.count)));
      CHECK(group.begin >= 0);
      CHECK(group.begin <= done);
      CHECK(group.begin + group.count > done);
      done = group.begin + group.count;
    }
    CHECK(done == neighbours);
  }
}

TEST_CASE("only the last lane group repeats neighbours") {
  const auto groups = lane_groups(30);
  REQUIRE(groups.size() == 2);
  CHECK(groups[0].begin == 0);
  CHECK(groups[1].begin == 14);
  CHECK(groups[1].count == 16);
}
