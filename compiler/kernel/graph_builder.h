#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/kernel/graph.h"

/// Building kernel graphs by hand. Axes are letters, as in Einstein's notation: "ik,kj->ij". A logistic loss and its
/// gradient over a block of rows:
///
///   GraphBuilder b;
///   const Value x = b.input("x", {rows, columns}), y = b.input("y", {rows}), s = b.input("weight", {rows});
///   const Value w = b.input("w", {columns});
///   const ScalarArgument l2 = b.scalar("l2");
///   const Value z = b.contract("ik,k->i", x, w);                                          // X w
///   const Value r = b.map("i,i,i->i", multiply(x2(), subtract(sigmoid(x0()), x1())), {z, y, s});  // s (sigmoid(z) -
///   y) const Value g = b.contract("ik,i->k", x, r);                                          // Xᵀ r const Value h =
///   b.contract("ik,il,i->kl", x, x, curvature);                           // Xᵀ diag(curvature) X b.output("gradient",
///   g); Graph graph = lower(b.finish());   // then CodeGenerator::compile(graph)->run(inputs, outputs, arguments,
///   arena)
///
/// where x0 … are `argument(Type::f32, 0)` …; see `f32_argument`. Inputs and outputs are in the order in which they
/// were declared, row-major without gaps. A fit over many rows runs such a graph once a block of rows (padding the last
/// one with weight 0) and adds the blocks' outputs in a fixed tree.
namespace mlw::kernel {

inline Expression f32_argument(int index) { return argument(Type::f32, index); }

/// A run-time number.
struct ScalarArgument {
  int index = -1;
};

/// What a subscript stands for: a value, or (with an empty subscript) a run-time number.
struct Subject {
  Subject(Value value) : value(value) {}
  Subject(ScalarArgument scalar) : scalar(scalar.index) {}
  Value value = -1;
  int scalar = -1;
};

class GraphBuilder {
 public:
  Value input(std::string name, Shape shape, Type type = Type::f32);
  ScalarArgument scalar(std::string name, Type type = Type::f32);

  /// An element of the result is the expression, whose argument i is the i-th subject's element.
  Value map(std::string_view subscripts, Expression expression, const std::vector<Subject>& subjects,
            std::string name = {});
  /// A tensor made of scalars and positions alone.
  Value fill(Shape shape, Expression expression, const std::vector<Subject>& scalars = {}, std::string name = {});
  /// "ij->i": over the axes that the result does not have, in the order in which they first occur.
  Value reduce(std::string_view subscripts, Reduction reduction, Expression expression,
               const std::vector<Subject>& subjects, std::string name = {});
  Value reduce(std::string_view subscripts, Reduction reduction, Value value, std::string name = {});
  /// The sum over the axes that the result does not have, of the product.
  Value contract(std::string_view subscripts, Value left, Value right, std::string name = {});
  /// The same with a third factor.
  Value contract(std::string_view subscripts, Value left, Value right, Value third, std::string name = {});
  Value gather(Value table, Value index, std::string name = {});
  Value scatter_add(Value index, Value updates, int64_t rows, std::string name = {});
  Value reshape(Value source, Shape shape);
  Value transpose(Value source, std::vector<int> permutation);

  std::vector<Value> gradients(Value loss, const std::vector<Value>& with_respect_to);

  /// What is a view or an input is copied. `in_place_of`: an input whose memory the output shares.
  void output(std::string name, Value value, Value in_place_of = -1);

  const Graph& graph() const { return graph_; }
  const Shape& shape(Value value) const { return graph_[value].shape; }
  Graph finish() const;  ///< tidy and verified

 private:
  Graph graph_;
};

}  // namespace mlw::kernel
