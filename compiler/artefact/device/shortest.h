#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Longest text that the functions below write.
enum { MLW_NUMBER_TEXT = 32 };

/// The shortest decimal text that reads back as the same number, and of those the nearest: `0.1`, `-3`, `1.5e-9`.
/// Exponents are written below 1e-5 and from 1e16 on. `value` is finite. Returns the length of the text.
uint64_t mlw_print_float32(float value, char* text);
uint64_t mlw_print_float64(double value, char* text);
uint64_t mlw_print_int64(int64_t value, char* text);

#ifdef __cplusplus
}
#endif
