#pragma once

#include <string>
#include <vector>

#include "compiler/language_server/open_file.h"

/// The shape of a file: what an editor lists, folds, selects and links.
namespace mlw::language_server {

struct OutlineEntry {
  /// The numbers of the protocol.
  enum class Sort : uint8_t {
    file = 1,
    module = 2,
    namespace_ = 3,
    property = 7,
    field = 8,
    function = 12,
    variable = 13,
    class_ = 5
  };
  std::string name, detail;
  Sort sort = Sort::property;
  Span whole, name_span;
  std::vector<OutlineEntry> inside;
};
std::vector<OutlineEntry> outline(const OpenFile& file);

struct Fold {
  uint32_t first_line = 0, last_line = 0;
  enum class Sort : uint8_t { region, comment, imports } sort = Sort::region;
};
std::vector<Fold> folds(const OpenFile& file);

/// From the word at an offset outwards: each span holds the one before it.
std::vector<Span> selections(const OpenFile& file, uint32_t offset);

/// A text that names a file, relative to the workflow.
struct Link {
  Span span;
  std::string path;
};
std::vector<Link> links(const OpenFile& file);

}  // namespace mlw::language_server
