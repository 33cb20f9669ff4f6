#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>

#include "compiler/diagnostics/source.h"
#include "compiler/semantics/blocks.h"

namespace mlw::semantics {

/// The functions that a file can call: its own, and those of the modules it imports.
struct Module {
  std::string path;
  std::map<std::string, const syntax::Function*, std::less<>> functions;
  std::map<std::string, const Module*, std::less<>> imports;  ///< by alias

  struct Found {
    const syntax::Function* function = nullptr;
    const Module* module = nullptr;  ///< where its body looks names up
  };
  Found find(const syntax::QualifiedName& name) const;
  std::vector<std::string> names() const;
};

/// Reads modules once each and keeps their trees alive.
class Modules {
 public:
  /// `sources` and `reader` may be null: then an import is not followed (and not reported).
  Modules(Context& context, Sources* sources, const FileReader* reader)
      : context_(context), sources_(sources), reader_(reader) {}

  /// The module of the workflow itself: its functions and imports.
  const Module& main(const FileContents& contents);
  /// A module of the standard library, such as "stdlib/metrics.mlw". One that is not there or has mistakes is a fault
  /// of mlwc: std::logic_error.
  const Module& standard(std::string_view path);

 private:
  const Module* import(const syntax::Import& import, SourceRange place);
  void fill(Module& module, const FileContents& contents, SourceRange place);
  void check_recursion(const Module& module);

  Context& context_;
  Sources* sources_;
  const FileReader* reader_;
  std::deque<Module> modules_;
  std::deque<syntax::File> trees_;
  std::map<std::string, Module*, std::less<>> by_path_;
  std::set<std::string> loading_;
};

}  // namespace mlw::semantics
