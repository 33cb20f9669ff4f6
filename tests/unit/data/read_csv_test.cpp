#include <catch2/catch.hpp>

#include "read_fixture.h"

using namespace mlw;

TEST_CASE("a plain file becomes typed columns") {
  const TestFolder folder;
  const Read r = read_csv(folder, "age,height,name,born\n31,1.75,Ann,1990-05-01\n,1.5,NA,\n7,NaN,Bob,2015-01-31\n");
  REQUIRE(!r.diagnostics.has_errors());
  REQUIRE(r.data.table.rows == 3);
  CHECK(r.column("age").storage == Storage::int64);
  CHECK(r.schema("age").kind == ColumnKind::integer);
  CHECK(r.numbers("age") == std::vector<double>{7, 31});
  CHECK(r.column("age").missing() == 1);
  CHECK(r.numbers("height") == std::vector<double>{1.5, 1.75});
  CHECK(r.schema("height").kind == ColumnKind::number);
  CHECK(r.texts("name") == std::vector<std::string>{"Ann", "Bob"});
  CHECK(r.schema("born").kind == ColumnKind::date);
  CHECK(r.numbers("born") == std::vector<double>{641520000e6, 1422662400e6});
  CHECK(r.schema("born").missing == 1);
  for (int64_t i = 0; i < 3; ++i)
    if (!r.column("age").valid(i)) CHECK(r.column("age").number(i) == 0);
}

TEST_CASE("odd dialects are found and shown") {
  const TestFolder folder;
  const Read semicolon = read_csv(folder, "a;b\r\n1,5;x\r\n2,25;\"y;\r\nz\"\r\n");
  CHECK(semicolon.numbers("a") == std::vector<double>{1.5, 2.25});
  CHECK(semicolon.texts("b") == std::vector<std::string>{"x", "y;\r\nz"});
  REQUIRE(semicolon.has("D013"));
  CHECK(semicolon.find("D013")->message.find("delimiter `;`, decimal separator `,`") != std::string::npos);

  const Read tabs = read_csv(folder, "a\tb\n1\t2\n3\t4\n");
  CHECK(tabs.numbers("b") == std::vector<double>{2, 4});
  const Read caret = read_csv(folder, "a^b\n1^2\n3^4\n");
  CHECK(caret.numbers("b") == std::vector<double>{2, 4});
  const Read single = read_csv(folder, "a,b\n1,'x, y'\n2,'-1'\n");
  CHECK(single.texts("b") == std::vector<std::string>{"-1", "x, y"});
  const Read spaced = read_csv(folder, "39, Private, Male\n50, Self-emp, Female\n38, NA, Male\n");
  CHECK(spaced.texts("column2") == std::vector<std::string>{"Private", "Self-emp"});
  CHECK(spaced.has("D013"));
}

TEST_CASE("a byte order mark and compression are no part of the text") {
  const TestFolder folder;
  const Read bom = read_csv(folder,
                            "\xEF\xBB\xBFgr\xC3\xB6\xC3\x9F"
                            "e,b\n1,\xC3\xA4\n");
  REQUIRE(bom.data.table.find("größe") != nullptr);
  CHECK(bom.texts("b") == std::vector<std::string>{"ä"});
  folder.file("packed.csv", "a,b\n1,x\n2,y\n");
  REQUIRE(system(("gzip " + folder.path() + "/packed.csv").c_str()) == 0);
  CHECK(read(folder, {block("packed.csv.gz")}).numbers("a") == std::vector<double>{1, 2});
}

TEST_CASE("Latin-1 is recognised, said, and may be declared") {
  const TestFolder folder;
  const Read guessed = read_csv(folder, "a,b\n1,caf\xE9\n");
  CHECK(guessed.texts("b") == std::vector<std::string>{"café"});
  CHECK(guessed.has("D006"));
  Data declared = block("data.csv");
  declared.source.options["encoding"] = "latin1";
  const Read told = read(folder, {declared});
  CHECK(told.texts("b") == std::vector<std::string>{"café"});
  CHECK(!told.has("D006"));
  declared.source.options["encoding"] = "utf8";
  CHECK(read(folder, {declared}).failure == "D018");
  // Far behind the lines that are looked at first.
  std::string late = "a,b\n";
  for (int i = 0; i < 5000; ++i) late += std::to_string(i) + ",plain\n";
  const Read far = read_csv(folder, late + "5000,\xFC\n");
  CHECK(far.data.table.rows == 5001);
  CHECK(far.has("D006"));
}

