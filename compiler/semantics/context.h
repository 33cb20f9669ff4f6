#pragma once

#include <set>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "compiler/semantics/vocabulary.h"
#include "compiler/syntax/ast.h"

namespace mlw::semantics {

/// What every part of the analysis shares: the vocabulary and where mistakes go.
class Context {
 public:
  explicit Context(Diagnostics& diagnostics) : words(vocabulary::words()), diagnostics_(diagnostics) {}

  const vocabulary::Vocabulary& words;

  /// Reports a mistake; the same kind at the same place is reported once, however often the place is looked at.
  Diagnostic& report(const Kind& kind, SourceRange range, Arguments arguments = {});
  Diagnostics& diagnostics() { return diagnostics_; }
  /// How many reports there were, repeated ones included.
  size_t mistakes() const { return diagnostics_.all().size() + repeated_.all().size(); }

  /// `there is no {what} {name}` with the nearest candidate as help and mend.
  void unknown_name(const syntax::Name& name, std::string_view what, std::span<const std::string> candidates);
  /// A word of the vocabulary that this version cannot do yet, and the stage that would have to.
  void not_built(SourceRange range, std::string_view name, std::string_view stage,
                 std::span<const std::string> instead = {});
  /// Stages that the file asks more of than they can do.
  const std::set<std::string, std::less<>>& unbuilt_stages() const { return unbuilt_stages_; }

  /// As long as it lives, parts of something that is not built are not told one by one.
  class Covered {
   public:
    explicit Covered(Context& context, bool covers = true) : depth_(covers ? &context.covered_ : nullptr) {
      if (depth_) ++*depth_;
    }
    ~Covered() {
      if (depth_) --*depth_;
    }
    Covered(const Covered&) = delete;
    Covered& operator=(const Covered&) = delete;

   private:
    int* depth_;
  };

 private:
  Diagnostics& diagnostics_;
  Diagnostics repeated_;
  std::set<std::tuple<std::string_view, uint32_t, uint32_t, uint32_t>> seen_;
  std::set<std::string, std::less<>> unbuilt_stages_;
  int covered_ = 0;
};

/// "`a`, `b` or `c`"; at most `limit` of them.
std::string listed(std::span<const std::string> names, size_t limit = 12);

/// Adds the nearest of the candidates as help and as a mend that replaces `place`.
void suggest_nearest(Diagnostic& diagnostic, SourceRange place, std::string_view name,
                     std::span<const std::string> candidates);

/// A name as it must be written: in back quotes unless it is an identifier and no reserved word.
std::string written_name(std::string_view name);

/// The only part of a name; null when it is qualified.
const syntax::Name* simple_name(const syntax::QualifiedName& name);
/// "module.name"
std::string text_of(const syntax::QualifiedName& name);
/// The name that an expression consists of; null when it is anything else.
const syntax::Name* as_name(const syntax::Expression& expression);
const syntax::Call* as_call(const syntax::Expression& expression);

}  // namespace mlw::semantics
