#pragma once

#include "compiler/syntax/ast.h"
#include "compiler/syntax/document.h"
#include "compiler/syntax/precedence.h"

namespace mlw::syntax {

/// Lines are broken where they would be longer.
inline constexpr int line_width = 100;

std::string print(const Name& name);
std::string print(const QualifiedName& name);
/// In three quotes when it was written so and can be.
std::string print(const TextLiteral& text);

/// An expression as a document.
class ExpressionPrinter {
 public:
  explicit ExpressionPrinter(Document& document) : document_(document) {}

  Document::Id expression(const Expression& expression);
  /// What stands behind `name:` or `name =`: on the same line when it fits or brings its own brackets, else indented.
  Document::Id value(const Expression& expression, int level = level::any);

 private:
  using Id = Document::Id;

  Id operand(const Expression& expression, int level);
  Id bare(const Expression& expression);
  Id unary(const Unary& node);
  Id binary(const Binary& node);
  void operands(const Binary& node, int level, std::vector<Id>& parts);
  Id range(const Range& node);
  Id sequence(const std::vector<ExpressionPointer>& stages, const char* sign);
  Id enclosed(std::string word, Id value, std::string next);
  Id conditional(const Conditional& node);
  Id let(const Let& node);
  Id call(const Expression& expression, const Call& node);
  Id list(const Expression& expression, const List& node);
  Id bracketed(std::string open, std::vector<Id> elements, const Comments* comments, std::string close);
  Id leading(const Expression& expression);
  Id trailing(const Expression& expression);

  Document& document_;
};

}  // namespace mlw::syntax
