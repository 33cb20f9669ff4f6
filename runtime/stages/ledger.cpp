#include "runtime/stages/ledger.h"

#include <algorithm>

namespace mlw {

Ledger::Ledger(Store& store, const std::string& workflow)
    : store_(store), journal_("looks at the test part of " + workflow) {
  for (std::string& line : store.read_lines(journal_))
    if (!opened_by(line)) versions_.push_back(std::move(line));
}

bool Ledger::opened_by(const std::string& version) const {
  return std::find(versions_.begin(), versions_.end(), version) != versions_.end();
}

int Ledger::looks_of_others(const std::string& version) const { return looks() - (opened_by(version) ? 1 : 0); }

void Ledger::open(const std::string& version) {
  if (opened_by(version)) return;
  store_.append_line(journal_, version);
  versions_.push_back(version);
}

}  // namespace mlw
