#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <new>

#include "tools/mlwc/help.h"

namespace {

using namespace mlw;
using namespace mlw::tool;

/// A wrong command line: says what, and where to read more.
int misused(const std::string& what, const std::string& help) {
  std::fprintf(stderr, "mlwc: %s\n%s\n", what.c_str(), help.c_str());
  return wrong_usage;
}

/// The options that every command has.
void add_common_options(CLI::App& app, Session& session) {
  app.set_help_flag("-h,--help", "this text");
  app.add_flag("--json", session.json, "results and diagnostics as JSON");
  app.add_flag("-q,--quiet", session.quiet, "nothing but errors and results");
  const auto choose = [&session](const std::string& when) {
    if (when != "auto" && when != "always" && when != "never")
      throw CLI::ValidationError("--color takes auto, always or never, not `" + when + "`");
    session.colour = when == "auto" ? Colour::automatic : when == "always" ? Colour::always : Colour::never;
  };
  app.add_option_function<std::string>("--color", choose, "colours: auto (the default), always or never")
      ->type_name("WHEN");
}

/// CLI11's words for a wrong argument, with the option that was probably meant.
std::string usage_fault(const CLI::ParseError& fault, const CLI::App& app) {
  if (dynamic_cast<const CLI::ExtrasError*>(&fault) == nullptr) return fault.what();
  std::vector<std::string> known;
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
  std::string text;
  for (const std::string& extra : app.remaining()) {
    const bool is_option = extra.starts_with('-') && extra.size() > 1;
    text += (text.empty() ? "" : "; ") + std::string(is_option ? "there is no option `" : "nothing more is taken: `") +
            extra + "`";
    const std::string_view near = is_option ? nearest_name(extra, known) : std::string_view();
    if (!near.empty()) text += ", did you mean `" + std::string(near) + "`?";
  }
  return text;
}

int report_failure(const Failure& failure, const Session& session) {
  Diagnostics diagnostics;
  diagnostics.add(failure.diagnostic);
  session.report(diagnostics, Sources());
  return failed;
}

int run_command(const Row& row, std::vector<std::string> arguments) {
  Session session;
  try {
    const Command& command = load_command(row);
    CLI::App app;
    const Action action = command.declare(app);
    add_common_options(app, session);
    try {
      std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants them
      app.parse(arguments);
    } catch (const CLI::CallForHelp&) {
      session.result(command_help(row, command, app, session.colour_results()));
      return done;
    } catch (const CLI::ParseError& fault) {
      return misused(usage_fault(fault, app), "`mlwc help " + std::string(row.name) + "` says how it is used");
    }
    return action(session);
  } catch (const Failure& failure) {
    return report_failure(failure, session);
  }
}

int help(const std::vector<std::string>& arguments) {
  const Session session;
  if (arguments.empty()) {
    session.result(general_help(session.colour_results()));
    return done;
  }
  const Row* row = find_row(arguments[0]);
  if (row == nullptr) {
    const std::string near = nearest_command(arguments[0]);
    return misused(
        "there is no command `" + arguments[0] + "`" + (near.empty() ? "" : ", did you mean `" + near + "`?"),
        "`mlwc help` lists the commands");
  }
  return run_command(*row, {"--help"});
}

int start(const std::vector<std::string>& arguments) {
  if (arguments.empty()) {
    std::fputs(general_help(Session().colour_messages()).c_str(), stderr);
    return wrong_usage;
  }
  const std::string& first = arguments[0];
  const std::vector<std::string> rest(arguments.begin() + 1, arguments.end());
  if (first == "--version") {
    Session().result("mlwc " MLWC_VERSION "\n");
    return done;
  }
  if (first == "help" || first == "--help" || first == "-h") return help(rest);
  if (const Row* row = find_row(first)) return run_command(*row, rest);
  if (first.starts_with('-'))
    return misused("options stand behind the command, not `" + first + "`", "`mlwc help` lists the commands");
  const std::string near = nearest_command(first);
  return misused("there is no command `" + first + "`" + (near.empty() ? "" : ", did you mean `" + near + "`?"),
                 "`mlwc help` lists the commands");
}

}  // namespace

int main(int count, char** arguments) {
  // A file that may not grow is an error of the write, with a diagnostic, not the end of the process.
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    return start({arguments + 1, arguments + count});
  } catch (const Failure& failure) {
    return report_failure(failure, Session());
  } catch (const std::bad_alloc&) {
    std::fputs("mlwc: there is not enough memory for this now\n", stderr);
    return try_later;
  } catch (const std::exception& fault) {
    std::fprintf(stderr,
                 "mlwc: a fault of mlwc itself: %s\n"
                 "Please report it with the command, the workflow file and mlwc " MLWC_VERSION ".\n",
                 fault.what());
    return own_fault;
  }
}
