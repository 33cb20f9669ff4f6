#include "compiler/language_server/hover.h"
#include "compiler/plan/embedded.h"
#include "compiler/semantics/explain.h"

namespace mlw::language_server {
namespace {

class Builder {
 public:
  Builder(const OpenFile& file, const Spot& spot) : file_(file), s_(file.structure()), spot_(spot) {}

  std::optional<Signature> run() {
    for (uint32_t frame = spot_.frame; frame != none; frame = s_.frames[frame].parent) {
      const uint32_t callee = s_.frames[frame].callee;
      const Spot& inside = frame == spot_.frame ? spot_ : inner_;
      if (callee != none && s_.roles[callee] == Role::callee)
        if (std::optional<Signature> found = of_call(callee, s_.frames[frame].outer, inside)) return found;
      inner_ = s_.frames[frame].outer;
    }
    return std::nullopt;
  }

 private:
  std::optional<Signature> of_call(uint32_t callee, const Spot& outer, const Spot& inside) {
    const std::string name = s_.name(callee);
    names_.clear();
    out_ = Signature{.label = name + "("};
    if (const vocabulary::Word* word = word_meant(file_.expectations().at(outer), name)) {
      out_.documentation = word->help;
      if (word->family == "metric") return of_metric(name, inside);
      for (const vocabulary::Slot& slot : word->parameters)
        add(slot.name, (slot.required ? "" : "?"), slot.help + "; " + slot_facts(slot));
      return finish(inside);
    }
    const Meaning meaning = file_.names().meaning(callee);
    if (meaning.function) {
      for (const auto& parameter : meaning.function->parameters) add(parameter.name, ": " + parameter.type, "");
      out_.documentation = meaning.function->help;
      finish(inside);
      out_.label += " -> " + meaning.function->result;
      return out_;
    }
    if (meaning.sort != Meaning::Sort::symbol) return std::nullopt;
    const Symbol& function = file_.names().symbols()[meaning.symbol];
    for (const Symbol& symbol : file_.names().symbols())
      if (symbol.sort == Symbol::Sort::parameter && symbol.item == function.item) add(symbol.name, "", "");
    out_.documentation = s_.documentation(function.item);
    return finish(inside);
  }

  /// The parameters of a metric of the standard library that are the user's.
  std::optional<Signature> of_metric(const std::string& name, const Spot& inside) {
    static const OpenFile module("stdlib/metrics.mlw", std::string(embedded("stdlib/metrics.mlw")), 0);
    const std::vector<Symbol>& symbols = module.names().symbols();
    for (const Symbol& function : symbols) {
      if (function.sort != Symbol::Sort::function || function.name != name) continue;
      for (const Symbol& symbol : symbols)
        if (symbol.sort == Symbol::Sort::parameter && symbol.item == function.item &&
            !vocabulary::words().word("quantity", symbol.name))
          add(symbol.name, "", "");
    }
    if (out_.parameters.empty()) return std::nullopt;
    return finish(inside);
  }

  void add(const std::string& name, const std::string& behind, std::string documentation) {
    if (!out_.parameters.empty()) out_.label += ", ";
    const auto begin = static_cast<uint32_t>(out_.label.size());
    out_.label += name + behind;
    out_.parameters.push_back({begin, static_cast<uint32_t>(out_.label.size()), std::move(documentation)});
    names_.push_back(name);
  }

  Signature finish(const Spot& inside) {
    out_.label += ")";
    out_.active = inside.argument;
    if (inside.key != none)
      for (uint32_t i = 0; i < names_.size(); ++i)
        if (names_[i] == s_.name(inside.key)) out_.active = i;
    return out_;
  }

  const OpenFile& file_;
  const Structure& s_;
  const Spot& spot_;
  Spot inner_;
  Signature out_;
  std::vector<std::string> names_;
};

}  // namespace

std::optional<Signature> signature(const OpenFile& file, uint32_t offset) {
  const Structure& structure = file.structure();
  if (structure.in_comment(offset)) return std::nullopt;
  const uint32_t at = structure.word_at(offset);
  const bool inside = at != none && structure.words[at].begin < offset && offset < structure.words[at].end;
  const Spot spot = inside && at > 0 ? structure.after[at - 1] : structure.spot_at(offset);
  return Builder(file, spot).run();
}

}  // namespace mlw::language_server
