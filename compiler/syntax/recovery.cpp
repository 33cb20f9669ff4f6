#include "compiler/syntax/recovery.h"

#include <algorithm>

#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/syntax/wording.h"

namespace mlw::syntax {
namespace {

using Sort = mlw::grammar::MlwParser;
using Parser = mlw::grammar::MlwParser;

constexpr size_t most_reports = 200;

bool is_name(uint32_t type) {
  switch (type) {
    case Sort::NAME:
    case Sort::QUOTED:
    case Sort::FN:
    case Sort::IMPORT:
    case Sort::ALLOW:
    case Sort::BECAUSE:
    case Sort::AS:
    case Sort::WORKFLOW:
      return true;
    default:
      return false;
  }
}

class Recovery : public antlr4::ANTLRErrorStrategy {
 public:
  Recovery(const Tokens& tokens, Diagnostics& diagnostics) : tokens_(tokens), diagnostics_(diagnostics) {}

  void reset(antlr4::Parser*) override { recovering_ = false; }
  bool inErrorRecoveryMode(antlr4::Parser*) override { return recovering_; }
  void reportMatch(antlr4::Parser*) override { recovering_ = false; }

  antlr4::Token* recoverInline(antlr4::Parser* parser) override { throw antlr4::InputMismatchException(parser); }

  /// Every rule passes the fault on to the item it belongs to; that one ends at the fault and the next one begins.
  void recover(antlr4::Parser* parser, std::exception_ptr fault) override {
    const size_t rule = parser->getContext()->getRuleIndex();
    if (rule == Parser::RuleItem) {
      skip_to(parser, resume_behind(static_cast<uint32_t>(parser->getContext()->start->getTokenIndex()), fault_at_));
    } else if (rule == Parser::RuleFile) {
      skip_to(parser, last_token());
    } else {
      std::rethrow_exception(fault);
    }
  }

  void reportError(antlr4::Parser* parser, const antlr4::RecognitionException& fault) override {
    if (recovering_) return;
    recovering_ = true;
    const auto at = static_cast<uint32_t>(fault.getOffendingToken()->getTokenIndex());
    fault_at_ = at;
    const uint32_t first = item_start(parser);
    if (tokens_.faulty(std::min(first, at), at)) return;
    if (dynamic_cast<const antlr4::NoViableAltException*>(&fault) != nullptr && first + 1 < at &&
        parser->getContext()->getRuleIndex() == Parser::RuleItem) {
      report(at, words_after(first, at), "");
    } else {
      report_mismatch(parser, at);
    }
  }

  /// Before every item: what cannot begin one is reported and left out.
  void sync(antlr4::Parser* parser) override {
    const size_t rule = parser->getContext()->getRuleIndex();
    if (rule == Parser::RuleFile && index(parser) == 0) {
      check_header(parser);
    } else if (rule != Parser::RuleBody) {
      return;
    }
    if (index(parser) == 0 && is_header()) return;
    for (uint32_t i = index(parser); !ends_body(i) && !begins_item(i); i = index(parser)) {
      if (missing_value(parser, i)) continue;
      report_no_item(i);
      skip_to(parser, resume_behind(i, i));
    }
  }

 private:
  uint32_t type(uint32_t i) const { return i < tokens_.list.size() ? tokens_.list[i].type : Token::none; }
  uint32_t last_token() const { return static_cast<uint32_t>(tokens_.list.size() - 1); }
  static uint32_t index(antlr4::Parser* parser) { return static_cast<uint32_t>(parser->getInputStream()->index()); }
  static void skip_to(antlr4::Parser* parser, uint32_t i) { parser->getInputStream()->seek(i); }

  bool ends_body(uint32_t i) const { return type(i) == Sort::CLOSE_BRACE || i >= last_token(); }

