#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/plan/space.h"
#include "compiler/semantics/context.h"

namespace mlw::semantics {

/// Makes a condition on a row of an expression; given by whoever knows the columns. Null: conditions cannot stand here.
using ConditionReader = std::function<FormulaPointer(const syntax::Expression& expression, std::string_view place)>;

/// Values and sets of values, checked against what the vocabulary says of the place where they stand.
///
/// A pipeline setting becomes a `pipeline` even of one stage; a stage is a `call`, a `choice` of stages or pipelines, a
/// `repeat`, a `pipeline` or a `named` space. Durations are in seconds, sizes in bytes, angles in radians, shares are
/// fractions; none of them keeps a unit.
class SpaceReader {
 public:
  explicit SpaceReader(Context& context, ConditionReader conditions = {})
      : context_(context), conditions_(std::move(conditions)) {}

  /// Definitions that stand for spaces: `width = 16..256 log`.
  void define(const syntax::Definition& definition) { definitions_[definition.name.text] = &definition; }
  /// Names of definitions that a space was read through.
  const std::map<std::string, int>& uses() const { return uses_; }

  /// `place` names the setting or parameter in messages: "`trials`". A mistake is reported and gives a space of form
  /// `missing`.
  Space read(const syntax::Expression& expression, const vocabulary::Slot& slot, const std::string& place);
  /// A word of a family with its arguments; defaults are filled in.
  Space read_word(const syntax::Expression& expression, std::string_view family, const std::string& place,
                  bool space_allowed);
  /// The default of a setting or parameter; form `missing` when it has none.
  static Space default_of(const vocabulary::Slot& slot);

 private:
  Space read_choice(const syntax::Expression& expression, const syntax::Choice& choice, const vocabulary::Slot& slot,
                    const std::string& place);
  Space read_range(const syntax::Expression& expression, const syntax::Range& range, const vocabulary::Slot& slot,
                   const std::string& place);
  Space read_list(const syntax::Expression& expression, const syntax::List& list, const vocabulary::Slot& slot,
                  const std::string& place);
  Space read_name(const syntax::Expression& expression, const syntax::Name& name, const vocabulary::Slot& slot,
                  const std::string& place);
  Space read_bounds(const syntax::Expression& expression, std::string_view family, const std::string& place);
  Space read_bound(const syntax::Expression& expression, std::string_view family, const std::string& place);
  Space read_named(const syntax::Expression& expression, const syntax::Name& name,
                   const std::function<Space(const syntax::Expression&)>& read_body);
  std::optional<double> number(const syntax::Expression& expression, const vocabulary::Slot& slot,
                               const std::string& place);
  Space read_number(const syntax::Expression& expression, const vocabulary::Slot& slot, const std::string& place);
  bool in_range(double value, const syntax::Expression& expression, const vocabulary::Slot& slot,
                const std::string& place);
  std::optional<double> base_value(const syntax::Expression& expression, const syntax::NumberLiteral& literal,
                                   const vocabulary::Slot& slot, const std::string& place);

  Space read_pipeline(const syntax::Expression& expression, std::string_view family, const std::string& place,
                      bool space_allowed);
  Space read_stage(const syntax::Expression& expression, std::string_view family, const std::string& place,
                   bool space_allowed);
  Space read_repeat(const syntax::Expression& expression, const syntax::Call& call, const std::string& place);
  Space read_call(const syntax::Expression& expression, const vocabulary::Word& word,
                  const std::vector<syntax::Argument>& arguments);
  const vocabulary::Word* find_word(SourceRange place, const std::string& name, std::string_view family,
                                    const std::string& where);
  Space wrong(const syntax::Expression& expression, const vocabulary::Slot& slot, const std::string& place);
  Space no_space(const syntax::Expression& expression, const std::string& place);

  Context& context_;
  ConditionReader conditions_;
  std::map<std::string, const syntax::Definition*, std::less<>> definitions_;
  std::map<std::string, int> uses_;
  std::vector<std::string> open_;  ///< named spaces on the way, to see one that is made of itself
};

/// "a number", "a duration", "one of `a`, `b`" …
std::string expected_text(const vocabulary::Slot& slot, const vocabulary::Vocabulary& words);
/// The operation of a comparison that states a bound; none for any other operator.
std::optional<Operation> bound_of(syntax::BinaryOperator op);
/// Whether a space is a stated value: nothing was wrong with it.
inline bool given(const Space& space) { return space.form != Space::Form::missing; }

}  // namespace mlw::semantics
