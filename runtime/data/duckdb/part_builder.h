#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "runtime/data/duckdb/types.h"
#include "runtime/data/query_engine.h"

namespace mlw::duckdb_reader {

/// The distinct words that one thread met in one column: word -> code by open addressing.
class WordTable {
 public:
  WordTable();
  uint32_t code(std::string_view word);
  size_t size() const { return words_->size(); }
  RawWords words() const { return words_; }

 private:
  void grow();
  std::shared_ptr<std::vector<std::string>> words_ = std::make_shared<std::vector<std::string>>();
  std::vector<uint64_t> hashes_;  ///< of the words
  std::vector<uint32_t> slots_;   ///< code + 1; 0: free
};

/// Bytes that grow in place: address space is reserved ahead, pages come as they are written.
class GrowingBytes {
 public:
  GrowingBytes() = default;
  GrowingBytes(const GrowingBytes&) = delete;
  GrowingBytes& operator=(const GrowingBytes&) = delete;
  ~GrowingBytes();
  char* reserve(size_t more);  ///< room for `more` bytes at the end
  void advance(size_t bytes) { size_ += bytes; }
  size_t size() const { return size_; }
  Buffer release();

 private:
  char* memory_ = nullptr;
  size_t size_ = 0, capacity_ = 0;
};

/// Collects one column of one piece from DuckDB's vectors.
class PartBuilder {
 public:
  /// `words`: of this thread and column, null when its texts are too many for codes (or it is no text).
  PartBuilder(const TypePlan& plan, std::shared_ptr<WordTable> words, Buffer (*allocate)(size_t));
  /// Appends `rows` rows; the piece has `at` rows so far. False when a value has no counterpart here: an infinite date.
  bool append(duckdb_vector vector, int64_t at, int64_t rows);
  RawPart finish(int64_t rows);

 private:
  bool append_values(void* data, const uint64_t* mask, int64_t at, int64_t rows);
  void append_decimals(const void* data, const uint64_t* mask, int64_t at, int64_t rows);
  bool append_dates(const void* data, const uint64_t* mask, int64_t at, int64_t rows);
  void append_words(duckdb_string_t* data, const uint64_t* mask, int64_t at, int64_t rows);
  void append_text(duckdb_string_t* data, const uint64_t* mask, int64_t at, int64_t rows);
  template <typename T>
  void append_floats(const T* data, int64_t at, int64_t rows);
  void append_validity(const uint64_t* mask, int64_t at, int64_t rows);
  void mark_missing(int64_t row);
  void need_validity(int64_t rows_before);

  template <typename T>
  T* values() {
    return reinterpret_cast<T*>(const_cast<std::byte*>(values_.get()));
  }
  uint8_t* validity() { return reinterpret_cast<uint8_t*>(const_cast<std::byte*>(validity_.get())); }

  TypePlan plan_;
  std::shared_ptr<WordTable> words_;
  Buffer (*allocate_)(size_t);
  Buffer values_, validity_;
  GrowingBytes bytes_;
  int64_t missing_ = 0;
};

}  // namespace mlw::duckdb_reader
