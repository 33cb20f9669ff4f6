#include "compiler/language_server/rescan.h"

#include <catch2/catch.hpp>
#include <random>
#include <string>

using namespace mlw::language_server;

namespace {

const std::string start = R"(workflow a "größe"
## What it is.
task { predict: y }  # end
data { source: sql("""select *
from 'x.csv' -- "quoted"
""")  where: day < 2026-11-22 and x > 1e-6..2 log }
prepare { `total amount` = a |> f(1.5, "open) }
)";

void check(const std::vector<mlw::syntax::Word>& found, const std::string& text) {
  const auto wanted = scan(text);
  if (found == wanted) return;
  INFO(text);
  REQUIRE(found.size() == wanted.size());
  CHECK(found == wanted);
}

}  // namespace

TEST_CASE("words read anew around a change are those of the whole text") {
  std::mt19937 random(7);
  const std::string parts[] = {"\"", "\"\"\"", "`", "#", "\n", "\r\n", "2", "-", ".",      "..", "a", " ", "ß", "🍷",
                               "{",  "}",      "(", ")", "%",  "e",    "T", ":", "x: 1\n", "\\", "|", ">", ""};
  for (int round = 0; round < 60; ++round) {
    std::string text = start;
    auto words = scan(text);
    for (int edit = 0; edit < 60; ++edit) {
      auto at = [&] {
        size_t place = random() % (text.size() + 1);
        while (place < text.size() && (static_cast<unsigned char>(text[place]) & 0xC0) == 0x80) ++place;
        return static_cast<uint32_t>(place);
      };
      Span span{at(), 0};
      span.end = random() % 3 == 0 ? at() : span.begin;
      if (span.end < span.begin) std::swap(span.begin, span.end);
      if (span.end - span.begin > 40) span.end = span.begin;
      const std::string by = parts[random() % std::size(parts)];
      text.replace(span.begin, span.end - span.begin, by);
      words = rescan(words, text, span, static_cast<uint32_t>(by.size()));
      check(words, text);
    }
  }
}

TEST_CASE("a digit makes a date of numbers and signs before it") {
  std::string text = "a: 2026-11-2\nb: 1";
  const auto before = scan(text);
  text.insert(12, "2");
  check(rescan(before, text, {12, 12}, 1), text);
}

TEST_CASE("an opened text swallows what follows, and gives it back") {
  std::string text = "a: 1\nb: 2\nc: 3\n";
  const auto plain = scan(text);
  text.insert(3, "\"\"\"");
  const auto open = rescan(plain, text, {3, 3}, 3);
  check(open, text);
  text.insert(8, "\"\"\"");
  const auto closed = rescan(open, text, {8, 8}, 3);
  check(closed, text);
  text.erase(3, 3);
  check(rescan(closed, text, {3, 6}, 0), text);
}
