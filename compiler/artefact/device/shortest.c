// Free-format printing (Steele and White, "How to Print Floating-Point Numbers Accurately", 1990): digits of the exact
// value are made one by one, and the first place where what remains lies within half a unit of the neighbours ends
// them.

#include "shortest.h"

#include "big.h"

struct decimal {
  uint8_t digits[20];
  int32_t count;
  int32_t exponent;  ///< the number is 0.d1 d2 d3 … * 10^exponent
};

/// The magnitude of a number whose highest bit is 2^bits, or one less; never more.
static int32_t estimated_magnitude(int32_t bits) {
  const int64_t scaled = (int64_t)bits * 1292913986;  // log10(2) * 2^32
  return (int32_t)(scaled >> 32) + 1;
}

/// Digits of mantissa * 2^exponent. `lowest_of_binade`: the lower neighbour is nearer by half.
static void make_digits(uint64_t mantissa, int32_t exponent, int32_t lowest_of_binade, struct decimal* out) {
  // value = rest / unit; `above` and `below`: half the distances to the neighbours, in the same unit.
  struct mlw_big rest, unit, above, below;
  const int32_t up = exponent > 0 ? exponent : 0;
  const int32_t down = exponent < 0 ? -exponent : 0;
  mlw_big_set(&rest, mantissa);
  mlw_big_shift_left(&rest, up + 1 + lowest_of_binade);
  mlw_big_set(&unit, 1);
  mlw_big_shift_left(&unit, down + 1 + lowest_of_binade);
  mlw_big_set(&above, 1);
  mlw_big_shift_left(&above, up + lowest_of_binade);
  mlw_big_set(&below, 1);
  mlw_big_shift_left(&below, up);
  // At a tie the reader rounds to the even mantissa, so that the ends themselves belong to an even one.
  const int32_t even = (mantissa & 1) == 0;

  int32_t magnitude = estimated_magnitude(64 - __builtin_clzll(mantissa) + exponent - 1);
  if (magnitude >= 0) {
    mlw_big_multiply_power_of_ten(&unit, magnitude);
  } else {
    mlw_big_multiply_power_of_ten(&rest, -magnitude);
    mlw_big_multiply_power_of_ten(&above, -magnitude);
    mlw_big_multiply_power_of_ten(&below, -magnitude);
  }
  // The upper end must lie below 1 (or at most at 1 when it does not belong).
  if (mlw_big_compare_sum(&rest, &above, &unit) >= (even ? 0 : 1)) {
    mlw_big_multiply(&unit, 10, 0);
    ++magnitude;
  }
  out->exponent = magnitude;
  out->count = 0;
  for (;;) {
    mlw_big_multiply(&rest, 10, 0);
    mlw_big_multiply(&above, 10, 0);
    mlw_big_multiply(&below, 10, 0);
    uint8_t digit = 0;
    while (mlw_big_compare(&rest, &unit) >= 0) {
      mlw_big_subtract(&rest, &unit);
      ++digit;
    }
    const int32_t low = mlw_big_compare(&rest, &below) < (even ? 1 : 0);
    const int32_t high = mlw_big_compare_sum(&rest, &above, &unit) >= (even ? 0 : 1);
    if (!low && !high) {
      out->digits[out->count++] = digit;
      continue;
    }
    // The nearer of digit and digit + 1, where both would do; at a tie the even one.
    const int32_t half = mlw_big_compare_sum(&rest, &rest, &unit);
    const int32_t round_up = high && (!low || half > 0 || (half == 0 && (digit & 1)));
    out->digits[out->count++] = (uint8_t)(digit + round_up);
    return;
  }
}

static char* put_digits(char* at, const uint8_t* digits, int32_t count) {
  for (int32_t i = 0; i < count; ++i) *at++ = (char)('0' + digits[i]);
  return at;
}

static char* put_zeros(char* at, int32_t count) {
  for (int32_t i = 0; i < count; ++i) *at++ = '0';
  return at;
}

static char* put_whole(char* at, uint64_t value) {
  char digits[20];
  int32_t count = 0;
  do {
    digits[count++] = (char)('0' + value % 10);
    value /= 10;
  } while (value);
  while (count > 0) *at++ = digits[--count];
  return at;
}

static char* put_decimal(char* at, const struct decimal* number) {
  const int32_t exponent = number->exponent;
  if (exponent < -4 || exponent > 16) {
    at = put_digits(at, number->digits, 1);
    if (number->count > 1) *at++ = '.';
    at = put_digits(at, number->digits + 1, number->count - 1);
    *at++ = 'e';
    if (exponent - 1 < 0) *at++ = '-';
    return put_whole(at, (uint64_t)(exponent - 1 < 0 ? 1 - exponent : exponent - 1));
  }
  if (exponent <= 0) {
    *at++ = '0';
    *at++ = '.';
    at = put_zeros(at, -exponent);
    return put_digits(at, number->digits, number->count);
  }
  if (exponent >= number->count) {
    at = put_digits(at, number->digits, number->count);
    return put_zeros(at, exponent - number->count);
  }
  at = put_digits(at, number->digits, exponent);
  *at++ = '.';
  return put_digits(at, number->digits + exponent, number->count - exponent);
}

/// `fraction_bits`: stored bits of the mantissa; `lowest`: exponent of the smallest number.
static uint64_t print(uint64_t bits, int32_t negative, int32_t fraction_bits, int32_t lowest, char* text) {
  char* at = text;
  if (negative) *at++ = '-';
  if (bits == 0) {
    *at++ = '0';
    return (uint64_t)(at - text);
  }
  const uint64_t fraction = bits & (((uint64_t)1 << fraction_bits) - 1);
  const int32_t biased = (int32_t)(bits >> fraction_bits);
  struct decimal number;
  if (biased == 0)
    make_digits(fraction, lowest, 0, &number);
  else
    make_digits(fraction | (uint64_t)1 << fraction_bits, lowest + biased - 1, fraction == 0 && biased > 1, &number);
  return (uint64_t)(put_decimal(at, &number) - text);
}

uint64_t mlw_print_float32(float value, char* text) {
  uint32_t bits;
  __builtin_memcpy(&bits, &value, 4);
  return print(bits & 0x7fffffff, bits >> 31 != 0, 23, -149, text);
}

uint64_t mlw_print_float64(double value, char* text) {
  uint64_t bits;
  __builtin_memcpy(&bits, &value, 8);
  return print(bits & 0x7fffffffffffffff, bits >> 63 != 0, 52, -1074, text);
}

uint64_t mlw_print_int64(int64_t value, char* text) {
  char* at = text;
  if (value < 0) *at++ = '-';
  at = put_whole(at, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
  return (uint64_t)(at - text);
}
