#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "runtime/report/text.h"
#include "runtime/store/store.h"
#include "tools/mlwc/common/command.h"

namespace mlw::tool {
namespace {

int verify(Session& session, Store& store) {
  const Store::Verified verified = store.verify();
  Diagnostics damage;
  for (const Diagnostic& diagnostic : store.take_reports()) damage.add(diagnostic);
  session.report(damage, Sources());
  if (session.json)
    session.result(
        nlohmann::ordered_json{{"entries", verified.entries}, {"bytes", verified.bytes}, {"damaged", verified.damaged}}
            .dump() +
        "\n");
  else
    session.result(fmt::format("{} entries, {}: {}\n", verified.entries, report::bytes(verified.bytes),
                               verified.damaged == 0 ? "all as they were written"
                                                     : fmt::format("{} damaged and set aside", verified.damaged)));
  return verified.damaged == 0 ? done : failed;
}

int collect(Session& session, Store& store) {
  const Store::Collected collected = store.collect();
  if (session.json)
    session.result(
        nlohmann::ordered_json{{"removed", collected.entries}, {"bytes", collected.bytes}, {"kept", collected.kept}}
            .dump() +
        "\n");
  else
    session.result(fmt::format("{} removed, {} freed; {} entries are kept\n", collected.entries,
                               report::bytes(collected.bytes), collected.kept));
  return done;
}

Action declare(CLI::App& app) {
  struct Arguments {
    std::string what, folder = ".";
  };
  auto arguments = std::make_shared<Arguments>();
  app.add_option("WHAT", arguments->what,
                 "verify: check every stored result; gc: remove what no workflow uses any more")
      ->required()
      ->check(CLI::IsMember({"verify", "gc"}));
  app.add_option("FOLDER", arguments->folder, "where the workflows lie");
  return [arguments](Session& session) {
    Store store(arguments->folder + "/.mlw/store");
    return arguments->what == "verify" ? verify(session, store) : collect(session, store);
  };
}

}  // namespace

extern const Command cache_command{"cache", "verify|gc [FOLDER]",
                                   "mlwc cache verify       whether all stored results are as they were written\n"
                                   "mlwc cache gc examples  frees what no workflow in that folder uses any more",
                                   "Ledgers of looks at test parts and journals of searches are never removed.",
                                   declare};

}  // namespace mlw::tool
