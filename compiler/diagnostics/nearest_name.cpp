#include <algorithm>

#include "compiler/diagnostics/characters.h"
#include "compiler/diagnostics/diagnostic.h"

namespace mlw {
namespace {

/// Names longer than this are not compared: nobody mistypes them, and the table would grow.
constexpr size_t longest_name = 128;

char32_t lower(char32_t c) { return c >= U'A' && c <= U'Z' ? c - U'A' + U'a' : c; }

std::u32string folded(std::string_view text) {
  std::u32string characters = decode(text);
  std::transform(characters.begin(), characters.end(), characters.begin(), lower);
  return characters;
}

/// Insertions, deletions, replacements and exchanges of neighbours that make one of the other (optimal string
/// alignment).
size_t edit_distance(const std::u32string& a, const std::u32string& b) {
  std::vector<size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = std::min(now[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(now);
  }
  return last[b.size()];
}

}  // namespace

std::string_view nearest_name(std::string_view name, std::span<const std::string> candidates) {
  if (name.size() > 4 * longest_name) return {};
  const std::u32string wanted = folded(name);
  if (wanted.empty() || wanted.size() > longest_name) return {};
  // A third of the letters may be wrong; a single letter is too little to guess from.
  const size_t allowed = wanted.size() == 1 ? 0 : std::max<size_t>(1, wanted.size() / 3);
  std::string_view best;
  size_t best_distance = allowed + 1;
  for (const std::string& candidate : candidates) {
    if (candidate == name || candidate.size() > 4 * longest_name) continue;
    const std::u32string other = folded(candidate);
    const size_t difference = std::max(other.size(), wanted.size()) - std::min(other.size(), wanted.size());
    if (difference >= best_distance) continue;
    const size_t distance = edit_distance(wanted, other);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace mlw
