#include <algorithm>

#include "compiler/diagnostics/diagnostic.h"
// Every header of kinds is included here, so that the list is whole in every program that links this library.
#include "compiler/diagnostics/kinds/artefact.h"
#include "compiler/diagnostics/kinds/build.h"
#include "compiler/diagnostics/kinds/code.h"
#include "compiler/diagnostics/kinds/columns.h"
#include "compiler/diagnostics/kinds/command.h"
#include "compiler/diagnostics/kinds/data.h"
#include "compiler/diagnostics/kinds/evaluate.h"
#include "compiler/diagnostics/kinds/graph.h"
#include "compiler/diagnostics/kinds/method.h"
#include "compiler/diagnostics/kinds/prepare.h"
#include "compiler/diagnostics/kinds/reading.h"
#include "compiler/diagnostics/kinds/rules.h"
#include "compiler/diagnostics/kinds/runtime.h"
#include "compiler/diagnostics/kinds/search.h"
#include "compiler/diagnostics/kinds/store.h"
#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/diagnostics/kinds/target.h"
#include "compiler/diagnostics/kinds/types.h"

namespace mlw {
namespace {

std::vector<const Kind*>& registered() {
  // Never destroyed: kinds of other libraries may outlive this one's statics.
  static auto* const kinds = new std::vector<const Kind*>;
  return *kinds;
}

}  // namespace

Kind::Kind(std::string_view code, Severity severity, std::string_view sentence, std::string_view reason,
           std::string_view help, std::string_view explain)
    : code(code), severity(severity), sentence(sentence), reason(reason), help(help), explain(explain) {
  registered().push_back(this);
}

std::vector<const Kind*> all_kinds() {
  std::vector<const Kind*> kinds = registered();
  std::stable_sort(kinds.begin(), kinds.end(), [](const Kind* a, const Kind* b) { return a->code < b->code; });
  return kinds;
}

const Kind* find_kind(std::string_view code) {
  for (const Kind* kind : registered())
    if (kind->code == code) return kind;
  return nullptr;
}

}  // namespace mlw
