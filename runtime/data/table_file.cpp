#include "runtime/data/table_file.h"

#include <bit>
#include <cstring>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "compiler/diagnostics/kinds/columns.h"
#include "runtime/data/column_kernels.h"

namespace mlw {
namespace {

using nlohmann::json;

[[noreturn]] void broken(const std::string& cause) { fail(kinds::table_unreadable, {{"cause", cause}}); }

std::string blob_name(size_t column, size_t chunk, std::string_view part) {
  return std::to_string(column) + "/" + std::to_string(chunk) + "/" + std::string(part);
}

size_t value_bytes(Storage storage, int64_t rows) {
  const auto count = static_cast<size_t>(rows);
  switch (storage) {
    case Storage::flag:
      return count;
    case Storage::float32:
    case Storage::category:
      return count * 4;
    case Storage::text:
      return (count + 1) * 8;
    default:
      return count * 8;
  }
}

size_t validity_bytes(int64_t rows) { return static_cast<size_t>((rows + 63) / 64 * 8); }

uint64_t text_bytes(const Chunk& chunk) { return chunk.rows == 0 ? 0 : chunk.as<uint64_t>().data()[chunk.rows]; }

/// Words one after the other: how many, where each ends, the bytes.
Entry::Blob dictionary_blob(const std::string& name, const std::vector<std::string>& words) {
  size_t bytes = 0;
  for (const std::string& word : words) bytes += word.size();
  const size_t size = (words.size() + 1) * 8 + bytes;
  Buffer buffer = allocate(size);
  auto* head = writable<uint64_t>(buffer);
  head[0] = words.size();
  char* to = writable<char>(buffer) + (words.size() + 1) * 8;
  uint64_t end = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    std::memcpy(to + end, words[i].data(), words[i].size());
    end += words[i].size();
    head[i + 1] = end;
  }
  return {name, std::move(buffer), size};
}

std::vector<std::string> dictionary_of(const Entry::Blob& blob) {
  const auto* head = reinterpret_cast<const uint64_t*>(blob.bytes.get());
  if (blob.size < 8 || blob.size / 8 < head[0] + 1) broken("a dictionary is cut off");
  const size_t first = (head[0] + 1) * 8;
  const char* bytes = reinterpret_cast<const char*>(blob.bytes.get()) + first;
  std::vector<std::string> words;
  uint64_t begin = 0;
  for (uint64_t i = 0; i < head[0]; ++i) {
    const uint64_t end = head[i + 1];
    if (end < begin || end > blob.size - first) broken("a dictionary is cut off");
    words.emplace_back(bytes + begin, end - begin);
    begin = end;
  }
  return words;
}

json description_of(const Column& column) {
  json chunks = json::array();
  for (const Chunk& chunk : column.chunks) chunks.push_back(chunk.missing);
  return {{"name", column.name},
          {"kind", name(column.kind)},
          {"storage", static_cast<int>(column.storage)},
          {"unit", column.unit},
          {"dictionary", column.dictionary != nullptr},
          {"missing", std::move(chunks)}};
}

ColumnKind kind_of(const std::string& text) {
  for (int kind = 0; kind <= static_cast<int>(ColumnKind::weight); ++kind)
    if (name(static_cast<ColumnKind>(kind)) == text) return static_cast<ColumnKind>(kind);
  broken("a kind of column is unknown: " + text);
}

/// The blobs of an entry by name.
class Blobs {
 public:
  explicit Blobs(const Entry& entry) {
    for (const Entry::Blob& blob : entry.blobs) by_name_.emplace(blob.name, &blob);
  }
  const Entry::Blob& get(const std::string& name, size_t at_least) const {
    const auto found = by_name_.find(name);
    if (found == by_name_.end() || found->second->size < at_least) broken("part " + name + " is missing or cut off");
    return *found->second;
  }

