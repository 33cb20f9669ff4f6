#pragma once

#include <cstring>
#include <memory>
#include <new>
#include <vector>

#include "compiler/kernel/code_generator.h"
#include "compiler/kernel/graph_passes.h"
#include "tests/unit/kernel/graph_test_support.h"

/// Running compiled graphs on the reference interpreter's tensors.
namespace mlw::test {

/// Memory of a tensor in its own type. Bytes past its end are watched, so that a store outside it shows.
struct Memory {
  static constexpr size_t guard = 64;
  kernel::Type type;
  size_t count;
  std::shared_ptr<std::byte[]> bytes;

  Memory(kernel::Type type, size_t count) : type(type), count(count) {
    bytes = std::shared_ptr<std::byte[]>(new (std::align_val_t{64}) std::byte[size() + guard],
                                         [](std::byte* p) { ::operator delete[](p, std::align_val_t{64}); });
    std::memset(bytes.get(), 0x5A, size() + guard);
  }
  Memory(kernel::Type type, const reference::Tensor& tensor) : Memory(type, tensor.size()) {
    for (size_t i = 0; i < count; ++i) {
      if (type == kernel::Type::f32) as<float>()[i] = static_cast<float>(tensor[i]);
      if (type == kernel::Type::f64) as<double>()[i] = tensor[i];
      if (type == kernel::Type::i32) as<int32_t>()[i] = static_cast<int32_t>(tensor[i]);
    }
  }
  template <typename T>
  T* as() const {
    return reinterpret_cast<T*>(bytes.get());
  }
  size_t size() const { return count * static_cast<size_t>(kernel::size_of(type)); }
  reference::Tensor tensor() const {
    reference::Tensor result(count);
    for (size_t i = 0; i < count; ++i)
      result[i] = type == kernel::Type::f32   ? static_cast<double>(as<float>()[i])
                  : type == kernel::Type::f64 ? as<double>()[i]
                                              : static_cast<double>(as<int32_t>()[i]);
    return result;
  }
  bool guard_is_whole() const {
    for (size_t i = 0; i < guard; ++i)
      if (as<unsigned char>()[size() + i] != 0x5A) return false;
    return true;
  }
};

struct GraphRun {
  int32_t status = 0;
  std::vector<reference::Tensor> outputs;
  bool guards_are_whole = true;
};

/// Outputs in place of an input share its memory.
inline GraphRun run(CodeGenerator& generator, const kernel::Graph& graph, const std::vector<reference::Tensor>& inputs,
                    const std::vector<double>& scalars = {}) {
  const auto compiled = generator.compile(graph);
  std::vector<Memory> in, out;
  for (size_t i = 0; i < inputs.size(); ++i) in.emplace_back(graph[graph.inputs[i]].type, inputs[i]);
  for (const kernel::Output& output : graph.outputs) {
    if (output.in_place_of >= 0)
      out.push_back(in[static_cast<size_t>(output.in_place_of)]);
    else
      out.emplace_back(graph[output.value].type, static_cast<size_t>(kernel::elements(graph[output.value].shape)));
  }
  const Memory arena(kernel::Type::f32, static_cast<size_t>(compiled->arena_bytes / 4));
  std::vector<const void*> from;
  std::vector<void*> to;
  for (const Memory& memory : in) from.push_back(memory.bytes.get());
  for (const Memory& memory : out) to.push_back(memory.bytes.get());
  GraphRun result;
  result.status = compiled->run(from.data(), to.data(), scalars.data(), arena.bytes.get());
  result.guards_are_whole = arena.guard_is_whole();
  for (const Memory& memory : in) result.guards_are_whole = result.guards_are_whole && memory.guard_is_whole();
  for (const Memory& memory : out) {
    result.outputs.push_back(memory.tensor());
    result.guards_are_whole = result.guards_are_whole && memory.guard_is_whole();
  }
  return result;
}

}  // namespace mlw::test
