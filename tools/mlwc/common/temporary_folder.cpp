#include "tools/mlwc/common/temporary_folder.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "compiler/diagnostics/kinds/store.h"

namespace mlw::tool {

TemporaryFolder::TemporaryFolder() {
  std::error_code fault;
  const std::filesystem::path parent = std::filesystem::temp_directory_path(fault);
  path_ = ((fault ? "/tmp" : parent) / "mlwc-XXXXXX").string();
  if (mkdtemp(path_.data()) == nullptr) fail(kinds::write_failed, {{"path", path_}, {"reason", std::strerror(errno)}});
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace mlw::tool
