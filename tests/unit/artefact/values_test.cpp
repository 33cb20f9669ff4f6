#include "compiler/artefact/device/values.h"

#include <catch2/catch.hpp>
#include <string>

namespace {

mlw_text text_of(const std::string& text) { return {text.data(), text.size()}; }

mlw_field field_of(mlw_kind kind) {
  mlw_field field{};
  field.kind = kind;
  return field;
}

mlw_reading read(const mlw_field& field, const std::string& text, mlw_value& value) {
  static const std::string words[] = {"NA", "?"};
  const mlw_text missing[] = {text_of(words[0]), text_of(words[1])};
  return mlw_read_value(&field, missing, 2, text_of(text), &value);
}

}  // namespace

TEST_CASE("an empty field is missing, and so are the words that mean it") {
  mlw_value value{};
  for (const mlw_kind kind : {MLW_NUMBER, MLW_INTEGER, MLW_FLAG, MLW_DATE, MLW_TEXT}) {
    CHECK(read(field_of(kind), "", value) == MLW_READ_MISSING);
    CHECK(read(field_of(kind), "NA", value) == MLW_READ_MISSING);
    CHECK(read(field_of(kind), "?", value) == MLW_READ_MISSING);
    CHECK(read(field_of(kind), "n/a", value) == (kind == MLW_TEXT ? MLW_READ : MLW_READ_MALFORMED));
    CHECK(read(field_of(kind), "na", value) == (kind == MLW_TEXT ? MLW_READ : MLW_READ_MALFORMED));
  }
}

TEST_CASE("values of every kind") {
  mlw_value value{};
  REQUIRE(read(field_of(MLW_NUMBER), "1.5", value) == MLW_READ);
  CHECK(value.number == 1.5);
  REQUIRE(read(field_of(MLW_INTEGER), "-3", value) == MLW_READ);
  CHECK(value.integer == -3);
  REQUIRE(read(field_of(MLW_DATE), "1970-01-01T00:00:01", value) == MLW_READ);
  CHECK(value.integer == 1000000);
  REQUIRE(read(field_of(MLW_TEXT), " as it is ", value) == MLW_READ);
  CHECK(std::string(value.text.bytes, value.text.length) == " as it is ");
  CHECK(read(field_of(MLW_INTEGER), "1.5", value) == MLW_READ_MALFORMED);
}

TEST_CASE("flags in the usual words and in the data's own") {
  mlw_value value{};
  const mlw_field usual = field_of(MLW_FLAG);
  for (const char* word : {"0", "false", "FALSE", "f", "No", "n"}) {
    CHECK(read(usual, word, value) == MLW_READ);
    CHECK(value.integer == 0);
  }
  for (const char* word : {"1", "true", "True", "t", "YES", "y"}) {
    CHECK(read(usual, word, value) == MLW_READ);
    CHECK(value.integer == 1);
  }
  for (const char* word : {"2", "tru", "truely", "00", "-"}) CHECK(read(usual, word, value) == MLW_READ_MALFORMED);
  mlw_field own = field_of(MLW_FLAG);
  const std::string bad = "bad", good = "good";
  own.words[0] = text_of(bad);
  own.words[1] = text_of(good);
  CHECK(read(own, "good", value) == MLW_READ);
  CHECK(value.integer == 1);
  CHECK(read(own, "bad", value) == MLW_READ);
  CHECK(value.integer == 0);
  CHECK(read(own, "true", value) == MLW_READ);
  CHECK(read(own, "Good", value) == MLW_READ_MALFORMED);
}
