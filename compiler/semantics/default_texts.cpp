#include "compiler/semantics/default_texts.h"

#include <map>
#include <mutex>
#include <stdexcept>
#include <string>

#include "compiler/syntax/syntax.h"

namespace mlw::semantics {

const syntax::Expression& default_expression(std::string_view text) {
  static std::mutex mutex;
  static std::map<std::string, syntax::File, std::less<>> parsed;
  const std::lock_guard lock(mutex);
  auto found = parsed.find(text);
  if (found == parsed.end()) {
    Sources sources;
    Diagnostics diagnostics;
    const uint32_t file = sources.add({"vocabulary", "search { value = " + std::string(text) + "\n}\n"});
    syntax::File tree = syntax::parse(sources, file, diagnostics);
    if (!diagnostics.empty() || tree.items.empty())
      throw std::logic_error("a default of the vocabulary is no mlw text: " + std::string(text));
    found = parsed.emplace(std::string(text), std::move(tree)).first;
  }
  const auto& block = std::get<syntax::Block>(found->second.items.front().node);
  return *std::get<syntax::Definition>(block.items.front().node).value;
}

}  // namespace mlw::semantics
