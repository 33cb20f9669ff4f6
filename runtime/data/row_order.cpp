#include "runtime/data/row_order.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <bit>
#include <utility>

#include "compiler/diagnostics/kinds/reading.h"
#include "runtime/data/random.h"
#include "runtime/data/value_hash.h"

namespace mlw {
namespace {

struct Entry {
  uint64_t hash;  ///< of the key, or of the content
  uint64_t tie;   ///< of the content, where the hash is of the key
  uint32_t from;
  friend bool operator<(const Entry& a, const Entry& b) { return a.hash != b.hash ? a.hash < b.hash : a.tie < b.tie; }
};

/// Hashes of a piece's rows. They lie in mapped memory: what a thread's heap is given here would stay with it.
class PieceHashes {
 public:
  PieceHashes() = default;
  explicit PieceHashes(int64_t rows)
      : memory_(allocate(static_cast<size_t>(rows) * sizeof(uint64_t))),
        hashes_(reinterpret_cast<uint64_t*>(const_cast<std::byte*>(memory_.get())), static_cast<size_t>(rows)) {
    std::fill(hashes_.begin(), hashes_.end(), row_hash_seed);
  }
  std::span<uint64_t> all() const { return hashes_; }

 private:
  Buffer memory_;
  std::span<uint64_t> hashes_;
};

PieceHashes content_hashes(const RawTable& table, const RawPiece& piece) {
  PieceHashes hashes(piece.rows);
  for (size_t c = 0; c < piece.parts.size(); ++c) {
    const RawPart& part = piece.parts[c];
    mix_values(part.chunk, part.storage, part.words.get(), table.columns[c].date, hashes.all());
  }
  return hashes;
}

PieceHashes key_hashes(const RawTable& table, const RawPiece& piece, int key) {
  PieceHashes hashes(piece.rows);
  const RawPart& part = piece.parts[static_cast<size_t>(key)];
  mix_values(part.chunk, part.storage, part.words.get(), table.columns[static_cast<size_t>(key)].date, hashes.all());
  return hashes;
}

/// Rows in buckets by the leading bits of their hash: one pass over the rows, then each bucket is sorted on its own,
/// small enough for a cache.
class BucketSort {
 public:
  BucketSort(const RawTable& table, int key);
  RowOrder sorted();

 private:
  size_t bucket_of(uint64_t hash) const { return bits_ == 0 ? 0 : hash >> (64 - bits_); }
  void count();
  void scatter(size_t piece);
  void sort_bucket(size_t bucket);

