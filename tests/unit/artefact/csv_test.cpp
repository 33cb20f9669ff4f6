#include "compiler/artefact/device/csv.h"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <string>
#include <thread>
#include <vector>

#include "runtime/data/random.h"

namespace {

using Record = std::vector<std::string>;

struct Parsed {
  std::vector<Record> records;
  mlw_csv_result result = MLW_CSV_RECORD;
};

/// Reads the text through a pipe that is filled `piece` bytes at a time, so that every place is once the end of what is
/// there.
Parsed parse(const std::string& text, size_t piece = 1 << 16) {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  std::thread writer([&] {
    for (size_t at = 0; at < text.size(); at += piece)
      if (write(ends[1], text.data() + at, std::min(piece, text.size() - at)) < 0) break;
    close(ends[1]);
  });
  mlw_csv csv{};
  csv.descriptor = ends[0];
  Parsed parsed;
  while ((parsed.result = mlw_csv_next(&csv)) == MLW_CSV_RECORD) {
    Record record;
    for (uint64_t i = 0; i < csv.count; ++i) {
      record.emplace_back(csv.fields[i].text.bytes, csv.fields[i].text.length);
      if (csv.fields[i].quoted) record.back() = "“" + record.back() + "”";
    }
    parsed.records.push_back(record);
  }
  mlw_csv_close(&csv);
  std::string rest(1 << 16, '\0');
  while (read(ends[0], rest.data(), rest.size()) > 0) {
  }
  writer.join();
  close(ends[0]);
  return parsed;
}

void check(const std::string& text, const std::vector<Record>& expected, mlw_csv_result result = MLW_CSV_END) {
  for (const size_t piece : {size_t{1}, size_t{2}, size_t{1} << 16}) {
    const Parsed parsed = parse(text, piece);
    CAPTURE(text, piece);
    CHECK(parsed.records == expected);
    CHECK(parsed.result == result);
  }
}

}  // namespace

TEST_CASE("plain records") {
  check("a,b\n1,2\n", {{"a", "b"}, {"1", "2"}});
  check("a,b\r\n1,2\r\n", {{"a", "b"}, {"1", "2"}});
  check("a,b\r1,2\r", {{"a", "b"}, {"1", "2"}});
  check("a,b\n1,2", {{"a", "b"}, {"1", "2"}});
  check("a,b\n1,", {{"a", "b"}, {"1", ""}});
  check("a,b\n,\n", {{"a", "b"}, {"", ""}});
  check(
      "\xef\xbb\xbf"
      "a,b\n",
      {{"a", "b"}});
  check("", {});
  check("a", {{"a"}});
  check("\xef\xbb", {{"\xef\xbb"}});
}

TEST_CASE("empty lines are skipped, but are records of one missing field") {
  check("\n\na,b\n\n1,2\n\n", {{"a", "b"}, {"1", "2"}});
  check("a\n\n1\n", {{"a"}, {""}, {"1"}});
}

TEST_CASE("quotes") {
  check("a,b\n\"x,y\",\"1\n2\"\n", {{"a", "b"}, {"“x,y”", "“1\n2”"}});
  check("\"a\",\"b\"\r\n\"\",\"\"\"\"\r\n", {{"“a”", "“b”"}, {"“”", "“\"”"}});
  check("\"say \"\"hi\"\"\"", {{"“say \"hi\"”"}});
  check("a\n5\" pipe\n", {{"a"}, {"5\" pipe"}});
  check("a\n\"\"\"\"\"\"\n", {{"a"}, {"“\"\"”"}});
  check("a\n\"\r\n\"\n", {{"a"}, {"“\r\n”"}});
}

TEST_CASE("broken quotes are said") {
  check("a\n\"open\nnever closed", {{"a"}}, MLW_CSV_OPEN_QUOTE);
  check("a\n\"", {{"a"}}, MLW_CSV_OPEN_QUOTE);
  check("a\n\"x\"y\n", {{"a"}}, MLW_CSV_TEXT_AFTER_QUOTE);
  check("a\n\"x\" \n", {{"a"}}, MLW_CSV_TEXT_AFTER_QUOTE);
}

TEST_CASE("an input that cannot be read is said") {
  mlw_csv csv{};
  csv.descriptor = -1;
  CHECK(mlw_csv_next(&csv) == MLW_CSV_READ_FAILED);
  mlw_csv_close(&csv);
}

TEST_CASE("records longer than any buffer, and more fields than any array") {
  const std::string large(300000, 'x');
  check("a,b\n" + large + ",\"" + large + "\"\n1,2\n", {{"a", "b"}, {large, "“" + large + "”"}, {"1", "2"}});
  Record many;
  std::string line;
  for (int i = 0; i < 1000; ++i) {
    many.push_back(std::to_string(i));
    line += (i ? "," : "") + std::to_string(i);
  }
  const Parsed parsed = parse(line + "\n" + line + "\n");
  CHECK(parsed.records == std::vector<Record>{many, many});
}

TEST_CASE("what is written comes back, wherever the pieces end") {
  const mlw::Philox random{11};
  for (uint64_t round = 0; round < 300; ++round) {
    std::vector<Record> expected;
    std::string text;
    for (uint64_t row = 0; row < 20; ++row) {
      Record record;
      for (uint64_t column = 0; column < 3; ++column) {
        std::string value;
        const uint32_t length = random(round, row * 3 + column).word[0] % 8;
        for (uint32_t k = 0; k < length; ++k)
          value += ",\"\n\rab "[random(round * 100 + k, row * 3 + column + 1000).word[1] % 7];
        record.push_back("“" + value + "”");
        std::string doubled;
        for (char c : value) doubled += c == '"' ? "\"\"" : std::string(1, c);
        text += (column ? ",\"" : "\"") + doubled + '"';
      }
      text += round % 2 ? "\n" : "\r\n";
      expected.push_back(record);
    }
    const Parsed parsed = parse(text, 1 + random(round, 999999).word[0] % 50);
    REQUIRE(parsed.result == MLW_CSV_END);
    REQUIRE(parsed.records == expected);
  }
}

TEST_CASE("every sequence of characters ends in a result") {
  const mlw::Philox random{12};
  for (uint64_t round = 0; round < 3000; ++round) {
    std::string text;
    const uint32_t length = random(round, 0).word[0] % 40;
    for (uint32_t k = 0; k < length; ++k) text += ",\"\n\rab\xef"[random(round, 1 + k).word[0] % 7];
    const Parsed whole = parse(text), pieces = parse(text, 1);
    REQUIRE(whole.result == pieces.result);
    REQUIRE(whole.records == pieces.records);
  }
}
