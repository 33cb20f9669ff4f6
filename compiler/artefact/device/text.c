#include "text.h"

#include "case_table.h"

enum { replacement_of_nothing = 0x110000 };

/// The code point at `at`, whose sequence has *size bytes; a byte that begins no sequence gives 0x110000 + byte and
/// size 1.
static uint32_t decode(const unsigned char* at, const unsigned char* end, uint64_t* size) {
  *size = 1;
  const uint32_t first = at[0];
  if (first < 0x80) return first;
  const uint64_t need = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || (uint64_t)(end - at) < need) return replacement_of_nothing + first;
  uint32_t point = first & (0x7fu >> need);
  for (uint64_t i = 1; i < need; ++i) {
    if ((at[i] & 0xc0) != 0x80) return replacement_of_nothing + first;
    point = point << 6 | (at[i] & 0x3f);
  }
  static const uint32_t lowest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (point < lowest[need] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) {
    return replacement_of_nothing + first;
  }
  *size = need;
  return point;
}

static uint64_t encode(uint32_t point, unsigned char* out) {
  if (point >= replacement_of_nothing) {
    out[0] = (unsigned char)(point - replacement_of_nothing);
    return 1;
  }
  if (point < 0x80) {
    out[0] = (unsigned char)point;
    return 1;
  }
  const uint64_t size = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  for (uint64_t i = size - 1; i > 0; --i, point >>= 6) out[i] = (unsigned char)(0x80 | (point & 0x3f));
  static const unsigned char marks[] = {0, 0, 0xc0, 0xe0, 0xf0};
  out[0] = (unsigned char)(marks[size] | point);
  return size;
}

static int32_t is_space(uint32_t point) {
  if (point <= 0x20) return point == 0x20 || (point >= 9 && point <= 13);
  if (point < 0x85) return 0;
  return point == 0x85 || point == 0xa0 || point == 0x1680 || (point >= 0x2000 && point <= 0x200a) || point == 0x2028 ||
         point == 0x2029 || point == 0x202f || point == 0x205f || point == 0x3000;
}

int32_t mlw_text_valid(const char* bytes, uint64_t length) {
  const unsigned char* at = (const unsigned char*)bytes;
  const unsigned char* end = at + length;
  while (at < end) {
    uint64_t word;
    if (end - at >= 8 && (__builtin_memcpy(&word, at, 8), (word & 0x8080808080808080u) == 0)) {
      at += 8;
      continue;
    }
    uint64_t size;
    if (decode(at, end, &size) >= replacement_of_nothing) return 0;
    at += size;
  }
  return 1;
}

int64_t mlw_text_length(const char* bytes, uint64_t length) {
  const unsigned char* at = (const unsigned char*)bytes;
  const unsigned char* end = at + length;
  int64_t count = 0;
  for (uint64_t size; at < end; at += size, ++count) decode(at, end, &size);
  return count;
}

int64_t mlw_text_word_count(const char* bytes, uint64_t length) {
  const unsigned char* at = (const unsigned char*)bytes;
  const unsigned char* end = at + length;
  int64_t count = 0;
  int32_t inside = 0;
  for (uint64_t size; at < end; at += size) {
    const int32_t space = is_space(decode(at, end, &size));
    count += !space && !inside;
    inside = !space;
  }
  return count;
}

void mlw_text_trim(const char** bytes, uint64_t* length) {
  const unsigned char* at = (const unsigned char*)*bytes;
  const unsigned char* end = at + *length;
  uint64_t size;
  while (at < end && is_space(decode(at, end, &size))) at += size;
  const unsigned char* last = at;  // behind the last character that is no space
  for (const unsigned char* look = at; look < end; look += size)
    if (!is_space(decode(look, end, &size))) last = look + size;
  *bytes = (const char*)at;
  *length = (uint64_t)(last - at);
}

static uint32_t map_case(uint32_t point, const struct mlw_case_range* ranges, int32_t count) {
  int32_t low = 0, high = count;
  while (low < high) {
    const int32_t middle = (low + high) / 2;
    if (ranges[middle].last < point)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == count || point < ranges[low].first || (point - ranges[low].first) % ranges[low].step) return point;
  return (uint32_t)((int32_t)point + ranges[low].distance);
}

