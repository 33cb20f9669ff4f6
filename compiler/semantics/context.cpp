#include "compiler/semantics/context.h"

#include <algorithm>
#include <array>

#include "compiler/diagnostics/kinds/types.h"

namespace mlw::semantics {

Diagnostic& Context::report(const Kind& kind, SourceRange range, Arguments arguments) {
  const bool first = !range.valid() || seen_.emplace(kind.code, range.file, range.begin, range.end).second;
  return first ? diagnostics_.report(kind, range, arguments) : repeated_.report(kind, range, arguments);
}

void Context::unknown_name(const syntax::Name& name, std::string_view what, std::span<const std::string> candidates) {
  Diagnostic& diagnostic =
      report(kinds::unknown_name, name.range, {{"what", std::string(what)}, {"name", name.text}, {"help", ""}});
  suggest_nearest(diagnostic, name.range, name.text, candidates);
  if (diagnostic.help.empty() && !candidates.empty()) diagnostic.help = "known are: " + listed(candidates);
}

void Context::not_built(SourceRange range, std::string_view name, std::string_view stage,
                        std::span<const std::string> instead) {
  if (covered_ > 0) return;
  unbuilt_stages_.emplace(stage);
  report(kinds::not_built, range,
         {{"name", std::string(name)},
          {"stage", std::string(stage)},
          {"help", instead.empty() ? "leave it out" : "use " + listed(instead)}});
}

std::string listed(std::span<const std::string> names, size_t limit) {
  std::string out;
  const size_t shown = names.size() > limit ? limit : names.size();
  for (size_t i = 0; i < shown; ++i) {
    if (i > 0) out += i + 1 == names.size() ? " or " : ", ";
    out += '`' + names[i] + '`';
  }
  if (shown < names.size()) out += " and " + std::to_string(names.size() - shown) + " more";
  return out;
}

void suggest_nearest(Diagnostic& diagnostic, SourceRange place, std::string_view name,
                     std::span<const std::string> candidates) {
  const std::string_view nearest = nearest_name(name, candidates);
  if (nearest.empty()) return;
  diagnostic.help = "did you mean `" + std::string(nearest) + "`?";
  diagnostic.suggest(place, written_name(nearest));
}

std::string written_name(std::string_view name) {
  static constexpr std::array<std::string_view, 12> reserved = {"and",  "or",  "not",  "in",   "if",    "then",
                                                                "else", "let", "step", "true", "false", "missing"};
  const bool plain =
      !name.empty() && !(name[0] >= '0' && name[0] <= '9') && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
      });
  if (plain && std::find(reserved.begin(), reserved.end(), name) == reserved.end()) return std::string(name);
  return '`' + std::string(name) + '`';
}

const syntax::Name* simple_name(const syntax::QualifiedName& name) {
  return name.parts.size() == 1 ? &name.parts[0] : nullptr;
}

std::string text_of(const syntax::QualifiedName& name) {
  std::string out;
  for (const syntax::Name& part : name.parts) {
    if (!out.empty()) out += '.';
    out += part.text;
  }
  return out;
}

const syntax::Name* as_name(const syntax::Expression& expression) {
  const auto* reference = std::get_if<syntax::Reference>(&expression.node);
  return reference ? simple_name(reference->name) : nullptr;
}

const syntax::Call* as_call(const syntax::Expression& expression) {
  return std::get_if<syntax::Call>(&expression.node);
}

}  // namespace mlw::semantics
