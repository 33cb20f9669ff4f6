#pragma once

#include "compiler/syntax/ast.h"

/// How tightly expressions bind: shared by the parser, which refuses what a reader could misread, and the printer,
/// which writes the parentheses that are needed and no others.
namespace mlw::syntax::level {

inline constexpr int binding = -1;  ///< of a `let`: everything but a membership test may stand bare
inline constexpr int any = 0;       ///< a place between commas, brackets or words: everything may stand there bare
inline constexpr int pipe = 0;      ///< pipelines and choices
inline constexpr int word = 1;      ///< let and if
inline constexpr int logical_or = 2;
inline constexpr int logical_and = 3;
inline constexpr int logical_not = 4;
inline constexpr int comparison = 5;
inline constexpr int range = 6;
inline constexpr int sum = 7;
inline constexpr int product = 8;
inline constexpr int minus = 9;
inline constexpr int power = 10;
inline constexpr int primary = 11;

struct Operands {
  int left, right;  ///< what may stand bare on either side
};

int of(BinaryOperator op);
int of(const Expression& expression);
Operands operands(BinaryOperator op);
/// Whether it may stand without parentheses where `least` is demanded.
bool bare(const Expression& expression, int least);
inline constexpr int stage = logical_or;  ///< a stage of a pipeline, an arm of a choice

}  // namespace mlw::syntax::level