  /// name {, name} : …    name = …    kind {name,} [name] { …    fn name …    import …    allow name …
  bool begins_item(uint32_t i) const {
    if (type(i) == Sort::FN && is_name(type(i + 1)) && type(i + 2) == Sort::OPEN) return true;
    if (type(i) == Sort::IMPORT && (type(i + 1) == Sort::TEXT || type(i + 1) == Sort::BLOCK_TEXT)) return true;
    if (type(i) == Sort::ALLOW && is_name(type(i + 1)) && type(i + 2) == Sort::BECAUSE) return true;
    if (!is_name(type(i))) return false;
    uint32_t next = i + 1;
    if (type(next) == Sort::ASSIGN || type(next) == Sort::COLON || type(next) == Sort::OPEN_BRACE) return true;
    const bool block = is_name(type(next));
    if (block) ++next;
    while (type(next) == Sort::COMMA && is_name(type(next + 1))) next += 2;
    return type(next) == (block ? Sort::OPEN_BRACE : Sort::COLON) && next > i + 1;
  }

  /// Where the parser goes on after a fault at `fault` in the item that begins at `first`: at the next line that begins
  /// an item, or at the brace that closes the block. Brackets that are whole are passed over.
  uint32_t resume_behind(uint32_t first, uint32_t fault) const {
    uint32_t i = std::max(first, fault);
    for (uint32_t open = first; open < fault; ++open) {
      const uint32_t partner = tokens_.list[open].partner;
      if (partner == Token::none || partner < open) continue;
      if (partner >= fault) {  // the fault is inside of these brackets
        i = partner + 1;
        break;
      }
      open = partner;
    }
    if (i == first) i = step(i);
    while (!ends_body(i) && !(tokens_.list[i].first_on_line && begins_item(i))) i = step(i);
    return std::min(i, last_token());
  }

  uint32_t step(uint32_t i) const {
    const uint32_t partner = tokens_.list[i].partner;
    return partner != Token::none && partner > i ? partner + 1 : i + 1;
  }

  static uint32_t item_start(antlr4::Parser* parser) {
    auto* context = static_cast<antlr4::ParserRuleContext*>(parser->getContext());
    while (context->getRuleIndex() != Parser::RuleItem && context->parent != nullptr)
      context = static_cast<antlr4::ParserRuleContext*>(context->parent);
    return static_cast<uint32_t>(context->start->getTokenIndex());
  }

  Diagnostic* report(uint32_t at, const std::string& expected, const std::string& help) {
    if (diagnostics_.all().size() >= most_reports) return nullptr;
    if (at > 0 && tokens_.text_of(at) == "log" && !begins_line(at))
      return &diagnostics_.report(kinds::scale_without_range, tokens_.range_of(at), {{"word", "log"}});
    return &diagnostics_.report(kinds::unexpected, place_of(at),
                                {{"expected", expected}, {"found", found_words(tokens_, at)}, {"help", help}});
  }

  /// The end of the file is shown behind the last word rather than on an empty line.
  SourceRange place_of(uint32_t at) const {
    if (at < last_token() || at == 0) return tokens_.range_of(at);
    return {tokens_.file, tokens_.list[at - 1].end, tokens_.list[at - 1].end};
  }

  void report_reserved(uint32_t at) {
    if (diagnostics_.all().size() >= most_reports) return;
    const std::string word(tokens_.text_of(at));
    diagnostics_.report(kinds::reserved_word, tokens_.range_of(at), {{"word", word}})
        .suggest(tokens_.range_of(at), "`" + word + "`");
  }

  void report_mismatch(antlr4::Parser* parser, uint32_t at) {
    std::vector<uint32_t> expected;
    for (ssize_t token : parser->getExpectedTokens().toList()) expected.push_back(static_cast<uint32_t>(token));
    const auto holds = [&](uint32_t type) {
      return std::find(expected.begin(), expected.end(), type) != expected.end();
    };
    if (begins_element(parser, at)) expected = {Sort::NUMBER, Sort::OPEN};
    if (begins_parameter(parser, at)) expected = {Sort::NAME, Sort::CLOSE};
    const bool value = holds(Sort::NUMBER);
    if (is_reserved(type(at)) && holds(Sort::NAME) && !value) return report_reserved(at);
    if (is_reserved(type(at)) && value && stands_alone(at)) return report_reserved(at);
    if (value && ends_without_value(at)) return report_no_value(at - 2);
    if (in_list(parser) && (holds(Sort::CLOSE) || holds(Sort::CLOSE_LIST)) && !holds(Sort::NAME))
      expected.push_back(Sort::COMMA);
    report(at, expected_words(expected), advice(tokens_, at, value));
  }

