// Reading a CSV file into columns, beside DuckDB making a table of the same columns of it. Each is measured in a
// process of its own, in turn.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "runtime/data/query_engine.h"
#include "runtime/data/random.h"
#include "runtime/data/reader.h"

namespace {

using namespace mlw;

constexpr int64_t wanted_bytes = int64_t{1'000'000'000};

/// Six numbers, three integers and a word a row, until the file is as large as wanted.
void write_file(const std::string& path, int64_t bytes) {
  static const char* const words[] = {"alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"};
  const std::string unfinished = path + ".part";
  std::FILE* file = std::fopen(unfinished.c_str(), "w");
  if (!file) std::exit(2);
  std::fputs("f0,f1,f2,f3,f4,f5,i0,i1,i2,word\n", file);
  const Philox random{42};
  char line[256];
  int64_t written = 0;
  for (uint64_t row = 0; written < bytes; ++row) {
    double u[9];
    for (uint64_t c = 0; c < 9; ++c) u[c] = random.uniform(row, c);
    const int length =
        std::snprintf(line, sizeof(line), "%.6f,%.6f,%.6f,%.6f,%.6f,%.6f,%ld,%ld,%ld,%s\n", u[0] * 1000 - 500,
                      u[1] * 10, u[2] - 0.5, u[3] * 1e6, u[4] * 100, u[5] * 5, static_cast<long>(u[6] * 100),
                      static_cast<long>(u[7] * 1e6), static_cast<long>(u[8] * 1e9), words[row % 8]);
    std::fwrite(line, 1, static_cast<size_t>(length), file);
    written += length;
  }
  std::fclose(file);
  std::filesystem::rename(unfinished, path);
}

int64_t bytes_of(const Table& table) {
  auto bytes = static_cast<int64_t>(table.identity.size() * sizeof(uint64_t));
  for (const Column& column : table.columns)
    for (const Chunk& chunk : column.chunks) {
      const int64_t width = column.storage == Storage::flag ? 1 : column.storage == Storage::category ? 4 : 8;
      bytes += chunk.rows * width + (chunk.validity ? chunk.rows / 8 : 0);
    }
  return bytes;
}

void print(const char* name, double value, const char* unit) {
  std::printf("{\"name\": \"%s\", \"value\": %.6g, \"unit\": \"%s\"}\n", name, value, unit);
  std::fflush(stdout);
}

int64_t peak_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return int64_t{1024} * usage.ru_maxrss;
}

template <typename Work>
double seconds(const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void ours(const std::string& folder) {
  const int64_t before = peak_memory();
  Data data;
  data.name = "bench";
  data.source.path = "rows.csv";
  Diagnostics diagnostics;
  Table table;
  const double time = seconds([&] { table = read_table({data}, "bench", folder, {}, diagnostics); });
  if (diagnostics.has_errors() || table.columns.size() != 10) std::exit(3);
  print("csv columns", time, "s");
  print("csv peak memory", static_cast<double>(peak_memory() - before), "bytes");
  print("csv columns size", static_cast<double>(bytes_of(table)), "bytes");
}

void theirs(const std::string& folder) {
  EngineSettings settings;
  settings.folder = folder;
  settings.directories = {folder};
  const auto engine = open_query_engine(settings);
  const double time =
      seconds([&] { engine->execute("CREATE TABLE t AS SELECT * FROM read_csv('" + folder + "/rows.csv')"); });
  print("csv duckdb table", time, "s");
}

template <typename Work>
void in_own_process(const Work& work) {
  const pid_t child = fork();
  if (child == 0) {
    work();
    std::fflush(stdout);
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (status != 0) std::exit(1);
}

}  // namespace

/// bench_csv [BYTES [FOLDER]]: the file is made once and kept.
int main(int count, char** arguments) {
  const int64_t bytes = count > 1 ? std::atoll(arguments[1]) : wanted_bytes;
  const std::string folder =
      (count > 2 ? std::filesystem::path(arguments[2]) : std::filesystem::temp_directory_path()) /
      ("mlw-bench-csv-" + std::to_string(bytes));
  std::filesystem::create_directories(folder);
  if (!std::filesystem::exists(folder + "/rows.csv")) write_file(folder + "/rows.csv", bytes);
  in_own_process([&] { ours(folder); });
  in_own_process([&] { theirs(folder); });
  return 0;
}
