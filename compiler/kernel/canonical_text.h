#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// The pieces that canonical texts (formulas, spaces, programs) are written with and read back from. Equal values give
/// equal bytes.
namespace mlw {

/// The shortest decimal text that reads back as the same double; always with a point, an exponent, `inf` or `nan`, so
/// that it is no integer.
std::string number_text(double value);
/// In double quotes; quotes, back slashes and control characters are escaped, everything else stays as it is.
std::string quoted_text(std::string_view text);

/// Reads what the functions above wrote. Canonical text comes from this program alone: a fault in it throws
/// std::invalid_argument.
class CanonicalReader {
 public:
  explicit CanonicalReader(std::string_view text) : text_(text) {}

  bool at_end();
  /// The next character that is no space; 0 at the end.
  char peek();
  /// Takes `c` when it comes next.
  bool take(char c);
  void expect(char c);
  /// Letters, digits and `_`.
  std::string_view word();
  std::string quoted();
  double number();
  int64_t integer();
  /// What comes next up to a space or bracket, without taking it.
  std::string_view look();
  /// All that comes next, without taking it.
  std::string_view rest();
  [[noreturn]] void fail(std::string_view what) const;

 private:
  void skip_spaces();
  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace mlw
