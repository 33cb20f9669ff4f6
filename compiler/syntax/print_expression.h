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

// The same, appended to a text.
void print(const Name& name, std::string& out);
void print(const QualifiedName& name, std::string& out);

/// An expression as a document.
class ExpressionPrinter {
 public:
  explicit ExpressionPrinter(Document& document) : document_(document) {}

  Document::Id expression(const Expression& expression);
  /// What stands behind `name:` or `name =`: on the same line when it fits or brings its own brackets, else indented.
  Document::Id value(const Expression& expression, int level = level::any);
  /// A name and what stands right around it.
  Document::Id head(std::string_view before, const Name& name, std::string_view behind);

 private:
  using Id = Document::Id;

  class Bracketed;

  Id operand(const Expression& expression, int level);
  Id bare(const Expression& expression);
  Id unary(const Unary& node);
  Id binary(const Binary& node);
  void operands(const Binary& node, int level, Document::Parts& parts);
  Id range(const Range& node);
  Id sequence(const std::vector<ExpressionPointer>& stages, std::string_view sign);
  Id enclosed(Id word, Id value, std::string_view next);
  Id conditional(const Conditional& node);
  Id let(const Let& node);
  Id call(const Expression& expression, const Call& node);
  Id list(const Expression& expression, const List& node);
  Id argument(const Argument& argument, bool last);
  Id element(const Expression& element, bool last);
  Id word(const Expression& expression, std::string_view behind = "");
  void leading(const Expression& expression, Document::Parts& parts);
  void trailing(const Expression& expression, Document::Parts& parts);

  Document& document_;
  std::string word_;  ///< put together here
};

}  // namespace mlw::syntax
