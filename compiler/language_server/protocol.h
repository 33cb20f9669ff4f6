#pragma once

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "compiler/language_server/actions.h"
#include "compiler/language_server/completion.h"
#include "compiler/language_server/hints.h"
#include "compiler/language_server/hover.h"
#include "compiler/language_server/outline.h"
#include "compiler/language_server/semantic_tokens.h"

/// From the values of this folder to those of the Language Server Protocol 3.17 and back.
namespace mlw::language_server {

using Json = nlohmann::json;

/// Codes of JSON-RPC and of the protocol.
enum ErrorCode : int {
  parse_error = -32700,
  invalid_request = -32600,
  method_not_found = -32601,
  invalid_params = -32602,
  internal_error = -32603,
  not_initialized = -32002,
  request_failed = -32803,
  request_cancelled = -32800,
};

/// A request that cannot be answered.
struct RequestFault : std::runtime_error {
  RequestFault(ErrorCode code, const std::string& what) : std::runtime_error(what), code(code) {}
  ErrorCode code;
};

/// What the editor can do, as far as answers depend on it.
struct ClientAbilities {
  Encoding encoding = Encoding::utf16;
  bool snippets = false;
  bool markdown_hover = false, markdown_completion = false;
  bool related_information = false;
  bool outline_tree = false;
  bool action_literals = false;
  bool show_document = false;
  bool work_progress = false;
  bool refresh_hints = false;
  bool watch_files = false;
};
/// `params` of `initialize`; what is not there or malformed counts as not able.
ClientAbilities client_abilities(const Json& params);
/// The answer to `initialize`.
Json server_abilities(const ClientAbilities& client, const std::string& version);

/// A text with what is needed to speak of places in it.
struct Speaker {
  const OpenFile& file;
  const ClientAbilities& client;

  uint32_t offset(const Json& position) const;
  Span span(const Json& range) const;
  Json position(uint32_t offset) const;
  Json range(Span span) const;
  Json edits(const std::vector<Edit>& edits) const;
};

/// A string member that must be there, else `invalid_params`.
std::string text_of(const Json& object, const char* name);
const Json& member(const Json& object, const char* name);

Json to_json(const Completions& found, const Speaker& speaker, const std::string& uri);
Json to_json(const Hover& hover, const Speaker& speaker);
Json to_json(const Signature& signature, const Speaker& speaker);
Json to_json(const std::vector<OutlineEntry>& entries, const Speaker& speaker, const std::string& uri);
Json to_json(const std::vector<Fold>& folds);
Json to_json(const std::vector<Hint>& hints, const Speaker& speaker);
Json to_json(const std::vector<Lens>& lenses, const Speaker& speaker, const std::string& uri);
Json to_json(const std::vector<SemanticToken>& tokens, const Speaker& speaker);
Json to_json(const Action& action, const Speaker& speaker, const std::string& uri, const Analysis& analysis);
/// One diagnostic as it is published. `uris` of modules are made with `module_uri`.
Json to_json(const Diagnostic& diagnostic, const Speaker& speaker, const std::string& uri, const Analysis& analysis);

/// `file:///a/b%20c.mlw` to `/a/b c.mlw` and back. A uri of another scheme stays as it is.
std::string path_of_uri(std::string_view uri);
std::string uri_of_path(std::string_view path);

/// A text as JSON, whatever bytes it holds.
std::string dumped(const Json& json);

}  // namespace mlw::language_server
