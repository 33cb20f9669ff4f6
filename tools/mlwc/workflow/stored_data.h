#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/plan/stage_graph.h"
#include "runtime/store/store.h"

/// What the store beside a workflow's file keeps of its data.
namespace mlw::tool {

/// The input files of a data block with their hashes; none when one is not there. Paths below `folder` are relative to
/// it.
std::optional<std::vector<PlanInputs::File>> hashed_files(Store& store, const std::vector<Data>& blocks,
                                                          const std::string& block, const std::string& folder);

/// The key of a block's schema as its files are now.
Key stored_schema_key(const std::vector<Data>& blocks, const std::string& block, std::vector<PlanInputs::File> files);

/// A stored schema; what was found when it was made is added to `diagnostics`.
std::optional<Schema> load_schema(Store& store, const Key& key, Diagnostics& diagnostics);
/// Stores one and remembers that the workflow file used it. Without a right to write nothing is stored.
void save_schema(Store& store, const std::string& path, const Key& key, const Schema& schema,
                 const Diagnostics& diagnostics);

/// The keys that the workflow file used last: of a block's schema, and of the profile of the block that is modelled.
std::optional<Key> remembered_schema(Store& store, const std::string& path, const std::string& block);
std::optional<Key> remembered_profile(Store& store, const std::string& path);
void remember_profile(Store& store, const std::string& path, const Key& key);

}  // namespace mlw::tool
