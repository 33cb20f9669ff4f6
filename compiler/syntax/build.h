#pragma once

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/syntax/antlr.h"
#include "compiler/syntax/ast.h"
#include "compiler/syntax/comments.h"
#include "compiler/syntax/tokens.h"

namespace mlw::syntax {

/// From the parser's tree to ours. What the grammar lets through and the language does not is reported here:
/// comparisons in a chain, `|` beside `|>`, words without their parentheses.
class ExpressionBuilder {
 public:
  ExpressionBuilder(const Tokens& tokens, Diagnostics& diagnostics) : tokens_(tokens), diagnostics_(diagnostics) {}

  /// The value of a setting, definition or parameter. Where its comments may go is added to `places`, when given.
  ExpressionPointer value(mlw::grammar::MlwParser::ExpressionContext* context, CommentPlaces* places);
  Name name(mlw::grammar::MlwParser::NameContext* context) const;
  TextLiteral text(mlw::grammar::MlwParser::TextContext* context);
  SourceRange range(antlr4::ParserRuleContext* context) const;

 private:
  using Context = mlw::grammar::MlwParser::ExpressionContext;
  using PrimaryContext = mlw::grammar::MlwParser::PrimaryContext;

  ExpressionPointer operand(Context* context, int level, Context* outer);
  ExpressionPointer build(Context* context);
  ExpressionPointer in_parentheses(PrimaryContext* primary, int level);
  void require(const Expression& inner, Context* context, Context* outer);
  Expression binary(Context* context);
  void add_stages(Context* context, std::vector<ExpressionPointer>& stages);
  Expression sequence(Context* context);
  Expression spaced_range(Context* context);
  Expression let(Context* context);
  Expression conditional(Context* context);
  Expression primary(PrimaryContext* context);
  Expression call(PrimaryContext* context);
  Expression list(PrimaryContext* context);
  void part(Expression& expression, size_t first, size_t last, bool leads);

  const Tokens& tokens_;
  Diagnostics& diagnostics_;
  CommentPlaces* places_ = nullptr;
};

/// The whole tree; `comments` are handed out on the way.
File build_file(mlw::grammar::MlwParser::FileContext* context, const Tokens& tokens, Diagnostics& diagnostics);

}  // namespace mlw::syntax
