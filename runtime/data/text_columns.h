#pragma once

#include "runtime/data/column_kernels.h"

namespace mlw {

/// The column of a function that reads text and gives integers or flags. Over one category it is evaluated once an
/// entry of the dictionary, and gathered.
Column text_function_column(const ColumnRequest& request, const ColumnLookup& columns, int64_t rows);

/// The column of a formula that gives text or a category.
Column text_column(const ColumnRequest& request, const ColumnLookup& columns, int64_t rows);

}  // namespace mlw
