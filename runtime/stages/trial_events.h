#pragma once

#include <map>
#include <mutex>
#include <optional>

#include "runtime/search/journal.h"
#include "runtime/stages/session.h"

namespace mlw {

/// Watches fits: when the last fold of a trial is done, its score goes to whoever listens and into the journal.
class TrialEvents {
 public:
  TrialEvents(Session& session, SearchJournal& journal);
  /// After a stage was done; anything but a fit is passed over.
  void done(int stage);

 private:
  void score(int trial);

  Session& session_;
  SearchJournal& journal_;
  std::mutex mutex_;
  std::map<int, int> folds_left_;
  std::optional<double> best_;
};

}  // namespace mlw
