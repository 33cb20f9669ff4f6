#include <algorithm>

#include "compiler/language_server/protocol.h"

namespace mlw::language_server {
namespace {

/// The member at the end of a way; null when one of them is not there.
const Json& at_way(const Json& json, std::initializer_list<const char*> way) {
  static const Json nothing;
  const Json* found = &json;
  for (const char* step : way) {
    if (!found->is_object() || !found->contains(step)) return nothing;
    found = &found->at(step);
  }
  return *found;
}

bool flag(const Json& json, std::initializer_list<const char*> way) {
  const Json& found = at_way(json, way);
  return found.is_boolean() && found.get<bool>();
}

bool holds(const Json& list, const char* word) {
  return list.is_array() && std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace

ClientAbilities client_abilities(const Json& params) {
  ClientAbilities client;
  const Json& all = at_way(params, {"capabilities"});
  if (holds(at_way(all, {"general", "positionEncodings"}), "utf-8")) client.encoding = Encoding::utf8;
  client.snippets = flag(all, {"textDocument", "completion", "completionItem", "snippetSupport"});
  client.markdown_hover = holds(at_way(all, {"textDocument", "hover", "contentFormat"}), "markdown");
  client.markdown_completion =
      holds(at_way(all, {"textDocument", "completion", "completionItem", "documentationFormat"}), "markdown");
  client.related_information = flag(all, {"textDocument", "publishDiagnostics", "relatedInformation"});
  client.outline_tree = flag(all, {"textDocument", "documentSymbol", "hierarchicalDocumentSymbolSupport"});
  client.action_literals = at_way(all, {"textDocument", "codeAction", "codeActionLiteralSupport"}).is_object();
  client.show_document = flag(all, {"window", "showDocument", "support"});
  client.work_progress = flag(all, {"window", "workDoneProgress"});
  client.refresh_hints = flag(all, {"workspace", "inlayHint", "refreshSupport"});
  client.watch_files = flag(all, {"workspace", "didChangeWatchedFiles", "dynamicRegistration"});
  return client;
}

Json server_abilities(const ClientAbilities& client, const std::string& version) {
  Json abilities;
  abilities["positionEncoding"] = client.encoding == Encoding::utf8 ? "utf-8" : "utf-16";
  abilities["textDocumentSync"] = {{"openClose", true}, {"change", 2}, {"save", {{"includeText", false}}}};
  abilities["completionProvider"] = {
      {"resolveProvider", true}, {"triggerCharacters", {":", "=", "(", "[", ",", ">", "|", "\"", "`", ".", "/", " "}}};
  abilities["hoverProvider"] = true;
  abilities["signatureHelpProvider"] = {{"triggerCharacters", {"(", ",", ":"}}};
  abilities["definitionProvider"] = true;
  abilities["referencesProvider"] = true;
  abilities["documentHighlightProvider"] = true;
  abilities["documentSymbolProvider"] = true;
  abilities["workspaceSymbolProvider"] = true;
  abilities["codeActionProvider"] = {{"codeActionKinds", {"quickfix", "refactor.rewrite"}}};
  abilities["codeLensProvider"] = {{"resolveProvider", false}};
  abilities["documentLinkProvider"] = {{"resolveProvider", false}};
  abilities["documentFormattingProvider"] = true;
  abilities["renameProvider"] = {{"prepareProvider", true}};
  abilities["foldingRangeProvider"] = true;
  abilities["selectionRangeProvider"] = true;
  abilities["inlayHintProvider"] = true;
  abilities["executeCommandProvider"] = {{"commands", {"mlwc.run", "mlwc.check", "mlwc.build", "mlwc.openReport"}}};
  abilities["semanticTokensProvider"] = {
      {"legend", {{"tokenTypes", semantic_sorts()}, {"tokenModifiers", semantic_modifiers()}}},
      {"full", true},
      {"range", true}};
  return {{"capabilities", abilities}, {"serverInfo", {{"name", "mlwc"}, {"version", version}}}};
}

}  // namespace mlw::language_server
