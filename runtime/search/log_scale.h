#pragma once

namespace mlw {

/// 2^x and log2(x) in plain double arithmetic, to about 1e-15: drawn settings must not depend on the machine's math
/// library.
double exp2_portable(double x);
/// x > 0 and finite.
double log2_portable(double x);

}  // namespace mlw
