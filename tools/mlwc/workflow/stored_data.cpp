#include "tools/mlwc/workflow/stored_data.h"

#include "runtime/data/reader.h"
#include "runtime/data/table_file.h"
#include "runtime/stages/blobs.h"
#include "runtime/stages/diagnostics_entry.h"
#include "runtime/stages/versions.h"

namespace mlw::tool {
namespace {

/// The store lies beside the file, so that the file's name tells it from others, however it was given.
std::string file_of(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

}  // namespace

std::optional<std::vector<PlanInputs::File>> hashed_files(Store& store, const std::vector<Data>& blocks,
                                                          const std::string& block, const std::string& folder) {
  std::vector<PlanInputs::File> files;
  for (const std::string& path : files_of(blocks, block, folder)) {
    const std::optional<std::string> hash = store.hash_input(path);
    if (!hash) return std::nullopt;
    const bool below = path.starts_with(folder + "/");
    files.push_back({below ? path.substr(folder.size() + 1) : path, *hash});
  }
  return files;
}

Key stored_schema_key(const std::vector<Data>& blocks, const std::string& block, std::vector<PlanInputs::File> files) {
  PlanInputs inputs;
  inputs.code = versions().code, inputs.duckdb = versions().duckdb;
  inputs.files = std::move(files);
  return schema_key(blocks, block, inputs);
}

std::optional<Schema> load_schema(Store& store, const Key& key, Diagnostics& diagnostics) {
  const std::optional<Entry> entry = store.load(key);
  if (!entry) return std::nullopt;
  diagnostics.append(parse_diagnostics(read_text(*entry, "diagnostics")));
  return parse_schema(entry->document);
}

void save_schema(Store& store, const std::string& path, const Key& key, const Schema& schema,
                 const Diagnostics& diagnostics) {
  Entry entry;
  entry.document = to_text(schema);
  add_blob(entry, "diagnostics", diagnostics_text(diagnostics));
  try {
    store.save(key, entry);
    store.remember("schemas of " + file_of(path), schema.data, key);
  } catch (const Failure&) {
    // Looking at a workflow needs no right to write; a run says what is wrong when it stores its first result.
  }
}

std::optional<Key> remembered_schema(Store& store, const std::string& path, const std::string& block) {
  return store.remembered("schemas of " + file_of(path), block);
}

std::optional<Key> remembered_profile(Store& store, const std::string& path) {
  return store.remembered("profile of " + file_of(path), "profile");
}

void remember_profile(Store& store, const std::string& path, const Key& key) {
  try {
    store.remember("profile of " + file_of(path), "profile", key);
  } catch (const Failure&) {
    // As above.
  }
}

}  // namespace mlw::tool
