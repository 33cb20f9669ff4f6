#include "compiler/kernel/graph_passes.h"
#include "compiler/kernel/graph_term.h"

namespace mlw::kernel {
namespace {

std::vector<bool> needed(const Graph& graph) {
  std::vector<bool> needed(graph.nodes.size(), false);
  for (const Value input : graph.inputs) needed[input] = true;
  for (const Output& output : graph.outputs) needed[output.value] = true;
  for (size_t i = graph.nodes.size(); i-- > 0;)
    if (needed[i])
      for (const Value read : values_read(graph.nodes[i])) needed[read] = true;
  return needed;
}

/// What writes over an input, and everything that depends on it: it comes after the rest.
std::vector<bool> late(const Graph& graph) {
  std::vector<bool> late(graph.nodes.size(), false);
  for (const Output& output : graph.outputs) late[output.value] = output.in_place_of >= 0;
  for (size_t i = 0; i < graph.nodes.size(); ++i)
    for (const Value read : values_read(graph.nodes[i])) late[i] = late[i] || late[read];
  return late;
}

}  // namespace

Graph tidy(const Graph& graph) {
  const std::vector<bool> keep = needed(graph), last = late(graph);
  Graph result;
  result.scalars = graph.scalars;
  std::vector<Value> now(graph.nodes.size(), -1);
  for (const bool turn : {false, true})
    for (size_t i = 0; i < graph.nodes.size(); ++i) {
      if (!keep[i] || last[i] != turn) continue;
      now[i] = static_cast<Value>(result.nodes.size());
      result.nodes.push_back(graph.nodes[i]);
      renumber(result.nodes.back(), now);
    }
  for (const Value input : graph.inputs) result.inputs.push_back(now[input]);
  for (const Output& output : graph.outputs)
    result.outputs.push_back({output.name, now[output.value], output.in_place_of});
  return result;
}

Graph lower(const Graph& graph) {
  require_valid(graph, "building");
  Graph result = fuse(tidy(graph));
  require_valid(result, "fuse");
  result = order_sums(result);
  require_valid(result, "order_sums");
  result = plan_memory(std::move(result));
  require_valid(result, "plan_memory");
  return result;
}

}  // namespace mlw::kernel
