#include "compiler/plan/key.h"

#include <catch2/catch.hpp>

using namespace mlw;

// FIPS 180-4 examples and the long message of NIST's SHA-256 example file.
TEST_CASE("SHA-256 gives the published digests") {
  CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256(std::string(1'000'000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("SHA-256 does not depend on the pieces in which bytes come") {
  std::string text;
  for (int i = 0; i < 300; ++i) text += static_cast<char>(i * 7);
  for (size_t length = 0; length <= text.size(); ++length) {
    Sha256 hash;
    for (size_t at = 0; at < length;) {
      const size_t piece = std::min(length - at, 1 + at % 67);
      hash.add(text.data() + at, piece);
      at += piece;
    }
    CHECK(hash.finish() == sha256(text.substr(0, length)));
  }
}

TEST_CASE("keys differ when any part differs, and only then") {
  const Key key{{{"settings", "a"}, {"code", "b"}}};
  CHECK(key.hash() == Key{{{"settings", "a"}, {"code", "b"}}}.hash());
  CHECK(key.hash() == Key{{{"settings", "a", {0, 3, 4}}, {"code", "b"}}}.hash());
  CHECK(key.hash() != Key{{{"settings", "ac"}, {"ode", "b"}}}.hash());
  CHECK(key.hash() != Key{{{"code", "b"}, {"settings", "a"}}}.hash());
  CHECK(key.hash() != Key{{{"settings", "a"}}}.hash());
}
