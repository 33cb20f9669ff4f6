#include "compiler/language_server/space_size.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <set>

namespace mlw::language_server {
namespace {

using Form = Space::Form;

class Counter {
 public:
  SpaceSize count(const Space& space) {
    switch (space.form) {
      case Form::range:
        return range(space);
      case Form::choice:
        return choice(space);
      case Form::repeat:
        return repeat(space);
      case Form::named:
        // One dimension wherever the name stands.
        return seen_.insert(space.text).second ? count(space.items[0]) : SpaceSize{};
      case Form::call:
      case Form::pipeline:
      case Form::list:
        return product(space);
      default:
        return {};
    }
  }

 private:
  static SpaceSize range(const Space& space) {
    const double step = space.step > 0 ? space.step : space.whole ? 1 : 0;
    const double members =
        step > 0 ? std::floor((space.high - space.low) / step + 1e-9) + 1 : std::numeric_limits<double>::infinity();
    return {members, members > 1 ? 1 : 0};
  }

  SpaceSize choice(const Space& space) {
    SpaceSize size{0, 1};
    for (const Space& item : space.items) {
      const SpaceSize arm = count(item);
      size.members += arm.members;
      size.dimensions += arm.dimensions;
    }
    return size;
  }

  SpaceSize product(const Space& space) {
    SpaceSize size;
    const auto add = [&](const Space& part) {
      const SpaceSize one = count(part);
      size.members *= one.members;
      size.dimensions += one.dimensions;
    };
    for (const Space& item : space.items) add(item);
    for (const SpaceArgument& argument : space.arguments) add(argument.value);
    return size;
  }

  SpaceSize repeat(const Space& space) {
    const Space& times = space.items[0];
    const SpaceSize rounds = count(times), body = count(space.items[1]);
    if (space.value == 0) return {rounds.members * body.members, rounds.dimensions + body.dimensions};
    // Every round is drawn anew: body^low + … + body^high.
    const double low = times.form == Form::range ? times.low : times.value;
    const double high = times.form == Form::range ? times.high : times.value;
    SpaceSize size{0, rounds.dimensions + body.dimensions * static_cast<int>(std::min(high, 100.0))};
    for (double n = low; n <= high && n <= 100; ++n) size.members += std::pow(body.members, n);
    return size;
  }

  std::set<std::string> seen_;
};

}  // namespace

SpaceSize size_of(const Space& space) { return Counter().count(space); }

std::string size_text(const Space& space) {
  const SpaceSize size = size_of(space);
  if (size.dimensions == 0) return {};
  const std::string dimensions = size.dimensions == 1 ? "1 dimension" : fmt::format("{} dimensions", size.dimensions);
  if (std::isinf(size.members)) return dimensions + ", continuous";
  if (size.members < 1e6) return fmt::format("{:.0f} settings", size.members);
  return dimensions + fmt::format(", {:.1e} settings", size.members);
}

}  // namespace mlw::language_server
