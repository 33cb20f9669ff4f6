#pragma once

#include <vector>

#include "runtime/report/report_data.h"

namespace mlw {

/// Leaves out points until at most `most` are left, always the one that spans the smallest triangle with its neighbours
/// (Visvalingam and Whyatt 1993); both ends stay.
std::vector<report::Point> thin_curve(std::vector<report::Point> points, int most);

}  // namespace mlw
