#pragma once

#include <string>
#include <vector>

#include "runtime/store/store.h"

namespace mlw {

/// What a search keeps beside its results, line by line, so that it survives a kill and can be extended.
class SearchJournal {
 public:
  /// `search`: hash of what the search is (spaces, seed); `place`: hash of what it is run on (data, splits,
  /// preparation).
  SearchJournal(Store& store, const std::string& workflow, std::string search, std::string place);

  /// Trials that were asked for beyond those of the file (`--more 50`), all together.
  int extra() const { return extra_; }
  void extend(int trials);

  /// With how many trials the time was over; -1 when it was not.
  int ended_with() const { return ended_with_; }
  void end(int trials);

  /// A trial was fitted on all folds: for people who follow a long search.
  void note_trial(int trial, const std::string& settings, double score, const std::string& failed);

 private:
  Store& store_;
  std::string journal_, search_, place_;
  int extra_ = 0, ended_with_ = -1;
};

}  // namespace mlw
