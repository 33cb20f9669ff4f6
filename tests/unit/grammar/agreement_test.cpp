#include "tests/unit/grammar/agreement.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "compiler/diagnostics/characters.h"
#include "tests/unit/syntax/program_generator.h"

using namespace mlw;
using grammar::disagreement;

namespace {

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool is_utf8(std::string_view text) {
  for (bool valid = true; !text.empty();)
    if (take_character(text, &valid); !valid) return false;
  return true;
}

}  // namespace

TEST_CASE("the parser reads every file of the sources as the grammar does, and every piece of it") {
  int files = 0;
  for (const char* folder : {"tests", "examples", "stdlib"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(MLW_SOURCE_DIR "/" + std::string(folder))) {
      const bool seed = entry.path().string().find("/fuzz/corpus/") != std::string::npos;
      if (!entry.is_regular_file() || (entry.path().extension() != ".mlw" && !seed)) continue;
      const std::string text = read(entry.path());
      if (!is_utf8(text) || text.size() > 100'000) continue;
      ++files;
      INFO(entry.path());
      REQUIRE(disagreement(text) == "");
      for (size_t i = 0; i < text.size(); i += 97) {
        std::string piece = text.substr(0, i);
        if (is_utf8(piece)) REQUIRE(disagreement(piece) == "");
        piece = text;
        piece.erase(i, 3);
        if (is_utf8(piece)) REQUIRE(disagreement(piece) == "");
      }
    }
  }
  CHECK(files > 250);
}

TEST_CASE("the parser reads generated programs as the grammar does") {
  for (uint64_t seed = 0; seed < 2000; ++seed) {
    INFO("seed " << seed);
    REQUIRE(disagreement(ProgramGenerator(seed).program()) == "");
    REQUIRE(disagreement(ProgramGenerator(seed).broken_program()) == "");
    REQUIRE(disagreement(ProgramGenerator(seed).words()) == "");
  }
}

TEST_CASE("the lexer knows of every character what the grammar says of it") {
  std::string text;
  for (char32_t c = 1; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    for (const char* around : {" ", "a", "1", "\"", "`"}) append_utf8(text.append(around), c);
    text += "\n";
    if (text.size() < 50'000 && c < 0x10FFFF) continue;
    INFO("up to " << static_cast<uint32_t>(c));
    REQUIRE(disagreement(text) == "");
    text.clear();
  }
}

TEST_CASE("texts, names and numbers end where the grammar lets them end") {
  for (const char* alphabet : {"\"\\\na ", "`\na\\ ", "0123e+-.%_T:a", "=!<>|.#- \t", "2026-11T0:.", "\"\" \n\r"}) {
    const std::string characters = alphabet;
    ProgramGenerator chance(characters.size());
    for (int round = 0; round < 3000; ++round) {
      std::string text;
      for (uint64_t length = chance.below(14); length-- > 0;) text += characters[chance.below(characters.size())];
      INFO(text);
      REQUIRE(disagreement(text) == "");
    }
  }
}