  /// Whether commas separate what the parser is reading.
  static bool in_list(antlr4::Parser* parser) {
    antlr4::ParserRuleContext* context = parser->getContext();
    if (context->getRuleIndex() == Parser::RuleFunction) return true;
    auto* primary = dynamic_cast<Parser::PrimaryContext*>(context);
    return primary != nullptr && (primary->qualified() != nullptr || primary->OPEN_LIST() != nullptr);
  }

  /// Whether the fault stands where an argument or an element could have begun.
  bool begins_element(antlr4::Parser* parser, uint32_t at) const {
    return in_list(parser) && parser->getContext()->getRuleIndex() != Parser::RuleFunction && behind_separator(at);
  }
  bool begins_parameter(antlr4::Parser* parser, uint32_t at) const {
    return parser->getContext()->getRuleIndex() == Parser::RuleFunction && behind_separator(at);
  }
  bool behind_separator(uint32_t at) const {
    return at > 0 && (type(at - 1) == Sort::OPEN || type(at - 1) == Sort::OPEN_LIST || type(at - 1) == Sort::COMMA);
  }

  /// A word followed by what ends a value was meant as a name.
  bool stands_alone(uint32_t at) const {
    const uint32_t next = type(at + 1);
    return next == Sort::COMMA || next == Sort::CLOSE || next == Sort::CLOSE_LIST || next == Sort::CLOSE_BRACE ||
           at + 1 >= last_token() || tokens_.list[at + 1].first_on_line;
  }

  /// What has to follow the first words of an item.
  std::string words_after(uint32_t first, uint32_t at) const {
    if (type(first) == Sort::ALLOW && at == first + 2) return "`because`";
    if (type(first) == Sort::FN && at == first + 2) return "`(`";
    return "`{`";
  }

  /// `seed:` or `a + ` with nothing behind it swallowed the name of the next setting: give it back.
  bool missing_value(antlr4::Parser* parser, uint32_t i) {
    if (!is_sign(i) || i < 3 || !is_name(type(i - 1)) || !tokens_.list[i - 1].first_on_line) return false;
    if (is_sign(i - 2) && is_name(type(i - 3))) {
      report_no_value(i - 3);
    } else if (!tokens_.faulty(i - 2, i - 1)) {
      report(i - 1, "a value", "the expression before ends in `" + std::string(tokens_.text_of(i - 2)) + "`");
    }
    skip_to(parser, i - 1);
    return true;
  }

  bool is_sign(uint32_t i) const { return type(i) == Sort::COLON || type(i) == Sort::ASSIGN; }

  /// `seed: }`
  bool ends_without_value(uint32_t at) const {
    if (at < 2 || !is_sign(at - 1) || !is_name(type(at - 2))) return false;
    return type(at) == Sort::CLOSE_BRACE || type(at) == Sort::CLOSE || type(at) == Sort::COMMA || at >= last_token();
  }

  void report_no_value(uint32_t name) {
    if (diagnostics_.all().size() >= most_reports) return;
    diagnostics_.report(kinds::no_value, tokens_.range_of(name),
                        {{"name", plain(name)}, {"sign", std::string(tokens_.text_of(name + 1))}});
  }

  std::string plain(uint32_t i) const {
    std::string name(tokens_.text_of(i));
    std::erase(name, '`');
    return name;
  }

  /// A brace opens a line of its own, so to speak.
  bool begins_line(uint32_t i) const {
    return tokens_.list[i].first_on_line || (i > 0 && type(i - 1) == Sort::OPEN_BRACE);
  }

