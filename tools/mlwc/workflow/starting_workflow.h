#pragma once

#include <string>

#include "compiler/plan/schema.h"

namespace mlw::tool {

struct StartingPoint {
  std::string name;    ///< of the workflow
  std::string source;  ///< the source as mlw text: `csv("wine.csv")`
  std::string file;    ///< the data's file, for the heading; empty without one
  std::string target;  ///< a column of the schema; empty: the likeliest
};

/// A workflow to begin with, as the formatter would write it: what is predicted, the columns by kind, how it is judged,
/// with comments that say what to look at. A Failure (R409) when no column can be predicted.
std::string starting_workflow(const StartingPoint& point, const Schema& schema);
/// The same without data: a sketch to be filled in.
std::string starting_sketch(const StartingPoint& point);

/// A name as it stands in a workflow, in back quotes where it must.
std::string as_name(const std::string& text);

}  // namespace mlw::tool
