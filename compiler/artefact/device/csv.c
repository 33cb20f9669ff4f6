// The record at hand lies in one piece in the buffer, from `begin`; what was not looked at yet begins at `at`. When the
// buffer runs out in the middle of a record, the record moves to its front, or to one twice as large, and reading goes
// on where it was: fields are kept as offsets from `begin` until the record is complete.

#include "csv.h"

#include "system.h"

enum { first_capacity = 1 << 16, first_fields = 64 };

void* memcpy(void* restrict target, const void* restrict source, __SIZE_TYPE__ size);
void* memmove(void* target, const void* source, __SIZE_TYPE__ size);

static int32_t grow_buffer(struct mlw_csv* csv) {
  const uint64_t capacity = csv->capacity ? 2 * csv->capacity : first_capacity;
  char* larger = mlw_map(capacity);
  if (!larger) return 0;
  if (csv->buffer) {
    memcpy(larger, csv->buffer + csv->begin, csv->end - csv->begin);
    mlw_unmap(csv->buffer, csv->capacity);
  }
  csv->buffer = larger;
  csv->capacity = capacity;
  return 1;
}

/// Makes at least one more byte available at `end`. MLW_CSV_END: there are no more.
static enum mlw_csv_result fill(struct mlw_csv* csv) {
  if (csv->finished) return MLW_CSV_END;
  if (csv->end == csv->capacity) {
    if (csv->begin == 0 || csv->begin < csv->capacity / 2) {
      if (!grow_buffer(csv)) return MLW_CSV_NO_MEMORY;
    } else {
      memmove(csv->buffer, csv->buffer + csv->begin, csv->end - csv->begin);
    }
    csv->at -= csv->begin;
    csv->end -= csv->begin;
    csv->begin = 0;
  }
  if (csv->before_waiting) csv->before_waiting();
  const int64_t count = mlw_read(csv->descriptor, csv->buffer + csv->end, csv->capacity - csv->end);
  if (count < 0) return MLW_CSV_READ_FAILED;
  csv->finished = count == 0;
  csv->end += (uint64_t)count;
  return count == 0 ? MLW_CSV_END : MLW_CSV_RECORD;
}

static int32_t add_field(struct mlw_csv* csv, uint64_t begin, uint64_t length, int32_t quoted) {
  if (csv->count == csv->field_capacity) {
    const uint64_t capacity = csv->field_capacity ? 2 * csv->field_capacity : first_fields;
    struct mlw_csv_field* larger = mlw_map(capacity * sizeof *larger);
    if (!larger) return 0;
    memcpy(larger, csv->fields, csv->count * sizeof *larger);
    if (csv->fields) mlw_unmap(csv->fields, csv->field_capacity * sizeof *larger);
    csv->fields = larger;
    csv->field_capacity = capacity;
  }
  struct mlw_csv_field* field = &csv->fields[csv->count++];
  field->text.bytes = (const char*)(begin - csv->begin);  // an offset, until the record is complete
  field->text.length = length;
  field->quoted = quoted;
  return 1;
}

/// A field without quotes from `at` to a comma, a line end or the end of the input, which is left in place.
static enum mlw_csv_result plain_field(struct mlw_csv* csv) {
  uint64_t length = 0;
  for (;; ++csv->at, ++length) {
    if (csv->at == csv->end) {
      const enum mlw_csv_result filled = fill(csv);
      if (filled == MLW_CSV_END) break;
      if (filled != MLW_CSV_RECORD) return filled;
    }
    const char c = csv->buffer[csv->at];
    if (c == ',' || c == '\n' || c == '\r') break;
  }
  return add_field(csv, csv->at - length, length, 0) ? MLW_CSV_RECORD : MLW_CSV_NO_MEMORY;
}

