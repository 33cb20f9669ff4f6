#pragma once

/// Which characters a name may be made of without back quotes: Unicode's XID_Start and XID_Continue, and `_`.
namespace mlw::syntax {

/// Beyond ASCII: whether it is cut out of the text as part of a name or unit. Everything but plain signs and spaces is,
/// so that one stray character in a name stays one mistake.
bool may_be_in_word(char32_t character);

bool may_begin_name(char32_t character);
bool may_continue_name(char32_t character);

}  // namespace mlw::syntax