 private:
  std::unordered_map<std::string_view, const Entry::Blob*> by_name_;
};

Chunk read_chunk(const Blobs& blobs, size_t column, size_t k, Storage storage, int64_t rows, int64_t missing) {
  Chunk chunk;
  chunk.rows = rows;
  chunk.missing = missing;
  chunk.values = blobs.get(blob_name(column, k, "values"), value_bytes(storage, rows)).bytes;
  if (missing > 0) chunk.validity = blobs.get(blob_name(column, k, "validity"), validity_bytes(rows)).bytes;
  if (missing < 0 || missing > rows) broken("a number of missing values does not fit");
  if (storage == Storage::text) chunk.bytes = blobs.get(blob_name(column, k, "bytes"), text_bytes(chunk)).bytes;
  return chunk;
}

Column read_column(const json& description, const Blobs& blobs, size_t number, int64_t rows) {
  Column column;
  column.name = description.at("name");
  column.kind = kind_of(description.at("kind"));
  const int storage = description.at("storage");
  if (storage < 0 || storage > static_cast<int>(Storage::text)) broken("a storage of a column is unknown");
  column.storage = static_cast<Storage>(storage);
  column.unit = description.at("unit");
  if (description.at("dictionary").get<bool>())
    column.dictionary = std::make_shared<const std::vector<std::string>>(
        dictionary_of(blobs.get(std::to_string(number) + "/dictionary", 8)));
  const json& missing = description.at("missing");
  if (missing.size() != chunk_count(rows)) broken("a column has another number of chunks than rows ask for");
  for (size_t k = 0; k < missing.size(); ++k)
    column.chunks.push_back(
        read_chunk(blobs, number, k, column.storage, rows_of_chunk(rows, k), missing[k].get<int64_t>()));
  return column;
}

json schema_json(const Schema& schema) {
  json columns = json::array();
  for (const ColumnSchema& column : schema.columns)
    columns.push_back({{"name", column.name},
                       {"kind", name(column.kind)},
                       {"unit", column.unit},
                       {"inferred", column.inferred},
                       {"reason", column.reason},
                       {"storage", column.storage},
                       {"distinct", column.distinct},
                       {"missing", column.missing},
                       {"categories", column.categories}});
  return {{"data", schema.data}, {"rows", schema.rows}, {"columns", std::move(columns)}};
}

Schema schema_from(const json& document) {
  Schema schema;
  schema.data = document.at("data");
  schema.rows = document.at("rows");
  for (const json& from : document.at("columns")) {
    ColumnSchema column;
    column.name = from.at("name");
    column.kind = kind_of(from.at("kind"));
    column.unit = from.at("unit");
    column.inferred = from.at("inferred");
    column.reason = from.at("reason");
    column.storage = from.at("storage");
    column.distinct = from.at("distinct");
    column.missing = from.at("missing");
    column.categories = from.at("categories").get<std::vector<std::string>>();
    schema.columns.push_back(std::move(column));
  }
  return schema;
}

/// Runs `read` on parsed JSON; whatever does not fit is the one Failure.
template <typename Read>
auto with_json(std::string_view text, const Read& read) {
  try {
    return read(json::parse(text));
  } catch (const json::exception& error) {
    broken(error.what());
  }
}

}  // namespace

Entry to_entry(const Table& table, const Schema& schema) {
  Entry entry;
  json columns = json::array();
  for (size_t c = 0; c < table.columns.size(); ++c) {
    const Column& column = table.columns[c];
    columns.push_back(description_of(column));
    if (column.dictionary)
      entry.blobs.push_back(dictionary_blob(std::to_string(c) + "/dictionary", *column.dictionary));
    for (size_t k = 0; k < column.chunks.size(); ++k) {
      const Chunk& chunk = column.chunks[k];
      entry.blobs.push_back({blob_name(c, k, "values"), chunk.values, value_bytes(column.storage, chunk.rows)});
      if (chunk.missing > 0)
        entry.blobs.push_back({blob_name(c, k, "validity"), chunk.validity, validity_bytes(chunk.rows)});
      if (column.storage == Storage::text)
        entry.blobs.push_back({blob_name(c, k, "bytes"), chunk.bytes, text_bytes(chunk)});
    }
  }
  const size_t identity_bytes = table.identity.size() * sizeof(uint64_t);
  Buffer identity = allocate(identity_bytes);
  if (identity_bytes > 0) std::memcpy(writable<char>(identity), table.identity.data(), identity_bytes);
  entry.blobs.push_back({"identity", std::move(identity), identity_bytes});
  entry.document = json{{"rows", table.rows}, {"columns", std::move(columns)}, {"schema", schema_json(schema)}}.dump();
  return entry;
}

Table table_of(const Entry& entry) {
  return with_json(entry.document, [&](const json& document) {
    const Blobs blobs(entry);
    Table table;
    table.rows = document.at("rows");
    if (table.rows < 0) broken("the number of rows is negative");
    const json& columns = document.at("columns");
    for (size_t c = 0; c < columns.size(); ++c) table.columns.push_back(read_column(columns[c], blobs, c, table.rows));
    const Entry::Blob& identity = blobs.get("identity", static_cast<size_t>(table.rows) * sizeof(uint64_t));
    const auto* values = reinterpret_cast<const uint64_t*>(identity.bytes.get());
    table.identity.assign(values, values + table.rows);
    return table;
  });
}

Schema schema_of(const Entry& entry) {
  return with_json(entry.document, [](const json& document) { return schema_from(document.at("schema")); });
}

std::string to_text(const Schema& schema) { return schema_json(schema).dump(); }

Schema parse_schema(std::string_view text) {
  return with_json(text, [](const json& document) { return schema_from(document); });
}

}  // namespace mlw