  const RawTable& table_;
  int bits_ = 0;
  std::vector<PieceHashes> hashes_, ties_;     ///< of the pieces; ties only with a key
  std::vector<std::vector<uint64_t>> begins_;  ///< where a piece's rows of a bucket go
  std::vector<uint64_t> bucket_begins_;
  std::vector<uint64_t> ordered_ties_;
  RowOrder order_;
};

BucketSort::BucketSort(const RawTable& table, int key) : table_(table) {
  const auto rows = static_cast<uint64_t>(table.rows());
  bits_ = std::min<int>(10, std::bit_width(rows >> 13));
  const size_t pieces = table.pieces.size();
  hashes_.resize(pieces);
  if (key >= 0) ties_.resize(pieces);
  tbb::parallel_for(size_t{0}, pieces, [&](size_t p) {
    hashes_[p] = content_hashes(table, table.pieces[p]);
    if (key < 0) return;
    ties_[p] = std::exchange(hashes_[p], key_hashes(table, table.pieces[p], key));
  });
  order_.identity.resize(rows);
  order_.from.resize(rows);
  if (key >= 0) ordered_ties_.resize(rows);
}

void BucketSort::count() {
  const size_t buckets = size_t{1} << bits_;
  begins_.assign(table_.pieces.size(), std::vector<uint64_t>(buckets));
  tbb::parallel_for(size_t{0}, begins_.size(), [&](size_t p) {
    for (const uint64_t hash : hashes_[p].all()) ++begins_[p][bucket_of(hash)];
  });
  bucket_begins_.assign(buckets + 1, 0);
  uint64_t at = 0;
  for (size_t b = 0; b < buckets; ++b) {
    bucket_begins_[b] = at;
    for (auto& begins : begins_) at += std::exchange(begins[b], at);
  }
  bucket_begins_[buckets] = at;
}

void BucketSort::scatter(size_t piece) {
  std::vector<uint64_t>& begins = begins_[piece];
  const std::span<uint64_t> hashes = hashes_[piece].all();
  for (size_t i = 0; i < hashes.size(); ++i) {
    const uint64_t hash = hashes[i];
    const uint64_t at = begins[bucket_of(hash)]++;
    order_.identity[at] = hash;
    order_.from[at] = static_cast<uint32_t>(piece << 16 | i);
    if (!ties_.empty()) ordered_ties_[at] = ties_[piece].all()[i];
  }
  hashes_[piece] = {};
  if (!ties_.empty()) ties_[piece] = {};
}

/// A bucket's entries go to small runs by the bits of the hash that follow; what is left to compare in a run is little.
void BucketSort::sort_bucket(size_t bucket) {
  const uint64_t begin = bucket_begins_[bucket], count = bucket_begins_[bucket + 1] - begin;
  const int run_bits = std::min<int>(12, std::bit_width(count >> 2));
  const auto run_of = [&](uint64_t hash) { return run_bits == 0 ? 0 : (hash << bits_) >> (64 - run_bits); };
  std::vector<uint64_t> run_begins((size_t{1} << run_bits) + 1);
  for (uint64_t i = begin; i < begin + count; ++i) ++run_begins[run_of(order_.identity[i]) + 1];
  for (size_t run = 1; run < run_begins.size(); ++run) run_begins[run] += run_begins[run - 1];

  std::vector<Entry> entries(count);
  std::vector<uint64_t> next(run_begins.begin(), run_begins.end() - 1);
  for (uint64_t i = begin; i < begin + count; ++i)
    entries[next[run_of(order_.identity[i])]++] = {order_.identity[i], ordered_ties_.empty() ? 0 : ordered_ties_[i],
                                                   order_.from[i]};
  for (size_t run = 0; run + 1 < run_begins.size(); ++run)
    std::sort(entries.begin() + static_cast<int64_t>(run_begins[run]),
              entries.begin() + static_cast<int64_t>(run_begins[run + 1]));
  for (uint64_t i = 0; i < count; ++i) {
    order_.identity[begin + i] = entries[i].hash;
    order_.from[begin + i] = entries[i].from;
  }
}

RowOrder BucketSort::sorted() {
  count();
  tbb::parallel_for(size_t{0}, table_.pieces.size(), [&](size_t p) { scatter(p); });
  tbb::parallel_for(size_t{0}, bucket_begins_.size() - 1, [&](size_t b) { sort_bucket(b); });
  return std::move(order_);
}

/// Gives every row after the first of equal ones a hash of its occurrence, and puts it where that belongs.
void number_occurrences(RowOrder& order) {
  std::vector<std::pair<uint64_t, uint32_t>> again;
  size_t kept = 0;
  uint64_t previous = 0, occurrence = 0;
  for (size_t i = 0; i < order.identity.size(); ++i) {
    const uint64_t hash = order.identity[i];
    occurrence = i > 0 && hash == previous ? occurrence + 1 : 0;
    previous = hash;
    if (occurrence > 0) {
      again.emplace_back(mix(hash, occurrence), order.from[i]);
    } else {
      order.identity[kept] = hash;
      order.from[kept++] = order.from[i];
    }
  }
  if (again.empty()) return;
  std::sort(again.begin(), again.end());
  // Merge from the back, in place.
  size_t left = kept, right = again.size();
  for (size_t at = order.identity.size(); at-- > 0;) {
    if (right > 0 && (left == 0 || again[right - 1].first > order.identity[left - 1])) {
      --right;
      order.identity[at] = again[right].first;
      order.from[at] = again[right].second;
    } else {
      --left;
      order.identity[at] = order.identity[left];
      order.from[at] = order.from[left];
    }
  }
}

}  // namespace

RowOrder canonical_order(const RawTable& table, int key) {
  // A selection's row numbers have 32 bits.
  if (table.pieces.size() > UINT16_MAX) fail(kinds::too_many_rows, {{"rows", std::to_string(table.rows())}});
  RowOrder order = BucketSort(table, key).sorted();
  number_occurrences(order);
  return order;
}

std::vector<uint64_t> row_hashes(const Table& table) {
  std::vector<uint64_t> hashes(static_cast<size_t>(table.rows), row_hash_seed);
  const int64_t chunks = (table.rows + chunk_rows - 1) / chunk_rows;
  tbb::parallel_for(int64_t{0}, chunks, [&](int64_t k) {
    const int64_t begin = k * chunk_rows;
    const std::span<uint64_t> part(hashes.data() + begin,
                                   static_cast<size_t>(std::min(chunk_rows, table.rows - begin)));
    for (const Column& column : table.columns)
      mix_values(column.chunks[static_cast<size_t>(k)], column.storage, column.dictionary.get(),
                 column.kind == ColumnKind::date, part);
  });
  return hashes;
}

}  // namespace mlw
