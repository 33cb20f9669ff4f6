#include "runtime/stages/diagnostics_entry.h"

#include <nlohmann/json.hpp>

namespace mlw {

std::string diagnostics_text(const Diagnostics& diagnostics) {
  nlohmann::json list = nlohmann::json::array();
  for (const Diagnostic& one : diagnostics.all())
    list.push_back({{"code", one.kind->code},
                    {"severity", static_cast<int>(one.severity)},
                    {"message", one.message},
                    {"reason", one.reason},
                    {"help", one.help},
                    {"notes", one.notes}});
  return list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Diagnostics parse_diagnostics(const std::string& text) {
  Diagnostics diagnostics;
  for (const nlohmann::json& json : nlohmann::json::parse(text)) {
    const Kind* kind = find_kind(json.at("code").get<std::string>());
    if (kind == nullptr) continue;
    Diagnostic one;
    one.kind = kind;
    one.severity = static_cast<Severity>(json.at("severity").get<int>());
    one.message = json.at("message");
    one.reason = json.at("reason");
    one.help = json.at("help");
    one.notes = json.at("notes");
    diagnostics.add(one);
  }
  return diagnostics;
}

}  // namespace mlw
