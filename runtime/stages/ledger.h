#pragma once

#include <string>
#include <vector>

#include "runtime/store/store.h"

namespace mlw {

/// The ledger of looks at a workflow's test part. A version is what is tested: the bytes of the final predictor
/// program. The first version opens the test part; looking again with the same version is the same look; another
/// version looks only when it is told to, and that is counted.
class Ledger {
 public:
  Ledger(Store& store, const std::string& workflow);

  bool opened_by(const std::string& version) const;
  /// How often the test part was opened, over all versions.
  int looks() const { return static_cast<int>(versions_.size()); }
  int looks_of_others(const std::string& version) const;
  /// Writes the look down, durable before anybody sees a test label. Nothing when this version looked before.
  void open(const std::string& version);

 private:
  Store& store_;
  std::string journal_;
  std::vector<std::string> versions_;
};

}  // namespace mlw
