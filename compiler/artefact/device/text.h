#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The functions of text of the language. Texts are UTF-8 of a given length. A byte that begins no well-formed sequence
/// counts as one character and stays as it is, so that every function is defined for every text.

/// Whether all of it is well-formed UTF-8 (no surrogates, nothing over-long, nothing above U+10FFFF).
int32_t mlw_text_valid(const char* bytes, uint64_t length);

/// Number of code points.
int64_t mlw_text_length(const char* bytes, uint64_t length);
/// Number of longest runs of characters that are no white space (Unicode's White_Space).
int64_t mlw_text_word_count(const char* bytes, uint64_t length);

/// Without white space at both ends: sets the begin and the length, copies nothing.
void mlw_text_trim(const char** bytes, uint64_t* length);

/// With every code point replaced by its simple lower or upper case (Unicode 14). Writes at most `capacity` bytes to
/// `out` and returns the length, or UINT64_MAX when it does not fit; it never needs more than half as much again as
/// `length`.
uint64_t mlw_text_lower(const char* bytes, uint64_t length, char* out, uint64_t capacity);
uint64_t mlw_text_upper(const char* bytes, uint64_t length, char* out, uint64_t capacity);

/// One text behind the other; limits as above.
uint64_t mlw_text_concat(const char* left, uint64_t left_length, const char* right, uint64_t right_length, char* out,
                         uint64_t capacity);

/// Byte for byte; UTF-8 is such that no match begins inside a character.
int32_t mlw_text_equal(const char* left, uint64_t left_length, const char* right, uint64_t right_length);
int32_t mlw_text_contains(const char* text, uint64_t length, const char* part, uint64_t part_length);
int32_t mlw_text_starts_with(const char* text, uint64_t length, const char* part, uint64_t part_length);
int32_t mlw_text_ends_with(const char* text, uint64_t length, const char* part, uint64_t part_length);

/// The value of a text in a table; -1 when it is not there. The table is one piece of memory without pointers, so that
/// it can lie anywhere: words of 64 bits, then the bytes of all texts one after the other.
///   count, values[count], ends[count] (where each text ends among the bytes), bytes
/// The texts ascend byte by byte, a beginning before what it begins.
int64_t mlw_text_position(const char* bytes, uint64_t length, const void* table);

#ifdef __cplusplus
}
#endif
