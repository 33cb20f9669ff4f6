#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "compiler/syntax/syntax.h"

// Any bytes: parsing answers them, and what parses without a fault keeps its tree when it is printed.

namespace {

mlw::syntax::File parse(const std::string& text, mlw::Sources& sources, mlw::Diagnostics& diagnostics) {
  return mlw::syntax::parse(sources, sources.add({"fuzz.mlw", text}), diagnostics);
}

[[noreturn]] void found(const char* what, const std::string& first, const std::string& second) {
  std::fprintf(stderr, "%s\n--- first\n%s\n--- second\n%s\n", what, first.c_str(), second.c_str());
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  mlw::Sources sources;
  mlw::Diagnostics diagnostics;
  const mlw::syntax::File file = parse(std::string(reinterpret_cast<const char*>(data), size), sources, diagnostics);
  if (!diagnostics.empty()) {
    mlw::render(diagnostics, sources, {.colour = true, .width = 60});
    mlw::render_json(diagnostics, sources);
    return 0;
  }
  const std::string printed = mlw::syntax::print(file);
  const mlw::syntax::File again = parse(printed, sources, diagnostics);
  if (!diagnostics.empty()) found("what was printed does not parse", printed, mlw::render(diagnostics, sources, {}));
  if (mlw::syntax::dump(again) != mlw::syntax::dump(file))
    found("printing changed the tree", mlw::syntax::dump(file), mlw::syntax::dump(again));
  if (mlw::syntax::print(again) != printed)
    found("printing twice gives something else", printed, mlw::syntax::print(again));
  return 0;
}
