#pragma once

#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"

namespace mlw {

/// What `mlwc explain CODE` shows of a kind: its texts with the values of an example, and what its long text says.
///
/// The long text is prose with sections. A section begins at the start of a line with one of these words and goes on
/// over indented lines:
///   Wrong:  mlw that gives this diagnostic
///   Right:  the same, mended
///   With:   name = value, one a line, for each braced name of the kind's texts: what the example fills in
/// An example may leave out the task and the data: `task { predict: left }` and the rows of `customers.csv` are meant.
struct Page {
  std::string message, reason, help;
  std::string text;  ///< the long text for people: prose and examples
  std::vector<std::string> wrong, right;
};
Page page_of(const Kind& kind);

}  // namespace mlw