/// A field in quotes; its text moves down over the quotes that doubled ones lose.
static enum mlw_csv_result quoted_field(struct mlw_csv* csv) {
  ++csv->at;
  const uint64_t begin = csv->at - csv->begin;
  uint64_t length = 0;
  int32_t after_quote = 0;  // the last character was a quote that may be the first of two
  for (;; ++csv->at) {
    if (csv->at == csv->end) {
      const enum mlw_csv_result filled = fill(csv);
      if (filled == MLW_CSV_END && !after_quote) return MLW_CSV_OPEN_QUOTE;
      if (filled == MLW_CSV_END) break;
      if (filled != MLW_CSV_RECORD) return filled;
    }
    const char c = csv->buffer[csv->at];
    if (after_quote && c != '"') {
      if (c != ',' && c != '\n' && c != '\r') return MLW_CSV_TEXT_AFTER_QUOTE;
      break;
    }
    if (c == '"' && !after_quote) {
      after_quote = 1;
      continue;
    }
    after_quote = 0;
    csv->buffer[csv->begin + begin + length++] = c;
  }
  return add_field(csv, csv->begin + begin, length, 1) ? MLW_CSV_RECORD : MLW_CSV_NO_MEMORY;
}

/// Takes LF, CR or CRLF.
static enum mlw_csv_result take_line_end(struct mlw_csv* csv) {
  const char c = csv->buffer[csv->at++];
  if (c != '\r') return MLW_CSV_RECORD;
  if (csv->at == csv->end) {
    const enum mlw_csv_result filled = fill(csv);
    if (filled != MLW_CSV_RECORD) return filled == MLW_CSV_END ? MLW_CSV_RECORD : filled;
  }
  if (csv->buffer[csv->at] == '\n') ++csv->at;
  return MLW_CSV_RECORD;
}

static enum mlw_csv_result read_fields(struct mlw_csv* csv) {
  for (;;) {
    if (csv->at == csv->end) {
      const enum mlw_csv_result filled = fill(csv);
      if (filled != MLW_CSV_RECORD && filled != MLW_CSV_END) return filled;
    }
    const int32_t quoted = csv->at < csv->end && csv->buffer[csv->at] == '"';
    const enum mlw_csv_result read = quoted ? quoted_field(csv) : plain_field(csv);
    if (read != MLW_CSV_RECORD) return read;
    if (csv->at == csv->end) return MLW_CSV_RECORD;  // the last line needs no end
    if (csv->buffer[csv->at] != ',') return take_line_end(csv);
    ++csv->at;
  }
}

static enum mlw_csv_result skip_mark(struct mlw_csv* csv) {
  while (csv->end < 3) {
    const enum mlw_csv_result filled = fill(csv);
    if (filled == MLW_CSV_END) return MLW_CSV_RECORD;
    if (filled != MLW_CSV_RECORD) return filled;
  }
  const unsigned char* start = (const unsigned char*)csv->buffer;
  if (start[0] == 0xef && start[1] == 0xbb && start[2] == 0xbf) csv->at = 3;
  return MLW_CSV_RECORD;
}

enum mlw_csv_result mlw_csv_next(struct mlw_csv* csv) {
  if (csv->capacity == 0) {
    const enum mlw_csv_result skipped = skip_mark(csv);
    if (skipped != MLW_CSV_RECORD) return skipped;
  }
  const int32_t single = csv->records > 0 && csv->count == 1;
  for (;;) {
    csv->begin = csv->at;
    csv->count = 0;
    if (csv->at == csv->end) {
      const enum mlw_csv_result filled = fill(csv);
      if (filled != MLW_CSV_RECORD) return filled;
    }
    const enum mlw_csv_result read = read_fields(csv);
    if (read != MLW_CSV_RECORD) return read;
    const int32_t empty = csv->count == 1 && csv->fields[0].text.length == 0 && !csv->fields[0].quoted;
    if (!empty || single) break;
  }
  for (uint64_t i = 0; i < csv->count; ++i)
    csv->fields[i].text.bytes = csv->buffer + csv->begin + (uint64_t)csv->fields[i].text.bytes;
  ++csv->records;
  return MLW_CSV_RECORD;
}

void mlw_csv_close(struct mlw_csv* csv) {
  if (csv->buffer) mlw_unmap(csv->buffer, csv->capacity);
  if (csv->fields) mlw_unmap(csv->fields, csv->field_capacity * sizeof *csv->fields);
}