/// Letters of ASCII from `first` on (a, or A) become those of the other case; the rest is looked up.
static uint64_t change_case(const char* bytes, uint64_t length, char* out, uint64_t capacity, uint32_t first,
                            const struct mlw_case_range* ranges, int32_t count) {
  const unsigned char* at = (const unsigned char*)bytes;
  const unsigned char* end = at + length;
  uint64_t written = 0;
  for (uint64_t size; at < end; at += size) {
    uint32_t point = decode(at, end, &size);
    if (point < 0x80)
      point ^= point - first < 26 ? 0x20 : 0;
    else if (point < replacement_of_nothing)
      point = map_case(point, ranges, count);
    unsigned char sequence[4];
    const uint64_t sequence_size = encode(point, sequence);
    if (written + sequence_size > capacity) return UINT64_MAX;
    for (uint64_t i = 0; i < sequence_size; ++i) out[written + i] = (char)sequence[i];
    written += sequence_size;
  }
  return written;
}

uint64_t mlw_text_lower(const char* bytes, uint64_t length, char* out, uint64_t capacity) {
  return change_case(bytes, length, out, capacity, 'A', mlw_to_lower, sizeof mlw_to_lower / sizeof mlw_to_lower[0]);
}

uint64_t mlw_text_upper(const char* bytes, uint64_t length, char* out, uint64_t capacity) {
  return change_case(bytes, length, out, capacity, 'a', mlw_to_upper, sizeof mlw_to_upper / sizeof mlw_to_upper[0]);
}

uint64_t mlw_text_concat(const char* left, uint64_t left_length, const char* right, uint64_t right_length, char* out,
                         uint64_t capacity) {
  if (left_length > capacity || right_length > capacity - left_length) return UINT64_MAX;
  for (uint64_t i = 0; i < left_length; ++i) out[i] = left[i];
  for (uint64_t i = 0; i < right_length; ++i) out[left_length + i] = right[i];
  return left_length + right_length;
}

static int32_t same(const char* left, const char* right, uint64_t length) {
  for (uint64_t i = 0; i < length; ++i)
    if (left[i] != right[i]) return 0;
  return 1;
}

int32_t mlw_text_equal(const char* left, uint64_t left_length, const char* right, uint64_t right_length) {
  return left_length == right_length && same(left, right, left_length);
}

int32_t mlw_text_starts_with(const char* text, uint64_t length, const char* part, uint64_t part_length) {
  return part_length <= length && same(text, part, part_length);
}

int32_t mlw_text_ends_with(const char* text, uint64_t length, const char* part, uint64_t part_length) {
  return part_length <= length && same(text + (length - part_length), part, part_length);
}

int32_t mlw_text_contains(const char* text, uint64_t length, const char* part, uint64_t part_length) {
  if (part_length == 0) return 1;
  for (uint64_t i = 0; i + part_length <= length; ++i)
    if (text[i] == part[0] && same(text + i, part, part_length)) return 1;
  return 0;
}

/// Order of bytes as unsigned numbers; a beginning stands before what it begins.
static int32_t compare(const char* left, uint64_t left_length, const char* right, uint64_t right_length) {
  const uint64_t shorter = left_length < right_length ? left_length : right_length;
  for (uint64_t i = 0; i < shorter; ++i)
    if (left[i] != right[i]) return (unsigned char)left[i] < (unsigned char)right[i] ? -1 : 1;
  return left_length < right_length ? -1 : left_length > right_length;
}

int64_t mlw_text_position(const char* bytes, uint64_t length, const void* table) {
  const uint64_t* words = table;
  const uint64_t count = words[0];
  const uint64_t* values = words + 1;
  const uint64_t* ends = values + count;
  const char* texts = (const char*)(ends + count);
  uint64_t low = 0, high = count;
  while (low < high) {
    const uint64_t middle = low + (high - low) / 2;
    const uint64_t begin = middle == 0 ? 0 : ends[middle - 1];
    const int32_t order = compare(bytes, length, texts + begin, ends[middle] - begin);
    if (order == 0) return (int64_t)values[middle];
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return -1;
}
