#pragma once

#include "compiler/language_server/structure.h"

namespace mlw::language_server {

/// Fills everything but the words and comments.
void read_structure(Structure& structure);

}  // namespace mlw::language_server
