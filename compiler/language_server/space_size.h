#pragma once

#include <string>

#include "compiler/plan/space.h"

namespace mlw::language_server {

/// How much a set of values spans: how many members it has, infinitely many with a continuous range in it, and how many
/// of its parts are drawn.
struct SpaceSize {
  double members = 1;
  int dimensions = 0;
};
SpaceSize size_of(const Space& space);

/// "12 settings", "continuous in 2 of 3 dimensions"; empty for a fixed value.
std::string size_text(const Space& space);

}  // namespace mlw::language_server
