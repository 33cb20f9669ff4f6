#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "compiler/syntax/lexer.h"

/// The words and signs of a text as editors need them: everything in order, comments too, and nothing reported.
namespace mlw::syntax {

enum class WordSort : uint8_t {
  name,  ///< words that mean something in one place only (`fn`, `allow` …) are names here
  quoted_name,
  keyword,  ///< and, or, not, in, if, then, else, let, step, true, false, missing
  number,
  date,
  text,
  block_text,
  open,   ///< ( [ {
  close,  ///< ) ] }
  sign,
  comment,
  documentation,
  unknown,
};

struct Word {
  WordSort sort = WordSort::unknown;
  bool closed = true;  ///< of a text or a quoted name
  uint32_t begin = 0, end = 0;

  bool is_comment() const { return sort == WordSort::comment || sort == WordSort::documentation; }
  bool is_name() const { return sort == WordSort::name || sort == WordSort::quoted_name; }
  bool is_text() const { return sort == WordSort::text || sort == WordSort::block_text; }
  friend bool operator==(const Word&, const Word&) = default;
};

/// Reads words from any place on where one may begin; the beginning of a line that no text reaches over is one. `text`
/// must live as long as this.
class Scanner {
 public:
  explicit Scanner(std::string_view text, uint32_t begin = 0) : lexer_(text, begin) {}

  /// The next word; none at the end of the text.
  std::optional<Word> next();

 private:
  Lexer lexer_;
};

}  // namespace mlw::syntax
