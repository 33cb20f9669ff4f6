#include "runtime/data/column.h"

#include <sys/mman.h>

#include <cstdlib>
#include <cstring>
#include <new>

namespace mlw {
namespace {

// Memory of this size and above comes from the kernel and goes back to it at once: readers' threads and workers have
// allocation arenas of their own, and what one of them frees would stay with it.
constexpr size_t mapped_from = size_t{128} << 10;
// Memory of at least one huge page is given huge ones: fewer of its addresses are to be translated.
constexpr size_t huge_from = size_t{2} << 20;

}  // namespace

Buffer allocate(size_t bytes) {
  if (bytes >= mapped_from) {
    void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    if (bytes >= huge_from) madvise(memory, bytes, MADV_HUGEPAGE);  // a wish: without huge pages it is as good
    return {static_cast<const std::byte*>(memory),
            [bytes](const std::byte* p) { munmap(const_cast<std::byte*>(p), bytes); }};
  }
  const size_t padded = (bytes + 63) / 64 * 64 + (bytes == 0 ? 64 : 0);
  void* memory = std::aligned_alloc(64, padded);
  if (!memory) throw std::bad_alloc();
  std::memset(memory, 0, padded);
  return {static_cast<const std::byte*>(memory), [](const std::byte* p) { std::free(const_cast<std::byte*>(p)); }};
}

int64_t Column::missing() const {
  int64_t sum = 0;
  for (const Chunk& chunk : chunks) sum += chunk.missing;
  return sum;
}

double Column::number(int64_t row) const {
  const Chunk& chunk = chunk_of(row);
  const auto i = static_cast<size_t>(row % chunk_rows);
  switch (storage) {
    case Storage::float32:
      return chunk.as<float>()[i];
    case Storage::float64:
      return chunk.as<double>()[i];
    case Storage::int64:
      return static_cast<double>(chunk.as<int64_t>()[i]);
    case Storage::flag:
      return chunk.as<uint8_t>()[i];
    case Storage::category:
      return chunk.as<uint32_t>()[i];
    case Storage::text:
      break;
  }
  return 0;
}

std::string_view Column::text(int64_t row) const {
  const Chunk& chunk = chunk_of(row);
  if (storage == Storage::text) return chunk.text(row % chunk_rows);
  if (!chunk.valid(row % chunk_rows)) return {};
  return (*dictionary)[chunk.as<uint32_t>()[static_cast<size_t>(row % chunk_rows)]];
}

const Column* Table::find(std::string_view name) const {
  for (const Column& column : columns)
    if (column.name == name) return &column;
  return nullptr;
}

}  // namespace mlw
