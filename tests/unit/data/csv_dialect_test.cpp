#include "runtime/data/csv_dialect.h"

#include <catch2/catch.hpp>

using namespace mlw;

namespace {
CsvDialect found(std::string_view text) { return find_dialect(text, {}, {}); }
}  // namespace

TEST_CASE("the delimiter is the one on which lines agree") {
  CHECK(found("a,b\n1,2\n").delimiter == ",");
  CHECK(found("a;b\n1,5;2,5\n").delimiter == ";");
  CHECK(found("a;b\n1,5;2,5\n").decimal == ",");
  CHECK(found("a;b\n1.5;2,5\n").decimal == ".");
  CHECK(found("a b c\n1 2 3\n").delimiter == " ");
  CHECK(found("title\nsome text, with a comma\nother\n").delimiter == ",");
  CHECK(found("a|b\n\"x,y,z\"|2\n").delimiter == "|");
  CHECK(found("a, b\n1, 2\n").delimiter == ", ");
  CHECK(found("a, b\n1,2\n").delimiter == ",");
  CHECK(found("").delimiter == ",");
}

TEST_CASE("single quotes enclose fields only when all of them do") {
  CHECK(found("a,b\n1,'x, y'\n").quote == "'");
  CHECK(found("a,b\n1,it's\n2,o'clock\n").quote == "\"");
  CHECK(found("a,b\n1,\"'x'\"\n").quote == "\"");
}

TEST_CASE("a first record of numbers above numbers is no header") {
  CHECK(!found("1,2\n3,4\n").header);
  CHECK(!found("x,2\ny,4\n").header);
  CHECK(found("x,y\na,b\n").header);
  CHECK(found("x,2020\na,b\n").header);
  CHECK(found("name,n\na,3\n").header);
  CHECK(found("1,2\n").header);
}

TEST_CASE("records keep what stands in quotes") {
  const auto records = split_records("a,\"b\nc\",\"d\"\"e\"\r\n\r\n,x", {}, 10);
  REQUIRE(records.size() == 2);
  CHECK(records[0] == std::vector<std::string>{"a", "b\nc", "d\"e"});
  CHECK(records[1] == std::vector<std::string>{"", "x"});
  CsvDialect escaped;
  escaped.escape = "\\";
  CHECK(split_records("\"a\\\"b\",c", escaped, 1)[0][0] == "a\"b");
}

TEST_CASE("only what differs from the plain form is described") {
  CHECK(describe({}, {}).empty());
  CsvDialect odd;
  odd.delimiter = "\t";
  odd.quote = "";
  odd.escape = "";
  odd.header = false;
  odd.encoding = "latin-1";
  CHECK(describe(odd, {}) == "delimiter tab, no quotes, no header, encoding latin-1");
  DeclaredDialect given;
  given.quote = given.encoding = true;
  CHECK(describe(odd, given) == "delimiter tab, no header");
}

TEST_CASE("what counts as a number") {
  for (const char* text : {"1", "-1.5", "+2", " 3 ", "1e5", "1.", ".5", "-1e-7"}) CHECK(is_number(text, '.'));
  for (const char* text : {"", " ", "a", "1a", "1,5", "nan", "inf", "-", "1-2", "0x1"}) CHECK(!is_number(text, '.'));
  CHECK(is_number("1,5", ','));
  CHECK(!is_number("1.5", ','));
}
