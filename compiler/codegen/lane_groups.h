#pragma once

#include <algorithm>
#include <bit>
#include <vector>

namespace mlw::codegen {

struct LaneGroup {
  int begin = 0, count = 1;
};

/// So many neighbours in vectors of one width, a power of two up to 16. The last vector reaches back over the one
/// before where the neighbours do not fill it: what is computed twice costs less than vectors that grow narrower.
inline std::vector<LaneGroup> lane_groups(int neighbours) {
  std::vector<LaneGroup> groups;
  const int lanes = static_cast<int>(std::bit_floor(static_cast<unsigned>(std::min(neighbours, 16))));
  for (int begin = 0; begin < neighbours; begin += lanes)
    groups.push_back({std::min(begin, neighbours - lanes), lanes});
  return groups;
}

}  // namespace mlw::codegen
