#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "read_fixture.h"

using namespace mlw;

namespace {

bool notes_contain(const Diagnostic* diagnostic, std::string_view text) {
  if (!diagnostic) return false;
  return std::any_of(diagnostic->notes.begin(), diagnostic->notes.end(),
                     [&](const std::string& note) { return note.find(text) != std::string::npos; });
}

}  // namespace

TEST_CASE("a file that is not there, is empty, or may not be read") {
  const TestFolder folder;
  CHECK(read(folder, {block("none.csv")}).has("D001"));
  CHECK(read(folder, {block("none-*.csv")}).has("D001"));
  CHECK(read(folder, {block("none.parquet", DataSource::Form::parquet)}).has("D001"));
  CHECK(read_csv(folder, "").has("D002"));
  CHECK(read_csv(folder, "\n\n").has("D002"));
  CHECK(read(folder, {block(".")}).has("D005"));
  folder.file("closed.csv", "a\n1\n");
  chmod((folder.path() + "/closed.csv").c_str(), 0);
  if (geteuid() != 0) CHECK(read(folder, {block("closed.csv")}).has("D005"));
}

TEST_CASE("a header and nothing else") {
  const TestFolder folder;
  CHECK(read_csv(folder, "a,b\n").has("D003"));
  CHECK(read_csv(folder, "a,b").has("D003"));
}

TEST_CASE("a ragged row is named with its line") {
  const TestFolder folder;
  for (const char* content : {"a,b,c\n1,2,x\n4,5\n6,7,y\n", "a,b,c\n1,2,x\n4,5,6,7\n6,7,y\n"}) {
    const Read r = read_csv(folder, content);
    CHECK(r.failure == "D004");
  }
  std::string late = "a,b\n";
  for (int i = 0; i < 40000; ++i) late += "1,2\n";
  folder.file("late.csv", late + "1,2,3\n");
  Diagnostics diagnostics;
  try {
    read_table({block("late.csv")}, "rows", folder.path(), {}, diagnostics);
    FAIL("no failure");
  } catch (const Failure& failure) {
    CHECK(failure.diagnostic.message == "late.csv:40002: 3 fields where 2 are due");
  }
}

TEST_CASE("a quote that is never closed") {
  const TestFolder folder;
  CHECK(read_csv(folder, "a,b\n1,\"open\n2,3\n4,5\n").failure == "D018");
}

TEST_CASE("mixed types: nearly all numbers is an error, many a warning, wherever they stand") {
  const TestFolder folder;
  for (const int before : {5, 30000}) {
    std::string content = "age,x\n";
    for (int i = 0; i < before; ++i) content += std::to_string(i) + ",1.5\n";
    for (int i = 0; i < 30; ++i) content += std::to_string(i) + ",1.5\n";
    const Read r = read_csv(folder, content + "n.b.,2\nn.c.,x\n");
    INFO(before);
    REQUIRE(r.has("D105"));
    const Diagnostic* diagnostic = r.find("D105");
    CHECK(diagnostic->message.find("column `age`") != std::string::npos);
    CHECK(diagnostic->message.find(" 2 values") != std::string::npos);
    CHECK(
        notes_contain(diagnostic, "data.csv:" + std::to_string(before + 32) + " column age: \"n.b.\" is not a number"));
    CHECK(r.data.table.rows == 0);
  }
  const Read half = read_csv(folder, "t,y\n1,1\n2,2\n3,3\nA1,4\nA2,5\n");
  CHECK(half.has("D012"));
  CHECK(!half.diagnostics.has_errors());
  CHECK(half.texts("t") == std::vector<std::string>{"1", "2", "3", "A1", "A2"});
  const Read declared = [&] { return read(folder, {declare(block("data.csv"), "t", ColumnKind::category)}); }();
  CHECK(declared.diagnostics.empty());
  CHECK(read(folder, {declare(block("data.csv"), "t", ColumnKind::number)}).has("D105"));
}

