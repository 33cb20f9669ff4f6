#include "tools/mlwc/workflow/origin.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "runtime/report/text.h"
#include "tools/mlwc/workflow/setting_place.h"

namespace mlw::tool {
namespace {

/// A number as people write it: with spaces between thousands, a sign of per cent, a minus of typography.
struct Wanted {
  double value = NAN;
  double tolerance = 0;  ///< half a unit of the last digit that was written
};

Wanted read_number(std::string_view text) {
  std::string plain;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("−")) {
      plain += '-';
      i += std::string_view("−").size() - 1;
    } else if ((text[i] >= '0' && text[i] <= '9') || text[i] == '.' || text[i] == '-' || text[i] == 'e' ||
               text[i] == '+') {
      plain += text[i];
    }
  }
  Wanted wanted;
  const auto read = std::from_chars(plain.data(), plain.data() + plain.size(), wanted.value);
  if (read.ec != std::errc() || read.ptr != plain.data() + plain.size()) return {};
  const size_t exponent = std::min(plain.find('e'), plain.size()), point = plain.find('.');
  const int decimals = point == std::string::npos ? 0 : static_cast<int>(exponent - point) - 1;
  const int power = exponent < plain.size() ? std::atoi(plain.c_str() + exponent + 1) : 0;
  wanted.tolerance = 0.5000001 * std::pow(10.0, power - decimals);
  if (text.find('%') != std::string_view::npos) wanted.value /= 100, wanted.tolerance /= 100;
  return wanted;
}

class Finder {
 public:
  Finder(const report::Data& data, Wanted wanted) : data_(data), wanted_(wanted) {}

  std::vector<ShownNumber> run() {
    for (const report::Score& score : data_.test_scores) see_score(score, "on the test part", StageKind::test);
    for (const report::Score& score : data_.validation_scores)
      see_score(score, "of the winner out of fold", StageKind::choose);
    if (data_.comparison) see_comparison(*data_.comparison);
    for (const report::Candidate& candidate : data_.leaderboard) see_candidate(candidate);
    for (const report::Part& part : data_.parts)
      see(static_cast<double>(part.rows), "rows of the part `" + part.name + "`", StageKind::split);
    for (const report::Outcome& outcome : data_.outcomes) see(outcome.value, outcome.text, StageKind::test);
    for (const report::ColumnSummary& column : data_.columns) see_column(column);
    see(static_cast<double>(data_.rows), "rows of the data", StageKind::load);
    if (data_.task_kind == "binary") see(data_.threshold, "the decision threshold", StageKind::choose);
    for (const report::Built& built : data_.built)
      see(static_cast<double>(built.bytes), "bytes of " + built.path, StageKind::build);
    return std::move(found_);
  }

 private:
  void see(double value, std::string what, StageKind stage) {
    if (std::fabs(value - wanted_.value) <= wanted_.tolerance) found_.push_back({std::move(what), stage});
  }

  void see_score(const report::Score& score, const std::string& where, StageKind stage) {
    see(score.value, score.metric + " " + where, stage);
    see(score.low, score.metric + " " + where + ", lower end of its interval", stage);
    see(score.high, score.metric + " " + where + ", upper end of its interval", stage);
  }

  void see_comparison(const report::Comparison& comparison) {
    const StageKind stage = data_.test_scores.empty() ? StageKind::choose : StageKind::test;
    const std::string what = fmt::format("the difference of {} between {} and {}", comparison.metric, comparison.winner,
                                         comparison.baseline);
    see(comparison.difference, what, stage);
    see(comparison.low, what + ", lower end of its interval", stage);
    see(comparison.high, what + ", upper end of its interval", stage);
    see(comparison.p_value, "the p-value of " + what, stage);
  }

  void see_candidate(const report::Candidate& candidate) {
    const StageKind stage = candidate.trial < 0 ? StageKind::baseline : StageKind::choose;
    see_score(candidate.objective, "of " + candidate.name + " out of fold", stage);
    for (const report::Score& score : candidate.watch) see_score(score, "of " + candidate.name + " out of fold", stage);
    for (size_t fold = 0; fold < candidate.fold_values.size(); ++fold)
      see(candidate.fold_values[fold],
          fmt::format("{} of {} on fold {}", candidate.objective.metric, candidate.name, fold + 1), stage);
    if (candidate.trial >= 0)
      see(static_cast<double>(candidate.parameters), "numbers in the model " + candidate.name, StageKind::fit);
  }

  void see_column(const report::ColumnSummary& column) {
    const auto of = [&](const char* what) { return fmt::format("{} of the column `{}`", what, column.name); };
    see(column.mean, of("the mean"), StageKind::profile);
    see(column.minimum, of("the smallest value"), StageKind::profile);
    see(column.maximum, of("the largest value"), StageKind::profile);
    see(static_cast<double>(column.missing), of("missing values"), StageKind::profile);
    see(static_cast<double>(column.distinct), of("different values"), StageKind::profile);
  }

  const report::Data& data_;
  const Wanted wanted_;
  std::vector<ShownNumber> found_;
};

std::string title_of(const Stage& stage) {
  const bool own_name = stage.kind == StageKind::build || stage.kind == StageKind::verify;
  return own_name ? stage.name : std::string(name(stage.kind));
}

