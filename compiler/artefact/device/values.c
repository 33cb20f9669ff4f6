#include "values.h"

#include "calendar.h"
#include "decimal.h"
#include "text.h"

static int32_t is_word(struct mlw_text text, const char* word) {
  uint64_t i = 0;
  for (; i < text.length && word[i]; ++i) {
    const char c = text.bytes[i];
    const char small = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
    if (small != word[i]) return 0;
  }
  return i == text.length && !word[i];
}

static int32_t read_flag(const struct mlw_field* field, struct mlw_text text, int64_t* value) {
  for (int64_t i = 0; i < 2; ++i) {
    *value = i;
    if (mlw_text_equal(text.bytes, text.length, field->words[i].bytes, field->words[i].length)) return 1;
  }
  static const char words[2][5][6] = {{"0", "false", "f", "no", "n"}, {"1", "true", "t", "yes", "y"}};
  for (int64_t i = 0; i < 2; ++i)
    for (int32_t word = 0; word < 5; ++word) {
      *value = i;
      if (is_word(text, words[i][word])) return 1;
    }
  return 0;
}

enum mlw_reading mlw_read_value(const struct mlw_field* field, const struct mlw_text* missing_words, uint64_t count,
                                struct mlw_text text, union mlw_value* value) {
  if (text.length == 0) return MLW_READ_MISSING;
  for (uint64_t i = 0; i < count; ++i)
    if (mlw_text_equal(text.bytes, text.length, missing_words[i].bytes, missing_words[i].length))
      return MLW_READ_MISSING;
  int32_t read = 0;
  switch (field->kind) {
    case MLW_NUMBER:
      read = mlw_parse_float64(text.bytes, text.length, &value->number);
      break;
    case MLW_INTEGER:
      read = mlw_parse_int64(text.bytes, text.length, &value->integer);
      break;
    case MLW_FLAG:
      read = read_flag(field, text, &value->integer);
      break;
    case MLW_DATE:
      read = mlw_parse_date(text.bytes, text.length, &value->integer);
      break;
    default:
      value->text = text;
      read = 1;
  }
  return read ? MLW_READ : MLW_READ_MALFORMED;
}
