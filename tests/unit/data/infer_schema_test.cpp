#include <catch2/catch.hpp>

#include "read_fixture.h"

using namespace mlw;

namespace {

/// A file of `rows` rows out of a function from row number to line.
template <typename Line>
std::string lines(const std::string& header, int rows, const Line& line) {
  std::string text = header + "\n";
  for (int i = 0; i < rows; ++i) text += line(i) + "\n";
  return text;
}

}  // namespace

TEST_CASE("kinds are found from the values, with a reason") {
  const TestFolder folder;
  folder.file("data.csv", lines("n,i,few,c,t,u,words,yn,tf,one", 60, [](int i) {
                const std::string s = std::to_string(i);
                return s + ".5," + s + "," + std::to_string(i % 3) + ",colour" + std::to_string(i % 4) + ",note " +
                       std::to_string(i % 40) + ",K" + s + ",row number " + s + "," + (i % 2 ? "Yes" : "No") + "," +
                       (i % 3 ? "true" : "false") + "," + std::to_string(i % 2);
              }));
  Diagnostics diagnostics;
  const Schema schema = infer_schema({block("data.csv")}, "rows", folder.path(), {}, diagnostics);
  REQUIRE(!diagnostics.has_errors());
  const auto kind = [&](const char* name) { return schema.find(name)->kind; };
  CHECK(kind("n") == ColumnKind::number);
  CHECK(kind("i") == ColumnKind::integer);
  CHECK(kind("few") == ColumnKind::integer);
  CHECK(kind("c") == ColumnKind::category);
  CHECK(kind("t") == ColumnKind::text);
  CHECK(kind("u") == ColumnKind::id);
  CHECK(kind("words") == ColumnKind::text);
  CHECK(kind("yn") == ColumnKind::flag);
  CHECK(kind("tf") == ColumnKind::flag);
  CHECK(kind("one") == ColumnKind::flag);
  CHECK(schema.rows == 60);
  CHECK(schema.find("n")->distinct == 60);
  CHECK(schema.find("few")->distinct == 3);
  CHECK(schema.find("t")->distinct == 40);
  CHECK(schema.find("c")->categories == std::vector<std::string>{"colour0", "colour1", "colour2", "colour3"});
  CHECK(schema.find("yn")->categories == std::vector<std::string>{"No", "Yes"});
  for (const ColumnSchema& column : schema.columns) {
    CHECK(!column.reason.empty());
    CHECK(column.inferred);
    CHECK(column.missing == 0);
  }
  CHECK(schema.find("c")->reason == "4 different values in 60 rows");
}

TEST_CASE("flags written as words are 0 and 1 with the words beside them") {
  const TestFolder folder;
  const Read r = read_csv(folder, "a,y\n1,Yes\n2,No\n3,\n4,Yes\n");
  const Column& y = r.column("y");
  REQUIRE(y.storage == Storage::flag);
  CHECK(*y.dictionary == std::vector<std::string>{"No", "Yes"});
  CHECK(r.numbers("y") == std::vector<double>{0, 1, 1});
}

TEST_CASE("many categories are counted but not listed") {
  const TestFolder folder;
  folder.file("data.csv", lines("c", 12000, [](int i) { return "v" + std::to_string(i % 1200); }));
  const Read r = read(folder, {block("data.csv")});
  CHECK(r.schema("c").kind == ColumnKind::category);
  CHECK(r.schema("c").distinct == 1200);
  CHECK(r.schema("c").categories.empty());
  CHECK(r.column("c").dictionary->size() == 1200);
}

TEST_CASE("text that hardly repeats, and a category declared of it, over several pieces and threads") {
  const TestFolder folder;
  folder.file("data.csv", lines("t,c", 150000, [](int i) {
                return "word " + std::to_string(i) + " of many,k" + std::to_string(i % 150000);
              }));
  const Data data = declare(block("data.csv"), "c", ColumnKind::category);
  const Read one = read(folder, {data}, 1), two = read(folder, {data}, 2);
  REQUIRE(one.data.table.rows == 150000);
  CHECK(one.schema("t").kind == ColumnKind::text);
  CHECK(one.column("c").dictionary->size() == 150000);
  CHECK(std::is_sorted(one.column("c").dictionary->begin(), one.column("c").dictionary->end()));
  bool equal = one.data.table.identity == two.data.table.identity;
  for (int64_t i = 0; i < one.data.table.rows && equal; ++i)
    equal = one.column("t").text(i) == two.column("t").text(i) && one.column("c").text(i) == two.column("c").text(i);
  CHECK(equal);
}
