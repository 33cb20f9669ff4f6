#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/diagnostics/source.h"
#include "compiler/plan/profile.h"
#include "compiler/plan/workflow.h"
#include "compiler/semantics/columns.h"
#include "compiler/syntax/ast.h"

namespace mlw::language_server {

/// What is known of a workflow's data, from what earlier commands kept of them.
struct DataFacts {
  std::vector<Schema> schemas;  ///< of each data block that was read
  std::optional<Profile> profile;
  Diagnostics diagnostics;  ///< of the reading
  bool current = false;     ///< of the data as they are now; else as they were when they were read last
  std::string identity;     ///< differs when anything above does
};

/// What the compiler says of a text.
struct Analysis {
  Sources sources;  ///< the text itself is the first
  syntax::File tree;
  Workflow workflow;
  semantics::Columns columns;  ///< of the data block that is modelled
  Diagnostics diagnostics;     ///< of text, data and rules; each in the text or in a module
  bool parsed = false;         ///< the tree is whole
  bool sound = false;          ///< no error: the workflow is complete

  const Schema* schema_of(std::string_view data) const;
  std::shared_ptr<const DataFacts> facts = std::make_shared<DataFacts>();
};

/// Parses and analyses a text as `mlwc check` does, and goes on where that stops: mistakes of the text keep nothing
/// else from being told.
std::unique_ptr<const Analysis> analyse_text(const std::string& path, const std::string& text,
                                             std::shared_ptr<const DataFacts> facts, const FileReader& modules);

/// The data block that is modelled; null without any.
const Data* modelled(const Workflow& workflow);

}  // namespace mlw::language_server
