#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/semantics/modules.h"
#include "compiler/semantics/values.h"

namespace mlw::semantics {

enum class Scope { row, training, judged };

/// What names mean in an expression, beyond its own `let`s and the functions.
class Names {
 public:
  virtual ~Names() = default;
  /// The meaning of a name; none when it has none (the builder reports that).
  virtual std::optional<Value> find(const syntax::Name& name) = 0;
  /// The meaning of a call of something that is no function, such as a metric; none when it is nothing of the kind.
  virtual std::optional<Value> call(const syntax::Expression& expression, const syntax::Call& call) {
    return std::nullopt;
  }
  /// Whether a name that `find` does not know may be one all the same (the data are not known yet).
  virtual bool open() const { return false; }
  virtual bool has_unit(std::string_view unit) const { return false; }
  virtual std::vector<std::string> known() const = 0;
  virtual std::string what() const { return "column"; }
};

/// Expressions to typed formulas. Every mistake is reported once, where it is; what contains it becomes `unknown` and
/// is silent.
class FormulaBuilder {
 public:
  FormulaBuilder(Context& context, const Module& module, Names& names, Scope scope);

  Value build(const syntax::Expression& expression);
  /// An expression that is due to be a flag; `place` names it in messages: "`where`".
  FormulaPointer condition(const syntax::Expression& expression, std::string_view place);
  /// A function with arguments for some of its parameters, in the scope of its own module.
  Value inline_function(const Module::Found& function, std::vector<std::pair<std::string, Value>> bound);
  Context& context() { return context_; }
  Scope scope() const { return scope_; }

 private:
  struct Local {
    std::string name;
    Value value;
  };
  struct Parameter {
    std::string name;
    bool required = true;
  };
  using Arguments = std::vector<std::optional<Value>>;

  Value build_node(const syntax::Expression& expression);
  // literals.cpp
  Value number(const syntax::Expression& expression, const syntax::NumberLiteral& literal);
  Value literal_with_unit(const syntax::Expression& expression, const syntax::NumberLiteral& literal);
  // formula_builder.cpp
  Value reference(const syntax::Expression& expression, const syntax::Reference& reference);
  Value let(const syntax::Let& let);
  Value conditional(const syntax::Expression& expression, const syntax::Conditional& conditional);
  Value pipeline(const syntax::Pipeline& pipeline);
  Value misplaced_space(const syntax::Expression& expression);
  // operators.cpp
  Value unary(const syntax::Expression& expression, const syntax::Unary& unary);
  Value binary(const syntax::Expression& expression, const syntax::Binary& binary);
  Value arithmetic(const syntax::Expression& expression, const syntax::Binary& binary, Value left, Value right);
  std::optional<Value> time_arithmetic(const syntax::Expression& expression, const syntax::Binary& binary,
                                       const Value& left, const Value& right);
  Value comparison(const syntax::Expression& expression, const syntax::Binary& binary, Value left, Value right);
  Value logic(const syntax::Expression& expression, const syntax::Binary& binary, Value left, Value right);
  // ordinals.cpp
  bool take_places(const syntax::Binary& binary, Value& left, Value& right);
  bool take_place(Value& value, const Value& ordered);
  Value membership(const syntax::Expression& expression, const syntax::Binary& binary);
  Value compared_with_missing(const syntax::Expression& expression, const syntax::Binary& binary, bool left_missing);
  Value wrong_operands(const syntax::Binary& binary, const Value& left, const Value& right, std::string help);
  // meeting.cpp
  bool meet(Value& left, Value& right, SourceRange place, std::string_view what);
  void adopt_unit(Value& literal, const Value& other);
  std::optional<std::string> common_unit(const Value& left, const Value& right, SourceRange place);
  // calls.cpp
  Value call(const syntax::Expression& expression, const syntax::Call& call, const Value* first);
  Value call_builtin(const syntax::Expression& expression, const syntax::Call& call,
                     const vocabulary::Function& function, const Value* first);
  Value call_user(const syntax::Expression& expression, const syntax::Call& call, const Module::Found& function,
                  const Value* first);
  std::optional<Arguments> arguments(const syntax::Expression& expression, const syntax::Call& call,
                                     const std::vector<Parameter>& parameters, const Value* first);
  bool accept(Value& value, std::string_view type, const std::string& place);
  bool in_scope(const syntax::Call& call, const vocabulary::Function& function, std::string_view scope);
  std::optional<std::string> meet_arguments(const vocabulary::Function& function, std::vector<Value>& values,
                                            SourceRange range);
  Value make_call(const vocabulary::Function& function, const std::vector<Value>& values, bool statistic,
                  const std::string& unit, SourceRange range);
  Value unknown_function(const syntax::Call& call);

  Context& context_;
  const Module* module_;
  Names& names_;
  Scope scope_;
  bool inside_function_ = false;
  std::vector<Local> locals_;
  int depth_ = 0;
  int64_t work_ = 0;
  bool overflowed_ = false;
};

}  // namespace mlw::semantics
