#include "runtime/evaluate/curve_points.h"

#include <cmath>
#include <set>
#include <utility>

namespace mlw {

std::vector<report::Point> thin_curve(std::vector<report::Point> points, int most) {
  const int size = static_cast<int>(points.size());
  if (size <= most || size < 3) return points;
  std::vector<int> before(points.size()), after(points.size());
  std::vector<double> area(points.size(), 0.0);
  const auto triangle = [&](int i) {
    const report::Point &a = points[before[i]], &b = points[i], &c = points[after[i]];
    return std::fabs((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y));
  };
  std::set<std::pair<double, int>> waiting;
  for (int i = 0; i < size; ++i) before[i] = i - 1, after[i] = i + 1;
  for (int i = 1; i + 1 < size; ++i) waiting.emplace(area[i] = triangle(i), i);
  std::vector<bool> removed(points.size(), false);
  for (int left = size; left > most && !waiting.empty(); --left) {
    const auto [smallest, point] = *waiting.begin();
    waiting.erase(waiting.begin());
    removed[point] = true;
    after[before[point]] = after[point];
    before[after[point]] = before[point];
    for (const int neighbour : {before[point], after[point]}) {
      if (neighbour == 0 || neighbour == size - 1) continue;
      waiting.erase({area[neighbour], neighbour});
      // Never less than what has already gone, so that points do not vanish in an avalanche.
      area[neighbour] = std::max(smallest, triangle(neighbour));
      waiting.emplace(area[neighbour], neighbour);
    }
  }
  std::vector<report::Point> kept;
  for (int i = 0; i < size; ++i) {
    if (!removed[i]) kept.push_back(points[i]);
  }
  return kept;
}

}  // namespace mlw
