#include <catch2/catch.hpp>

#include "read_fixture.h"
#include "runtime/data/query_engine.h"

using namespace mlw;

namespace {

/// Writes a Parquet file out of a query.
void write_parquet(const TestFolder& folder, const std::string& name, const std::string& query) {
  EngineSettings settings;
  settings.folder = folder.path();
  settings.directories = {folder.path()};
  open_query_engine(settings)->execute("COPY (" + query + ") TO '" + folder.path() + "/" + name + "' (FORMAT parquet)");
}

}  // namespace

TEST_CASE("parquet: every type that has a place in a table") {
  const TestFolder folder;
  write_parquet(
      folder, "t.parquet",
      "SELECT i::TINYINT AS i8, i::USMALLINT AS u16, i::INTEGER AS i32, (i * 5000000000)::BIGINT AS i64, "
      "(i + 0.25)::FLOAT AS f32, CASE WHEN i = 1 THEN 'nan'::DOUBLE ELSE i / 3.0 END AS f64, "
      "(i + 0.07)::DECIMAL(9,2) AS d9, (i + 0.123456789012345678)::DECIMAL(38,18) AS d38, i::DECIMAL(4,0) AS d0, "
      "DATE '2020-02-29' + i::INTEGER AS day, TIMESTAMP '1969-12-31 23:59:59.5' AS moment, i = 2 AS flag, "
      "CASE WHEN i = 2 THEN NULL ELSE 'w' || i END AS word FROM range(3) t(i)");
  const Read r = read(folder, {block("t.parquet", DataSource::Form::parquet)});
  REQUIRE(!r.diagnostics.has_errors());
  CHECK(r.numbers("i8") == std::vector<double>{0, 1, 2});
  CHECK(r.numbers("u16") == std::vector<double>{0, 1, 2});
  CHECK(r.numbers("i32") == std::vector<double>{0, 1, 2});
  CHECK(r.numbers("i64") == std::vector<double>{0, 5e9, 1e10});
  CHECK(r.column("f32").storage == Storage::float32);
  CHECK(r.numbers("f32") == std::vector<double>{0.25, 1.25, 2.25});
  CHECK(r.numbers("f64") == std::vector<double>{0, 2 / 3.0});
  CHECK(r.column("f64").missing() == 1);
  CHECK(r.numbers("d9") == std::vector<double>{0.07, 1.07, 2.07});
  CHECK(r.numbers("d38") == std::vector<double>{0.123456789012345678, 1.123456789012345678, 2.123456789012345678});
  CHECK(r.column("d0").storage == Storage::int64);
  CHECK(r.numbers("day")[0] == 1582934400e6);
  CHECK(r.numbers("moment")[0] == -500000);
  CHECK(r.numbers("flag") == std::vector<double>{0, 0, 1});
  CHECK(r.texts("word") == std::vector<std::string>{"w0", "w1"});
}

TEST_CASE("parquet: columns of declared kinds") {
  const TestFolder folder;
  write_parquet(folder, "t.parquet", "SELECT i AS code, 'x' || i AS word FROM range(20) t(i)");
  const auto form = DataSource::Form::parquet;
  CHECK(read(folder, {declare(block("t.parquet", form), "code", ColumnKind::category)}).texts("code").size() == 20);
  const Read wrong = read(folder, {declare(block("t.parquet", form), "word", ColumnKind::number)});
  REQUIRE(wrong.has("D105"));
  CHECK(wrong.find("D105")->message.find("20 values") != std::string::npos);
  Data option = block("t.parquet", form);
  option.source.options["delimiter"] = ";";
  CHECK(read(folder, {option}).has("D020"));
}

TEST_CASE("numbers and dates that have no place in 64 bits are refused") {
  const TestFolder folder;
  write_parquet(folder, "t.parquet",
                "SELECT 1e30::DOUBLE AS large, DATE '290000-01-01' AS far, 'infinity'::DATE AS never, "
                "'-infinity'::TIMESTAMP AS before");
  const auto form = DataSource::Form::parquet;
  const auto only = [&](const std::string& column) {
    return block("SELECT " + column + " FROM 't.parquet'", DataSource::Form::sql);
  };
  CHECK(read(folder, {declare(only("large"), "large", ColumnKind::integer)}).has("D105"));
  CHECK(!read(folder, {only("large")}).diagnostics.has_errors());
  CHECK(read(folder, {block("t.parquet", form)}).failure == "D015");
  CHECK(read(folder, {only("far")}).message == "");
  CHECK(read(folder, {only("never")}).failure == "D015");
  CHECK(read(folder, {only("before")}).failure == "D015");
  CHECK(read(folder, {only("DATE '300000-01-01' AS farther")}).failure == "D015");
}

