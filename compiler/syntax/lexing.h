#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/syntax/antlr.h"

namespace mlw::syntax {

/// A byte order mark before the text is no part of it.
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// The characters of a text as the lexer reads them, without copying where they are ASCII.
class CharacterStream : public antlr4::CharStream {
 public:
  explicit CharacterStream(std::string_view text);

  /// The byte at which a character begins.
  uint32_t byte(size_t character) const;

  void consume() override { ++at_; }
  size_t LA(ssize_t i) override;
  ssize_t mark() override { return -1; }
  void release(ssize_t) override {}
  size_t index() override { return at_; }
  void seek(size_t index) override;
  size_t size() override { return bytes_.empty() ? text_.size() : characters_.size(); }
  std::string getSourceName() const override { return UNKNOWN_SOURCE_NAME; }
  std::string getText(const antlr4::misc::Interval& interval) override;
  std::string toString() const override { return std::string(text_); }

 private:
  std::string_view text_;
  std::u32string characters_;    ///< empty when the text is ASCII
  std::vector<uint32_t> bytes_;  ///< where each character begins
  size_t at_ = 0;
};

}  // namespace mlw::syntax
