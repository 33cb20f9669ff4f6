#pragma once

#include <string>
#include <vector>

#include "compiler/kernel/formula.h"

namespace mlw {

struct SpaceArgument;

/// A set of values that a setting may take, as plain data. A fixed value is a space with one member; a search draws
/// members. Models, layers, optimisers and preparation steps are `call`s of the vocabulary whose arguments are spaces
/// in turn.
struct Space {
  enum class Form {
    missing,
    number,    ///< `value`, with `unit`
    integer,   ///< `value`, whole
    flag,      ///< `value` 0 or 1
    word,      ///< `text`: a word of the vocabulary, such as `median`
    text,      ///< `text`
    formula,   ///< `formula`: a row expression, such as the condition of a rule
    interval,  ///< `low`..`high` as one value (`ngrams: 1..2`)
    range,     ///< values between `low` and `high`, both included; `step` 0 when continuous; `log`; `whole` when only
               ///< integers are meant
    choice,    ///< one of `items`, equally likely
    call,      ///< `text`(`arguments`); positional arguments have the name that the vocabulary gives them
    pipeline,  ///< `items`, one after the other
    repeat,    ///< items[0]: how often (a space of integers), items[1]: the body; `flag`-like `each` in `value`: draw
               ///< anew for every round
    list,      ///< `items` as one value
    named,     ///< items[0] under the name `text`: one dimension wherever the name stands
  };
  Form form = Form::missing;
  double value = 0;
  std::string unit;
  std::string text;
  FormulaPointer formula;
  double low = 0, high = 0, step = 0;
  bool log = false, whole = false;
  std::vector<Space> items;
  std::vector<SpaceArgument> arguments;
  SourceRange range;

  /// The argument of a call by name; null when it was not given.
  const Space* argument(std::string_view name) const;
  double number(std::string_view name, double fallback) const;
  std::string word(std::string_view name, std::string_view fallback) const;
  /// Whether there is exactly one member.
  bool fixed() const;
};

/// One argument of a call.
struct SpaceArgument {
  /// How the author wrote it; an argument that was not written has the vocabulary's default. No part of the canonical
  /// text.
  enum class Written { by_name, by_place, nowhere };
  std::string name;
  Space value;
  Written written = Written::by_name;
};

/// Canonical text, equal for equal spaces (source ranges apart); keys are made of it and `parse_space` reads it.
std::string to_text(const Space& space);
Space parse_space(std::string_view text);

}  // namespace mlw
