#include "runtime/data/gather.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <unordered_map>

namespace mlw {
namespace {

int64_t chunk_count(size_t rows) { return (static_cast<int64_t>(rows) + chunk_rows - 1) / chunk_rows; }

template <typename T>
T* writable(const Buffer& buffer) {
  return reinterpret_cast<T*>(const_cast<std::byte*>(buffer.get()));
}

/// Calls `fill(chunk, rows' places)` for every chunk of the result, in parallel.
template <typename Fill>
std::vector<Chunk> fill_chunks(const GatherRequest& request, const Fill& fill) {
  std::vector<Chunk> chunks(static_cast<size_t>(chunk_count(request.from.size())));
  tbb::parallel_for(size_t{0}, chunks.size(), [&](size_t k) {
    const size_t begin = k * chunk_rows;
    const auto places = request.from.subspan(begin, std::min<size_t>(chunk_rows, request.from.size() - begin));
    chunks[k].rows = static_cast<int64_t>(places.size());
    fill(chunks[k], places);
  });
  return chunks;
}

void gather_validity(const GatherRequest& request, Chunk& chunk, std::span<const uint32_t> places) {
  bool any = false;
  for (const RawPiece& piece : request.table->pieces) any |= piece.parts[request.column].chunk.missing > 0;
  if (!any) return;
  Buffer validity = allocate((places.size() + 63) / 64 * 8);
  auto* words = writable<uint64_t>(validity);
  const auto& pieces = request.table->pieces;
  int64_t valid = 0;
  for (size_t i = 0; i < places.size(); ++i) {
    const uint64_t bit = pieces[places[i] >> 16].parts[request.column].chunk.valid(places[i] & 0xFFFF) ? 1 : 0;
    words[i >> 6] |= bit << (i & 63);
    valid += static_cast<int64_t>(bit);
  }
  chunk.missing = chunk.rows - valid;
  if (chunk.missing > 0) chunk.validity = std::move(validity);
}

template <typename From, typename To>
std::vector<Chunk> gather_as(const GatherRequest& request) {
  std::vector<const From*> sources;
  for (const RawPiece& piece : request.table->pieces)
    sources.push_back(reinterpret_cast<const From*>(piece.parts[request.column].chunk.values.get()));
  return fill_chunks(request, [&](Chunk& chunk, std::span<const uint32_t> places) {
    const size_t bytes = places.size() * sizeof(To);
    chunk.values = request.spare ? request.spare->take(bytes) : allocate(bytes);
    To* to = writable<To>(chunk.values);
    for (size_t i = 0; i < places.size(); ++i) to[i] = static_cast<To>(sources[places[i] >> 16][places[i] & 0xFFFF]);
    gather_validity(request, chunk, places);
  });
}

template <typename From>
std::vector<Chunk> gather_from(const GatherRequest& request, Storage to) {
  switch (to) {
    case Storage::float32:
      return gather_as<From, float>(request);
    case Storage::float64:
      return gather_as<From, double>(request);
    case Storage::flag:
      return gather_as<From, uint8_t>(request);
    default:
      return gather_as<From, int64_t>(request);
  }
}

/// The code of each row of every piece in `words`: a list of new codes for each list of words, and codes row by row for
/// parts that are text.
class Recoding {
 public:
  Recoding(const GatherRequest& request, const std::vector<std::string>& words);
  uint32_t code(uint32_t place) const {
    const Source& source = sources_[place >> 16];
    const uint32_t row = place & 0xFFFF;
    return source.map ? (*source.map)[source.codes[row]] : source.codes[row];
  }

