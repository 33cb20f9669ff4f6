#pragma once

#include <string>
#include <string_view>

#include "runtime/report/report_data.h"

/// How numbers and texts stand in the report, in one place, so that the page, the Markdown and the terminal agree.
namespace mlw::report {

/// Safe inside HTML text and quoted attributes.
std::string escape(std::string_view text);

/// A number for people: four significant digits, no exponent between 1e-4 and 1e7, "—" for NaN.
std::string number(double value);
/// Whole numbers with thin spaces between thousands: 16 281.
std::string count(int64_t value);
/// 12.3 kB, 1.4 MB.
std::string bytes(int64_t value);
/// A share as a percentage: 12.5 %.
std::string percent(double share);
/// "0.913 (0.884 to 0.935)", with the unit; the interval is left out when there is none.
std::string with_interval(const Score& score);
/// The interval alone: "0.884 to 0.935"; empty without one.
std::string interval(const Score& score);
/// How probable a difference this large is by chance: "p = 0.013", "p < 1e-6".
std::string p_value(double value);
/// A date out of microseconds since 1970: 2026-11-22.
std::string date(double microseconds);

}  // namespace mlw::report
