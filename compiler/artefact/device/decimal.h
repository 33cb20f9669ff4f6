#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The text as a float64, rounded to nearest, ties to even, whatever its length: `-12`, `.5`, `5.`, `1.25e-3`.
/// Blanks around it are skipped. Returns 0 when the text is no such number or is too large for a float64.
int32_t mlw_parse_float64(const char* bytes, uint64_t length, double* value);

/// The text as an int64: a sign, digits, blanks around. Returns 0 when it is none or does not fit.
int32_t mlw_parse_int64(const char* bytes, uint64_t length, int64_t* value);

#ifdef __cplusplus
}
#endif
