#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "compiler/kernel/code_generator.h"

/// The meaning of judged formulas, row by row, as plainly as it can be written: what compiled passes are compared with.
namespace mlw::reference {

using Value = std::optional<double>;  // nothing: missing

inline Value three_valued_and(Value a, Value b) {
  if ((a && *a == 0) || (b && *b == 0)) return 0;
  return a && b ? Value(1) : std::nullopt;
}

/// An operation on values; missing where any is, but for logic and what asks for it.
inline Value apply_operation(Operation operation, const std::vector<Value>& x) {
  switch (operation) {
    case Operation::logical_and:
      return three_valued_and(x[0], x[1]);
    case Operation::logical_or: {
      const auto turned = three_valued_and(x[0] ? Value(1 - *x[0]) : x[0], x[1] ? Value(1 - *x[1]) : x[1]);
      return turned ? Value(1 - *turned) : turned;
    }
    case Operation::is_missing:
      return x[0] ? 0 : 1;
    case Operation::coalesce:
      return x[0] ? x[0] : x[1];
    case Operation::select:
      return x[0] ? (*x[0] != 0 ? x[1] : x[2]) : std::nullopt;
    default:
      break;
  }
  for (const Value& value : x) {
    if (!value) return std::nullopt;
  }
  double result = 0;
  switch (operation) {
    case Operation::add:
      result = *x[0] + *x[1];
      break;
    case Operation::subtract:
      result = *x[0] - *x[1];
      break;
    case Operation::multiply:
      result = *x[0] * *x[1];
      break;
    case Operation::divide:
      result = *x[0] / *x[1];
      break;
    case Operation::power:
      result = std::pow(*x[0], *x[1]);
      break;
    case Operation::negate:
      result = -*x[0];
      break;
    case Operation::absolute:
      result = std::fabs(*x[0]);
      break;
    case Operation::floor:
      result = std::floor(*x[0]);
      break;
    case Operation::ceil:
      result = std::ceil(*x[0]);
      break;
    case Operation::minimum:
      result = std::min(*x[0], *x[1]);
      break;
    case Operation::maximum:
      result = std::max(*x[0], *x[1]);
      break;
    case Operation::equal:
      result = *x[0] == *x[1];
      break;
    case Operation::not_equal:
      result = *x[0] != *x[1];
      break;
    case Operation::less:
      result = *x[0] < *x[1];
      break;
    case Operation::less_equal:
      result = *x[0] <= *x[1];
      break;
    case Operation::greater:
      result = *x[0] > *x[1];
      break;
    case Operation::greater_equal:
      result = *x[0] >= *x[1];
      break;
    case Operation::logical_not:
      result = 1 - *x[0];
      break;
    case Operation::exp:
      result = std::exp(*x[0]);
      break;
    case Operation::log:
      result = std::log(*x[0]);
      break;
    case Operation::log1p:
      result = std::log1p(*x[0]);
      break;
    case Operation::sqrt:
      result = std::sqrt(*x[0]);
      break;
    case Operation::to_number:
    case Operation::to_integer:
      result = *x[0];
      break;
    default:
      throw std::logic_error("the reference interpreter does not know " + std::string(name(operation)));
  }
  return std::isfinite(result) ? Value(result) : std::nullopt;
}

inline Value evaluate(const Formula& formula, const std::map<std::string, Value>& columns) {
  if (formula.operation == Operation::column) return columns.at(formula.column);
  if (formula.operation == Operation::missing) return std::nullopt;
  if (formula.operation == Operation::constant) {
    if (const auto* number = std::get_if<double>(&formula.value)) return *number;
    if (const auto* integer = std::get_if<int64_t>(&formula.value)) return static_cast<double>(*integer);
    return std::get<bool>(formula.value) ? 1 : 0;
  }
  std::vector<Value> arguments;
  for (const auto& argument : formula.arguments) arguments.push_back(evaluate(*argument, columns));
  return apply_operation(formula.operation, arguments);
}

inline bool bit(const uint8_t* validity, int64_t row) {
  return validity == nullptr || (validity[row >> 3] >> (row & 7) & 1) != 0;
}

inline double read(const ColumnView& view, ElementType type, int64_t row) {
  switch (type) {
    case ElementType::float32:
      return static_cast<double>(static_cast<const float*>(view.values)[row]);
    case ElementType::float64:
      return static_cast<const double*>(view.values)[row];
    case ElementType::int64:
      return static_cast<double>(static_cast<const int64_t*>(view.values)[row]);
    case ElementType::int32:
      return static_cast<const int32_t*>(view.values)[row];
    case ElementType::uint32:
      return static_cast<const uint32_t*>(view.values)[row];
    case ElementType::flag:
      return static_cast<const uint8_t*>(view.values)[row];
  }
  return 0;
}

inline void write(const MutableColumnView& view, ElementType type, int64_t row, Value value) {
  const double number = value.value_or(0);
  if (type == ElementType::float32) static_cast<float*>(view.values)[row] = static_cast<float>(number);
  if (type == ElementType::float64) static_cast<double*>(view.values)[row] = number;
  if (type == ElementType::int64) static_cast<int64_t*>(view.values)[row] = static_cast<int64_t>(number);
  if (type == ElementType::flag) static_cast<uint8_t*>(view.values)[row] = number != 0 ? 1 : 0;
  const auto mask = static_cast<uint8_t>(1 << (row & 7));
  if (view.validity == nullptr) return;
  view.validity[row >> 3] =
      static_cast<uint8_t>(value ? view.validity[row >> 3] | mask : view.validity[row >> 3] & ~mask);
}

inline int64_t run(const ColumnKernel& kernel, const ColumnView* inputs, const MutableColumnView* outputs,
                   int64_t begin, int64_t end) {
  for (int64_t row = begin; row < end; ++row) {
    std::map<std::string, Value> columns;
    for (size_t i = 0; i < kernel.inputs.size(); ++i) {
      columns[kernel.inputs[i].name] =
          bit(inputs[i].validity, row) ? Value(read(inputs[i], kernel.inputs[i].element, row)) : std::nullopt;
    }
    for (size_t i = 0; i < kernel.outputs.size(); ++i)
      write(outputs[i], kernel.outputs[i].element, row, evaluate(*kernel.outputs[i].formula, columns));
  }
  return 0;
}

struct InterpretedColumns : CompiledColumns {
  explicit InterpretedColumns(const ColumnKernel& kernel) : kernel(kernel) {}
  int64_t run(const ColumnView* inputs, const MutableColumnView* outputs, int64_t begin, int64_t end) const override {
    return reference::run(kernel, inputs, outputs, begin, end);
  }
  ColumnKernel kernel;
};

/// A code generator that interprets column kernels and can do nothing else.
class Interpreter : public CodeGenerator {
 public:
  const Target& host() const override { return host_; }
  std::string version() const override { return "reference"; }
  void use_cache(CodeCache*) override {}
  std::shared_ptr<const CompiledColumns> compile(const ColumnKernel& kernel) override {
    return std::make_shared<InterpretedColumns>(kernel);
  }
  std::shared_ptr<const CompiledGraph> compile(const kernel::Graph&) override {
    throw std::logic_error("not interpreted");
  }
  std::shared_ptr<const CompiledPredictor> compile(const PredictorProgram&) override {
    throw std::logic_error("not interpreted");
  }
  std::vector<ArtefactFile> build_device(const PredictorProgram&, const Target&) override {
    throw std::logic_error("not interpreted");
  }
  std::vector<ArtefactFile> build_library(const PredictorProgram&) override {
    throw std::logic_error("not interpreted");
  }
  std::string llvm_text(const PredictorProgram&, const Target&) override { return {}; }
  std::string assembly_text(const PredictorProgram&, const Target&) override { return {}; }

 private:
  Target host_;
};

}  // namespace mlw::reference
