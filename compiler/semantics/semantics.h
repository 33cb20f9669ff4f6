#pragma once

#include <string>
#include <vector>

#include "compiler/diagnostics/source.h"
#include "compiler/plan/workflow.h"
#include "compiler/syntax/ast.h"

namespace mlw {

/// The data blocks of a file, resolved without knowing any schema: enough to read the data and infer one. `analyse`
/// reports the mistakes in them again: use a sink of its own here, and go on to `analyse` without schemas when it has
/// errors.
std::vector<Data> analyse_data(const syntax::File& file, Diagnostics& diagnostics);

/// Tree to typed workflow: names, types, units and spaces resolved, every default filled in, text rules checked (M202
/// …). `schemas`: what the data look like, one for each data block; may be empty, then columns have unknown types and
/// what depends on them is not checked. `modules` reads imported files. Reports every mistake it finds; the result is
/// complete only when there were none.
Workflow analyse(const syntax::File& file, const std::vector<Schema>& schemas, Sources& sources,
                 const FileReader& modules, Diagnostics& diagnostics);

/// A file of functions for import, which has neither header nor blocks: names, imports and recursion are checked.
void analyse_module(const syntax::File& file, Sources& sources, const FileReader& modules, Diagnostics& diagnostics);

/// The workflow as a valid .mlw text with every default written out.
std::string print_full(const Workflow& workflow);

}  // namespace mlw
