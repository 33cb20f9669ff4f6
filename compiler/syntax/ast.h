#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"

/// The tree of one .mlw file, as it was written: nothing is resolved, defaulted or simplified. Every node knows its
/// place.
namespace mlw::syntax {

struct Name {
  std::string text;  ///< without back quotes
  SourceRange range;
  bool quoted = false;  ///< written in back quotes: a column, never a word of the vocabulary
};

/// `a` or `module.name`.
struct QualifiedName {
  std::vector<Name> parts;
  SourceRange range;
};

struct Expression;
using ExpressionPointer = std::unique_ptr<Expression>;

struct NumberLiteral {
  std::string digits;  ///< as written
  double value = 0;
  bool integer = false;
  std::string unit;  ///< "%", "us", "KiB" …; empty without one
};
struct TextLiteral {
  std::string value;
  bool block = false;  ///< written with three quotes
};
struct DateLiteral {
  std::string text;          ///< as written
  int64_t microseconds = 0;  ///< since 1970-01-01T00:00 UTC
};
struct FlagLiteral {
  bool value = false;
};
struct MissingLiteral {};
struct Reference {
  QualifiedName name;
};
struct Argument {
  std::optional<Name> name;  ///< `key: value`
  ExpressionPointer value;
};
struct Call {
  QualifiedName callee;
  std::vector<Argument> arguments;
};
enum class UnaryOperator { negate, logical_not };
enum class BinaryOperator {
  add,
  subtract,
  multiply,
  divide,
  power,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
  logical_and,
  logical_or
};
struct Unary {
  UnaryOperator op;
  ExpressionPointer operand;
};
struct Binary {
  BinaryOperator op;
  ExpressionPointer left, right;
  SourceRange operator_range;
};
/// `low..high`, `low..high step s`, `low..high log`.
struct Range {
  ExpressionPointer low, high;
  ExpressionPointer step;  ///< may be null
  bool log = false;
};
struct Choice {
  std::vector<ExpressionPointer> arms;
};
struct Pipeline {
  std::vector<ExpressionPointer> stages;
};
struct Conditional {
  ExpressionPointer condition, then, otherwise;
};
struct Let {
  Name name;
  ExpressionPointer value, body;
};
struct List {
  std::vector<ExpressionPointer> elements;
};
/// Stands where an expression was due and a mistake was found; raises nothing further.
struct Bad {};

/// `#` lines inside an expression. They belong to an argument, an element of a list, a stage, an arm or the branch of a
/// conditional; comments deeper inside move in front of the next of these that encloses them.
struct Comments {
  std::vector<std::string> leading;   ///< each on a line of its own before it
  std::string trailing;               ///< behind it on its last line
  std::vector<std::string> dangling;  ///< of a call or list: before the closing bracket
};

struct Expression {
  SourceRange range;
  std::variant<NumberLiteral, TextLiteral, DateLiteral, FlagLiteral, MissingLiteral, Reference, Call, Unary, Binary,
               Range, Choice, Pipeline, Conditional, Let, List, Bad>
      node;
  std::unique_ptr<Comments> comments;  ///< null when there are none

  // A tree's nodes lie side by side (node_memory.cpp).
  static void* operator new(size_t size);
  static void operator delete(void* node) noexcept;
};

/// Comments and blank lines that belong to an item, kept for the formatter; `##` lines are documentation.
struct Trivia {
  std::vector<std::string> leading;  ///< each `#` line before the item, in order; an empty one is a blank line
  std::string trailing;              ///< a `#` comment behind the item on its line
  std::string documentation;         ///< the `##` lines before the item, joined by line ends
  bool blank_line_before = false;
};

struct Setting {
  std::vector<Name> names;  ///< `a, b: value` sets both
  ExpressionPointer value;
};
struct Definition {
  Name name;
  ExpressionPointer value;
};
struct Parameter {
  Name name;
  ExpressionPointer fallback;  ///< default value; may be null
};
struct Function {
  Name name;
  std::vector<Parameter> parameters;
  ExpressionPointer body;
};
struct Waiver {
  Name code;
  std::string because;
};
struct Import {
  std::string path;
  std::optional<Name> alias;
};
struct Item;
struct Block {
  Name kind;
  std::vector<Name> names;
  std::vector<Item> items;
  std::string opening;                ///< a comment behind the opening brace
  std::vector<std::string> dangling;  ///< comments before the closing brace; an empty one is a blank line
};
struct Item {
  SourceRange range;
  Trivia trivia;
  std::variant<Block, Setting, Definition, Function, Waiver, Import> node;
};

/// A whole file. A module for import has no header.
struct File {
  uint32_t file = 0;
  std::optional<Name> workflow;
  std::string title;  ///< the string behind the workflow's name
  Trivia trivia;      ///< of the header
  std::vector<Item> items;
  std::vector<std::string> dangling;
};

}  // namespace mlw::syntax
