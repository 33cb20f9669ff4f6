#include "compiler/artefact/devices.h"

#include <catch2/catch.hpp>

#include "compiler/plan/embedded.h"

using namespace mlw;

namespace {

Diagnostic failure_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Failure& failure) {
    return failure.diagnostic;
  }
  FAIL("no failure");
  return {};
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("every profile that is carried can be read") {
  REQUIRE_FALSE(device_names().empty());
  for (const std::string& name : device_names()) {
    const DeviceProfile profile = find_device(name);
    CHECK(profile.target.name == name);
    CHECK_FALSE(profile.title.empty());
  }
  const DeviceProfile raspberry = find_device("raspberry-pi-4");
  CHECK(raspberry.target.cpu == "cortex-a72");
  CHECK(raspberry.target.vector_bits == 128);
  CHECK(raspberry.emulator == "qemu-aarch64");
}

TEST_CASE("an unknown device gets the nearest name") {
  const Diagnostic diagnostic = failure_of([] { find_device("rasberry-pi-4"); });
  CHECK(diagnostic.kind->code == "B312");
  REQUIRE(diagnostic.notes.size() == 1);
  CHECK(diagnostic.notes[0] == "did you mean `raspberry-pi-4`?");
  CHECK(diagnostic.help.find("`raspberry-pi-4`") != std::string::npos);
  CHECK(failure_of([] { find_device("toaster"); }).notes.empty());
}

TEST_CASE("a profile that says too little, too much or nonsense is refused") {
  const std::string text(embedded("stdlib/devices/raspberry-pi-4.toml"));
  const auto refused = [&](const std::string& from, const std::string& to) {
    const Diagnostic diagnostic = failure_of([&] { parse_device(replaced(text, from, to), "x", "x.toml"); });
    CHECK(diagnostic.kind->code == "B313");
    return diagnostic.message;
  };
  CHECK(refused("cpu = \"cortex-a72\"", "").find("`cpu` is missing") != std::string::npos);
  CHECK(refused("bits = 128", "bits = 100").find("vector.bits") != std::string::npos);
  CHECK(refused("bits = 128", "bits = \"128\"").find("another type") != std::string::npos);
  CHECK(refused("ram = 1073741824", "ram = -1").find("above 0") != std::string::npos);
  CHECK(refused("system = \"linux\"", "system = \"beos\"").find("linux") != std::string::npos);
  CHECK(refused("aarch64-unknown", "sparc-unknown").find("triple") != std::string::npos);
  CHECK(refused("[memory]", "colour = \"green\"\n[memory]").find("colour") != std::string::npos);
  CHECK(refused("[memory]", "[memory").find("line") != std::string::npos);
}
