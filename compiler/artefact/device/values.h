#pragma once

#include "predictor.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What the text of a field can turn out to be.
enum mlw_reading { MLW_READ, MLW_READ_MISSING, MLW_READ_MALFORMED };

/// The value of a field from its text. An empty field is missing, and so is exactly one of `missing_words` (`count` of
/// them), in quotes or not: as data are read for training. A flag is one of the field's own words, or 0, 1, false,
/// true, f, t, no, yes, n, y in any case.
enum mlw_reading mlw_read_value(const struct mlw_field* field, const struct mlw_text* missing_words, uint64_t count,
                                struct mlw_text text, union mlw_value* value);

#ifdef __cplusplus
}
#endif
