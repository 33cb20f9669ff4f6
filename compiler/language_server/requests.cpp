#include <algorithm>

#include "compiler/language_server/navigation.h"
#include "compiler/language_server/server.h"

namespace mlw::language_server {
namespace {

std::string folder_of(const std::string& path) { return path.substr(0, path.find_last_of('/') + 1); }

bool holds_letters(std::string_view name, std::string_view letters) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  size_t at = 0;
  for (const char c : name)
    if (at < letters.size() && lower(c) == lower(letters[at])) ++at;
  return at == letters.size();
}

}  // namespace

void Server::declare_requests() {
  const auto on = [this](const char* method, Json (Server::*handler)(const Json&)) {
    requests_[method] = [this, handler](const Json& params) { return (this->*handler)(params); };
  };
  on("textDocument/completion", &Server::complete);
  on("textDocument/codeAction", &Server::actions);
  on("textDocument/rename", &Server::rename);
  on("textDocument/prepareRename", &Server::prepare_rename);
  on("textDocument/definition", &Server::definition);
  on("textDocument/references", &Server::references);
  on("textDocument/documentHighlight", &Server::highlights);
  on("textDocument/selectionRange", &Server::selections);
  on("textDocument/documentLink", &Server::links);
  on("workspace/symbol", &Server::workspace_symbols);
  on("workspace/executeCommand", &Server::execute);
  requests_["completionItem/resolve"] = [this](const Json& params) { return resolve(params); };
  requests_["textDocument/semanticTokens/full"] = [this](const Json& params) { return tokens(params, true); };
  requests_["textDocument/semanticTokens/range"] = [this](const Json& params) { return tokens(params, false); };
  requests_["textDocument/hover"] = [this](const Json& params) {
    const Opened& opened = opened_of(params);
    const Speaker speaker{*opened.file, client_};
    const auto found = hover(*opened.file, speaker.offset(member(params, "position")), latest_of(opened));
    return found ? to_json(*found, speaker) : Json();
  };
  requests_["textDocument/signatureHelp"] = [this](const Json& params) {
    const Opened& opened = opened_of(params);
    const Speaker speaker{*opened.file, client_};
    const auto found = signature(*opened.file, speaker.offset(member(params, "position")));
    return found ? to_json(*found, speaker) : Json();
  };
  requests_["textDocument/documentSymbol"] = [this](const Json& params) {
    const Opened& opened = opened_of(params);
    return to_json(outline(*opened.file), Speaker{*opened.file, client_}, opened.uri);
  };
  requests_["textDocument/foldingRange"] = [this](const Json& params) {
    return to_json(folds(*opened_of(params).file));
  };
  requests_["textDocument/codeLens"] = [this](const Json& params) {
    const Opened& opened = opened_of(params);
    if (!opened.uri.starts_with("file://")) return Json::array();
    return to_json(lenses(*opened.file), Speaker{*opened.file, client_}, opened.uri);
  };
  requests_["textDocument/inlayHint"] = [this](const Json& params) {
    const Opened& opened = opened_of(params);
    const Speaker speaker{*opened.file, client_};
    return to_json(hints(*opened.file, *latest_of(opened), speaker.span(member(params, "range"))), speaker);
  };
  requests_["textDocument/formatting"] = [this](const Json& params) {
    const Opened& opened = opened_of(params);
    return Speaker{*opened.file, client_}.edits(format(*opened.file, analysis_of(opened)));
  };
}

Json Server::complete(const Json& params) {
  const Opened& opened = opened_of(params);
  const OpenFile& file = *opened.file;
  const Speaker speaker{file, client_};
  const uint32_t offset = speaker.offset(member(params, "position"));
  // A space asks for proposals only where a value is due behind a sign.
  const Json context = params.value("context", Json::object());
  if (context.is_object() && context.value("triggerCharacter", Json()) == " ") {
    const Structure& structure = file.structure();
    const uint32_t before = structure.word_before(offset);
    const bool due = before != none && structure.after[before].due == Due::value &&
                     structure.words[before].sort == WordSort::sign && !structure.in_comment(offset);
    if (!due) return to_json(Completions{{offset, offset}, {}, false}, speaker, opened.uri);
  }
  const FolderReader folders = [&](const std::string& folder) { return host_.list(file.path(), folder); };
  const Completions found = language_server::complete(file, offset, latest_of(opened), folders);
  return to_json(found, speaker, opened.uri);
}

Json Server::resolve(Json item) {
  if (!item.is_object()) throw RequestFault(invalid_params, "an item must be an object");
  if (!item.contains("data") || !item.at("data").is_object()) return item;
  const std::string about = text_of(item.at("data"), "about");
  const Opened* opened = find_opened(text_of(item.at("data"), "uri"));
  const std::string text =
      documentation_of(about, opened ? opened->file.get() : nullptr, opened ? latest_of(*opened) : nullptr);
  if (text.empty()) return item;
  const Hover as_hover{{}, text};
  if (opened) {
    ClientAbilities client = client_;
    client.markdown_hover = client.markdown_completion;
    item["documentation"] = to_json(as_hover, Speaker{*opened->file, client}).at("contents");
  }
  return item;
}

