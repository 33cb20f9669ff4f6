#include "runtime/search/journal.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace mlw {
namespace {

using Json = nlohmann::json;

std::string text_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

SearchJournal::SearchJournal(Store& store, const std::string& workflow, std::string search, std::string place)
    : store_(store), journal_("search of " + workflow), search_(std::move(search)), place_(std::move(place)) {
  for (const std::string& line : store.read_lines(journal_)) {
    const Json json = Json::parse(line, nullptr, false);
    if (!json.is_object() || json.value("search", "") != search_) continue;
    const std::string event = json.value("event", "");
    if (event == "more") extra_ += json.value("trials", 0);
    if (event == "ended" && json.value("place", "") == place_)
      ended_with_ = std::max(ended_with_, json.value("trials", -1));
  }
}

void SearchJournal::extend(int trials) {
  store_.append_line(journal_, text_of({{"event", "more"}, {"search", search_}, {"trials", trials}}));
  extra_ += trials;
}

void SearchJournal::end(int trials) {
  store_.append_line(journal_,
                     text_of({{"event", "ended"}, {"search", search_}, {"place", place_}, {"trials", trials}}));
  ended_with_ = trials;
}

void SearchJournal::note_trial(int trial, const std::string& settings, double score, const std::string& failed) {
  Json json{{"event", "trial"}, {"search", search_}, {"place", place_}, {"trial", trial + 1}, {"settings", settings}};
  if (!failed.empty())
    json["failed"] = failed;
  else
    json["score"] = std::isnan(score) ? Json() : Json(score);
  store_.append_line(journal_, text_of(json));
}

}  // namespace mlw