TEST_CASE("values that a declared kind does not hold") {
  const TestFolder folder;
  folder.file("data.csv", "a,b,c,d,e\n1,1.5,yes,2020-01-01,low\n2,2.5,maybe,2020-13-01,high\n3,1,no,x,odd\n");
  CHECK(read(folder, {declare(block("data.csv"), "b", ColumnKind::integer)}).has("D105"));
  CHECK(read(folder, {declare(block("data.csv"), "c", ColumnKind::flag)}).has("D105"));
  CHECK(read(folder, {declare(block("data.csv"), "a", ColumnKind::flag)}).has("D105"));
  CHECK(read(folder, {declare(block("data.csv"), "d", ColumnKind::date)}).has("D105"));
  Data ordinal = declare(block("data.csv"), "e", ColumnKind::ordinal);
  ordinal.columns[0].order = {"low", "high"};
  const Read r = read(folder, {ordinal});
  REQUIRE(r.has("D105"));
  CHECK(notes_contain(r.find("D105"), "\"odd\""));
  Data range = declare(block("data.csv"), "a", ColumnKind::number);
  range.columns[0].minimum = 1.5;
  range.columns[0].maximum = 2.5;
  const Read outside = read(folder, {range});
  REQUIRE(outside.has("D105"));
  CHECK(outside.find("D105")->message.find("2 values that lie outside 1.5..2.5") != std::string::npos);
}

TEST_CASE("a column without any value") {
  const TestFolder folder;
  const Read r = read_csv(folder, "a,b\n1,\n2,NA\n");
  CHECK(r.has("D010"));
  CHECK(r.column("b").missing() == 2);
}

TEST_CASE("a declared column that is not there") {
  const TestFolder folder;
  folder.file("data.csv", "price,size\n1,2\n");
  const Read r = read(folder, {declare(block("data.csv"), "prise", ColumnKind::number)});
  REQUIRE(r.has("D007"));
  CHECK(notes_contain(r.find("D007"), "`price`"));
  Data keyed = block("data.csv");
  keyed.key = "id";
  CHECK(read(folder, {keyed}).has("D007"));
}

TEST_CASE("names of columns that are duplicated, empty or not ASCII") {
  const TestFolder folder;
  CHECK(read_csv(folder, "a,a,b\n1,2,3\n").has("D008"));
  const Read unnamed = read_csv(folder, ",b\n0,3\n1,4\n");
  CHECK(unnamed.has("D009"));
  CHECK(unnamed.numbers("column1") == std::vector<double>{0, 1});
  CHECK(read_csv(folder, "größe,名前\n1,x\n").texts("名前") == std::vector<std::string>{"x"});
  CHECK(read(folder, {block("select 1 as a, 2 as a", DataSource::Form::sql)}).has("D008"));
}

TEST_CASE("infinite and huge numbers") {
  const TestFolder folder;
  for (const char* value : {"1e39", "-1e300", "inf"}) {
    const Read r = read_csv(folder, std::string("a,b\n1.5,1\n") + value + ",2\n");
    INFO(value);
    REQUIRE(r.has("D011"));
    CHECK(r.find("D011")->message.find("1 numbers") != std::string::npos);
  }
  CHECK(!read_csv(folder, "a,b\n3e38,1\n").diagnostics.has_errors());
}

TEST_CASE("files and queries that the engine refuses") {
  const TestFolder folder;
  folder.file("bad.parquet", "this is no parquet file, though it is long enough to look like one");
  CHECK(read(folder, {block("bad.parquet", DataSource::Form::parquet)}).failure == "D018");
  folder.file("bad.json", "{\"a\": 1}\n{\"a\": \n");
  CHECK(!read(folder, {block("bad.json", DataSource::Form::json)}).failure.empty());
  CHECK(read(folder, {block("select nonsense from nowhere", DataSource::Form::sql)}).failure == "D016");
  CHECK(read(folder, {block("select [1, 2] as list", DataSource::Form::sql)}).failure == "D015");
}

TEST_CASE("a query reads nothing outside of the workflow's folder and changes no setting") {
  const TestFolder folder;
  CHECK(read(folder, {block("select * from read_text('/etc/passwd')", DataSource::Form::sql)}).failure == "D016");
  CHECK(read(folder, {block("select * from read_csv('/etc/passwd')", DataSource::Form::sql)}).failure == "D016");
}

TEST_CASE("a reading that needs more memory than it may use says so") {
  const TestFolder folder;
  std::string content = "a,b\n";
  for (int i = 0; i < 200000; ++i) content += std::to_string(i) + ",word" + std::to_string(i) + "\n";
  folder.file("data.csv", content);
  const Data rows = block("data.csv", DataSource::Form::csv, "many");
  const Data sorted = block("select b, list(a)[1] as a from many group by b", DataSource::Form::sql, "sorted");
  ReadOptions options;
  options.memory_limit = int64_t{4} << 20;
  options.threads = 1;
  Diagnostics diagnostics;
  try {
    read_table({rows, sorted}, "sorted", folder.path(), options, diagnostics);
    FAIL("no failure");
  } catch (const Failure& failure) {
    CHECK(failure.diagnostic.kind->code == "D022");
  }
}
