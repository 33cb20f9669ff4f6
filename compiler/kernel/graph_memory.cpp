#include <algorithm>

#include "compiler/kernel/graph_layout.h"
#include "compiler/kernel/graph_passes.h"

namespace mlw::kernel {
namespace {

constexpr int64_t alignment = 64;

/// Memory that one value, or a chain of values each written over the one before, occupies from `first` to `last`.
struct Block {
  int64_t bytes = 0;
  int first = 0, last = 0;
  int64_t offset = 0;
};

int64_t bytes_of(const TensorNode& node) {
  return (elements(node.shape) * size_of(node.type) + alignment - 1) / alignment * alignment;
}

class Planner {
 public:
  explicit Planner(const Graph& graph)
      : graph_(graph),
        external_(graph.nodes.size(), false),
        last_(graph.nodes.size(), -1),
        block_of_(graph.nodes.size(), -1) {}

  MemoryPlan plan() {
    find_lives();
    make_blocks();
    place_blocks();
    MemoryPlan plan;
    for (size_t value = 0; value < graph_.nodes.size(); ++value)
      plan.offsets.push_back(block_of_[value] < 0 ? MemoryPlan::not_in_arena : blocks_[block_of_[value]].offset);
    for (const Block& block : blocks_) plan.arena_bytes = std::max(plan.arena_bytes, block.offset + block.bytes);
    return plan;
  }

 private:
  void find_lives() {
    for (const Value input : graph_.inputs) external_[input] = true;
    for (const Output& output : graph_.outputs) external_[output.value] = true;
    for (size_t i = 0; i < graph_.nodes.size(); ++i)
      for (const Value read : values_read(graph_.nodes[i])) last_[owner_of(graph_, read)] = static_cast<int>(i);
  }

  /// The value whose memory node `i` takes over: read for the last time there, at the very position that is written.
  Value taken_over(Value i) const {
    for (const Value read : values_read(graph_[i])) {
      if (block_of_[read] < 0 || last_[read] != i || bytes_of(graph_[read]) != bytes_of(graph_[i])) continue;
      if (reads_only_in_place(graph_, graph_[i], read)) return read;
    }
    return -1;
  }

  void make_blocks() {
    for (Value i = 0; i < static_cast<Value>(graph_.nodes.size()); ++i) {
      const TensorNode& node = graph_[i];
      if (external_[i] || std::holds_alternative<View>(node.work)) continue;
      const int last = std::max(last_[i], i);
      if (const Value source = taken_over(i); source >= 0) {
        block_of_[i] = block_of_[source];
        blocks_[block_of_[i]].last = last;
        continue;
      }
      block_of_[i] = static_cast<int>(blocks_.size());
      blocks_.push_back({bytes_of(node), i, last, 0});
    }
  }

  /// Largest first, each at the lowest place that is free as long as it lives.
  void place_blocks() {
    std::vector<Block*> order;
    for (Block& block : blocks_) order.push_back(&block);
    std::stable_sort(order.begin(), order.end(), [](const Block* a, const Block* b) { return a->bytes > b->bytes; });
    std::vector<const Block*> placed;
    for (Block* block : order) {
      std::stable_sort(placed.begin(), placed.end(),
                       [](const Block* a, const Block* b) { return a->offset < b->offset; });
      block->offset = 0;
      for (const Block* other : placed) {
        if (other->last < block->first || block->last < other->first) continue;
        if (block->offset + block->bytes <= other->offset) break;
        block->offset = std::max(block->offset, other->offset + other->bytes);
      }
      placed.push_back(block);
    }
  }

  const Graph& graph_;
  std::vector<bool> external_;
  std::vector<int> last_;      ///< the last node that reads the value, directly or through views
  std::vector<int> block_of_;  ///< -1: not in the arena
  std::vector<Block> blocks_;
};

}  // namespace

Graph plan_memory(Graph graph) {
  graph.memory = Planner(graph).plan();
  return graph;
}

}  // namespace mlw::kernel
