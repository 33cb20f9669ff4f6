#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

/// Sound programs at random: every form of the grammar, needless parentheses, odd spaces, comments between any two
/// tokens.
class ProgramGenerator {
 public:
  explicit ProgramGenerator(uint64_t seed) : state_(seed) {}

  std::string program() {
    if (chance(2)) word("workflow"), name(), chance(2) ? text() : void();
    for (uint64_t count = below(5); count-- > 0;) item(0);
    return join(true);
  }

  /// A program with one or two of its tokens taken out, doubled or exchanged.
  std::string broken_program() {
    const std::string sound = program();
    for (uint64_t count = 1 + below(2); count-- > 0 && !tokens_.empty();) {
      const size_t at = below(tokens_.size());
      switch (below(3)) {
        case 0:
          tokens_.erase(tokens_.begin() + static_cast<ptrdiff_t>(at));
          break;
        case 1:
          tokens_.insert(tokens_.begin() + static_cast<ptrdiff_t>(at), tokens_[below(tokens_.size())]);
          break;
        default:
          std::swap(tokens_[at], tokens_[below(tokens_.size())]);
      }
    }
    return join(true);
  }

  /// Words and signs in any order.
  std::string words() {
    static const char* const all[] = {
        "a",    "b2",    "log",   "fn",     "import", "allow", "because", "as", "workflow", "`q q`",      "and",
        "or",   "not",   "in",    "if",     "then",   "else",  "let",     "=",  "step",     "true",       "missing",
        "1",    "20%",   "\"t\"", "task {", "{",      "}",     "(",       ")",  "[",        "]",          ",",
        ":",    ".",     "..",    "+",      "-",      "*",     "^",       "==", "<",        "|>",         "|",
        "\na:", "\nb =", "\n",    "# c\n",  "f(",     "s:",    "}\n",     "$",  "1.",       "2026-11-22", "\"open\n",
    };
    for (uint64_t count = 1 + below(25); count-- > 0;) word(all[below(std::size(all))]);
    return join(true);
  }

  uint64_t below(uint64_t count) { return next() % count; }