Json Server::actions(const Json& params) {
  const Opened& opened = opened_of(params);
  const Speaker speaker{*opened.file, client_};
  Json list = Json::array();
  if (!client_.action_literals) return list;
  const Json context = params.value("context", Json::object());
  const Json only = context.is_object() ? context.value("only", Json()) : Json();
  const Analysis& analysis = analysis_of(opened);
  for (const Action& action : language_server::actions(*opened.file, analysis, speaker.span(member(params, "range")))) {
    Json one = to_json(action, speaker, opened.uri, analysis);
    const std::string kind = one.at("kind").get<std::string>();
    const bool wanted = !only.is_array() || std::any_of(only.begin(), only.end(), [&](const Json& wish) {
      if (!wish.is_string()) return false;
      const std::string family = wish.get<std::string>();
      return family.empty() || kind == family || kind.starts_with(family + ".");
    });
    if (wanted) list.push_back(std::move(one));
  }
  return list;
}

Json Server::prepare_rename(const Json& params) {
  const Opened& opened = opened_of(params);
  const Speaker speaker{*opened.file, client_};
  const Renamed found = renamed_at(*opened.file, speaker.offset(member(params, "position")), latest_of(opened));
  if (!found.refusal.empty()) throw RequestFault(request_failed, found.refusal);
  return {{"range", speaker.range(found.span)}, {"placeholder", found.name}};
}

Json Server::rename(const Json& params) {
  const Opened& opened = opened_of(params);
  const Speaker speaker{*opened.file, client_};
  std::string refusal;
  const std::vector<Edit> edits = language_server::rename(*opened.file, speaker.offset(member(params, "position")),
                                                          text_of(params, "newName"), latest_of(opened), refusal);
  if (!refusal.empty()) throw RequestFault(request_failed, refusal);
  return {{"changes", {{opened.uri, speaker.edits(edits)}}}};
}

Json Server::definition(const Json& params) {
  const Opened& opened = opened_of(params);
  const Speaker speaker{*opened.file, client_};
  const auto found = definition_of(*opened.file, speaker.offset(member(params, "position")), latest_of(opened));
  if (!found) return Json();
  if (found->module.empty()) return {{"uri", opened.uri}, {"range", speaker.range(found->span)}};
  const OpenFile module(found->module, found->text, 0);
  return {{"uri", uri_of_path(folder_of(opened.file->path()) + found->module)},
          {"range", Speaker{module, client_}.range(found->span)}};
}

Json Server::references(const Json& params) {
  const Opened& opened = opened_of(params);
  const Speaker speaker{*opened.file, client_};
  const Json context = params.value("context", Json::object());
  const bool with_definition = !context.is_object() || context.value("includeDeclaration", true);
  Json list = Json::array();
  for (const Span span : references_of(*opened.file, speaker.offset(member(params, "position")), with_definition))
    list.push_back({{"uri", opened.uri}, {"range", speaker.range(span)}});
  return list;
}

Json Server::highlights(const Json& params) {
  const Opened& opened = opened_of(params);
  const Speaker speaker{*opened.file, client_};
  Json list = Json::array();
  for (const Span span : references_of(*opened.file, speaker.offset(member(params, "position")), true))
    list.push_back({{"range", speaker.range(span)}});
  return list;
}

Json Server::selections(const Json& params) {
  const Opened& opened = opened_of(params);
  const Speaker speaker{*opened.file, client_};
  const Json& positions = member(params, "positions");
  if (!positions.is_array()) throw RequestFault(invalid_params, "positions must be a list");
  Json list = Json::array();
  for (const Json& position : positions) {
    const std::vector<Span> spans = language_server::selections(*opened.file, speaker.offset(position));
    Json selection;
    for (auto span = spans.rbegin(); span != spans.rend(); ++span) {
      Json inner = {{"range", speaker.range(*span)}};
      if (!selection.is_null()) inner["parent"] = std::move(selection);
      selection = std::move(inner);
    }
    list.push_back(std::move(selection));
  }
  return list;
}

Json Server::tokens(const Json& params, bool whole) {
  const Opened& opened = opened_of(params);
  const Speaker speaker{*opened.file, client_};
  std::vector<SemanticToken> found = semantic_tokens(*opened.file);
  if (!whole) {
    const Span span = speaker.span(member(params, "range"));
    std::erase_if(found, [&](const SemanticToken& token) {
      return token.span.end <= span.begin || span.end <= token.span.begin;
    });
  }
  return to_json(found, speaker);
}

Json Server::links(const Json& params) {
  const Opened& opened = opened_of(params);
  const Speaker speaker{*opened.file, client_};
  Json list = Json::array();
  for (const Link& link : language_server::links(*opened.file)) {
    const std::string path = link.path.starts_with('/') ? link.path : folder_of(opened.file->path()) + link.path;
    if (path.starts_with('/')) list.push_back({{"range", speaker.range(link.span)}, {"target", uri_of_path(path)}});
  }
  return list;
}

Json Server::workspace_symbols(const Json& params) {
  const std::string query = params.is_object() && params.contains("query") ? text_of(params, "query") : "";
  ClientAbilities flat = client_;
  flat.outline_tree = false;
  Json list = Json::array();
  for (const auto& [uri, opened] : opened_)
    for (Json& one : to_json(outline(*opened.file), Speaker{*opened.file, flat}, uri))
      if (holds_letters(one.at("name").get<std::string>(), query)) list.push_back(std::move(one));
  return list;
}

}  // namespace mlw::language_server
