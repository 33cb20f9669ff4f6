#pragma once

#include "compiler/kernel/code_generator.h"

/// An expression of ten operations over five float32 columns:
/// max((a * b + c) * 0.5 - d, e / (a * a + 1)) + abs(c)
inline mlw::ColumnKernel ten_operations() {
  using mlw::FormulaPointer, mlw::Operation, mlw::ValueType, mlw::make_constant;
  const auto two = [](Operation operation, FormulaPointer a, FormulaPointer b) {
    return mlw::make_formula(operation, ValueType::number, {std::move(a), std::move(b)});
  };
  mlw::ColumnKernel kernel;
  std::vector<FormulaPointer> columns;
  for (const char* name : {"a", "b", "c", "d", "e"}) {
    kernel.inputs.push_back({name, mlw::ElementType::float32});
    columns.push_back(mlw::make_column(name, ValueType::number));
  }
  const auto& [a, b, c, d, e] = std::tie(columns[0], columns[1], columns[2], columns[3], columns[4]);
  const auto product = two(Operation::add, two(Operation::multiply, a, b), c);
  const auto left = two(Operation::subtract, two(Operation::multiply, product, make_constant(0.5)), d);
  const auto square = two(Operation::multiply, a, a);
  const auto right = two(Operation::divide, e, two(Operation::add, square, make_constant(1.0)));
  const auto size = mlw::make_formula(Operation::absolute, ValueType::number, {c});
  kernel.outputs = {{two(Operation::add, two(Operation::maximum, left, right), size), mlw::ElementType::float32}};
  return kernel;
}
