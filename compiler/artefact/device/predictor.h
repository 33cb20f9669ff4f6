#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What generated code and the run time know of each other. The layouts are repeated in the code generator
/// (compiler/codegen/predictor_interface.cpp); `interface_version` changes with them.

#define MLW_INTERFACE_VERSION 1

struct mlw_text {
  const char* bytes;  ///< UTF-8, not terminated
  uint64_t length;
};

/// A field of a raw record: a number (float64), an integer, flag (0, 1) or date (microseconds), or a text.
union mlw_value {
  double number;
  int64_t integer;
  struct mlw_text text;
};

enum mlw_kind {
  MLW_NUMBER,
  MLW_INTEGER,
  MLW_FLAG,
  MLW_DATE,
  MLW_TEXT,
};

enum mlw_status {
  MLW_OK,
  MLW_UNSEEN_CATEGORY,
  MLW_MISSING_VALUE,
  MLW_OUTSIDE_POPULATION,
  MLW_MALFORMED,
};

struct mlw_field {
  struct mlw_text name;
  uint64_t kind;             ///< enum mlw_kind
  struct mlw_text words[2];  ///< of a flag that the data write in words: what stands for 0 and for 1; else empty
};

/// fields: values in the order of `field`; missing: one bit a field; scores: [outputs]; decision: class index or 0.
/// Returns an mlw_status; from MLW_MISSING_VALUE on the decision is -1 and the scores are NaN.
typedef int32_t mlw_run(const union mlw_value* fields, const uint64_t* missing, float* scores, int32_t* decision,
                        void* scratch);

struct mlw_predictor {
  uint64_t interface_version;
  mlw_run* run;
  uint64_t scratch_bytes;  ///< 64-byte aligned memory that `run` may overwrite
  uint64_t fields;
  const struct mlw_field* field;
  uint64_t missing_words;
  const struct mlw_text* missing_word;  ///< fields that mean a missing value, beside the empty one
  uint64_t outputs;
  uint64_t classes;                   ///< 0 for a regression, whose answer is the score alone
  const struct mlw_text* class_text;  ///< as they stand in the answers, quoted where necessary
  struct mlw_text header;             ///< first line of the answers
  struct mlw_text help;               ///< what --help prints
};

#ifdef __cplusplus
}
#endif
