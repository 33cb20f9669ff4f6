#pragma once

#include <string>

#include "compiler/kernel/code_generator.h"

namespace mlw {

/// Compiled code in the folder `code` of a store, one file a key, behind a checksum. Losing one costs a compilation, so nothing is synchronised, and a fault of
/// the disk is no fault of the run: what cannot be written is compiled anew the next time.
class FolderCodeCache : public CodeCache {
 public:
  explicit FolderCodeCache(const std::string& store_folder) : folder_(store_folder + "/code") {}
  bool load(const std::string& key, std::string& bytes) override;
  void save(const std::string& key, std::string_view bytes) override;

 private:
  std::string folder_;
};

}  // namespace mlw
