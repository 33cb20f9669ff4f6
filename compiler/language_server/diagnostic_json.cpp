#include "compiler/language_server/protocol.h"

namespace mlw::language_server {
namespace {

/// The numbers of the protocol.
int severity_of(Severity severity) { return severity == Severity::error ? 1 : severity == Severity::warning ? 2 : 3; }

/// Sentence, facts, reason and help: what the terminal shows, without the excerpt.
std::string message_of(const Diagnostic& diagnostic) {
  std::string text = diagnostic.message;
  if (!diagnostic.label.empty()) text += " (" + diagnostic.label + ")";
  for (const std::string& note : diagnostic.notes) text += "\n" + note;
  if (!diagnostic.reason.empty()) text += "\n" + diagnostic.reason;
  if (!diagnostic.help.empty()) text += "\nhelp: " + diagnostic.help;
  return text;
}

/// The import through which a module was read.
Span import_of(const Analysis& analysis, const std::string& path) {
  for (const syntax::Item& item : analysis.tree.items)
    if (const auto* import = std::get_if<syntax::Import>(&item.node); import && import->path == path)
      return {item.range.begin, item.range.end};
  return {};
}

/// A place of the text itself, or of a module whose text the analysis has read.
Json location(const SourceRange& range, const Speaker& speaker, const std::string& uri, const Analysis& analysis) {
  if (range.file == 0) return {{"uri", uri}, {"range", speaker.range({range.begin, range.end})}};
  const Source& source = analysis.sources[range.file];
  const OpenFile module(source.path, source.text, 0);
  const std::string folder = speaker.file.path().substr(0, speaker.file.path().find_last_of('/') + 1);
  return {{"uri", uri_of_path(folder + source.path)},
          {"range", Speaker{module, speaker.client}.range({range.begin, range.end})}};
}

/// An empty place is shown as the character behind it, or before it at the end of a line.
Span shown(Span span, const OpenFile& file) {
  if (span.begin < span.end || file.text().empty()) return span;
  const Span line = file.lines().line(file.text(), file.lines().line_of(span.begin));
  const auto inside = [&](uint32_t at) { return (static_cast<unsigned char>(file.text()[at]) & 0xC0) == 0x80; };
  uint32_t end = std::min(span.begin + 1, line.end), begin = span.begin;
  while (end < line.end && inside(end)) ++end;
  if (end > begin) return {begin, end};
  if (begin > line.begin) --begin;
  while (begin > line.begin && inside(begin)) --begin;
  return {begin, span.begin};
}

}  // namespace

Json to_json(const Diagnostic& diagnostic, const Speaker& speaker, const std::string& uri, const Analysis& analysis) {
  const bool elsewhere = diagnostic.range.valid() && diagnostic.range.file != 0;
  Span span{diagnostic.range.begin, diagnostic.range.end};
  std::string message = message_of(diagnostic);
  Json related = Json::array();
  if (elsewhere) {
    const std::string& path = analysis.sources[diagnostic.range.file].path;
    span = import_of(analysis, path);
    message = "in " + path + ": " + message;
    related.push_back({{"location", location(diagnostic.range, speaker, uri, analysis)}, {"message", "it is here"}});
  }
  if (!diagnostic.range.valid()) span = {};
  for (const Label& label : diagnostic.also)
    if (label.range.valid())
      related.push_back({{"location", location(label.range, speaker, uri, analysis)}, {"message", label.text}});
  Json one = {{"range", speaker.range(shown(span, speaker.file))},
              {"severity", severity_of(diagnostic.severity)},
              {"source", "mlwc"},
              {"message", std::move(message)}};
  if (diagnostic.kind) one["code"] = diagnostic.kind->code;
  if (speaker.client.related_information && !related.empty()) one["relatedInformation"] = std::move(related);
  if (diagnostic.mend && diagnostic.mend->range.file == 0)
    one["data"] = {{"mend",
                    {{"range", speaker.range({diagnostic.mend->range.begin, diagnostic.mend->range.end})},
                     {"newText", diagnostic.mend->text}}}};
  return one;
}

}  // namespace mlw::language_server
