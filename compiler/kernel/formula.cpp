#include "compiler/kernel/formula.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include "compiler/kernel/canonical_text.h"

namespace mlw {
namespace {

constexpr std::array<std::string_view, 8> type_names = {"unknown",  "number", "integer", "flag",
                                                        "category", "text",   "date",    "duration"};

struct OperationFacts {
  std::string_view name;
  int arity;
};
constexpr OperationFacts operations[] = {
#define X(name, arity) {#name, arity},
    MLW_FORMULA_OPERATIONS(X)
#undef X
};

ValueType type_of(CanonicalReader& reader, std::string_view word) {
  auto found = std::find(type_names.begin(), type_names.end(), word);
  if (found == type_names.end()) reader.fail("unknown type " + std::string(word));
  return static_cast<ValueType>(found - type_names.begin());
}

Operation operation_of(CanonicalReader& reader, std::string_view word) {
  static const std::unordered_map<std::string_view, Operation> by_name = [] {
    std::unordered_map<std::string_view, Operation> map;
    for (size_t i = 0; i < std::size(operations); ++i) map.emplace(operations[i].name, static_cast<Operation>(i));
    return map;
  }();
  auto found = by_name.find(word);
  if (found == by_name.end()) reader.fail("unknown operation " + std::string(word));
  return found->second;
}

std::string constant_text(const Constant& value) {
  struct Writer {
    std::string operator()(std::monostate) const { return "none"; }
    std::string operator()(double number) const { return number_text(number); }
    std::string operator()(int64_t integer) const { return std::to_string(integer); }
    std::string operator()(bool flag) const { return flag ? "true" : "false"; }
    std::string operator()(const std::string& text) const { return quoted_text(text); }
  };
  return std::visit(Writer{}, value);
}

/// The type that a constant has when nothing is written beside it.
ValueType plain_type(const Constant& value) {
  constexpr ValueType types[] = {ValueType::unknown, ValueType::number, ValueType::integer, ValueType::flag,
                                 ValueType::text};
  return types[value.index()];
}

void append_text(std::string& out, const Formula& formula) {
  if (formula.operation == Operation::constant && formula.unit.empty() && formula.value.index() != 0 &&
      formula.type == plain_type(formula.value)) {
    out += constant_text(formula.value);
    return;
  }
  out += '(';
  out += name(formula.operation);
  out += ':';
  out += name(formula.type);
  if (!formula.unit.empty()) out += '/' + quoted_text(formula.unit);
  if (formula.operation == Operation::constant) out += ' ' + constant_text(formula.value);
  if (formula.operation == Operation::column) out += ' ' + quoted_text(formula.column);
  for (const FormulaPointer& argument : formula.arguments) {
    out += ' ';
    append_text(out, *argument);
  }
  out += ')';
}

Constant read_constant(CanonicalReader& reader) {
  if (reader.peek() == '"') return reader.quoted();
  std::string_view text = reader.look();
  if (text == "true" || text == "false") return reader.word() == "true";
  if (text == "none") {
    reader.word();
    return std::monostate{};
  }
  bool integer = text.find_first_not_of("-0123456789") == std::string_view::npos;
  if (integer) return reader.integer();
  return reader.number();
}

FormulaPointer read_formula(CanonicalReader& reader) {
  auto formula = std::make_shared<Formula>();
  if (!reader.take('(')) {
    formula->operation = Operation::constant;
    formula->value = read_constant(reader);
    formula->type = plain_type(formula->value);
    return formula;
  }
  formula->operation = operation_of(reader, reader.word());
  reader.expect(':');
  formula->type = type_of(reader, reader.word());
  if (reader.take('/')) formula->unit = reader.quoted();
  if (formula->operation == Operation::constant) formula->value = read_constant(reader);
  if (formula->operation == Operation::column) formula->column = reader.quoted();
  while (!reader.take(')')) formula->arguments.push_back(read_formula(reader));
  int due = arity(formula->operation);
  auto given = static_cast<int>(formula->arguments.size());
  if (due < 0 ? given == 0 : given != due) reader.fail("wrong number of arguments");
  return formula;
}

void collect_columns(const Formula& formula, std::set<std::string>& names, std::set<const Formula*>& seen) {
  if (!seen.insert(&formula).second) return;
  if (formula.operation == Operation::column) names.insert(formula.column);
  for (const FormulaPointer& argument : formula.arguments) collect_columns(*argument, names, seen);
}

using Replacements = std::vector<std::pair<std::string, FormulaPointer>>;

FormulaPointer substitute_shared(const FormulaPointer& formula, const Replacements& replacements,
                                 std::unordered_map<const Formula*, FormulaPointer>& done) {
  if (auto found = done.find(formula.get()); found != done.end()) return found->second;
  FormulaPointer result = formula;
  if (formula->operation == Operation::column) {
    for (const auto& [column, replacement] : replacements)
      if (column == formula->column) {
        result = replacement;
        break;
      }
  } else {
    std::vector<FormulaPointer> arguments;
    bool changed = false;
    for (const FormulaPointer& argument : formula->arguments) {
      arguments.push_back(substitute_shared(argument, replacements, done));
      changed = changed || arguments.back() != argument;
    }
    if (changed) {
      auto copy = std::make_shared<Formula>(*formula);
      copy->arguments = std::move(arguments);
      result = copy;
    }
  }
  done.emplace(formula.get(), result);
  return result;
}

FormulaPointer make_leaf(Constant value, ValueType type, std::string unit) {
  auto formula = std::make_shared<Formula>();
  formula->operation = Operation::constant;
  formula->type = type;
  formula->unit = std::move(unit);
  formula->value = std::move(value);
  return formula;
}

}  // namespace

std::string_view name(ValueType type) { return type_names[static_cast<size_t>(type)]; }
std::string_view name(Operation operation) { return operations[static_cast<size_t>(operation)].name; }
int arity(Operation operation) { return operations[static_cast<size_t>(operation)].arity; }

FormulaPointer make_constant(double value, std::string unit) {
  return make_leaf(value, ValueType::number, std::move(unit));
}
FormulaPointer make_constant(int64_t value, ValueType type) { return make_leaf(value, type, {}); }
FormulaPointer make_constant(bool value) { return make_leaf(value, ValueType::flag, {}); }
FormulaPointer make_constant(std::string value, ValueType type) { return make_leaf(std::move(value), type, {}); }

FormulaPointer make_column(std::string name, ValueType type, std::string unit) {
  auto formula = std::make_shared<Formula>();
  formula->operation = Operation::column;
  formula->type = type;
  formula->unit = std::move(unit);
  formula->column = std::move(name);
  return formula;
}

FormulaPointer make_formula(Operation operation, ValueType type, std::vector<FormulaPointer> arguments) {
  auto formula = std::make_shared<Formula>();
  formula->operation = operation;
  formula->type = type;
  formula->arguments = std::move(arguments);
  return formula;
}

std::string to_text(const Formula& formula) {
  std::string out;
  append_text(out, formula);
  return out;
}

FormulaPointer parse_formula(std::string_view text) {
  CanonicalReader reader(text);
  FormulaPointer formula = read_formula(reader);
  if (!reader.at_end()) reader.fail("expected the end");
  return formula;
}

std::vector<std::string> columns_of(const Formula& formula) {
  std::set<std::string> names;
  std::set<const Formula*> seen;
  collect_columns(formula, names, seen);
  return {names.begin(), names.end()};
}

FormulaPointer substitute(const FormulaPointer& formula, const Replacements& replacements) {
  std::unordered_map<const Formula*, FormulaPointer> done;
  return substitute_shared(formula, replacements, done);
}

}  // namespace mlw
