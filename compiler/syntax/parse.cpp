#include <algorithm>

#include "compiler/diagnostics/characters.h"
#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/syntax/antlr.h"
#include "compiler/syntax/build.h"
#include "compiler/syntax/lexing.h"
#include "compiler/syntax/recovery.h"
#include "compiler/syntax/syntax.h"
#include "compiler/syntax/tokens.h"

namespace mlw::syntax {
namespace {

using Lexer = mlw::grammar::MlwLexer;
using Parser = mlw::grammar::MlwParser;

constexpr size_t longest_file = size_t{16} << 20;

/// The first bytes that are no UTF-8, if any.
std::optional<SourceRange> find_not_utf8(std::string_view text, uint32_t file) {
  for (std::string_view rest = text; !rest.empty();) {
    const auto begin = static_cast<uint32_t>(text.size() - rest.size());
    bool valid = true;
    take_character(rest, &valid);
    if (!valid) return SourceRange{file, begin, begin + 1};
  }
  return std::nullopt;
}

Comment make_comment(const Tokens& tokens, std::string_view text, uint32_t line) {
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  const bool own_line = tokens.list.empty() || tokens.list.back().last_line != line;
  return {std::string(text), line, static_cast<uint32_t>(tokens.list.size()), own_line};
}

Tokens read_tokens(std::string_view text, uint32_t file) {
  Tokens tokens;
  tokens.file = file;
  tokens.text = text;
  const auto skipped = static_cast<uint32_t>(text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0);
  CharacterStream characters(text.substr(skipped));
  Lexer lexer(&characters);
  lexer.removeErrorListeners();
  for (bool more = true; more;) {
    const std::unique_ptr<antlr4::Token> read = lexer.nextToken();
    const size_t type = read->getType();
    more = type != antlr4::Token::EOF;
    Token token;
    token.type = static_cast<uint32_t>(type);
    token.begin = skipped + characters.byte(read->getStartIndex());
    token.end = more ? skipped + characters.byte(read->getStopIndex() + 1) : token.begin;
    token.line = token.last_line = static_cast<uint32_t>(read->getLine());
    const std::string_view word = text.substr(token.begin, token.end - token.begin);
    if (type == Lexer::COMMENT || type == Lexer::DOCUMENTATION) {
      tokens.comments.push_back(make_comment(tokens, word, token.line));
      continue;
    }
    token.last_line += static_cast<uint32_t>(std::count(word.begin(), word.end(), '\n'));
    token.first_on_line = tokens.list.empty() || tokens.list.back().last_line != token.line;
    tokens.list.push_back(token);
  }
  return tokens;
}

std::vector<std::unique_ptr<antlr4::Token>> parser_tokens(const Tokens& tokens) {
  std::vector<std::unique_ptr<antlr4::Token>> list;
  list.reserve(tokens.list.size());
  for (const Token& token : tokens.list)
    list.push_back(std::make_unique<antlr4::CommonToken>(token.type == Token::none ? antlr4::Token::EOF : token.type));
  return list;
}

File parse_tokens(const Tokens& tokens, antlr4::atn::PredictionMode mode, Diagnostics& diagnostics) {
  antlr4::ListTokenSource source(parser_tokens(tokens));
  antlr4::BufferedTokenStream stream(&source);
  stream.fill();
  Parser parser(&stream);
  parser.removeErrorListeners();
  parser.setErrorHandler(make_recovery(tokens, diagnostics));
  parser.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(mode);
  return build_file(parser.file(), tokens, diagnostics);
}

/// Tokens, items and expressions are looked at one after the other; a reader goes from top to bottom.
void add_in_order(const Diagnostics& found, Diagnostics& diagnostics) {
  std::vector<const Diagnostic*> order;
  for (const Diagnostic& diagnostic : found.all()) order.push_back(&diagnostic);
  std::stable_sort(order.begin(), order.end(),
                   [](const Diagnostic* a, const Diagnostic* b) { return a->range.begin < b->range.begin; });
  for (const Diagnostic* diagnostic : order) diagnostics.add(*diagnostic);
}

}  // namespace

File parse(const Sources& sources, uint32_t file, Diagnostics& diagnostics) {
  File result;
  result.file = file;
  const std::string_view text = sources[file].text;
  if (text.size() > longest_file) {
    diagnostics.report(kinds::too_long, {file, 0, 0},
                       {{"size", std::to_string(text.size())}, {"limit", std::to_string(longest_file)}});
    return result;
  }
  if (const auto wrong = find_not_utf8(text, file)) {
    diagnostics.report(kinds::not_utf8, *wrong).at("this byte is not part of a character");
    return result;
  }
  Tokens tokens = read_tokens(text, file);
  Diagnostics found;
  if (check_tokens(tokens, found)) {
    // Prediction without the parser's whole context is quick and nearly always right; what it refuses is tried again.
    Diagnostics quick;
    result = parse_tokens(tokens, antlr4::atn::PredictionMode::SLL, quick);
    if (!quick.empty()) result = parse_tokens(tokens, antlr4::atn::PredictionMode::LL, found);
  }
  add_in_order(found, diagnostics);
  return result;
}

}  // namespace mlw::syntax
