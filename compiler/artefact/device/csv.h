#pragma once

#include "predictor.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Comma separated values (RFC 4180) read from a file descriptor, one record after the other. Lines end with LF, CRLF
/// or CR; a field in quotes may hold commas, line ends and doubled quotes; a quote inside a field that does not begin
/// with one is an ordinary character. A byte-order mark is skipped. Empty lines are skipped, unless the records have
/// one field only.

struct mlw_csv_field {
  struct mlw_text text;  ///< without quotes; valid until the next record is read
  int32_t quoted;
};

enum mlw_csv_result {
  MLW_CSV_RECORD,
  MLW_CSV_END,
  MLW_CSV_OPEN_QUOTE,        ///< the input ended inside quotes
  MLW_CSV_TEXT_AFTER_QUOTE,  ///< something follows a closing quote other than a comma or a line end
  MLW_CSV_READ_FAILED,
  MLW_CSV_NO_MEMORY,
};

/// Zero-initialise, set `descriptor`.
struct mlw_csv {
  int descriptor;
  /// Called before the reader waits for more input; may be null.
  void (*before_waiting)(void);
  uint64_t records;  ///< read so far
  uint64_t count;    ///< fields of the record at hand
  struct mlw_csv_field* fields;

  uint64_t field_capacity;
  char* buffer;
  uint64_t capacity, begin, at, end;
  int32_t finished;
};

enum mlw_csv_result mlw_csv_next(struct mlw_csv* csv);
void mlw_csv_close(struct mlw_csv* csv);

#ifdef __cplusplus
}
#endif