 private:
  struct Source {
    const uint32_t* codes = nullptr;
    const std::vector<uint32_t>* map = nullptr;
  };
  std::vector<Source> sources_;
  std::map<const void*, std::vector<uint32_t>> maps_;  ///< of each list of words
  std::vector<std::vector<uint32_t>> coded_;           ///< of parts that are text
};

Recoding::Recoding(const GatherRequest& request, const std::vector<std::string>& words) {
  std::unordered_map<std::string_view, uint32_t> code_of;
  for (size_t i = 0; i < words.size(); ++i) code_of.emplace(words[i], static_cast<uint32_t>(i));
  const auto& pieces = request.table->pieces;
  coded_.resize(pieces.size());
  for (size_t p = 0; p < pieces.size(); ++p) {
    const RawPart& part = pieces[p].parts[request.column];
    Source source;
    if (part.storage == Storage::category) {
      std::vector<uint32_t>& map = maps_[part.words.get()];
      if (map.empty()) {
        map.resize(std::max<size_t>(1, part.words->size()));  // a missing value has code 0 even where there is no word
        for (size_t i = 0; i < part.words->size(); ++i) map[i] = code_of.at((*part.words)[i]);
      }
      source = {part.chunk.as<uint32_t>().data(), &map};
    } else {
      coded_[p].resize(static_cast<size_t>(part.chunk.rows));
      for (int64_t i = 0; i < part.chunk.rows; ++i)
        if (part.chunk.valid(i)) coded_[p][static_cast<size_t>(i)] = code_of.at(part.chunk.text(i));
      source = {coded_[p].data(), nullptr};
    }
    sources_.push_back(source);
  }
}

std::string_view raw_text(const RawPart& part, int64_t row) {
  if (part.storage == Storage::text) return part.chunk.text(row);
  if (!part.chunk.valid(row)) return {};
  return (*part.words)[part.chunk.as<uint32_t>()[static_cast<size_t>(row)]];
}

constexpr size_t spare_bytes = chunk_rows * sizeof(int64_t);

}  // namespace

void SpareBuffers::keep(RawPart part) {
  const bool wide = part.storage == Storage::float64 || part.storage == Storage::int64;
  if (!wide || part.chunk.values.use_count() != 1) return;
  const std::lock_guard lock(mutex_);
  buffers_.push_back(std::move(part.chunk.values));
}

Buffer SpareBuffers::take(size_t bytes) {
  // A small rest of a column would hold on to a large buffer.
  if (bytes * 2 > spare_bytes && bytes <= spare_bytes) {
    const std::lock_guard lock(mutex_);
    if (!buffers_.empty()) {
      Buffer buffer = std::move(buffers_.back());
      buffers_.pop_back();
      return buffer;
    }
  }
  return allocate(bytes);
}

std::vector<Chunk> gather_values(const GatherRequest& request, Storage to) {
  switch (request.table->columns[request.column].storage) {
    case Storage::float32:
      return gather_from<float>(request, to);
    case Storage::float64:
      return gather_from<double>(request, to);
    case Storage::flag:
      return gather_from<uint8_t>(request, to);
    default:
      return gather_from<int64_t>(request, to);
  }
}

std::vector<Chunk> gather_text(const GatherRequest& request) {
  const auto& pieces = request.table->pieces;
  return fill_chunks(request, [&](Chunk& chunk, std::span<const uint32_t> places) {
    chunk.values = allocate((places.size() + 1) * sizeof(uint64_t));
    auto* offsets = writable<uint64_t>(chunk.values);
    for (size_t i = 0; i < places.size(); ++i)
      offsets[i + 1] = offsets[i] + raw_text(pieces[places[i] >> 16].parts[request.column], places[i] & 0xFFFF).size();
    chunk.bytes = allocate(offsets[places.size()]);
    char* to = writable<char>(chunk.bytes);
    for (size_t i = 0; i < places.size(); ++i) {
      const std::string_view text = raw_text(pieces[places[i] >> 16].parts[request.column], places[i] & 0xFFFF);
      if (!text.empty()) std::memcpy(to + offsets[i], text.data(), text.size());
    }
    gather_validity(request, chunk, places);
  });
}

std::vector<Chunk> gather_codes(const GatherRequest& request, const std::vector<std::string>& words) {
  const Recoding recoding(request, words);
  return fill_chunks(request, [&](Chunk& chunk, std::span<const uint32_t> places) {
    gather_validity(request, chunk, places);
    chunk.values = allocate(places.size() * sizeof(uint32_t));
    auto* codes = writable<uint32_t>(chunk.values);
    for (size_t i = 0; i < places.size(); ++i)
      codes[i] = chunk.valid(static_cast<int64_t>(i)) ? recoding.code(places[i]) : 0;
  });
}

std::vector<Chunk> gather_flags(const GatherRequest& request, const std::vector<std::string>& words,
                                const std::vector<bool>& of_true) {
  const Recoding recoding(request, words);
  return fill_chunks(request, [&](Chunk& chunk, std::span<const uint32_t> places) {
    gather_validity(request, chunk, places);
    chunk.values = allocate(places.size());
    auto* flags = writable<uint8_t>(chunk.values);
    for (size_t i = 0; i < places.size(); ++i)
      flags[i] = chunk.valid(static_cast<int64_t>(i)) && of_true[recoding.code(places[i])] ? 1 : 0;
  });
}

}  // namespace mlw
