#pragma once

#include <string>

namespace mlw::tool {

/// A folder of one's own that is gone, with all in it, when this goes out of sight. A Failure when it cannot be made.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace mlw::tool
