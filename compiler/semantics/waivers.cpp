#include "compiler/diagnostics/kinds/types.h"
#include "compiler/semantics/analysis.h"

namespace mlw::semantics {

void analyse_waivers(Analysis& analysis) {
  for (const GivenWaiver& waiver : analysis.file.waivers) {
    const syntax::Name& code = waiver.node->code;
    const Kind* kind = find_kind(code.text);
    if (!kind) {
      std::vector<std::string> known;
      for (const Kind* one : all_kinds())
        if (one->severity != Severity::error) known.emplace_back(one->code);
      Diagnostic& diagnostic = analysis.context.report(kinds::unknown_code, code.range, {{"code", code.text}});
      suggest_nearest(diagnostic, code.range, code.text, known);
    } else if (kind->severity == Severity::error) {
      analysis.context.report(kinds::error_waived, code.range, {{"code", code.text}});
    } else {
      analysis.workflow.waivers.push_back({code.text, waiver.node->because, code.range});
    }
  }
}

}  // namespace mlw::semantics
