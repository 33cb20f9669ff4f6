// Dates count days in eras of 400 years (146,097 days) with March as the first month, so that the leap day stands last.

#include "calendar.h"

#include "shortest.h"

static const int64_t second = 1000000;
static const int64_t days_of_era = 146097;
static const int64_t days_to_1970 = 719468;  // from 0000-03-01

struct cursor {
  const char* at;
  const char* end;
};

static int64_t floor_divide(int64_t a, int64_t b) { return a / b - (a % b < 0); }

int64_t mlw_days_from_civil(int64_t year, int32_t month, int32_t day) {
  const int64_t shifted = year - (month <= 2);
  const int64_t era = floor_divide(shifted, 400);
  const int64_t year_of_era = shifted - era * 400;
  const int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * days_of_era + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - days_to_1970;
}

static int32_t days_in_month(int64_t year, int32_t month) {
  static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const int32_t leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return days[month - 1] + (month == 2 && leap);
}

static int32_t take(struct cursor* text, char c) {
  if (text->at == text->end || *text->at != c) return 0;
  ++text->at;
  return 1;
}

/// Exactly `digits` digits with a value of low to high.
static int32_t take_number(struct cursor* text, int32_t digits, int32_t low, int32_t high, int32_t* value) {
  *value = 0;
  for (int32_t i = 0; i < digits; ++i) {
    if (text->at == text->end || *text->at < '0' || *text->at > '9') return 0;
    *value = 10 * *value + (*text->at++ - '0');
  }
  return *value >= low && *value <= high;
}

static int32_t take_fraction(struct cursor* text, int64_t* microseconds) {
  int64_t unit = second / 10;
  int32_t digits = 0;
  for (; text->at < text->end && *text->at >= '0' && *text->at <= '9'; ++text->at, unit /= 10, ++digits)
    *microseconds += (*text->at - '0') * unit;
  return digits > 0;
}

static int32_t take_time(struct cursor* text, int64_t* microseconds) {
  int32_t hours, minutes, seconds = 0;
  if (!take_number(text, 2, 0, 23, &hours) || !take(text, ':') || !take_number(text, 2, 0, 59, &minutes)) return 0;
  *microseconds = 0;
  if (take(text, ':')) {
    if (!take_number(text, 2, 0, 59, &seconds)) return 0;
    if (take(text, '.') && !take_fraction(text, microseconds)) return 0;
  }
  *microseconds += ((hours * 60 + minutes) * 60 + seconds) * second;
  return 1;
}

/// `Z`, `+hh`, `+hhmm`, `+hh:mm` or nothing.
static int32_t take_offset(struct cursor* text, int64_t* microseconds) {
  *microseconds = 0;
  if (text->at == text->end || take(text, 'Z') || take(text, 'z')) return 1;
  const int32_t west = take(text, '-');
  if (!west && !take(text, '+')) return 0;
  int32_t hours, minutes = 0;
  if (!take_number(text, 2, 0, 15, &hours)) return 0;
  const int32_t colon = take(text, ':');
  if ((colon || text->at < text->end) && !take_number(text, 2, 0, 59, &minutes)) return 0;
  *microseconds = (west ? -60 : 60) * second * (hours * 60 + minutes);
  return 1;
}

int32_t mlw_parse_date(const char* bytes, uint64_t length, int64_t* microseconds) {
  struct cursor text = {bytes, bytes + length};
  while (text.at < text.end && *text.at == ' ') ++text.at;
  while (text.at < text.end && text.end[-1] == ' ') --text.end;
  int32_t year, month, day;
  if (!take_number(&text, 4, 1, 9999, &year) || !take(&text, '-') || !take_number(&text, 2, 1, 12, &month) ||
      !take(&text, '-') || !take_number(&text, 2, 1, days_in_month(year, month), &day))
    return 0;
  int64_t time = 0, offset = 0;
  if (text.at < text.end) {
    if (!take(&text, 'T') && !take(&text, 't') && !take(&text, ' ')) return 0;
    if (!take_time(&text, &time) || !take_offset(&text, &offset)) return 0;
  }
  *microseconds = mlw_days_from_civil(year, month, day) * 86400 * second + time - offset;
  return text.at == text.end;
}

static char* put(char* at, int64_t value, int32_t digits) {
  char text[MLW_NUMBER_TEXT];
  const uint64_t length = mlw_print_int64(value, text);
  for (uint64_t i = length; i < (uint64_t)digits; ++i) *at++ = '0';
  for (uint64_t i = 0; i < length; ++i) *at++ = text[i];
  return at;
}

static char* put_day(char* at, int64_t days) {
  const int64_t shifted = days + days_to_1970;
  const int64_t era = floor_divide(shifted, days_of_era);
  const int64_t day_of_era = shifted - era * days_of_era;
  const int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t month = (5 * day_of_year + 2) / 153;  // March is 0
  at = put(at, year_of_era + era * 400 + (month >= 10), 4);
  *at++ = '-';
  at = put(at, month < 10 ? month + 3 : month - 9, 2);
  *at++ = '-';
  return put(at, day_of_year - (153 * month + 2) / 5 + 1, 2);
}

uint64_t mlw_print_date(int64_t microseconds, char* text) {
  const int64_t day = 86400 * second;
  const int64_t days = floor_divide(microseconds, day);
  int64_t time = microseconds % day;
  if (time < 0) time += day;
  char* at = put_day(text, days);
  if (time == 0) return (uint64_t)(at - text);
  *at++ = 'T';
  at = put(at, time / (3600 * second), 2);
  *at++ = ':';
  at = put(at, time / (60 * second) % 60, 2);
  time %= 60 * second;
  if (time == 0) return (uint64_t)(at - text);
  *at++ = ':';
  at = put(at, time / second, 2);
  time %= second;
  if (time == 0) return (uint64_t)(at - text);
  *at++ = '.';
  at = put(at, time, 6);
  while (at[-1] == '0') --at;
  return (uint64_t)(at - text);
}
