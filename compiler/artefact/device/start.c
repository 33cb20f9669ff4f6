// Where the kernel enters a device executable, and what it does: read the header, then answer record after record.
//
// Columns are found by their name in the header, in any order; others are ignored. One line of answer a record, in the
// same order; answers to all records read so far are out before the program waits for more. Faults of the input end it
// with a sentence on the standard error and exit status 1; wrong usage is 2.

#include "csv.h"
#include "predictor.h"
#include "shortest.h"
#include "system.h"
#include "text.h"
#include "values.h"

extern const struct mlw_predictor mlw_predictor;

enum { standard_input = 0, standard_output = 1, standard_error = 2, output_capacity = 1 << 16 };

static char output[output_capacity];
static uint64_t output_length;

static void put(int descriptor, const char* bytes, uint64_t length) {
  // Nobody reads the answers any more: there is nothing left to do.
  if (mlw_write(descriptor, bytes, length) < 0) mlw_exit(1);
}

static void flush(void) {
  put(standard_output, output, output_length);
  output_length = 0;
}

static void answer_bytes(const char* bytes, uint64_t length) {
  if (length > output_capacity - output_length) flush();
  if (length > output_capacity) {
    put(standard_output, bytes, length);
    return;
  }
  for (uint64_t i = 0; i < length; ++i) output[output_length + i] = bytes[i];
  output_length += length;
}

static void answer_text(struct mlw_text text) { answer_bytes(text.bytes, text.length); }

static uint64_t length_of(const char* text) {
  uint64_t length = 0;
  while (text[length]) ++length;
  return length;
}

static void say(const char* text) { put(standard_error, text, length_of(text)); }

static void say_number(uint64_t number) {
  char text[MLW_NUMBER_TEXT];
  put(standard_error, text, mlw_print_int64((int64_t)number, text));
}

/// What was answered so far still goes out.
_Noreturn static void stop(void) {
  say("\n");
  flush();
  mlw_exit(1);
}

_Noreturn static void stop_reading(const struct mlw_csv* csv, enum mlw_csv_result result) {
  say(csv->records == 0 ? "error: the header: " : "error: row ");
  if (csv->records > 0) {
    say_number(csv->records);
    say(": ");
  }
  switch (result) {
    case MLW_CSV_END:
      say("there is none; the first line names the columns");
      break;
    case MLW_CSV_OPEN_QUOTE:
      say("the input ends inside quotes");
      break;
    case MLW_CSV_TEXT_AFTER_QUOTE:
      say("something follows a closing quote");
      break;
    case MLW_CSV_READ_FAILED:
      say("the input cannot be read");
      break;
    default:
      say("too long for the memory of this machine");
  }
  stop();
}

_Noreturn static void stop_for_column(const char* before, struct mlw_text name, const char* after) {
  say(before);
  put(standard_error, name.bytes, name.length);
  say(after);
  stop();
}

static void* reserve(uint64_t bytes) {
  void* memory = mlw_map(bytes + 64);
  if (memory) return memory;
  say("error: too little memory");
  stop();
}

/// Which column of the input each field stands in.
static uint64_t* find_columns(const struct mlw_csv* csv) {
  uint64_t* columns = reserve(mlw_predictor.fields * sizeof(uint64_t));
  for (uint64_t field = 0; field < mlw_predictor.fields; ++field) {
    const struct mlw_text name = mlw_predictor.field[field].name;
    uint64_t found = 0;
    for (uint64_t column = 0; column < csv->count; ++column) {
      const struct mlw_text text = csv->fields[column].text;
      if (!mlw_text_equal(text.bytes, text.length, name.bytes, name.length)) continue;
      columns[field] = column;
      ++found;
    }
    if (found == 0) stop_for_column("error: the header has no column `", name, "`");
    if (found > 1) stop_for_column("error: the header has two columns `", name, "`");
  }
  return columns;
}

static int32_t is_answer(int32_t status) { return status == MLW_OK || status == MLW_UNSEEN_CATEGORY; }