/// The setting or block that stands at a place, on one line.
std::string line_of(const OpenedWorkflow& opened, SourceRange place) {
  const size_t line = opened.sources.position(place.file, place.begin).line;
  std::string text(opened.sources.line(place.file, line));
  text.erase(0, text.find_first_not_of(" \t"));
  return fmt::format("{}:{}: {}", opened.sources[place.file].path, line, text);
}

constexpr std::string_view settings_prefix = "settings: ";

std::vector<bool> marked_before(const StageGraph& graph, StageKind kind) {
  std::vector<bool> marked(graph.stages.size(), false);
  for (size_t i = graph.stages.size(); i-- > 0;) {
    if (graph.stages[i].kind == kind) marked[i] = true;
    if (marked[i])
      for (const int input : graph.stages[i].inputs) marked[static_cast<size_t>(input)] = true;
  }
  return marked;
}

void add_once(std::vector<std::string>& list, const std::string& text) {
  if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
}

/// The setting or definition that covers a line; the block when the line is its first.
const syntax::Item* item_at(const OpenedWorkflow& opened, const std::vector<syntax::Item>& items, size_t line,
                            std::vector<std::string>& way) {
  for (const syntax::Item& item : items) {
    const size_t first = opened.sources.position(item.range.file, item.range.begin).line;
    const size_t last = opened.sources.position(item.range.file, item.range.end > 0 ? item.range.end - 1 : 0).line;
    if (line < first || line > last) continue;
    if (const auto* block = std::get_if<syntax::Block>(&item.node)) {
      way.push_back(block->kind.text);
      const syntax::Item* inner = item_at(opened, block->items, line, way);
      return inner != nullptr ? inner : &item;
    }
    if (const auto* setting = std::get_if<syntax::Setting>(&item.node)) way.push_back(setting->names[0].text);
    if (const auto* definition = std::get_if<syntax::Definition>(&item.node)) way.push_back(definition->name.text);
    return &item;
  }
  return nullptr;
}

/// Whether a part of a key holds what the file says on this way: "evaluate" holds evaluate/test, "deploy/board" holds
/// its block alone. Fits read their trial's settings, which come out of `search`.
bool holds(const Stage& stage, const std::string& part, const std::vector<std::string>& way) {
  if (part == "settings") return stage.kind == StageKind::fit && way[0] == "search";
  if (!part.starts_with(settings_prefix)) return false;
  const std::string path = part.substr(settings_prefix.size());
  const size_t slash = path.find('/');
  if (path.substr(0, slash) != way[0]) return false;
  if (slash == std::string::npos || way.size() < 2 || way[0] == "deploy") return true;
  const std::string member = path.substr(slash + 1);
  return member == way[1] || (member == "targets" && way[1] == "predict");
}

}  // namespace

std::vector<ShownNumber> find_numbers(const report::Data& data, std::string_view text) {
  const Wanted wanted = read_number(text);
  return std::isnan(wanted.value) ? std::vector<ShownNumber>() : Finder(data, wanted).run();
}

std::vector<Origin> origins_of(const OpenedWorkflow& opened, const StageGraph& graph, StageKind stage) {
  const std::vector<bool> marked = marked_before(graph, stage);
  std::vector<Origin> list;
  for (size_t i = graph.stages.size(); i-- > 0;) {
    if (!marked[i]) continue;
    const Stage& one = graph.stages[i];
    auto found = std::find_if(list.begin(), list.end(), [&](const Origin& o) { return o.stage == title_of(one); });
    if (found == list.end()) found = list.insert(list.end(), {title_of(one), std::string(meaning(one.kind)), {}});
    for (const KeyPart& part : one.key.parts) {
      const std::string path = part.name == "settings"                  ? "search"
                               : part.name.starts_with(settings_prefix) ? part.name.substr(settings_prefix.size())
                                                                        : "";
      const SourceRange place = path.empty() ? SourceRange{} : setting_place(opened.file, path);
      if (place.valid()) add_once(found->places, line_of(opened, place));
    }
  }
  return list;
}

Reliance reliance_on(const OpenedWorkflow& opened, const StageGraph& graph, size_t line) {
  Reliance reliance;
  std::vector<std::string> way;
  const syntax::Item* item = item_at(opened, opened.file.items, line, way);
  if (item == nullptr || way.empty()) return reliance;
  std::vector<bool> rests(graph.stages.size(), false);
  for (size_t i = 0; i < graph.stages.size(); ++i) {
    const Stage& stage = graph.stages[i];
    const bool reads = std::any_of(stage.key.parts.begin(), stage.key.parts.end(),
                                   [&](const KeyPart& part) { return holds(stage, part.name, way); });
    const bool through = std::any_of(stage.inputs.begin(), stage.inputs.end(),
                                     [&](int input) { return rests[static_cast<size_t>(input)]; });
    rests[i] = reads || through;
    if (reads) add_once(reliance.reads, title_of(stage));
    if (!reads && through) add_once(reliance.rests, title_of(stage));
  }
  if (!reliance.reads.empty()) reliance.setting = line_of(opened, item->range);
  return reliance;
}

}  // namespace mlw::tool
