// Two ways. When the digits are a whole number below 2^53 and the power of ten is at most 10^22, both are exact float64
// and one multiplication or division rounds once (Clinger, "How to Read Floating Point Numbers Accurately", 1990). All
// other texts become a fraction of two big integers, whose quotient is computed to 64 bits and a remainder.

#include "decimal.h"

#include "big.h"

enum { most_digits = 800 };

/// A scanned number: digits[0..count) * 10^exponent. `digits` holds values 0 to 9, the first not 0.
struct scanned {
  uint8_t digits[most_digits + 1];
  int32_t count;
  int64_t exponent;
  int32_t negative;
};

static int32_t is_digit(char c) { return c >= '0' && c <= '9'; }

static void skip_blanks(const char** begin, const char** end) {
  while (*begin < *end && (**begin == ' ' || **begin == '\t')) ++*begin;
  while (*begin < *end && ((*end)[-1] == ' ' || (*end)[-1] == '\t')) --*end;
}

/// Takes one digit in. Past 800 significant digits only "is anything there" matters: no float64 and no midpoint of two
/// needs more than 768.
static void take_digit(struct scanned* number, char c, int32_t after_point) {
  if (number->count == 0 && c == '0') {
    number->exponent -= after_point;
  } else if (number->count < most_digits) {
    number->digits[number->count++] = (uint8_t)(c - '0');
    number->exponent -= after_point;
  } else {
    if (c != '0') number->digits[most_digits] = 1;
    number->exponent += !after_point;
  }
}

static int32_t scan_exponent(const char* at, const char* end, int64_t* exponent) {
  const int32_t negative = at < end && *at == '-';
  if (at < end && (*at == '-' || *at == '+')) ++at;
  if (at == end) return 0;
  int64_t value = 0;
  for (; at < end; ++at) {
    if (!is_digit(*at)) return 0;
    if (value < 1000000000000) value = 10 * value + (*at - '0');
  }
  *exponent += negative ? -value : value;
  return 1;
}

static int32_t scan(const char* at, const char* end, struct scanned* number) {
  number->count = 0;
  number->exponent = 0;
  number->digits[most_digits] = 0;
  number->negative = at < end && *at == '-';
  if (at < end && (*at == '-' || *at == '+')) ++at;
  int32_t point = 0, digits = 0;
  for (; at < end; ++at) {
    if (is_digit(*at)) {
      digits = 1;
      take_digit(number, *at, point);
    } else if (*at == '.' && !point) {
      point = 1;
    } else {
      break;
    }
  }
  if (!digits) return 0;
  if (at == end) return 1;
  if (*at != 'e' && *at != 'E') return 0;
  return scan_exponent(at + 1, end, &number->exponent);
}

/// Rounds quotient * 2^exponent (quotient has bit 63 set; `sticky`: a little more than that) to a float64.
/// Returns 0 when it is too large.
static int32_t round_to_float64(uint64_t quotient, int32_t exponent, int32_t sticky, double* value) {
  int32_t drop = 11;                                     // of 64 bits, 53 stay
  if (exponent + drop < -1074) drop = -1074 - exponent;  // fewer near zero
  uint64_t bits = 0;
  if (drop < 65) {
    const uint64_t kept = drop == 64 ? 0 : quotient >> drop;
    const uint64_t half = (uint64_t)1 << (drop - 1);
    const uint64_t below = drop == 64 ? quotient : quotient & ((half << 1) - 1);
    bits = kept + (below > half || (below == half && (sticky || (kept & 1))));
  }
  // `bits` counts units of 2^(exponent + drop); a carry into the next binade is right as it is in this representation.
  const int64_t biased = (int64_t)exponent + drop + 1074;
  if (bits >= (uint64_t)1 << 52) bits += (uint64_t)biased << 52;
  if (bits >= (uint64_t)0x7ff << 52) return 0;
  __builtin_memcpy(value, &bits, 8);
  return 1;
}

/// numerator / denominator, both not zero, to a float64.
static int32_t divide(struct mlw_big* numerator, struct mlw_big* denominator, double* value) {
  // Scaled so that the quotient lies in (1/2, 2), then 64 steps of long division.
  const int32_t shift = mlw_big_bits(denominator) - mlw_big_bits(numerator);
  mlw_big_shift_left(shift > 0 ? numerator : denominator, shift > 0 ? shift : -shift);
  int32_t exponent = -shift - 63;
  if (mlw_big_compare(numerator, denominator) < 0) {
    mlw_big_shift_left(numerator, 1);
    --exponent;
  }
  uint64_t quotient = 0;
  for (int32_t i = 0; i < 64; ++i) {
    quotient <<= 1;
    if (mlw_big_compare(numerator, denominator) >= 0) {
      mlw_big_subtract(numerator, denominator);
      quotient |= 1;
    }
    mlw_big_shift_left(numerator, 1);
  }
  return round_to_float64(quotient, exponent, numerator->length > 0, value);
}

static int32_t convert_exactly(struct scanned* number, double* value) {
  int64_t exponent = number->exponent;
  if (number->digits[most_digits]) {
    ++number->count;
    --exponent;
  }
  struct mlw_big numerator, denominator;
  mlw_big_set(&numerator, 0);
  for (int32_t i = 0; i < number->count; ++i) mlw_big_multiply(&numerator, 10, number->digits[i]);
  mlw_big_set(&denominator, 1);
  if (exponent > 0)
    mlw_big_multiply_power_of_ten(&numerator, (int32_t)exponent);
  else
    mlw_big_multiply_power_of_ten(&denominator, (int32_t)-exponent);
  return divide(&numerator, &denominator, value);
}

static int32_t convert_quickly(const struct scanned* number, double* value) {
  static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  if (number->count > 16 || number->exponent > 22 || number->exponent < -22) return 0;
  uint64_t whole = 0;
  for (int32_t i = 0; i < number->count; ++i) whole = 10 * whole + number->digits[i];
  if (whole > (uint64_t)1 << 53) return 0;
  *value = number->exponent < 0 ? (double)whole / powers[-number->exponent] : (double)whole * powers[number->exponent];
  return 1;
}

int32_t mlw_parse_float64(const char* bytes, uint64_t length, double* value) {
  const char* end = bytes + length;
  skip_blanks(&bytes, &end);
  struct scanned number;
  if (!scan(bytes, end, &number)) return 0;
  const int64_t magnitude = number.count + number.exponent;  // the number is below 10^magnitude
  if (number.count == 0 || magnitude < -330) {
    *value = 0;
  } else if (magnitude > 310) {
    return 0;
  } else if (!convert_quickly(&number, value) && !convert_exactly(&number, value)) {
    return 0;
  }
  if (number.negative) *value = -*value;
  return 1;
}

int32_t mlw_parse_int64(const char* bytes, uint64_t length, int64_t* value) {
  const char* end = bytes + length;
  skip_blanks(&bytes, &end);
  const int32_t negative = bytes < end && *bytes == '-';
  if (bytes < end && (*bytes == '-' || *bytes == '+')) ++bytes;
  if (bytes == end) return 0;
  const uint64_t limit = (uint64_t)INT64_MAX + (uint64_t)negative;
  uint64_t magnitude = 0;
  for (; bytes < end; ++bytes) {
    if (!is_digit(*bytes)) return 0;
    const uint64_t digit = (uint64_t)(*bytes - '0');
    if (magnitude > (limit - digit) / 10) return 0;
    magnitude = 10 * magnitude + digit;
  }
  *value = (int64_t)(negative ? 0 - magnitude : magnitude);
  return 1;
}