TEST_CASE("a file without a header gets names, or those that are declared") {
  const TestFolder folder;
  const Read found = read_csv(folder, "1,2.5,x\n2,3.5,y\n");
  CHECK(found.numbers("column1") == std::vector<double>{1, 2});
  CHECK(found.has("D013"));
  Data named = block("data.csv");
  named.source.options = {{"header", "false"}, {"names", "id\nsize\nkind"}};
  CHECK(read(folder, {named}).numbers("size") == std::vector<double>{2.5, 3.5});
  named.source.options["names"] = "id\nsize";
  CHECK(read(folder, {named}).has("D020"));
}

TEST_CASE("declared options win, and those that cannot be used are refused") {
  const TestFolder folder;
  folder.file("data.csv", "a|b;c\n1|2;3\n");
  Data data = block("data.csv");
  data.source.options["delimiter"] = ";";
  CHECK(read(folder, {data}).texts("a|b") == std::vector<std::string>{"1|2"});
  for (const auto& [option, value] : std::vector<std::pair<std::string, std::string>>{{"delimiter", ""},
                                                                                      {"delimiter", "\n"},
                                                                                      {"quote", "''"},
                                                                                      {"escape", "ab"},
                                                                                      {"header", "maybe"},
                                                                                      {"encoding", "ebcdic"},
                                                                                      {"decimal", ";"},
                                                                                      {"skip", "-1"},
                                                                                      {"colour", "red"}}) {
    Data wrong = block("data.csv");
    wrong.source.options[option] = value;
    CHECK(read(folder, {wrong}).has("D020"));
  }
}

TEST_CASE("words for missing values can be declared instead of the usual ones") {
  const TestFolder folder;
  folder.file("data.csv", "a,b\n1,NA\n?,x\n3,\n");
  Data data = block("data.csv");
  data.source.options["missing"] = "?\n-";
  const Read r = read(folder, {data});
  CHECK(r.numbers("a") == std::vector<double>{1, 3});
  CHECK(r.texts("b") == std::vector<std::string>{"NA", "x"});
  CHECK(r.column("b").missing() == 1);
}

TEST_CASE("every usual word for a missing value is one") {
  const TestFolder folder;
  const Read r = read_csv(folder, "a,b\n1,\n2,NA\n3,N/A\n4,NULL\n5,null\n6,nan\n7,NaN\n8,\"\"\n9,Na\n");
  CHECK(r.texts("b") == std::vector<std::string>{"Na"});
  CHECK(r.column("b").missing() == 8);
}

TEST_CASE("integers are exact, and a late fraction is not rounded") {
  const TestFolder folder;
  const Read large = read_csv(folder, "a,b\n9007199254740993,1\n9223372036854775807,2\n-9223372036854775808,3\n");
  REQUIRE(large.column("a").storage == Storage::int64);
  std::vector<int64_t> values;
  for (int64_t i = 0; i < 3; ++i) values.push_back(large.column("a").chunks[0].as<int64_t>()[static_cast<size_t>(i)]);
  std::sort(values.begin(), values.end());
  CHECK(values == std::vector<int64_t>{INT64_MIN, 9007199254740993, INT64_MAX});

  std::string late = "a\n";
  for (int i = 0; i < 30000; ++i) late += std::to_string(i) + "\n";
  const Read fraction = read_csv(folder, late + "2.5\n");
  CHECK(fraction.schema("a").kind == ColumnKind::number);
  const std::vector<double> numbers = fraction.numbers("a");
  CHECK(std::count(numbers.begin(), numbers.end(), 2.5) == 1);
}

TEST_CASE("files of a pattern are one table when their columns are the same") {
  const TestFolder folder;
  folder.file("p-1.csv", "a,b\n1,x\n2,y\n");
  folder.file("p-2.csv", "a,b\n3,z\n");
  CHECK(read(folder, {block("p-*.csv")}).numbers("a") == std::vector<double>{1, 2, 3});
  folder.file("p-3.csv", "b,a\nx,3\n");
  CHECK(read(folder, {block("p-*.csv")}).has("D014"));
}

TEST_CASE("declared kinds decide what is read") {
  const TestFolder folder;
  folder.file("data.csv", "zip,when,n\n00123,2020-01-01T10:30:00,1\n10999,2021-06-30 00:00:01.5,2\n");
  Data data = declare(block("data.csv"), "zip", ColumnKind::category);
  data = declare(data, "n", ColumnKind::number);
  const Read r = read(folder, {data});
  CHECK(r.texts("zip") == std::vector<std::string>{"00123", "10999"});
  CHECK(r.column("zip").storage == Storage::category);
  CHECK(r.column("n").storage == Storage::float64);
  CHECK(r.schema("when").kind == ColumnKind::date);
  CHECK(r.numbers("when") == std::vector<double>{1577874600e6, 1625011201.5e6});
  CHECK(!r.schema("zip").inferred);
}
