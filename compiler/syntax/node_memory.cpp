#include <atomic>
#include <cstddef>
#include <new>

#include "compiler/syntax/ast.h"

// Trees have many nodes that come and go together. They get their room from chunks, one behind the other; a chunk is
// given back when its last node is gone, on whatever thread that may be.

namespace mlw::syntax {
namespace {

constexpr size_t nodes_in_chunk = 512;

struct Chunk;

struct Place {
  Chunk* chunk;
  alignas(Expression) std::byte node[sizeof(Expression)];
};

struct Chunk {
  std::atomic<size_t> alive{nodes_in_chunk};  ///< nodes that are there or still to come
  Place places[nodes_in_chunk];

  void give_back(size_t nodes) {
    if (alive.fetch_sub(nodes, std::memory_order_acq_rel) == nodes) delete this;
  }
};

/// The chunk that a thread takes room from.
class CurrentChunk {
 public:
  CurrentChunk() = default;
  CurrentChunk(const CurrentChunk&) = delete;
  ~CurrentChunk() {
    if (used_ < nodes_in_chunk) chunk_->give_back(nodes_in_chunk - used_);
  }

  void* take() {
    if (used_ == nodes_in_chunk) {
      chunk_ = new Chunk;
      used_ = 0;
    }
    Place& place = chunk_->places[used_++];
    place.chunk = chunk_;
    return place.node;
  }

 private:
  Chunk* chunk_ = nullptr;
  size_t used_ = nodes_in_chunk;
};

thread_local CurrentChunk current_chunk;

}  // namespace

void* Expression::operator new(size_t) { return current_chunk.take(); }

void Expression::operator delete(void* node) noexcept {
  if (node == nullptr) return;
  Chunk* chunk = reinterpret_cast<Place*>(static_cast<std::byte*>(node) - offsetof(Place, node))->chunk;
  chunk->give_back(1);
}

}  // namespace mlw::syntax
