#pragma once

/// Which characters a name may be made of without back quotes: Unicode's XID_Start and XID_Continue, and `_`.
namespace mlw::syntax {

bool may_begin_name(char32_t character);
bool may_continue_name(char32_t character);

}  // namespace mlw::syntax
