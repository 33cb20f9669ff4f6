#include "runtime/data/duckdb/taker.h"

#include <cstring>
#include <exception>
#include <utility>

namespace mlw::duckdb_reader {
namespace {

std::atomic<uint64_t> next_serial{1};

}  // namespace

struct Taker::ThreadState {
  std::vector<std::shared_ptr<WordTable>> words;  ///< one a column; null when it is no text or has too many words
  std::vector<std::unique_ptr<PartBuilder>> builders;
  int64_t rows_in_piece = 0, rows = 0;
  std::vector<RawPiece> pieces;
};

Taker::Taker(std::vector<TypePlan> plans, Buffer (*allocate)(size_t))
    : plans_(std::move(plans)),
      allocate_(allocate),
      serial_(next_serial++),
      name_("mlw_take_" + std::to_string(serial_)) {}

Taker::~Taker() = default;

void Taker::join(duckdb_connection connection) {
  duckdb_scalar_function function = duckdb_create_scalar_function();
  duckdb_logical_type any = duckdb_create_logical_type(DUCKDB_TYPE_ANY);
  duckdb_logical_type flag = duckdb_create_logical_type(DUCKDB_TYPE_BOOLEAN);
  duckdb_scalar_function_set_name(function, name_.c_str());
  duckdb_scalar_function_set_varargs(function, any);
  duckdb_scalar_function_set_return_type(function, flag);
  duckdb_scalar_function_set_special_handling(function);  // called for rows with NULL too
  duckdb_scalar_function_set_volatile(
      function);  // called for every row, never folded or called once a dictionary entry
  duckdb_scalar_function_set_extra_info(function, this, nullptr);
  duckdb_scalar_function_set_function(function, &Taker::called);
  duckdb_register_scalar_function(connection, function);
  duckdb_destroy_logical_type(&any);
  duckdb_destroy_logical_type(&flag);
  duckdb_destroy_scalar_function(&function);
}

void Taker::called(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
  auto* taker = static_cast<Taker*>(duckdb_scalar_function_get_extra_info(info));
  try {
    taker->take(input);
    if (taker->refused() >= 0) duckdb_scalar_function_set_error(info, "a date is infinite");
    std::memset(duckdb_vector_get_data(output), 1, duckdb_data_chunk_get_size(input));
  } catch (const std::exception& error) {
    duckdb_scalar_function_set_error(info, error.what());
  }
}

Taker::ThreadState& Taker::state() {
  thread_local std::pair<uint64_t, ThreadState*> mine{0, nullptr};
  if (mine.first != serial_) {
    auto fresh = std::make_unique<ThreadState>();
    for (const TypePlan& plan : plans_)
      fresh->words.push_back(plan.storage == Storage::text ? std::make_shared<WordTable>() : nullptr);
    const std::lock_guard lock(mutex_);
    states_.push_back(std::move(fresh));
    mine = {serial_, states_.back().get()};
  }
  return *mine.second;
}

void Taker::start_piece(ThreadState& state) {
  for (size_t c = 0; c < plans_.size(); ++c) {
    // Texts that hardly ever repeat are kept as they are: codes would cost more than they save.
    if (state.words[c] && static_cast<int64_t>(state.words[c]->size()) * 3 > state.rows && state.rows > 0)
      state.words[c] = nullptr;
    state.builders.push_back(std::make_unique<PartBuilder>(plans_[c], state.words[c], allocate_));
  }
}

void Taker::end_piece(ThreadState& state) {
  if (state.builders.empty()) return;
  RawPiece piece;
  piece.rows = state.rows_in_piece;
  for (const auto& builder : state.builders) piece.parts.push_back(builder->finish(piece.rows));
  state.pieces.push_back(std::move(piece));
  state.builders.clear();
  state.rows_in_piece = 0;
}

void Taker::take(duckdb_data_chunk input) {
  const auto rows = static_cast<int64_t>(duckdb_data_chunk_get_size(input));
  ThreadState& mine = state();
  if (mine.rows_in_piece + rows > chunk_rows) end_piece(mine);
  if (mine.builders.empty()) start_piece(mine);
  for (size_t c = 0; c < plans_.size(); ++c)
    if (!mine.builders[c]->append(duckdb_data_chunk_get_vector(input, c), mine.rows_in_piece, rows))
      refused_ = static_cast<int>(c);
  mine.rows_in_piece += rows;
  mine.rows += rows;
}

std::vector<RawPiece> Taker::finish() {
  std::vector<RawPiece> all;
  for (const auto& state : states_) {
    end_piece(*state);
    for (RawPiece& piece : state->pieces) all.push_back(std::move(piece));
  }
  return all;
}

}  // namespace mlw::duckdb_reader
