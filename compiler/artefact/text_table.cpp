#include "compiler/artefact/text_table.h"

#include <cstdint>
#include <map>

namespace mlw {
namespace {

void append_word(std::string& out, uint64_t word) {
  for (int shift = 0; shift < 64; shift += 8) out += static_cast<char>(word >> shift);
}

}  // namespace

std::string text_table(const std::vector<std::string>& texts) {
  std::map<std::string, uint64_t> positions;  // ascending as unsigned bytes, as the table has to be
  for (size_t i = 0; i < texts.size(); ++i) positions.emplace(texts[i], i);
  std::string out;
  append_word(out, positions.size());
  for (const auto& [text, position] : positions) append_word(out, position);
  uint64_t end = 0;
  for (const auto& [text, position] : positions) append_word(out, end += text.size());
  for (const auto& [text, position] : positions) out += text;
  return out;
}

}  // namespace mlw
