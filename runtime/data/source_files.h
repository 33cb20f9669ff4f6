#pragma once

#include <string>
#include <vector>

#include "compiler/plan/workflow.h"

namespace mlw {

/// The path of a source, as it stands when the workflow lies in `folder`.
std::string resolve_path(const std::string& path, const std::string& folder);

/// The files of a csv, parquet or json source, sorted; a pattern is expanded. None, an empty one and one that cannot be
/// read are reported.
std::vector<std::string> find_files(const Data& data, const std::string& folder, Diagnostics& diagnostics);

/// The files that a query reads by name: after `from` and `join`, and as the first argument of read_csv and the like. Patterns are expanded.
std::vector<std::string> files_in_query(const std::string& query, const std::string& folder);

/// The query with these names made absolute: the engine looks for them below the process's own folder.
std::string with_absolute_files(const std::string& query, const std::string& folder);

/// Numbers of the other blocks that a block reads: those that it joins, those that its query names.
std::vector<size_t> blocks_read(const std::vector<Data>& blocks, size_t block);

/// The block of a name; `blocks.size()` when there is none.
size_t block_index(const std::vector<Data>& blocks, const std::string& name);

}  // namespace mlw