static void answer(int32_t status, int32_t decision, const float* scores) {
  static const char* const names[] = {"ok\n", "unseen_category\n", "missing_value\n", "outside_population\n",
                                      "malformed\n"};
  if (mlw_predictor.classes > 0) {
    if (is_answer(status)) answer_text(mlw_predictor.class_text[decision]);
    answer_bytes(",", 1);
  }
  for (uint64_t i = 0; i < mlw_predictor.outputs; ++i) {
    char text[MLW_NUMBER_TEXT];
    if (is_answer(status)) answer_bytes(text, mlw_print_float32(scores[i], text));
    answer_bytes(",", 1);
  }
  answer_bytes(names[status], length_of(names[status]));
}

/// The fields of one record; 0 when one of them is malformed.
static int32_t read_record(const struct mlw_csv* csv, const uint64_t* columns, union mlw_value* values,
                           uint64_t* missing) {
  for (uint64_t i = 0; i < (mlw_predictor.fields + 63) / 64; ++i) missing[i] = 0;
  int32_t well_formed = 1;
  for (uint64_t field = 0; field < mlw_predictor.fields; ++field) {
    const struct mlw_csv_field* found = &csv->fields[columns[field]];
    switch (mlw_read_value(&mlw_predictor.field[field], mlw_predictor.missing_word, mlw_predictor.missing_words,
                           found->text, &values[field])) {
      case MLW_READ:
        break;
      case MLW_READ_MISSING:
        values[field].text.bytes = "";
        values[field].text.length = 0;
        missing[field / 64] |= (uint64_t)1 << field % 64;
        break;
      case MLW_READ_MALFORMED:
        well_formed = 0;
    }
  }
  return well_formed;
}

static void answer_records(struct mlw_csv* csv) {
  const uint64_t* columns = find_columns(csv);
  const uint64_t expected = csv->count;
  union mlw_value* values = reserve(mlw_predictor.fields * sizeof(union mlw_value));
  uint64_t* missing = reserve((mlw_predictor.fields + 63) / 64 * sizeof(uint64_t));
  float* scores = reserve(mlw_predictor.outputs * sizeof(float));
  void* scratch = reserve(mlw_predictor.scratch_bytes);
  answer_text(mlw_predictor.header);
  for (;;) {
    const enum mlw_csv_result result = mlw_csv_next(csv);
    if (result == MLW_CSV_END) return;
    if (result != MLW_CSV_RECORD) stop_reading(csv, result);
    if (csv->count != expected) {
      say("error: row ");
      say_number(csv->records - 1);
      say(" has ");
      say_number(csv->count);
      say(" fields, the header ");
      say_number(expected);
      stop();
    }
    int32_t decision = -1;
    int32_t status = MLW_MALFORMED;
    if (read_record(csv, columns, values, missing))
      status = mlw_predictor.run(values, missing, scores, &decision, scratch);
    answer(status, decision, scores);
  }
}

/// `stack`: the number of arguments, then pointers to them.
__attribute__((used)) _Noreturn void mlw_main(const uint64_t* stack) {
  if (stack[0] > 1) {
    const char* option = (const char*)stack[2];
    if (mlw_text_equal(option, length_of(option), "--help", 6)) {
      put(standard_output, mlw_predictor.help.bytes, mlw_predictor.help.length);
      mlw_exit(0);
    }
    say("error: this program takes no arguments but --help\n");
    mlw_exit(2);
  }
  struct mlw_csv csv = {.descriptor = standard_input, .before_waiting = flush};
  const enum mlw_csv_result result = mlw_csv_next(&csv);
  if (result != MLW_CSV_RECORD) stop_reading(&csv, result);
  answer_records(&csv);
  flush();
  mlw_exit(0);
}

#if defined(__aarch64__)
__asm__(".global _start\n_start:\n  mov x29, #0\n  mov x30, #0\n  mov x0, sp\n  b mlw_main\n");
#else
__asm__(".global _start\n_start:\n  xor %ebp, %ebp\n  mov %rsp, %rdi\n  and $-16, %rsp\n  call mlw_main\n");
#endif
