#include "runtime/data/duckdb/part_builder.h"

#include <sys/mman.h>

#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <new>

#include "runtime/data/hash.h"

namespace mlw::duckdb_reader {
namespace {

bool is_valid(const uint64_t* mask, int64_t row) { return !mask || (mask[row >> 6] >> (row & 63) & 1) != 0; }

size_t value_bytes(const TypePlan& plan, bool words) {
  switch (plan.storage) {
    case Storage::flag:
      return chunk_rows;
    case Storage::float32:
      return chunk_rows * sizeof(float);
    case Storage::text:
      return words ? chunk_rows * sizeof(uint32_t) : (chunk_rows + 1) * sizeof(uint64_t);
    default:
      return chunk_rows * sizeof(int64_t);
  }
}

template <typename To, typename From>
void widen(const void* from, To* to, int64_t rows) {
  const auto* source = static_cast<const From*>(from);
  for (int64_t i = 0; i < rows; ++i) to[i] = static_cast<To>(source[i]);
}

__extension__ using Wide = __int128;

/// The double nearest to value / 10^scale. One division of exact numbers is correctly rounded; what is not exact goes
/// by its digits.
double decimal_value(Wide value, int scale) {
  constexpr Wide exact = Wide{1} << 53;
  static constexpr double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                      1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  if (value >= -exact && value <= exact && scale <= 22) return static_cast<double>(value) / powers[scale];
  char text[64];
  char* end = text + sizeof(text);
  char* at = end;
  const std::string exponent = "e-" + std::to_string(scale);
  at -= exponent.size();
  std::memcpy(at, exponent.data(), exponent.size());
  const bool negative = value < 0;
  do {
    const int digit = static_cast<int>(value % 10);
    *--at = static_cast<char>('0' + (digit < 0 ? -digit : digit));
    value /= 10;
  } while (value != 0);
  if (negative) *--at = '-';
  double result = 0;
  std::from_chars(at, end, result);
  return result;
}

Wide decimal_integer(const void* data, duckdb_type internal, int64_t row) {
  switch (internal) {
    case DUCKDB_TYPE_SMALLINT:
      return static_cast<const int16_t*>(data)[row];
    case DUCKDB_TYPE_INTEGER:
      return static_cast<const int32_t*>(data)[row];
    case DUCKDB_TYPE_BIGINT:
      return static_cast<const int64_t*>(data)[row];
    default: {
      const duckdb_hugeint wide = static_cast<const duckdb_hugeint*>(data)[row];
      return (static_cast<Wide>(wide.upper) << 64) | wide.lower;
    }
  }
}

}  // namespace

WordTable::WordTable() : slots_(1024) {}

uint32_t WordTable::code(std::string_view word) {
  const uint64_t hash = hash_bytes(word);
  const size_t mask = slots_.size() - 1;
  size_t slot = hash & mask;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
    const uint32_t code = slots_[slot] - 1;
    if (hashes_[code] == hash && (*words_)[code] == word) return code;
  }
  const auto code = static_cast<uint32_t>(words_->size());
  words_->emplace_back(word);
  hashes_.push_back(hash);
  slots_[slot] = code + 1;
  if (words_->size() * 2 > slots_.size()) grow();
  return code;
}

void WordTable::grow() {
  slots_.assign(slots_.size() * 2, 0);
  const size_t mask = slots_.size() - 1;
  for (size_t code = 0; code < hashes_.size(); ++code) {
    size_t slot = hashes_[code] & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<uint32_t>(code) + 1;
  }
}

GrowingBytes::~GrowingBytes() {
  if (memory_) munmap(memory_, capacity_);
}

