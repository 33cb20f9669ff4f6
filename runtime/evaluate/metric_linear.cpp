#include "runtime/evaluate/metric_linear.h"

namespace mlw::metric_graph {
namespace {

std::optional<double> constant_value(const Node& node) {
  if (node.action != Action::constant) return std::nullopt;
  if (const auto* number = std::get_if<double>(&node.value)) return *number;
  if (const auto* integer = std::get_if<int64_t>(&node.value)) return static_cast<double>(*integer);
  return std::nullopt;
}

/// A sum over rows: the node with one row's part of it, and whether the rows are weighted.
struct Sum {
  int part = -1;
  bool weighted = true;
};

int or_zero(Builder& builder, int node) { return builder.element(Operation::coalesce, {node, builder.number(0)}); }

std::optional<Sum> as_sum(Builder& builder, int index);

std::optional<Sum> combine(Builder& builder, const Node& node) {
  const auto left = as_sum(builder, node.arguments[0]), right = as_sum(builder, node.arguments[1]);
  if (!left || !right || left->weighted != right->weighted) return std::nullopt;
  return Sum{builder.element(node.operation, {left->part, right->part}), left->weighted};
}

std::optional<Sum> scaled(Builder& builder, Operation operation, int sum, int factor) {
  const auto value = constant_value(builder.nodes[factor]);
  if (!value) return std::nullopt;
  const auto inner = as_sum(builder, sum);
  if (!inner) return std::nullopt;
  return Sum{builder.element(operation, {inner->part, builder.number(*value)}), inner->weighted};
}

std::optional<Sum> as_sum(Builder& builder, int index) {
  const Node node = builder.nodes[index];
  if (node.action == Action::dot) return Sum{or_zero(builder, node.arguments[0]), true};
  if (node.action == Action::reduce && !node.weighted) {
    if (node.operation == Operation::count_of) return Sum{builder.number(1), false};
    if (node.operation == Operation::sum_of) return Sum{or_zero(builder, node.arguments[0]), false};
  }
  switch (node.operation) {
    case Operation::add:
    case Operation::subtract:
      return combine(builder, node);
    case Operation::multiply: {
      const auto right = scaled(builder, Operation::multiply, node.arguments[0], node.arguments[1]);
      return right ? right : scaled(builder, Operation::multiply, node.arguments[1], node.arguments[0]);
    }
    case Operation::divide:
      return scaled(builder, Operation::divide, node.arguments[0], node.arguments[1]);
    case Operation::negate: {
      const auto inner = as_sum(builder, node.arguments[0]);
      if (!inner) return std::nullopt;
      return Sum{builder.element(Operation::negate, {inner->part}), inner->weighted};
    }
    default:
      return std::nullopt;
  }
}

/// Ratios without anything around them.
std::optional<Ratio> plain_ratio(Builder& builder, int index) {
  const Node node = builder.nodes[index];
  if (node.action == Action::reduce && node.operation == Operation::mean_of && !node.weighted) {
    const int part = node.arguments[0];
    const int there = builder.element(
        Operation::select, {builder.element(Operation::is_missing, {part}), builder.number(0), builder.number(1)});
    return Ratio{or_zero(builder, part), there, false, false};
  }
  if (node.operation == Operation::divide && !constant_value(builder.nodes[node.arguments[1]])) {
    const auto above = as_sum(builder, node.arguments[0]), below = as_sum(builder, node.arguments[1]);
    if (!above || !below || above->weighted != below->weighted) return std::nullopt;
    return Ratio{above->part, below->part, false, above->weighted};
  }
  if (const auto sum = as_sum(builder, index)) return Ratio{sum->part, -1, false, sum->weighted};
  return std::nullopt;
}

std::optional<Ratio> affine(Builder& builder, int inner, double scale, double offset) {
  auto ratio = find_ratio(builder, inner);
  if (!ratio) return std::nullopt;
  ratio->offset = offset + scale * ratio->offset;
  ratio->scale *= scale;
  return ratio;
}

}  // namespace

std::optional<int> linear_in_weight(Builder& builder, int index) {
  const Node node = builder.nodes[index];
  if (node.column == "weight") return builder.number(1);
  if (constant_value(node) == 0.0) return index;
  if (!node.weighted || node.action != Action::element) return std::nullopt;
  const auto weighted = [&](int i) { return builder.nodes[node.arguments[i]].weighted; };
  const auto linear = [&](int i) { return linear_in_weight(builder, node.arguments[i]); };
  switch (node.operation) {
    case Operation::multiply: {
      const int factor = weighted(0) ? 1 : 0;
      if (weighted(factor)) return std::nullopt;
      const auto inner = linear(1 - factor);
      if (!inner) return std::nullopt;
      return builder.element(Operation::multiply, {node.arguments[factor], *inner});
    }
    case Operation::divide: {
      if (weighted(1)) return std::nullopt;
      const auto inner = linear(0);
      if (!inner) return std::nullopt;
      return builder.element(Operation::divide, {*inner, node.arguments[1]});
    }
    case Operation::negate: {
      const auto inner = linear(0);
      if (!inner) return std::nullopt;
      return builder.element(Operation::negate, {*inner});
    }
    case Operation::add:
    case Operation::subtract:
    case Operation::coalesce: {
      const auto left = linear(0), right = linear(1);
      if (!left || !right) return std::nullopt;
      return builder.element(node.operation, {*left, *right});
    }
    case Operation::select: {
      if (weighted(0)) return std::nullopt;
      const auto then = linear(1), otherwise = linear(2);
      if (!then || !otherwise) return std::nullopt;
      return builder.element(Operation::select, {node.arguments[0], *then, *otherwise});
    }
    default:
      return std::nullopt;
  }
}

std::optional<Ratio> find_ratio(Builder& builder, int root) {
  const Node node = builder.nodes[root];
  if (node.action == Action::element) {
    if (node.operation == Operation::coalesce && constant_value(builder.nodes[node.arguments[1]])) {
      return find_ratio(builder, node.arguments[0]);
    }
    if (node.operation == Operation::sqrt) {
      auto ratio = plain_ratio(builder, node.arguments[0]);
      if (ratio) ratio->square_root = true;
      return ratio;
    }
  }
  if (auto ratio = plain_ratio(builder, root)) return ratio;
  if (node.action != Action::element || node.arguments.size() != 2) return std::nullopt;
  const auto left = constant_value(builder.nodes[node.arguments[0]]),
             right = constant_value(builder.nodes[node.arguments[1]]);
  switch (node.operation) {
    case Operation::multiply:
      if (left) return affine(builder, node.arguments[1], *left, 0);
      return right ? affine(builder, node.arguments[0], *right, 0) : std::nullopt;
    case Operation::add:
      if (left) return affine(builder, node.arguments[1], 1, *left);
      return right ? affine(builder, node.arguments[0], 1, *right) : std::nullopt;
    case Operation::subtract:
      if (left) return affine(builder, node.arguments[1], -1, *left);
      return right ? affine(builder, node.arguments[0], 1, -*right) : std::nullopt;
    default:
      return std::nullopt;
  }
}

}  // namespace mlw::metric_graph
