#pragma once

#include <string_view>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/syntax/ast.h"

/// The words of the language turned into values. `range` is the place of the whole literal.
namespace mlw::syntax {

/// `12`, `1e-6`, `20%`, `64KiB`
NumberLiteral read_number(std::string_view text, SourceRange range, Diagnostics& diagnostics);

/// `2026-11-22`, `2026-11-22T08:30`, with seconds and fractions to the microsecond
DateLiteral read_date(std::string_view text, SourceRange range, Diagnostics& diagnostics);

/// `"…"`, its escapes resolved. A closing quote may be missing (that was reported).
TextLiteral read_text(std::string_view text, SourceRange range, Diagnostics& diagnostics);

/// `"""…"""`, as it stands but with plain line ends.
TextLiteral read_block_text(std::string_view text);

/// A name without its back quotes.
Name read_name(std::string_view text, SourceRange range);

/// A text as a literal that `read_text` turns into the same value.
std::string quoted(std::string_view value);

}  // namespace mlw::syntax
