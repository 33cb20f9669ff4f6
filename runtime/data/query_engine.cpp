#include "runtime/data/query_engine.h"

#include <dlfcn.h>

#include <filesystem>

#include "compiler/diagnostics/kinds/reading.h"

namespace mlw {
namespace {

OpenQueryEngine find_module() {
  // Tests and programs that link the module find it at once; mlwc loads the file that stands beside it.
  if (void* linked = dlsym(RTLD_DEFAULT, open_query_engine_symbol)) return reinterpret_cast<OpenQueryEngine>(linked);
  std::error_code ignored;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", ignored);
  const std::string file = (self.parent_path() / "libmlw_duckdb_reader.so").string();
  void* module = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  void* symbol = module ? dlsym(module, open_query_engine_symbol) : nullptr;
  if (!symbol) fail(kinds::reader_module_missing, {{"path", file}, {"cause", dlerror()}});
  return reinterpret_cast<OpenQueryEngine>(symbol);
}

std::string quoted(std::string_view text, char quote) {
  std::string result(1, quote);
  for (const char c : text) {
    if (c == quote) result += quote;
    result += c;
  }
  return result + quote;
}

}  // namespace

int64_t RawTable::rows() const {
  int64_t sum = 0;
  for (const RawPiece& piece : pieces) sum += piece.rows;
  return sum;
}

std::unique_ptr<QueryEngine> open_query_engine(const EngineSettings& settings) {
  static const OpenQueryEngine open = find_module();
  EngineSettings complete = settings;
  if (!complete.allocate) complete.allocate = &allocate;
  return std::unique_ptr<QueryEngine>(open(&complete));
}

std::string quote_identifier(std::string_view name) { return quoted(name, '"'); }
std::string quote_text(std::string_view text) { return quoted(text, '\''); }

}  // namespace mlw
