#include "runtime/stages/table_entry.h"

#include <nlohmann/json.hpp>

#include "runtime/stages/blobs.h"

namespace mlw {
namespace {

using Json = nlohmann::json;

size_t value_bytes(Storage storage, int64_t rows) {
  const auto count = static_cast<size_t>(rows);
  switch (storage) {
    case Storage::float64:
    case Storage::int64:
      return count * 8;
    case Storage::float32:
    case Storage::category:
      return count * 4;
    case Storage::flag:
      return count;
    case Storage::text:
      return (count + 1) * 8;
  }
  return 0;
}

/// Compiled code reads validity in words of 64 rows.
size_t validity_bytes(int64_t rows) { return static_cast<size_t>((rows + 63) / 64) * 8; }

std::string blob_name(size_t column, size_t chunk, const char* part) {
  return std::to_string(column) + "/" + std::to_string(chunk) + "/" + part;
}

void add_chunk(Entry& entry, const Column& column, size_t index, size_t at) {
  const Chunk& chunk = column.chunks[at];
  const size_t size = value_bytes(column.storage, chunk.rows);
  entry.blobs.push_back({blob_name(index, at, "values"), chunk.values, size});
  if (column.storage == Storage::text) {
    const auto end = reinterpret_cast<const uint64_t*>(chunk.values.get())[chunk.rows];
    entry.blobs.push_back({blob_name(index, at, "bytes"), chunk.bytes, end});
  }
  if (chunk.validity) {
    std::vector<std::byte> bits(validity_bytes(chunk.rows));
    std::memcpy(bits.data(), chunk.validity.get(), static_cast<size_t>(chunk.rows + 7) / 8);
    add_blob(entry, blob_name(index, at, "validity"), bits);
  }
}

/// Where blobs are found by their name: a table may have thousands.
using Index = std::map<std::string, const Entry::Blob*>;

Column read_column(const Index& blobs, const Json& json, size_t index) {
  Column column;
  column.name = json.at("name");
  column.kind = static_cast<ColumnKind>(json.at("kind").get<int>());
  column.storage = static_cast<Storage>(json.at("storage").get<int>());
  column.unit = json.at("unit");
  if (json.contains("dictionary"))
    column.dictionary = std::make_shared<std::vector<std::string>>(json["dictionary"].get<std::vector<std::string>>());
  const auto buffer = [&](size_t chunk, const char* part) {
    const auto found = blobs.find(blob_name(index, chunk, part));
    return found == blobs.end() ? Buffer() : found->second->bytes;
  };
  const Json& chunks = json.at("chunks");
  for (size_t at = 0; at < chunks.size(); ++at) {
    Chunk chunk;
    chunk.rows = chunks[at].at(0);
    chunk.missing = chunks[at].at(1);
    chunk.values = buffer(at, "values");
    chunk.bytes = buffer(at, "bytes");
    chunk.validity = buffer(at, "validity");
    column.chunks.push_back(std::move(chunk));
  }
  return column;
}

}  // namespace

std::string schema_text(const Schema& schema) {
  Json columns = Json::array();
  for (const ColumnSchema& column : schema.columns)
    columns.push_back({{"name", column.name},
                       {"kind", static_cast<int>(column.kind)},
                       {"unit", column.unit},
                       {"inferred", column.inferred},
                       {"reason", column.reason},
                       {"storage", column.storage},
                       {"distinct", column.distinct},
                       {"missing", column.missing},
                       {"categories", column.categories}});
  return Json{{"data", schema.data}, {"rows", schema.rows}, {"columns", columns}}.dump();
}

Schema parse_schema(const std::string& text) {
  const Json json = Json::parse(text);
  Schema schema{.data = json.at("data"), .rows = json.at("rows")};
  for (const Json& column : json.at("columns"))
    schema.columns.push_back({column.at("name"), static_cast<ColumnKind>(column.at("kind").get<int>()),
                              column.at("unit"), column.at("inferred"), column.at("reason"), column.at("storage"),
                              column.at("distinct"), column.at("missing"), column.at("categories")});
  return schema;
}

std::string add_table(Entry& entry, const Table& table) {
  Json columns = Json::array();
  for (size_t index = 0; index < table.columns.size(); ++index) {
    const Column& column = table.columns[index];
    Json chunks = Json::array();
    for (size_t at = 0; at < column.chunks.size(); ++at) {
      add_chunk(entry, column, index, at);
      chunks.push_back({column.chunks[at].rows, column.chunks[at].missing});
    }
    Json json{{"name", column.name},
              {"kind", static_cast<int>(column.kind)},
              {"storage", static_cast<int>(column.storage)},
              {"unit", column.unit},
              {"chunks", chunks}};
    if (column.dictionary) json["dictionary"] = *column.dictionary;
    columns.push_back(std::move(json));
  }
  add_blob(entry, "identity", table.identity);
  return Json{{"rows", table.rows}, {"columns", columns}}.dump();
}

Table read_table(const Entry& entry, const std::string& description) {
  const Json json = Json::parse(description);
  Index blobs;
  for (const Entry::Blob& blob : entry.blobs) blobs[blob.name] = &blob;
  Table table;
  table.rows = json.at("rows");
  const Json& columns = json.at("columns");
  for (size_t index = 0; index < columns.size(); ++index)
    table.columns.push_back(read_column(blobs, columns[index], index));
  table.identity = read_blob<uint64_t>(entry, "identity");
  return table;
}

}  // namespace mlw
