#include "runtime/data/profile.h"

#include "runtime/stages/blobs.h"
#include "runtime/stages/session.h"

namespace mlw {

Entry do_profile(Session& session, const Stage&, std::string& text) {
  Profile profile = profile_table(session.workflow(), session.loaded().table, session.split().development);
  profile.target_missing =
      static_cast<int64_t>(session.loaded().population.size()) - static_cast<int64_t>(session.labelled().size());
  Entry entry;
  entry.document = to_text(profile);
  text = std::to_string(profile.columns.size()) + " columns of " + std::to_string(profile.rows) + " rows";
  return entry;
}

}  // namespace mlw
