#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/language_server/edit.h"
#include "compiler/language_server/open_file.h"

namespace mlw::language_server {

/// A place in the file, or in a module that it imports.
struct Place {
  std::string module;  ///< as imported; empty: the file itself
  std::string text;    ///< of the module
  Span span;
};

/// Where the word at an offset is introduced.
std::optional<Place> definition_of(const OpenFile& file, uint32_t offset, const Analysis* analysis);

/// Everything in the file that means the same as the word at an offset.
std::vector<Span> references_of(const OpenFile& file, uint32_t offset, bool with_definition);

/// What can be renamed at an offset: where it stands and how it is called; `refusal` says why it cannot.
struct Renamed {
  Span span;
  std::string name;
  std::string refusal;
};
Renamed renamed_at(const OpenFile& file, uint32_t offset, const Analysis* analysis);
/// The edits that give it another name; `refusal` is set when that name cannot be had.
std::vector<Edit> rename(const OpenFile& file, uint32_t offset, const std::string& name, const Analysis* analysis,
                         std::string& refusal);

}  // namespace mlw::language_server
