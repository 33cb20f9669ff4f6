#include "big.h"

void mlw_big_set(struct mlw_big* big, uint64_t value) {
  big->length = 0;
  for (; value; value >>= 32) big->words[big->length++] = (uint32_t)value;
}

void mlw_big_multiply(struct mlw_big* big, uint32_t factor, uint32_t addend) {
  uint64_t carry = addend;
  for (int32_t i = 0; i < big->length; ++i) {
    carry += (uint64_t)big->words[i] * factor;
    big->words[i] = (uint32_t)carry;
    carry >>= 32;
  }
  if (carry) big->words[big->length++] = (uint32_t)carry;
}

void mlw_big_multiply_power_of_ten(struct mlw_big* big, int32_t exponent) {
  // 10^n = 5^n * 2^n, and 5^13 is the highest power of five in 32 bits.
  int32_t left = exponent;
  for (; left >= 13; left -= 13) mlw_big_multiply(big, 1220703125u, 0);
  uint32_t rest = 1;
  for (; left > 0; --left) rest *= 5;
  mlw_big_multiply(big, rest, 0);
  mlw_big_shift_left(big, exponent);
}

void mlw_big_shift_left(struct mlw_big* big, int32_t bits) {
  if (big->length == 0 || bits == 0) return;
  const int32_t words = bits / 32;
  const int32_t rest = bits % 32;
  uint64_t high = 0;
  for (int32_t i = big->length - 1; i >= 0; --i) {
    const uint64_t moved = (uint64_t)big->words[i] << rest;
    big->words[i + words + 1] = (uint32_t)(high | moved >> 32);
    high = (uint32_t)moved;
  }
  big->words[words] = (uint32_t)high;
  for (int32_t i = 0; i < words; ++i) big->words[i] = 0;
  big->length += words + 1;
  if (big->words[big->length - 1] == 0) --big->length;
}

int32_t mlw_big_compare(const struct mlw_big* left, const struct mlw_big* right) {
  if (left->length != right->length) return left->length < right->length ? -1 : 1;
  for (int32_t i = left->length - 1; i >= 0; --i)
    if (left->words[i] != right->words[i]) return left->words[i] < right->words[i] ? -1 : 1;
  return 0;
}

int32_t mlw_big_compare_sum(const struct mlw_big* left, const struct mlw_big* right, const struct mlw_big* sum) {
  const int32_t longer = left->length > right->length ? left->length : right->length;
  if (longer > sum->length) return 1;
  if (longer + 1 < sum->length) return -1;
  // From the highest word down: what `sum` still has above left + right; more than 1 cannot be made up below.
  int64_t ahead = 0;
  for (int32_t i = sum->length - 1; i >= 0; --i) {
    const uint64_t parts =
        (i < left->length ? (uint64_t)left->words[i] : 0) + (i < right->length ? right->words[i] : 0);
    ahead = ahead * ((int64_t)1 << 32) + (int64_t)sum->words[i] - (int64_t)parts;
    if (ahead < 0) return 1;
    if (ahead > 1) return -1;
  }
  return ahead > 0 ? -1 : 0;
}

void mlw_big_subtract(struct mlw_big* left, const struct mlw_big* right) {
  int64_t borrow = 0;
  for (int32_t i = 0; i < left->length; ++i) {
    const int64_t difference = (int64_t)left->words[i] - (i < right->length ? (int64_t)right->words[i] : 0) + borrow;
    left->words[i] = (uint32_t)difference;
    borrow = difference < 0 ? -1 : 0;
  }
  while (left->length > 0 && left->words[left->length - 1] == 0) --left->length;
}

int32_t mlw_big_bits(const struct mlw_big* big) {
  return big->length == 0 ? 0 : 32 * big->length - __builtin_clz(big->words[big->length - 1]);
}
