#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Whole numbers of up to 4,096 bits, enough for every comparison between a decimal text of 800 digits and a float64.
/// `words`: least significant first; the last of `length` words is not 0; zero has length 0.
struct mlw_big {
  int32_t length;
  uint32_t words[128];
};

void mlw_big_set(struct mlw_big* big, uint64_t value);
/// big = big * factor + addend.
void mlw_big_multiply(struct mlw_big* big, uint32_t factor, uint32_t addend);
void mlw_big_multiply_power_of_ten(struct mlw_big* big, int32_t exponent);
void mlw_big_shift_left(struct mlw_big* big, int32_t bits);
/// Below 0, 0 or above 0 as left is below, equal to or above right.
int32_t mlw_big_compare(const struct mlw_big* left, const struct mlw_big* right);
/// Whether left + right is below (-1), equal to (0) or above (1) sum.
int32_t mlw_big_compare_sum(const struct mlw_big* left, const struct mlw_big* right, const struct mlw_big* sum);
/// left = left - right, where right is not above left.
void mlw_big_subtract(struct mlw_big* left, const struct mlw_big* right);
/// Number of bits up to the highest that is set.
int32_t mlw_big_bits(const struct mlw_big* big);

#ifdef __cplusplus
}
#endif
