#pragma once

#include "predictor.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What the text of a field can turn out to be.
enum mlw_reading { MLW_READ, MLW_READ_MISSING, MLW_READ_MALFORMED };

/// The value of a field from its text. An empty field is missing; in quotes it is an empty text, and still missing for
/// every other kind. A flag is 0, 1 or one of false, true, f, t, no, yes, n, y in any case, or exactly one of the
/// field's own words.
enum mlw_reading mlw_read_value(const struct mlw_field* field, struct mlw_text text, int32_t quoted,
                                union mlw_value* value);

#ifdef __cplusplus
}
#endif