 private:
  uint64_t next() {  // SplitMix64
    uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  bool chance(uint64_t in) { return below(in) == 0; }

  void word(std::string text) { tokens_.push_back(std::move(text)); }

  void name() {
    static const char* const names[] = {"a",
                                        "b2",
                                        "größe",
                                        "年齢",
                                        "`total amount`",
                                        "`a``b`",
                                        "log",
                                        "because",
                                        "as",
                                        "_x",
                                        "a_rather_long_name_of_a_column_that_is_used_here"};
    word(names[below(std::size(names))]);
  }
  void text() {
    static const char* const texts[] = {"\"\"", "\"a # b\"", "\"q\\\"\\\\\\n\\u{1F377}\"",
                                        "\"\"\"several\n  lines\"\"\"",
                                        "\"a rather long text that makes lines too long to stay whole\""};
    word(texts[below(std::size(texts))]);
  }

  /// `log` behind a range would be its scale where a list of names begins.
  void item_name() {
    name();
    if (tokens_.back() == "log") tokens_.back() = "logarithm";
  }

  void item(int depth) {
    switch (below(depth < 3 ? 12 : 9)) {
      case 0:
        word("fn"), name(), word("("), parameters(), word(")"), word("="), expression(2);
        break;
      case 1:
        word("import"), text(), word("as"), word("module");
        break;
      case 2:
        word("allow"), word("M207"), word("because"), text();
        break;
      case 3:
      case 4:
      case 5:
        item_name(), word("="), expression(4);
        break;
      case 6:
      case 7:
      case 8:
        item_name();
        for (uint64_t more = below(3); more-- > 0;) word(","), name();
        word(":"), expression(4);
        break;
      default:
        word("task");
        if (chance(2)) {
          word("first");
          if (chance(2)) word(","), word("second");
        }
        word("{");
        for (uint64_t count = below(4); count-- > 0;) item(depth + 1);
        word("}");
    }
  }

  void parameters() {
    for (uint64_t i = 0, count = below(4); i < count; ++i) {
      if (i > 0) word(",");
      name();
      if (chance(2)) word(":"), expression(1);
    }
  }

  /// Anything where `depth` more levels may stand.
  void expression(int depth) {
    if (depth > 0 && chance(3)) return sequence(depth - 1, chance(2) ? "|" : "|>");
    phrase(depth);
  }

  void sequence(int depth, const char* sign) {
    operation(depth, 0);
    for (uint64_t count = 1 + below(3); count-- > 0;) word(sign), operation(depth, 0);
  }

  void phrase(int depth) {
    if (depth > 0 && chance(8)) {
      word("if"), expression(depth - 1), word("then"), expression(depth - 1), word("else"), phrase(depth - 1);
    } else if (depth > 0 && chance(8)) {
      word("let"), name(), word("="), binding(depth - 1), word("in"), phrase(depth - 1);
    } else {
      operation(depth, 0);
    }
  }

  /// A value without a bare `in`.
  void binding(int depth) {
    if (chance(2)) return primary(depth);
    word("("), expression(depth), word(")");
  }

  /// An operation of precedence `level` (0 is `or`) or tighter.
  void operation(int depth, int level) {
    static const std::vector<std::vector<const char*>> signs = {
        {"or"}, {"and"}, {}, {"==", "!=", "<", "<=", ">", ">=", "in"}, {}, {"+", "-"}, {"*", "/"}};
    if (depth <= 0 || level >= 9) return primary(depth);
    const int at = level + static_cast<int>(below(9 - static_cast<uint64_t>(level) + 1));
    switch (at) {
      case 0:
      case 1:
      case 5:
      case 6:
        operation(depth - 1, at), sign(signs[static_cast<size_t>(at)]), operation(depth - 1, at + 1);
        break;
      case 2:
        word("not"), operation(depth - 1, 2);
        break;
      case 3:
        operation(depth - 1, 4), sign(signs[3]), operation(depth - 1, 4);
        break;
      case 4:
        range(depth - 1);
        break;
      case 7:
        word("-"), operation(depth - 1, 7);
        break;
      case 8:
        primary(depth - 1), word("^"), operation(depth - 1, 7);
        break;
      default:
        primary(depth);
    }
  }

  void sign(const std::vector<const char*>& signs) { word(signs[below(signs.size())]); }

  void range(int depth) {
    operation(depth, 5), word(".."), operation(depth, 5);
    if (chance(3)) {
      word("step"), operation(depth, 5);
    } else if (chance(3)) {
      word("log");
    }
  }

  void primary(int depth) {
    static const char* const literals[] = {
        "1", "20%", "0.5", "1e-6", "200us", "64KiB", "2026-11-22", "2026-11-22T08:30", "true", "false", "missing"};
    switch (below(depth > 0 ? 8 : 3)) {
      case 0:
        name();
        break;
      case 1:
        word(literals[below(std::size(literals))]);
        break;
      case 2:
        text();
        break;
      case 3:
        word("("), expression(depth - 1), word(")");
        break;
      case 4:
        word("["), elements(depth - 1), word("]");
        break;
      default:
        name();
        if (chance(4)) word("."), name();
        word("("), arguments(depth - 1), word(")");
    }
  }

  void elements(int depth) {
    const uint64_t count = below(7);
    for (uint64_t i = 0; i < count; ++i) {
      if (i > 0) word(",");
      expression(depth);
    }
    if (count > 0 && chance(4)) word(",");
  }

  void arguments(int depth) {
    const uint64_t count = below(4);
    for (uint64_t i = 0; i < count; ++i) {
      if (i > 0) word(",");
      if (chance(2)) name(), word(":");
      expression(depth);
    }
    if (count > 0 && chance(4)) word(",");
  }

  std::string join(bool comments) {
    static const char* const plain[] = {"# a comment", "## documentation", "#", "# \"text\" { ( [", "#!"};
    std::string all;
    for (const std::string& token : tokens_) {
      all += token;
      all += chance(5) ? "\n" : chance(20) ? "\n\n\n" : chance(10) ? "\r\n\t" : " ";
      if (comments && chance(12)) {
        all += plain[below(std::size(plain))];
        all += chance(3) ? "\n\n" : "\n";
      }
    }
    return all;
  }

  uint64_t state_;
  std::vector<std::string> tokens_;
};
