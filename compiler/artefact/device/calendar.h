#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Days from 1970-01-01 to a date of the proleptic Gregorian calendar.
int64_t mlw_days_from_civil(int64_t year, int32_t month, int32_t day);

/// ISO 8601 text to microseconds since 1970-01-01T00:00 UTC: `2026-11-22`, `2026-11-22T08:30`, `2026-11-22
/// 08:30:15.25`, with `Z` or an offset such as `+01:00` or `-0330` behind the time; without one it is UTC. Years 0001
/// to 9999; digits past the sixth of a fraction are cut off; blanks around are skipped. Returns 0 when the text is no
/// such date.
int32_t mlw_parse_date(const char* bytes, uint64_t length, int64_t* microseconds);

/// The date as `2026-11-22T08:30:15.25`, in the shortest of the forms above, without an offset. Returns the length, at
/// most `MLW_DATE_TEXT`; years beyond 0001 to 9999 are written with as many digits as they have, which no reader takes.
enum { MLW_DATE_TEXT = 40 };
uint64_t mlw_print_date(int64_t microseconds, char* text);

#ifdef __cplusplus
}
#endif
