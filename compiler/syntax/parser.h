#pragma once

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/syntax/ast.h"
#include "compiler/syntax/comments.h"
#include "compiler/syntax/mistakes.h"
#include "compiler/syntax/recovery.h"
#include "compiler/syntax/tokens.h"

namespace mlw::syntax {

/// How tightly an operator holds its operands, in the order of the alternatives of `expression` in grammar/Mlw.g4, the
/// loosest first.
enum class Tightness : uint8_t {
  none,
  pipe,
  bar,
  conditional,
  let,
  logical_or,
  logical_and,
  logical_not,
  comparison,
  scale,
  step,
  range,
  sum,
  product,
  minus,
  power,
};

/// Reads a file by recursive descent, one function for each rule of grammar/Mlw.g4, and makes the tree on the way. What
/// the grammar lets through and the language does not is reported here: comparisons in a chain, `|` beside `|>`, words
/// without their parentheses. `check_tokens` has bounded how deep the descent goes.
class Parser {
 public:
  Parser(const Tokens& tokens, Diagnostics& diagnostics)
      : tokens_(tokens),
        diagnostics_(diagnostics),
        mistakes_(tokens, diagnostics),
        recovery_(tokens),
        comments_(tokens) {}

  File file();

 private:
  /// An expression that was read, by the tokens that it spans.
  struct Operand {
    ExpressionPointer expression;  ///< null after a fault, which was reported
    uint32_t first = 0, last = 0;  ///< parentheses included
    uint32_t op = Token::none;     ///< its loosest operator; none of a primary expression
    bool enclosed = false;         ///< in parentheses

    explicit operator bool() const { return expression != nullptr; }
  };

  // parse_file.cpp
  void header(File& file);
  std::vector<Item> body();
  void skip_to_item();
  void item(std::vector<Item>& items);
  bool content(Item& item, uint32_t first);
  bool block(Block& block, Trivia& trivia, uint32_t first);
  bool setting(Setting& setting);
  bool definition(Definition& definition);
  bool function(Function& function);
  bool parameters(std::vector<Parameter>& parameters);
  bool importing(Import& import);
  bool waiver(Waiver& waiver);
  bool value(ExpressionPointer& value);
  bool text(std::string& value);
  void keep_reports(bool sound);

  // parse_expression.cpp
  Operand expression(Tightness least = Tightness::pipe);
  Operand operand();
  bool extend(Operand& left);
  bool binary(Operand& left, uint32_t op);
  bool stage(Operand& left, uint32_t op);
  bool range(Operand& left, uint32_t op);
  bool spaced(Operand& left, uint32_t op);
  Operand unary();
  Operand let();
  Operand conditional();
  Operand in_parentheses();
  Operand literal();
  Operand list();
  Operand reference();
  bool arguments(Call& call);
  bool qualified(QualifiedName& name);
  Operand whole(ExpressionPointer expression, uint32_t first, uint32_t op = Token::none);
  void settle(Operand& operand, int level, uint32_t outer);
  void require(const Operand& inner, uint32_t outer);
  void part(const ExpressionPointer& expression, uint32_t first, uint32_t last, bool leads);

  TokenSort sort() const { return tokens_.list[at_].sort; }
  bool is_name() const { return name_sorts.holds(sort()); }
  bool take(TokenSort sort);
  bool name(Name& name);
  bool fault(TokenSet expected);

  const Tokens& tokens_;
  Diagnostics& diagnostics_;
  Mistakes mistakes_;
  Recovery recovery_;
  CommentReader comments_;
  Diagnostics pending_;      ///< of the item under way: they count when it turns out to be sound
  CommentPlaces places_;     ///< in the item under way
  bool keep_places_ = true;  ///< not where no comment can be put
  uint32_t item_ = 0;        ///< the first token of the item under way
  uint32_t at_ = 0;          ///< the next token
  uint32_t fault_ = 0;       ///< where the last fault was found
};

}  // namespace mlw::syntax