char* GrowingBytes::reserve(size_t more) {
  if (size_ + more > capacity_) {
    size_t capacity = capacity_ == 0 ? size_t{1} << 20 : capacity_;
    while (capacity < size_ + more) capacity *= 2;
    void* memory = memory_ ? mremap(memory_, capacity_, capacity, MREMAP_MAYMOVE)
                           : mmap(nullptr, capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    memory_ = static_cast<char*>(memory);
    capacity_ = capacity;
  }
  return memory_ + size_;
}

Buffer GrowingBytes::release() {
  if (!memory_) return nullptr;
  const size_t capacity = capacity_;
  const auto* memory = reinterpret_cast<const std::byte*>(memory_);
  memory_ = nullptr;
  size_ = capacity_ = 0;
  return {memory, [capacity](const std::byte* p) { munmap(const_cast<std::byte*>(p), capacity); }};
}

PartBuilder::PartBuilder(const TypePlan& plan, std::shared_ptr<WordTable> words, Buffer (*allocate)(size_t))
    : plan_(plan),
      words_(std::move(words)),
      allocate_(allocate),
      values_(allocate(value_bytes(plan, words_ != nullptr))) {}

bool PartBuilder::append(duckdb_vector vector, int64_t at, int64_t rows) {
  const uint64_t* mask = duckdb_vector_get_validity(vector);
  append_validity(mask, at, rows);
  return append_values(duckdb_vector_get_data(vector), mask, at, rows);
}

bool PartBuilder::append_values(void* data, const uint64_t* mask, int64_t at, int64_t rows) {
  int64_t* integers = values<int64_t>() + at;
  switch (plan_.type) {
    case DUCKDB_TYPE_BOOLEAN:
      std::memcpy(values<uint8_t>() + at, data, static_cast<size_t>(rows));
      break;
    case DUCKDB_TYPE_TINYINT:
      widen<int64_t, int8_t>(data, integers, rows);
      break;
    case DUCKDB_TYPE_SMALLINT:
      widen<int64_t, int16_t>(data, integers, rows);
      break;
    case DUCKDB_TYPE_INTEGER:
      widen<int64_t, int32_t>(data, integers, rows);
      break;
    case DUCKDB_TYPE_UTINYINT:
      widen<int64_t, uint8_t>(data, integers, rows);
      break;
    case DUCKDB_TYPE_USMALLINT:
      widen<int64_t, uint16_t>(data, integers, rows);
      break;
    case DUCKDB_TYPE_UINTEGER:
      widen<int64_t, uint32_t>(data, integers, rows);
      break;
    case DUCKDB_TYPE_BIGINT:
      std::memcpy(integers, data, static_cast<size_t>(rows) * sizeof(int64_t));
      break;
    case DUCKDB_TYPE_DATE:
    case DUCKDB_TYPE_TIMESTAMP:
    case DUCKDB_TYPE_TIMESTAMP_TZ:
      return append_dates(data, mask, at, rows);
    case DUCKDB_TYPE_DECIMAL:
      append_decimals(data, mask, at, rows);
      return true;
    case DUCKDB_TYPE_FLOAT:
      append_floats(static_cast<const float*>(data), at, rows);
      break;
    case DUCKDB_TYPE_DOUBLE:
      append_floats(static_cast<const double*>(data), at, rows);
      break;
    default:
      if (words_) {
        append_words(static_cast<duckdb_string_t*>(data), mask, at, rows);
      } else {
        append_text(static_cast<duckdb_string_t*>(data), mask, at, rows);
      }
      return true;
  }
  // Whatever lay under a missing value becomes zero, so that equal columns have equal bytes.
  if (mask) {
    for (int64_t i = 0; i < rows; ++i) {
      if (is_valid(mask, i)) continue;
      switch (plan_.storage) {
        case Storage::flag:
          values<uint8_t>()[at + i] = 0;
          break;
        case Storage::float32:
          values<float>()[at + i] = 0;
          break;
        case Storage::float64:
          values<double>()[at + i] = 0;
          break;
        default:
          integers[i] = 0;
          break;
      }
    }
  }
  return true;
}

template <typename T>
void PartBuilder::append_floats(const T* data, int64_t at, int64_t rows) {
  T* to = values<T>() + at;
  std::memcpy(to, data, static_cast<size_t>(rows) * sizeof(T));
  bool ordered = true;
  for (int64_t i = 0; i < rows; ++i) ordered &= to[i] == to[i];
  if (ordered) return;
  for (int64_t i = 0; i < rows; ++i) {
    if (to[i] == to[i]) continue;
    to[i] = 0;
    need_validity(at + rows);
    mark_missing(at + i);
  }
}

void PartBuilder::append_decimals(const void* data, const uint64_t* mask, int64_t at, int64_t rows) {
  for (int64_t i = 0; i < rows; ++i) {
    if (!is_valid(mask, i)) continue;
    const Wide value = decimal_integer(data, plan_.internal, i);
    if (plan_.storage == Storage::int64) {
      values<int64_t>()[at + i] = static_cast<int64_t>(value);
    } else {
      values<double>()[at + i] = decimal_value(value, plan_.scale);
    }
  }
}

bool PartBuilder::append_dates(const void* data, const uint64_t* mask, int64_t at, int64_t rows) {
  constexpr int64_t microseconds_of_day = int64_t{86'400} * 1'000'000;
  constexpr int64_t last_day = std::numeric_limits<int64_t>::max() / microseconds_of_day;
  constexpr int64_t infinite = std::numeric_limits<int64_t>::max();
  int64_t* to = values<int64_t>() + at;
  for (int64_t i = 0; i < rows; ++i) {
    if (!is_valid(mask, i)) continue;
    if (plan_.type == DUCKDB_TYPE_DATE) {
      const int64_t days = static_cast<const int32_t*>(data)[i];
      if (days > last_day || days < -last_day) return false;
      to[i] = days * microseconds_of_day;
    } else {
      to[i] = static_cast<const int64_t*>(data)[i];
      if (to[i] == infinite || to[i] == -infinite) return false;
    }
  }
  return true;
}

void PartBuilder::append_words(duckdb_string_t* data, const uint64_t* mask, int64_t at, int64_t rows) {
  uint32_t* codes = values<uint32_t>() + at;
  for (int64_t i = 0; i < rows; ++i)
    if (is_valid(mask, i)) codes[i] = words_->code({duckdb_string_t_data(&data[i]), duckdb_string_t_length(data[i])});
}

void PartBuilder::append_text(duckdb_string_t* data, const uint64_t* mask, int64_t at, int64_t rows) {
  uint64_t* offsets = values<uint64_t>() + at;
  size_t total = 0;
  for (int64_t i = 0; i < rows; ++i)
    if (is_valid(mask, i)) total += duckdb_string_t_length(data[i]);
  char* to = bytes_.reserve(total);
  uint64_t end = bytes_.size();
  for (int64_t i = 0; i < rows; ++i) {
    if (is_valid(mask, i)) {
      const uint32_t length = duckdb_string_t_length(data[i]);
      std::memcpy(to, duckdb_string_t_data(&data[i]), length);
      to += length;
      end += length;
    }
    offsets[i + 1] = end;
  }
  bytes_.advance(total);
}

void PartBuilder::need_validity(int64_t rows_before) {
  if (validity_) return;
  validity_ = allocate_(chunk_rows / 8 + 16);
  std::memset(validity(), 0xFF, static_cast<size_t>(rows_before / 8));
  if (rows_before % 8 != 0) validity()[rows_before / 8] = static_cast<uint8_t>((1 << (rows_before % 8)) - 1);
}

void PartBuilder::mark_missing(int64_t row) {
  uint8_t& byte = validity()[row >> 3];
  const auto bit = static_cast<uint8_t>(1 << (row & 7));
  if ((byte & bit) != 0) ++missing_;
  byte = static_cast<uint8_t>(byte & ~bit);
}

void PartBuilder::append_validity(const uint64_t* mask, int64_t at, int64_t rows) {
  const auto word_of = [&](int64_t word) {
    const int64_t left = rows - word * 64;
    const uint64_t present = left >= 64 ? ~uint64_t{0} : (uint64_t{1} << left) - 1;
    return mask ? mask[word] & present : present;
  };
  int64_t valid = 0;
  for (int64_t word = 0; word * 64 < rows; ++word) valid += __builtin_popcountll(word_of(word));
  if (valid < rows) need_validity(at);
  if (!validity_) return;
  missing_ += rows - valid;
  for (int64_t word = 0; word * 64 < rows; ++word) {
    const uint64_t bits = word_of(word);
    const int64_t position = at + word * 64;
    uint8_t* to = validity() + position / 64 * 8;
    uint64_t low = 0, high = 0;
    std::memcpy(&low, to, 8);
    std::memcpy(&high, to + 8, 8);
    const int shift = static_cast<int>(position % 64);
    low |= bits << shift;
    if (shift != 0) high |= bits >> (64 - shift);
    std::memcpy(to, &low, 8);
    std::memcpy(to + 8, &high, 8);
  }
}

RawPart PartBuilder::finish(int64_t rows) {
  RawPart part;
  part.storage = words_ ? Storage::category : plan_.storage;
  if (words_) part.words = words_->words();
  part.chunk = {rows, values_, bytes_.release(), validity_, missing_};
  return part;
}

}  // namespace mlw::duckdb_reader
