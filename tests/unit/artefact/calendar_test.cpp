#include "compiler/artefact/device/calendar.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <optional>
#include <string>

#include "runtime/data/random.h"

namespace {

std::optional<int64_t> parsed(const std::string& text) {
  int64_t value = 0;
  if (!mlw_parse_date(text.data(), text.size(), &value)) return std::nullopt;
  return value;
}

std::string printed(int64_t microseconds) {
  char text[MLW_DATE_TEXT];
  return {text, mlw_print_date(microseconds, text)};
}

constexpr int64_t second = 1000000, hour = 3600 * second, day = 24 * hour;

}  // namespace

TEST_CASE("days agree with the calendar of the standard library") {
  for (auto date = std::chrono::sys_days(std::chrono::year(1) / 1 / 1);
       date < std::chrono::sys_days(std::chrono::year(9999) / 12 / 31); date += std::chrono::days(3)) {
    const std::chrono::year_month_day parts(date);
    const auto days =
        mlw_days_from_civil(static_cast<int>(parts.year()), static_cast<int>(static_cast<unsigned>(parts.month())),
                            static_cast<int>(static_cast<unsigned>(parts.day())));
    if (days != date.time_since_epoch().count()) FAIL("another day");
    if (parsed(printed(days * day)) != days * day) FAIL("does not read back: " << printed(days * day));
  }
}

TEST_CASE("the forms of a date") {
  CHECK(parsed("1970-01-01") == 0);
  CHECK(parsed("1970-01-02") == day);
  CHECK(parsed("1969-12-31T23:59:59.999999") == -1);
  CHECK(parsed("1970-01-01T01:02") == hour + 120 * second);
  CHECK(parsed("1970-01-01 01:02:03") == hour + 123 * second);
  CHECK(parsed("1970-01-01t01:02:03.5Z") == hour + 123 * second + 500000);
  CHECK(parsed("1970-01-01T00:00:00.1234567") == 123456);
  CHECK(parsed("1970-01-01T02:00+01:00") == hour);
  CHECK(parsed("1970-01-01T02:00-0130") == 3 * hour + 1800 * second);
  CHECK(parsed("1970-01-01T02:00+01") == hour);
  CHECK(parsed(" 2024-02-29 ") == mlw_days_from_civil(2024, 2, 29) * day);
}

TEST_CASE("what is no date is refused") {
  for (const char* text : {"",
                           "1970",
                           "1970-1-1",
                           "1970-13-01",
                           "1970-00-01",
                           "1970-01-32",
                           "1970-01-00",
                           "2023-02-29",
                           "1900-02-29",
                           "0000-01-01",
                           "1970-01-01T",
                           "1970-01-01T1:00",
                           "1970-01-01T24:00",
                           "1970-01-01T00:60",
                           "1970-01-01T00:00:60",
                           "1970-01-01T00:00.5",
                           "1970-01-01T00:00:00.",
                           "1970-01-01Z",
                           "1970-01-01T00:00+",
                           "1970-01-01T00:00+1",
                           "1970-01-01T00:00+01:",
                           "1970-01-01T00:00+0160",
                           "1970-01-01x",
                           "01/02/1970",
                           "1970-01-01T00:00Zx",
                           "-1970-01-01"}) {
    CAPTURE(text);
    CHECK_FALSE(parsed(text));
  }
}

TEST_CASE("dates print in their shortest form and read back") {
  CHECK(printed(0) == "1970-01-01");
  CHECK(printed(hour) == "1970-01-01T01:00");
  CHECK(printed(hour + second) == "1970-01-01T01:00:01");
  CHECK(printed(-1) == "1969-12-31T23:59:59.999999");
  CHECK(printed(hour + 250000) == "1970-01-01T01:00:00.25");
  const mlw::Philox random{3};
  const int64_t first = mlw_days_from_civil(1, 1, 1) * day, last = mlw_days_from_civil(9999, 12, 31) * day;
  for (uint64_t i = 0; i < 100000; ++i) {
    const int64_t value = first + static_cast<int64_t>(random.uniform(i) * static_cast<double>(last - first));
    if (parsed(printed(value)) != value) FAIL(printed(value));
  }
  CHECK(printed(INT64_MIN).size() < MLW_DATE_TEXT);
  CHECK(printed(INT64_MAX).size() < MLW_DATE_TEXT);
}
