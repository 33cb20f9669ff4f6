#include "compiler/language_server/protocol.h"

#include <limits>

#include "compiler/language_server/markdown.h"

namespace mlw::language_server {
namespace {

uint32_t count_of(const Json& object, const char* name) {
  const Json& value = member(object, name);
  if (!value.is_number_integer()) throw RequestFault(invalid_params, std::string(name) + " must be a whole number");
  if (value.is_number_unsigned()) {
    const uint64_t found = value.get<uint64_t>();
    return static_cast<uint32_t>(std::min<uint64_t>(found, std::numeric_limits<uint32_t>::max()));
  }
  return 0;  // below zero
}

Json markup(const std::string& markdown, bool as_markdown) {
  return {{"kind", as_markdown ? "markdown" : "plaintext"}, {"value", as_markdown ? markdown : plain_text(markdown)}};
}

Json command(const Lens& lens, const std::string& uri) {
  Json arguments = Json::array({uri});
  if (!lens.argument.empty()) arguments.push_back(lens.argument);
  return {{"title", lens.title}, {"command", lens.command}, {"arguments", std::move(arguments)}};
}

Json outline_entry(const OutlineEntry& entry, const Speaker& speaker) {
  Json inside = Json::array();
  for (const OutlineEntry& one : entry.inside) inside.push_back(outline_entry(one, speaker));
  return {{"name", entry.name},
          {"detail", entry.detail},
          {"kind", static_cast<int>(entry.sort)},
          {"range", speaker.range(entry.whole)},
          {"selectionRange", speaker.range(entry.name_span)},
          {"children", std::move(inside)}};
}

void flatten(const std::vector<OutlineEntry>& entries, const std::string& container, const Speaker& speaker,
             const std::string& uri, Json& list) {
  for (const OutlineEntry& entry : entries) {
    Json one = {{"name", entry.name},
                {"kind", static_cast<int>(entry.sort)},
                {"location", {{"uri", uri}, {"range", speaker.range(entry.whole)}}}};
    if (!container.empty()) one["containerName"] = container;
    list.push_back(std::move(one));
    flatten(entry.inside, entry.name, speaker, uri, list);
  }
}

}  // namespace

const Json& member(const Json& object, const char* name) {
  if (!object.is_object() || !object.contains(name)) throw RequestFault(invalid_params, std::string("no ") + name);
  return object.at(name);
}

std::string text_of(const Json& object, const char* name) {
  const Json& value = member(object, name);
  if (!value.is_string()) throw RequestFault(invalid_params, std::string(name) + " must be a string");
  return value.get<std::string>();
}

uint32_t Speaker::offset(const Json& position) const {
  return file.lines().offset(file.text(), {count_of(position, "line"), count_of(position, "character")},
                             client.encoding);
}

Span Speaker::span(const Json& range) const {
  const Span span{offset(member(range, "start")), offset(member(range, "end"))};
  return span.end < span.begin ? Span{span.end, span.begin} : span;
}

Json Speaker::position(uint32_t offset) const {
  const Position found = file.lines().position(file.text(), offset, client.encoding);
  return {{"line", found.line}, {"character", found.character}};
}

Json Speaker::range(Span span) const { return {{"start", position(span.begin)}, {"end", position(span.end)}}; }

Json Speaker::edits(const std::vector<Edit>& edits) const {
  Json list = Json::array();
  for (const Edit& edit : edits) list.push_back({{"range", range(edit.span)}, {"newText", edit.text}});
  return list;
}

Json to_json(const Completions& found, const Speaker& speaker, const std::string& uri) {
  Json items = Json::array();
  const Json range = speaker.range(found.replaced);
  // A proposal replaces what was typed so far, so that editors filter by its back quote too.
  const bool quoted = speaker.file.text().substr(found.replaced.begin, 1) == "`";
  for (const Completion& item : found.items) {
    const bool snippet = speaker.client.snippets && !item.snippet.empty();
    Json one = {{"label", item.label},
                {"kind", static_cast<int>(item.sort)},
                {"sortText", std::to_string(item.rank) + item.label},
                {"textEdit", {{"range", range}, {"newText", snippet ? item.snippet : item.insert}}}};
    if (!item.detail.empty()) one["detail"] = item.detail;
    if (snippet) one["insertTextFormat"] = 2;
    if (quoted) one["filterText"] = "`" + item.label;
    if (!item.about.empty()) one["data"] = {{"about", item.about}, {"uri", uri}};
    items.push_back(std::move(one));
  }
  return {{"isIncomplete", found.incomplete}, {"items", std::move(items)}};
}

Json to_json(const Hover& hover, const Speaker& speaker) {
  return {{"contents", markup(hover.markdown, speaker.client.markdown_hover)}, {"range", speaker.range(hover.span)}};
}

Json to_json(const Signature& signature, const Speaker& speaker) {
  Json parameters = Json::array();
  for (const Signature::Parameter& parameter : signature.parameters) {
    Json one = {{"label", signature.label.substr(parameter.begin, parameter.end - parameter.begin)}};
    if (!parameter.documentation.empty()) one["documentation"] = parameter.documentation;
    parameters.push_back(std::move(one));
  }
  Json one = {{"label", signature.label}, {"parameters", std::move(parameters)}};
  if (!signature.documentation.empty()) one["documentation"] = signature.documentation;
  return {{"signatures", Json::array({one})}, {"activeSignature", 0}, {"activeParameter", signature.active}};
}

Json to_json(const std::vector<OutlineEntry>& entries, const Speaker& speaker, const std::string& uri) {
  Json list = Json::array();
  if (!speaker.client.outline_tree)
    flatten(entries, "", speaker, uri, list);
  else
    for (const OutlineEntry& entry : entries) list.push_back(outline_entry(entry, speaker));
  return list;
}

Json to_json(const std::vector<Fold>& folds) {
  Json list = Json::array();
  for (const Fold& fold : folds) {
    Json one = {{"startLine", fold.first_line}, {"endLine", fold.last_line}};
    if (fold.sort == Fold::Sort::comment) one["kind"] = "comment";
    if (fold.sort == Fold::Sort::imports) one["kind"] = "imports";
    list.push_back(std::move(one));
  }
  return list;
}

Json to_json(const std::vector<Hint>& hints, const Speaker& speaker) {
  Json list = Json::array();
  for (const Hint& hint : hints) {
    Json one = {{"position", speaker.position(hint.offset)}, {"label", hint.label}, {"tooltip", hint.tooltip}};
    if (hint.is_type)
      one["kind"] = 1;
    else
      one["paddingLeft"] = true;
    list.push_back(std::move(one));
  }
  return list;
}

Json to_json(const std::vector<Lens>& lenses, const Speaker& speaker, const std::string& uri) {
  Json list = Json::array();
  for (const Lens& lens : lenses)
    list.push_back({{"range", speaker.range(lens.span)}, {"command", command(lens, uri)}});
  return list;
}

Json to_json(const std::vector<SemanticToken>& tokens, const Speaker& speaker) {
  Json data = Json::array();
  Position before;
  for (const SemanticToken& token : tokens) {
    const Position at = speaker.file.lines().position(speaker.file.text(), token.span.begin, speaker.client.encoding);
    const std::string_view text =
        std::string_view(speaker.file.text()).substr(token.span.begin, token.span.end - token.span.begin);
    data.push_back(at.line - before.line);
    data.push_back(at.line == before.line ? at.character - before.character : at.character);
    data.push_back(units(text, speaker.client.encoding));
    data.push_back(static_cast<int>(token.sort));
    data.push_back(token.modifiers);
    before = at;
  }
  return {{"data", std::move(data)}};
}

Json to_json(const Action& action, const Speaker& speaker, const std::string& uri, const Analysis& analysis) {
  Json one = {{"title", action.title},
              {"kind", action.sort == Action::Sort::quickfix ? "quickfix" : "refactor.rewrite"},
              {"edit", {{"changes", {{uri, speaker.edits(action.edits)}}}}}};
  if (action.preferred) one["isPreferred"] = true;
  if (action.mends) one["diagnostics"] = Json::array({to_json(*action.mends, speaker, uri, analysis)});
  return one;
}

}  // namespace mlw::language_server
