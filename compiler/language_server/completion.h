#pragma once

#include <functional>
#include <string>
#include <vector>

#include "compiler/language_server/open_file.h"

namespace mlw::language_server {

/// One proposal. The numbers of its sort are those of the protocol.
struct Completion {
  enum class Sort : uint8_t {
    function = 3,
    constructor = 4,
    field = 5,
    variable = 6,
    module = 9,
    property = 10,
    unit = 11,
    value = 12,
    keyword = 14,
    file = 17,
    folder = 19,
    member = 20,
    constant = 21,
    block = 22,
  };
  std::string label;
  Sort sort = Sort::value;
  std::string detail;   ///< in half a line
  std::string insert;   ///< what is written
  std::string snippet;  ///< the same with places to fill in; empty: there are none
  int rank = 5;         ///< smaller ones stand first
  std::string about;    ///< what `documentation_of` explains it by; empty: nothing more is known
};

struct Completions {
  Span replaced;
  std::vector<Completion> items;
  bool incomplete = false;  ///< there are more: typing on finds them
};

/// What lies in a folder, given relative to the workflow; folders end in `/`.
using FolderReader = std::function<std::vector<std::string>(const std::string& folder)>;

/// What may be written at an offset. `analysis`: the newest there is, for kinds of columns; may be null.
Completions complete(const OpenFile& file, uint32_t offset, const Analysis* analysis, const FolderReader& folders);

/// The long text about a proposal, as Markdown.
std::string documentation_of(const std::string& about, const OpenFile* file, const Analysis* analysis);

}  // namespace mlw::language_server
