#include "compiler/kernel/graph.h"

#include <algorithm>

namespace mlw::kernel {

int64_t elements(const Shape& shape) {
  int64_t count = 1;
  for (const int64_t extent : shape) count *= extent;
  return count;
}

int size_of(Type type) { return std::max(1, bits(type) / 8); }

std::string_view name(Reduction reduction) {
  switch (reduction) {
    case Reduction::sum:
      return "sum";
    case Reduction::minimum:
      return "minimum";
    case Reduction::maximum:
      return "maximum";
    case Reduction::argument_of_maximum:
      return "argument_of_maximum";
  }
  return "";
}

std::vector<Term*> terms_of(TensorNode& node) {
  if (auto* map = std::get_if<Map>(&node.work)) return {&map->term};
  if (auto* reduce = std::get_if<Reduce>(&node.work)) return {&reduce->term};
  if (auto* contract = std::get_if<Contract>(&node.work))
    return {&contract->left, &contract->right, &contract->epilogue};
  return {};
}

std::vector<const Term*> terms_of(const TensorNode& node) {
  const std::vector<Term*> all = terms_of(const_cast<TensorNode&>(node));
  return {all.begin(), all.end()};
}

std::vector<const Operand*> operands_of(const TensorNode& node) {
  std::vector<const Operand*> all;
  for (const Term* term : terms_of(node))
    for (const Operand& operand : term->operands) all.push_back(&operand);
  return all;
}

std::vector<Value> values_read(const TensorNode& node) {
  std::vector<Value> all;
  const auto add = [&](Value value) {
    if (value >= 0 && std::find(all.begin(), all.end(), value) == all.end()) all.push_back(value);
  };
  for (const Operand* operand : operands_of(node)) add(operand->value);
  if (const auto* gather = std::get_if<Gather>(&node.work)) {
    add(gather->table);
    add(gather->index);
  }
  if (const auto* scatter = std::get_if<ScatterAdd>(&node.work)) {
    add(scatter->index);
    add(scatter->updates);
  }
  if (const auto* view = std::get_if<View>(&node.work)) add(view->source);
  return all;
}

Shape loops_of(const TensorNode& node) {
  Shape loops = node.shape;
  const auto append = [&](const Shape& more) { loops.insert(loops.end(), more.begin(), more.end()); };
  if (const auto* reduce = std::get_if<Reduce>(&node.work)) append(reduce->reduced);
  if (const auto* contract = std::get_if<Contract>(&node.work)) append(contract->summed);
  return loops;
}

}  // namespace mlw::kernel
