#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/unit/semantics/analysed.h"

using namespace mlw;

namespace {
std::string content(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}
}  // namespace

// tests/golden/meaning: flawed workflows over the columns of `payments_schema` and what is said about them.
TEST_CASE("flawed workflows are told what is wrong, where, and what to do") {
  const std::filesystem::path folder = std::filesystem::path(MLW_SOURCE_DIR) / "tests/golden/meaning";
  const char* bless = std::getenv("MLW_BLESS");
  int found = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".mlw") continue;
    ++found;
    const std::string said = analyse_with(content(entry.path()), {payments_schema()}).text();
    std::filesystem::path expected = entry.path();
    expected.replace_extension(".expected");
    if (bless && std::string(bless) == "1") std::ofstream(expected) << said;
    INFO(entry.path());
    CHECK(said == content(expected));
  }
  CHECK(found >= 5);
}
