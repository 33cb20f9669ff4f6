#include "tools/mlwc/line_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace mlw::tool {
namespace {

constexpr int context = 3;
/// Texts that differ by more lines than this are shown as one change: the search takes time with the square of it.
constexpr int most_edits = 2000;

using Lines = std::vector<std::string_view>;

Lines split(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size() - 1);
    lines.push_back(text.substr(0, end + 1));
    text.remove_prefix(end + 1);
  }
  return lines;
}

struct Edit {
  char sign;  ///< ' ', '-' or '+'
  std::string_view line;
};

/// The shortest script of edits, by the greedy algorithm of Myers, "An O(ND) difference algorithm" (1986).
class Script {
 public:
  Script(const Lines& before, const Lines& after) : before_(before), after_(after) {}

  std::vector<Edit> find() {
    const auto n = static_cast<int>(before_.size()), m = static_cast<int>(after_.size());
    const int most = std::min(n + m, most_edits);
    const int middle = most + 1;
    std::vector<int> reach(static_cast<size_t>(middle) * 2 + 1, 0);  // the furthest point on every diagonal
    const auto at = [&](int k) -> int& { return reach[static_cast<size_t>(k) + static_cast<size_t>(middle)]; };
    std::vector<std::vector<int>> steps;
    for (int d = 0; d <= most; ++d) {
      steps.emplace_back(reach.begin() + (middle - d - 1), reach.begin() + (middle + d + 2));
      for (int k = -d; k <= d; k += 2) {
        const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
        int x = down ? at(k + 1) : at(k - 1) + 1;
        while (x < n && x - k < m && before_[static_cast<size_t>(x)] == after_[static_cast<size_t>(x - k)]) ++x;
        at(k) = x;
        if (x >= n && x - k >= m) return trace(steps, n, m);
      }
    }
    return replace_all();
  }

 private:
  /// Walks back from the end through the furthest points of every number of edits.
  std::vector<Edit> trace(const std::vector<std::vector<int>>& steps, int x, int y) const {
    std::vector<Edit> edits;
    for (int d = static_cast<int>(steps.size()) - 1; d >= 0; --d) {
      const std::vector<int>& reach = steps[static_cast<size_t>(d)];
      const auto at = [&](int k) { return reach[static_cast<size_t>(k + d + 1)]; };
      const int k = x - y;
      const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
      const int from_k = down ? k + 1 : k - 1;
      const int from_x = d == 0 ? 0 : at(from_k), from_y = d == 0 ? 0 : from_x - from_k;
      while (x > from_x && y > from_y) {
        edits.push_back({' ', before_[static_cast<size_t>(x - 1)]});
        --x, --y;
      }
      if (d == 0) break;
      edits.push_back(down ? Edit{'+', after_[static_cast<size_t>(from_y)]}
                           : Edit{'-', before_[static_cast<size_t>(from_x)]});
      x = from_x, y = from_y;
    }
    std::reverse(edits.begin(), edits.end());
    return edits;
  }

  std::vector<Edit> replace_all() const {
    std::vector<Edit> edits;
    for (std::string_view line : before_) edits.push_back({'-', line});
    for (std::string_view line : after_) edits.push_back({'+', line});
    return edits;
  }

  const Lines& before_;
  const Lines& after_;
};

std::string shown(const Edit& edit) {
  const bool whole = edit.line.ends_with('\n');
  return fmt::format("{}{}{}", edit.sign, edit.line, whole ? "" : "\n\\ No newline at end of file\n");
}

/// The edits from `begin` to `end`, and which lines they stand for.
std::string hunk(const std::vector<Edit>& edits, size_t begin, size_t end) {
  size_t before = 1, after = 1, old_lines = 0, new_lines = 0;
  for (size_t i = 0; i < begin; ++i) {
    before += edits[i].sign != '+';
    after += edits[i].sign != '-';
  }
  std::string body;
  for (size_t i = begin; i < end; ++i) {
    old_lines += edits[i].sign != '+';
    new_lines += edits[i].sign != '-';
    body += shown(edits[i]);
  }
  return fmt::format("@@ -{},{} +{},{} @@\n{}", old_lines == 0 ? before - 1 : before, old_lines,
                     new_lines == 0 ? after - 1 : after, new_lines, body);
}

}  // namespace

std::string line_diff(std::string_view path, std::string_view before, std::string_view after) {
  if (before == after) return "";
  const Lines old_lines = split(before), new_lines = split(after);
  const std::vector<Edit> edits = Script(old_lines, new_lines).find();
  std::string text = fmt::format("--- {0}\n+++ {0}\n", path);
  for (size_t i = 0; i < edits.size(); ++i) {
    if (edits[i].sign == ' ') continue;
    const size_t begin = i - std::min<size_t>(i, context);
    size_t end = i + 1;
    for (size_t j = end; j < edits.size() && j < end + 2 * context + 1; ++j)
      if (edits[j].sign != ' ') end = j + 1;
    text += hunk(edits, begin, std::min(end + context, edits.size()));
    i = std::min(end + context, edits.size()) - 1;
  }
  return text;
}

}  // namespace mlw::tool
