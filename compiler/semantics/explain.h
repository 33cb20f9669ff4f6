#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mlw {

/// What the vocabulary says of a block, setting, model, layer, function, metric, unit …: type, unit, default, range,
/// help and an example, for people. A name that means several things (`log` is a function and a step of preparation)
/// gets each of them; a family's name
/// ("functions", "metrics") lists the family; a column of a kind is asked for as `task.kind`. Empty when there is no
/// such name.
std::string explain_name(std::string_view name);

/// Every name that `explain_name` knows, sorted.
std::vector<std::string> explained_names();

}  // namespace mlw