TEST_CASE("json") {
  const TestFolder folder;
  folder.file("rows.json", "{\"a\": 1, \"b\": \"x\"}\n{\"a\": 2.5, \"b\": null}\n");
  const Read r = read(folder, {block("rows.json", DataSource::Form::json)});
  CHECK(r.numbers("a") == std::vector<double>{1, 2.5});
  CHECK(r.texts("b") == std::vector<std::string>{"x"});
}

TEST_CASE("sql over data blocks and over files of the folder") {
  const TestFolder folder;
  folder.file("people.csv", "id,city\n1,Bonn\n2,Jena\n3,Bonn\n");
  folder.file("extra.csv", "city,size\nBonn,3\nJena,1\n");
  const Data people = block("people.csv", DataSource::Form::csv, "people");
  Data query = block("select p.id, p.city, e.size from people p join 'extra.csv' e using (city) where p.id < 3",
                     DataSource::Form::sql, "chosen");
  const Read r = read(folder, {people, query});
  REQUIRE(r.message == "");
  CHECK(r.numbers("size") == std::vector<double>{1, 3});
  CHECK(r.schema("id").kind == ColumnKind::integer);
  CHECK(files_of({people, query}, "chosen", folder.path()) ==
        std::vector<std::string>{folder.path() + "/extra.csv", folder.path() + "/people.csv"});
  // A value that is no number anywhere in a block that a query reads.
  std::string mixed = "id,city\n";
  for (int i = 0; i < 25000; ++i) mixed += std::to_string(i) + ",x\n";
  folder.file("people.csv", mixed + "none,y\n");
  CHECK(read(folder, {people, query}).has("D105"));
}

TEST_CASE("files that queries name are found, other texts are left alone") {
  const TestFolder folder;
  folder.file("a.csv", "x,f\n1,a.csv\n2,b.csv\n");
  folder.file("b.csv", "x,f\n3,c.csv\n");
  const auto count = [&](const std::string& query) {
    const Data data = block(query, DataSource::Form::sql);
    const Read r = read(folder, {data});
    CHECK(r.message == "");
    return std::pair{r.data.table.rows, files_of({data}, "rows", folder.path()).size()};
  };
  CHECK(count("select * from 'a.csv' where f = 'a.csv'") == std::pair<int64_t, size_t>{1, 1});
  CHECK(count("select * from read_csv(['a.csv', 'b.csv'])") == std::pair<int64_t, size_t>{3, 2});
  CHECK(count("SELECT * FROM read_csv('?.csv') WHERE f IN ('a.csv', 'c.csv')") == std::pair<int64_t, size_t>{2, 2});
}

TEST_CASE("joins keep the rows on the left and refuse to multiply them") {
  const TestFolder folder;
  folder.file("payments.csv", "pay,customer,amount\n1,7,1.5\n2,8,2.5\n3,7,3.5\n4,9,4.5\n");
  folder.file("customers.csv", "customer,band\n7,old\n8,new\n");
  const Data payments = block("payments.csv", DataSource::Form::csv, "payments");
  const Data customers =
      declare(block("customers.csv", DataSource::Form::csv, "customers"), "band", ColumnKind::category);
  Data joined;
  joined.name = "joined";
  joined.join = Join{"payments", "customers", {"customer"}};
  const Read r = read(folder, {payments, customers, joined});
  REQUIRE(r.failure.empty());
  REQUIRE(r.data.table.rows == 4);
  CHECK(r.texts("band") == std::vector<std::string>{"new", "old", "old"});
  CHECK(r.column("band").missing() == 1);
  CHECK(!r.schema("band").inferred);
  const std::vector<Data> blocks{joined, customers, payments};
  CHECK(modelled_data(blocks).name == "joined");
  folder.file("customers.csv", "customer,band\n7,old\n7,new\n");
  CHECK(read(folder, {payments, customers, joined}).has("D017"));
  joined.join->on = {"client"};
  CHECK(read(folder, {payments, customers, joined}).has("D007"));
}

TEST_CASE("sums of SQL are integers while they fit 64 bits") {
  const TestFolder folder;
  const Read r = read(folder, {block("select sum(i) as s from range(4) t(i)", DataSource::Form::sql)});
  CHECK(r.schema("s").kind == ColumnKind::integer);
  CHECK(r.numbers("s") == std::vector<double>{6});
  CHECK(read(folder, {block("select 9223372036854775807::HUGEINT * 4 as s", DataSource::Form::sql)}).failure == "D016");
}
