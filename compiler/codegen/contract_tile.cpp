#include "compiler/codegen/contract_tile.h"

#include <algorithm>

#include "compiler/kernel/graph.h"

namespace mlw::codegen {
namespace {

constexpr int most_rows = 14, most_vectors = 4;

/// Cycles for one step along the summed axis of one tile. `registers`: registers for 16 lanes.
double cycles(int64_t rows, int64_t vectors, int registers) {
  const double sums = static_cast<double>(rows * vectors * registers);
  const double loads = static_cast<double>(vectors * registers + rows);
  return std::max({4.0, sums / 2, loads / 2});
}

/// The same for a whole result, tiles at its edges included.
double cycles(ContractTile tile, int64_t rows, int64_t vectors, int registers) {
  double total = 0;
  const int64_t row_rest = rows % tile.rows, vector_rest = vectors % tile.vectors;
  const double row_tiles = static_cast<double>(rows / tile.rows),
               vector_tiles = static_cast<double>(vectors / tile.vectors);
  total += row_tiles * vector_tiles * cycles(tile.rows, tile.vectors, registers);
  if (row_rest) total += vector_tiles * cycles(row_rest, tile.vectors, registers);
  if (vector_rest) total += row_tiles * cycles(tile.rows, vector_rest, registers);
  if (row_rest && vector_rest) total += cycles(row_rest, vector_rest, registers);
  // Each further shape of tile is code of its own, and takes as long to make.
  return total * (1 + 0.06 * ((row_rest != 0) + (vector_rest != 0)));
}

}  // namespace

ContractTile choose_tile(const Target& target, kernel::Type type, int64_t rows, int64_t vectors) {
  const int registers = std::max(1, kernel::lanes * kernel::bits(type) / target.vector_bits);
  ContractTile best;
  double least = cycles(best, rows, vectors, registers);
  for (int v = 1; v <= std::min<int64_t>(most_vectors, vectors); ++v)
    for (int r = 1; r <= std::min<int64_t>(most_rows, rows); ++r) {
      if ((r * v + v) * registers + 1 > target.vector_registers) break;
      const double cost = cycles({r, v}, rows, vectors, registers);
      if (cost < least) {
        least = cost;
        best = {r, v};
      }
    }
  return best;
}

}  // namespace mlw::codegen
