#include "runtime/stages/versions.h"

#include "MLW_REPORT_DIGEST.inc"
#include "MLW_RESULT_DIGEST.inc"

namespace mlw {

const Versions& versions() {
  static const Versions known{MLW_RESULT_DIGEST, MLW_REPORT_DIGEST, MLW_LLVM_VERSION, MLW_DUCKDB_VERSION};
  return known;
}

}  // namespace mlw
