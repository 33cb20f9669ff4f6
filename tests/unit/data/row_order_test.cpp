#include "runtime/data/row_order.h"

#include <catch2/catch.hpp>
#include <set>

#include "read_fixture.h"

using namespace mlw;

namespace {

std::vector<std::string> rows_of(const Read& r) {
  std::vector<std::string> rows;
  for (int64_t i = 0; i < r.data.table.rows; ++i) {
    std::string row;
    for (const Column& column : r.data.table.columns)
      row +=
          (column.storage == Storage::text || column.storage == Storage::category ? std::string(column.text(i))
                                                                                  : std::to_string(column.number(i))) +
          "|";
    rows.push_back(row);
  }
  return rows;
}

std::string some_rows(int begin, int end, int step) {
  std::string text;
  for (int i = begin; i != end; i += step) text += std::to_string(i) + ",w" + std::to_string(i % 7) + "\n";
  return text;
}

}  // namespace

TEST_CASE("the order of rows does not depend on the order in the file") {
  const TestFolder folder;
  const Read up = read_csv(folder, "a,b\n" + some_rows(0, 3000, 1), 1);
  const Read down = read_csv(folder, "a,b\n" + some_rows(2999, -1, -1), 2);
  CHECK(rows_of(up) == rows_of(down));
  CHECK(up.data.table.identity == down.data.table.identity);
  CHECK(std::is_sorted(up.data.table.identity.begin(), up.data.table.identity.end()));
}

TEST_CASE("appended rows keep the identity of the others") {
  const TestFolder folder;
  const Read before = read_csv(folder, "a,b\n" + some_rows(0, 500, 1));
  // The new rows make the column a number instead of an integer.
  const Read after = read_csv(folder, "a,b\n" + some_rows(0, 500, 1) + "1.5,w9\n3,w3\n");
  const std::set<uint64_t> more(after.data.table.identity.begin(), after.data.table.identity.end());
  for (const uint64_t identity : before.data.table.identity) CHECK(more.count(identity) == 1);
  CHECK(more.size() == 502);
}

TEST_CASE("equal rows are told apart by their occurrence, and can be recognised") {
  const TestFolder folder;
  const Read r = read_csv(folder, "a,b\n1,x\n2,y\n1,x\n1,x\n");
  const std::set<uint64_t> identities(r.data.table.identity.begin(), r.data.table.identity.end());
  CHECK(identities.size() == 4);
  const std::vector<uint64_t> hashes = row_hashes(r.data.table);
  const std::set<uint64_t> contents(hashes.begin(), hashes.end());
  CHECK(contents.size() == 2);
  // The first occurrence has the identity of its content.
  CHECK(identities.count(*contents.begin()) == 1);
  CHECK(identities.count(*contents.rbegin()) == 1);
}

TEST_CASE("a key alone is a row's identity") {
  const TestFolder folder;
  folder.file("data.csv", "id,b\n1,x\n2,y\n3,z\n3,a\n");
  Data data = block("data.csv");
  data.key = "id";
  const Read first = read(folder, {data});
  folder.file("data.csv", "id,b\n3,a\n2,changed\n3,z\n1,x\n");
  const Read second = read(folder, {data});
  CHECK(first.data.table.identity == second.data.table.identity);
  CHECK(rows_of(first) != rows_of(second));
}

TEST_CASE("hundreds of thousands of rows are in order") {
  const TestFolder folder;
  const Read r = read_csv(folder, "a,b\n" + some_rows(0, 300000, 1));
  CHECK(std::is_sorted(r.data.table.identity.begin(), r.data.table.identity.end()));
  const std::vector<double> a = r.numbers("a");
  REQUIRE(a.size() == 300000);
  bool all = true;
  for (int i = 0; i < 300000; ++i) all &= a[static_cast<size_t>(i)] == i;
  CHECK(all);
  const std::vector<uint64_t> hashes = row_hashes(r.data.table);
  CHECK(hashes == r.data.table.identity);
}
