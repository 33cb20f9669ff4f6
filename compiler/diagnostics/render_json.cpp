#include <nlohmann/json.hpp>

#include "compiler/diagnostics/source.h"

namespace mlw {
namespace {

using Json = nlohmann::ordered_json;

const char* word(Severity severity) {
  return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "note";
}

/// path, line, column, end; nothing for a fact that has no place.
void add_place(Json& object, SourceRange range, const Sources& sources) {
  if (!range.valid() || range.file >= sources.size()) return;
  const LineColumn begin = sources.position(range.file, range.begin);
  const LineColumn end = sources.position(range.file, range.end);
  object["path"] = sources[range.file].path;
  object["line"] = begin.line;
  object["column"] = begin.column;
  object["end"] = {{"line", end.line}, {"column", end.column}};
}

Json to_json(const Diagnostic& diagnostic, const Sources& sources) {
  Json object;
  object["code"] = diagnostic.kind->code;
  object["severity"] = word(diagnostic.severity);
  object["message"] = diagnostic.message;
  add_place(object, diagnostic.range, sources);
  object["label"] = diagnostic.label;
  object["also"] = Json::array();
  for (const Label& label : diagnostic.also) {
    Json other;
    add_place(other, label.range, sources);
    other["label"] = label.text;
    object["also"].push_back(std::move(other));
  }
  object["notes"] = diagnostic.notes;
  object["reason"] = diagnostic.reason;
  object["help"] = diagnostic.help;
  if (diagnostic.mend) {
    Json mend;
    add_place(mend, diagnostic.mend->range, sources);
    mend["text"] = diagnostic.mend->text;
    object["mend"] = std::move(mend);
  } else {
    object["mend"] = nullptr;
  }
  return object;
}

}  // namespace

std::string render_json(const Diagnostics& diagnostics, const Sources& sources) {
  std::string lines;
  for (const Diagnostic& diagnostic : diagnostics.all())
    lines += to_json(diagnostic, sources).dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  return lines;
}

}  // namespace mlw
