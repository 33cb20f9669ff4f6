#include "runtime/report/text.h"

#include <fmt/format.h>

#include <cmath>

namespace mlw::report {

std::string escape(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string number(double value) {
  if (std::isnan(value)) return "—";
  if (std::isinf(value)) return value > 0 ? "∞" : "−∞";
  const double size = std::fabs(value);
  if (size == 0) return "0";
  std::string text;
  if (size < 1e-4 || size >= 1e7) {
    text = fmt::format("{:.3g}", value);
  } else {
    const int whole_digits = size >= 1 ? static_cast<int>(std::floor(std::log10(size))) + 1 : 0;
    const int decimals = size >= 1 ? std::max(0, 4 - whole_digits) : 4;
    text = fmt::format("{:.{}f}", value, decimals);
    if (text.find('.') != std::string::npos) {
      text.erase(text.find_last_not_of('0') + 1);
      if (text.back() == '.') text.pop_back();
    }
  }
  if (text == "-0") return "0";
  if (text[0] == '-') text.replace(0, 1, "−");
  return text;
}

std::string p_value(double value) { return value < 1e-6 ? "p < 1e-6" : fmt::format("p = {:.2g}", value); }

std::string count(int64_t value) {
  std::string digits = std::to_string(value < 0 ? -value : value);
  for (int64_t at = static_cast<int64_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<size_t>(at), "\u202f");
  return (value < 0 ? "−" : "") + digits;
}

std::string bytes(int64_t value) {
  if (value < 1000) return fmt::format("{} B", value);
  if (value < 1000000) return fmt::format("{:.1f} kB", static_cast<double>(value) / 1e3);
  return fmt::format("{:.1f} MB", static_cast<double>(value) / 1e6);
}

std::string percent(double share) {
  if (std::isnan(share)) return "—";
  return number(std::round(share * 1000) / 10) + " %";
}

std::string interval(const Score& score) {
  if (std::isnan(score.low) || std::isnan(score.high)) return "";
  return number(score.low) + " to " + number(score.high);
}

std::string with_interval(const Score& score) {
  std::string text = number(score.value);
  if (!score.unit.empty()) text += " " + score.unit;
  const std::string range = interval(score);
  return range.empty() ? text : text + " (" + range + ")";
}

std::string date(double microseconds) {
  if (std::isnan(microseconds)) return "—";
  // Civil date from days since 1970 (proleptic Gregorian), by counting 400-year eras that begin on 1 March.
  const int64_t days = static_cast<int64_t>(std::floor(microseconds / 86400e6)) + 719468;
  const int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const int64_t day_of_era = days - era * 146097;
  const int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t shifted_month = (5 * day_of_year + 2) / 153;
  const int64_t day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  const int64_t month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  return fmt::format("{:04}-{:02}-{:02}", year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day);
}

}  // namespace mlw::report