  void report_no_item(uint32_t i) {
    const uint32_t next = std::min(i + 1, last_token());
    if (tokens_.faulty(i, next)) return;
    const bool named = type(next) == Sort::COLON || type(next) == Sort::ASSIGN;
    if (is_reserved(type(i)) && named) return report_reserved(i);
    if (type(i) == Sort::WORKFLOW && is_name(type(next))) {
      if (diagnostics_.all().size() < most_reports) diagnostics_.report(kinds::misplaced_header, tokens_.range_of(i));
      return;
    }
    if (begins_line(i) && is_name(type(i))) return report_bare_name(i, next);
    const bool two_words = !begins_line(i) && type(i) == Sort::NAME && type(i - 1) == Sort::NAME;
    report(i, begins_line(i) ? "a setting, a definition or a block" : "an operator or the next setting",
           type(i) == Sort::ASSIGN ? "a comparison is written `==`"
           : two_words ? "a name of several words stands in back quotes: `" + plain(i - 1) + " " + plain(i) + "`"
                       : advice(tokens_, i, false));
  }

  /// A line that begins with a name and goes on with neither `:`, `=` nor a block.
  void report_bare_name(uint32_t i, uint32_t next) {
    const std::string name = plain(i);
    if (type(i) == Sort::IMPORT) {
      report(next, "a file name in double quotes", "import \"text.mlw\" as text");
    } else if (type(i) == Sort::ALLOW && is_name(type(next))) {
      report(std::min(next + 1, last_token()), "`because`", "allow " + plain(next) + " because \"…\"");
    } else if (type(i) == Sort::FN) {
      const bool has_name = is_name(type(next));
      report(has_name ? std::min(next + 1, last_token()) : next, has_name ? "`(`" : "a name", "fn twice(x) = 2 * x");
    } else if (is_name(type(next)) && is_block_line(next)) {
      report(std::min(next + 1, last_token()), "`,` or `{`", "several names of a block are separated by commas");
    } else if (Diagnostic* diagnostic = report(next, "`:`, `=` or `{`",
                                               "a setting is written `" + name + ": …`, a definition `" + name +
                                                   " = …`, a block `" + name + " { … }`")) {
      diagnostic->also_at(tokens_.range_of(i), "this begins a setting, a definition or a block");
    }
  }

  /// Whether an opening brace follows on the same line.
  bool is_block_line(uint32_t i) const {
    const uint32_t line = tokens_.list[i].line;
    while (i < last_token() && tokens_.list[i].line == line && type(i) != Sort::OPEN_BRACE) ++i;
    return type(i) == Sort::OPEN_BRACE && tokens_.list[i].line == line;
  }

  bool is_header() const { return type(0) == Sort::WORKFLOW && is_name(type(1)) && !begins_item(0); }

  /// `workflow` without a name, at the beginning.
  void check_header(antlr4::Parser* parser) {
    if (type(0) != Sort::WORKFLOW) return;
    const bool next_item =
        is_name(type(1)) && tokens_.list[1].first_on_line && (is_sign(2) || type(2) == Sort::OPEN_BRACE);
    if (!next_item && (is_name(type(1)) || begins_item(0))) return;
    if (is_reserved(type(1))) {
      report_reserved(1);
    } else if (!tokens_.faulty(0, 1)) {
      report(1, "a name", "the first line is the workflow's name, as in `workflow wine`");
    }
    skip_to(parser, next_item ? 1 : resume_behind(0, 1));
  }

  const Tokens& tokens_;
  Diagnostics& diagnostics_;
  bool recovering_ = false;
  uint32_t fault_at_ = 0;
};

}  // namespace

std::shared_ptr<antlr4::ANTLRErrorStrategy> make_recovery(const Tokens& tokens, Diagnostics& diagnostics) {
  return std::make_shared<Recovery>(tokens, diagnostics);
}

}  // namespace mlw::syntax
