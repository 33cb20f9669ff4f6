#pragma once

#include <span>
#include <vector>

namespace mlw {

/// The area under the ROC curve with the part that each row has in its error (DeLong, DeLong and Clarke-Pearson 1988),
/// by one sort (Sun and Xu 2014).
struct AreaUnderCurve {
  double area = 0;                      ///< NaN without rows of both classes
  std::vector<double> influence;        ///< of each row; they sum to 0
  double positives = 0, negatives = 0;  ///< rows of positive weight
};
AreaUnderCurve area_under_curve(std::span<const double> truth, std::span<const double> score,
                                std::span<const double> weight);

/// DeLong's variance when rows are independent: the sum of squared influences, each class with its n / (n - 1).
double delong_variance(const AreaUnderCurve& area, std::span<const double> truth);

}  // namespace mlw
