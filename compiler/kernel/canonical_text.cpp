#include "compiler/kernel/canonical_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>

namespace mlw {

std::string number_text(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  std::array<char, 40> buffer;
  auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  std::string text(buffer.data(), end);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

std::string quoted_text(std::string_view text) {
  static constexpr std::string_view hex = "0123456789abcdef";
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += "\\x";
      out += hex[static_cast<unsigned char>(c) >> 4];
      out += hex[static_cast<unsigned char>(c) & 15];
    } else {
      out += c;
    }
  }
  return out += '"';
}

void CanonicalReader::skip_spaces() {
  while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
}

bool CanonicalReader::at_end() {
  skip_spaces();
  return at_ == text_.size();
}

char CanonicalReader::peek() { return at_end() ? '\0' : text_[at_]; }

bool CanonicalReader::take(char c) {
  if (peek() != c) return false;
  ++at_;
  return true;
}

void CanonicalReader::expect(char c) {
  if (!take(c)) fail(std::string("expected `") + c + "`");
}

std::string_view CanonicalReader::look() {
  skip_spaces();
  size_t end = text_.find_first_of(" \n()", at_);
  return text_.substr(at_, end == std::string_view::npos ? end : end - at_);
}

std::string_view CanonicalReader::rest() {
  skip_spaces();
  return text_.substr(at_);
}

std::string_view CanonicalReader::word() {
  skip_spaces();
  size_t begin = at_;
  auto of_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  while (at_ < text_.size() && of_word(text_[at_])) ++at_;
  if (at_ == begin) fail("expected a word");
  return text_.substr(begin, at_ - begin);
}

std::string CanonicalReader::quoted() {
  expect('"');
  std::string out;
  while (at_ < text_.size() && text_[at_] != '"') {
    char c = text_[at_++];
    if (c != '\\') {
      out += c;
      continue;
    }
    if (at_ == text_.size()) break;
    char escaped = text_[at_++];
    if (escaped == 'n') {
      out += '\n';
    } else if (escaped == 'x') {
      unsigned code = 0;
      auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + std::min(at_ + 2, text_.size()), code, 16);
      if (error != std::errc() || end != text_.data() + at_ + 2) fail("expected two hexadecimal digits");
      out += static_cast<char>(code);
      at_ += 2;
    } else {
      out += escaped;
    }
  }
  if (at_ == text_.size()) fail("expected a closing quote");
  ++at_;
  return out;
}

double CanonicalReader::number() {
  std::string_view text = look();
  double value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) fail("expected a number");
  at_ += text.size();
  return value;
}

int64_t CanonicalReader::integer() {
  std::string_view text = look();
  int64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) fail("expected an integer");
  at_ += text.size();
  return value;
}

void CanonicalReader::fail(std::string_view what) const {
  throw std::invalid_argument("canonical text, byte " + std::to_string(at_) + ": " + std::string(what));
}

}  // namespace mlw
