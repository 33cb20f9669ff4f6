#include "tests/unit/language_server/conversation.h"

using namespace mlw::language_server;

namespace {

const std::string uri = "file:///w/file.mlw";
const std::string text =
    "workflow orders\ntask { predict: returned }\ndata { source: csv(\"orders.csv\") }\nprepare { dear = amount > 9 "
    "}\n";

int error_of(const Json& answer) { return answer.contains("error") ? answer["error"]["code"].get<int>() : 0; }

std::vector<std::string> codes(const Json& published) {
  std::vector<std::string> out;
  for (const Json& one : published["diagnostics"]) out.push_back(one["code"]);
  return out;
}

}  // namespace

TEST_CASE("the server tells what it can, and agrees on an encoding") {
  CHECK(Conversation().initialized["capabilities"]["positionEncoding"] == "utf-16");
  const Json utf8 = Json::parse(R"({"general": {"positionEncodings": ["utf-16", "utf-8"]}})");
  CHECK(Conversation(utf8).initialized["capabilities"]["positionEncoding"] == "utf-8");
  const Json abilities = Conversation().initialized["capabilities"];
  CHECK(abilities["textDocumentSync"]["change"] == 2);
  CHECK(abilities["semanticTokensProvider"]["legend"]["tokenTypes"].size() == semantic_sorts().size());
}

TEST_CASE("requests out of order are refused") {
  FakeHost host;
  Server server(host, "1.0");
  server.receive(R"({"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{}})");
  server.answer();
  CHECK(error_of(Json::parse(server.take().at(0))) == not_initialized);
  Conversation talk;
  CHECK(error_of(talk.ask("initialize", {{"capabilities", Json::object()}})) == invalid_request);
  CHECK(talk.request("shutdown", Json()).is_null());
  CHECK(error_of(talk.ask("textDocument/hover", Json::object())) == invalid_request);
  CHECK_FALSE(talk.server.finished());
  talk.notify("exit", Json());
  CHECK(talk.server.finished());
  CHECK(talk.server.exit_status() == 0);
}

TEST_CASE("exit without shutdown is a failure") {
  Conversation talk;
  talk.notify("exit", Json());
  CHECK(talk.server.exit_status() == 1);
}

TEST_CASE("malformed messages are answered and change nothing") {
  Conversation talk;
  talk.open(uri, text);
  for (const auto& [content, code] :
       {std::pair<std::string, int>("{", parse_error),
        {"", parse_error},
        {"\xff\xfe", parse_error},
        {"[]", invalid_request},
        {"7", invalid_request},
        {R"({"id":1})", invalid_request},
        {R"({"id":1,"method":7})", invalid_request},
        {R"({"id":{},"method":"a"})", invalid_request},
        {R"({"id":1,"method":"no/such"})", method_not_found},
        {R"({"id":1,"method":"textDocument/hover"})", invalid_params},
        {R"({"id":1,"method":"textDocument/hover","params":[]})", invalid_params},
        {R"({"id":1,"method":"textDocument/hover","params":{"textDocument":{"uri":7}}})", invalid_params},
        {R"({"id":1,"method":"textDocument/hover","params":{"textDocument":{"uri":"file:///nowhere"},"position":{}}})",
         invalid_params},
        {R"({"id":1,"method":"textDocument/hover","params":{"textDocument":{"uri":"file:///w/file.mlw"},
          "position":{"line":"x","character":1}}})",
         invalid_params},
        {R"({"id":1,"method":"textDocument/hover","params":{"textDocument":{"uri":"file:///w/file.mlw"},
          "position":{"line":1e300,"character":1}}})",
         invalid_params},
        {R"({"id":1,"method":"workspace/executeCommand","params":{"command":"mlwc.run"}})", invalid_params}}) {
    INFO(content);
    talk.server.receive(content);
    talk.server.answer();
    const std::vector<std::string> answers = talk.server.take();
    REQUIRE(answers.size() == 1);
    CHECK(error_of(Json::parse(answers[0])) == code);
  }
  for (const char* content :
       {R"({"method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///w/file.mlw"}}})",
        R"({"method":"textDocument/didChange","params":7})", R"({"method":"textDocument/didOpen"})",
        R"({"method":"textDocument/didClose","params":{"textDocument":{"uri":"file:///other"}}})",
        R"({"method":"$/whatever"})", R"({"id":99,"result":null})", R"({"method":"$/cancelRequest"})"}) {
    talk.server.receive(content);
    talk.settle();
  }
  CHECK(talk.request("textDocument/hover", Conversation::at(uri, 1, 2))["contents"]["value"]
            .get<std::string>()
            .starts_with("task"));
}

TEST_CASE("diagnostics follow the text") {
  Conversation talk(Conversation::able());
  talk.open(uri, text);
  CHECK(talk.published(uri)["diagnostics"].empty());
  CHECK(talk.published(uri)["version"] == 1);
  talk.change(uri, Json::array({{{"range", Conversation::range(1, 16, 24)}, {"text", ""}}}));
  CHECK_FALSE(talk.published(uri)["diagnostics"].empty());
  CHECK(talk.published(uri)["version"] == 2);
  talk.change(uri, Json::array({{{"text", text}}}), 3);
  CHECK(talk.published(uri)["diagnostics"].empty());
  talk.notify("textDocument/didClose", {{"textDocument", {{"uri", uri}}}});
  CHECK(talk.published(uri)["diagnostics"].empty());
}

TEST_CASE("a diagnostic has a code, related places and the data for its mend") {
  Conversation talk(Conversation::able());
  talk.open(uri, "workflow w\ntask { predict: y }\ntask { predict: y }\ndata { sorce: csv(\"a\") }\n");
  const Json found = talk.published(uri)["diagnostics"];
  REQUIRE(found.size() >= 2);
  CHECK(found[0]["source"] == "mlwc");
  CHECK(found[0]["severity"] == 1);
  CHECK(found[0]["relatedInformation"][0]["location"]["range"]["start"]["line"] == 1);
  const auto mended = std::find_if(found.begin(), found.end(), [](const Json& one) { return one.contains("data"); });
  REQUIRE(mended != found.end());
  CHECK((*mended)["data"]["mend"]["newText"] == "source");
  CHECK((*mended)["range"] == (*mended)["data"]["mend"]["range"]);
  CHECK((*mended)["message"].get<std::string>().find("help: did you mean") != std::string::npos);
}

TEST_CASE("an unchanged text is not analysed twice") {
  Conversation talk(Conversation::able());
  talk.open(uri, text);
  const size_t before = talk.messages("textDocument/publishDiagnostics").size();
  talk.request("textDocument/hover", Conversation::at(uri, 1, 2));
  talk.request("textDocument/inlayHint", {{"textDocument", {{"uri", uri}}}, {"range", Conversation::range(0, 0, 9)}});
  talk.settle();
  CHECK(talk.host.jobs == 1);
  CHECK(talk.messages("textDocument/publishDiagnostics").size() == before);
}

TEST_CASE("what is known of the data reaches answers and diagnostics") {
  Conversation talk(Conversation::able());
  talk.open(uri, text);
  REQUIRE(talk.host.wanted.size() == 1);
  CHECK(talk.host.wanted[0].path == "/w/file.mlw");
  CHECK(talk.host.wanted[0].sound);
  auto facts = std::make_shared<DataFacts>(Marked::orders());
  facts->identity = "first";
  const size_t refreshed = talk.messages("workspace/inlayHint/refresh").size();
  talk.server.data_found("/w/file.mlw", facts);
  talk.settle();
  CHECK(talk.messages("workspace/inlayHint/refresh").size() == refreshed + 1);
  CHECK(talk.host.wanted.back().known == "first");
  const Json hints = talk.request("textDocument/inlayHint",
                                  {{"textDocument", {{"uri", uri}}}, {"range", Conversation::range(0, 0, 0)}});
  CHECK(hints.empty());
  talk.change(uri, Json::array({{{"range", Conversation::range(3, 17, 23)}, {"text", "amont"}}}));
  CHECK(codes(talk.published(uri)) == std::vector<std::string>{"T101"});
  const size_t asked = talk.host.wanted.size();
  talk.server.data_found("/w/file.mlw", facts);  // nothing new
  talk.settle();
  CHECK(talk.host.wanted.size() == asked);
}

TEST_CASE("data are read on opening and saving only, and never when that is not wanted") {
  const auto nothing = std::make_shared<DataFacts>();
  Conversation talk(Conversation::able());
  talk.open(uri, text);
  const auto found = [&](Conversation& one) {
    one.server.data_found("/w/file.mlw", nothing);
    one.settle();
    return one.host.started.size();
  };
  CHECK(found(talk) == 1);
  CHECK(talk.host.started[0].command == "check");
  CHECK(talk.messages("$/progress").back()["value"]["title"] == "Reading the data of file.mlw");
  talk.server.command_ended(talk.host.started[0].number, 1, "no file");
  talk.settle();
  CHECK(talk.messages("window/showMessage").empty());
  CHECK(found(talk) == 1);
  talk.change(uri, Json::array({{{"range", Conversation::range(0, 15, 15)}, {"text", " "}}}));
  CHECK(found(talk) == 1);
  talk.notify("textDocument/didSave", {{"textDocument", {{"uri", uri}}}});
  CHECK(found(talk) == 2);
  CHECK(found(talk) == 2);  // it is under way
  Conversation never(Json::object(), {{"readData", "never"}});
  never.open(uri, text);
  CHECK(found(never) == 0);
  Conversation mistaken;
  mistaken.open(uri, "workflow w\n");
  CHECK(found(mistaken) == 0);
}

TEST_CASE("a waiting request is cancelled, one that was answered is not") {
  Conversation talk;
  talk.open(uri, text);
  const auto hover = [](int id) {
    Json message = {{"jsonrpc", "2.0"}, {"id", id}, {"method", "textDocument/hover"}};
    message["params"] = Conversation::at(uri, 1, 2);
    return message.dump();
  };
  talk.server.receive(hover(101));
  talk.server.receive(hover(102));
  talk.server.receive(R"({"method":"$/cancelRequest","params":{"id":102}})");
  talk.settle();
  talk.server.receive(R"({"method":"$/cancelRequest","params":{"id":101}})");
  talk.settle();
  std::map<int, int> answers;
  for (const Json& message : talk.sent)
    if (message.contains("id") && message["id"].is_number() && message["id"] > 100)
      answers[message["id"].get<int>()] += 10 + (message.contains("error") ? error_of(message) : 0);
  CHECK(answers[101] == 10);
  CHECK(answers[102] == 10 + request_cancelled);
}

TEST_CASE("positions count in the agreed encoding") {
  const std::string wide = "workflow w\ndata { source: csv(\"🍷.csv\")  `größe` : 1 }\n";
  for (const auto& [encoding, column] : {std::pair("utf-16", 30), {"utf-8", 32}}) {
    Conversation talk({{"general", {{"positionEncodings", Json::array({encoding})}}}});
    talk.open(uri, wide);
    const Json found = talk.published(uri)["diagnostics"];
    const bool there = std::any_of(found.begin(), found.end(), [&, at = column](const Json& one) {
      return one["range"]["start"]["character"] == at;
    });
    INFO(found.dump());
    CHECK(there);
  }
}

TEST_CASE("every request answers on every kind of text") {
  for (const std::string& content : {text, std::string(), std::string("fn f(x) = x\n"), std::string("task { predict: "),
                                     std::string("\xEF\xBB\xBFworkflow w\r\n"), std::string("# only a comment"),
                                     std::string("\"\"\""), std::string(5000, '(')}) {
    Conversation talk(Conversation::able());
    talk.open(uri, content);
    const Json document = {{"textDocument", {{"uri", uri}}}};
    for (const char* method : {"textDocument/documentSymbol", "textDocument/foldingRange", "textDocument/codeLens",
                               "textDocument/semanticTokens/full", "textDocument/documentLink"})
      talk.request(method, document);
    for (const char* method : {"textDocument/hover", "textDocument/completion", "textDocument/signatureHelp",
                               "textDocument/definition", "textDocument/documentHighlight"})
      for (int line = 0; line < 4; ++line) talk.request(method, Conversation::at(uri, line, 9));
    Json ranged = document;
    ranged["range"] = Conversation::range(0, 0, 9);
    ranged["context"] = {{"diagnostics", Json::array()}};
    for (const char* method :
         {"textDocument/inlayHint", "textDocument/codeAction", "textDocument/semanticTokens/range"})
      talk.request(method, ranged);
    Json formatting = document;
    formatting["options"] = {{"tabSize", 2}, {"insertSpaces", true}};
    talk.request("textDocument/formatting", formatting);
    talk.request("textDocument/selectionRange",
                 {{"textDocument", {{"uri", uri}}}, {"positions", Json::array({{{"line", 0}, {"character", 3}}})}});
    Json references = Conversation::at(uri, 3, 11);
    references["context"] = {{"includeDeclaration", true}};
    talk.request("textDocument/references", references);
    talk.request("workspace/symbol", {{"query", "a"}});
  }
}

TEST_CASE("completion goes over the wire with its range, snippet and documentation") {
  Conversation talk(Conversation::able());
  talk.open(uri, "workflow w\nsea\n");
  const Json found = talk.request("textDocument/completion", Conversation::at(uri, 1, 3));
  for (const Json& item : found["items"]) {
    if (item["label"] != "search") continue;
    CHECK(item["textEdit"]["range"] == Conversation::range(1, 0, 3));
    CHECK(item["insertTextFormat"] == 2);
    const Json resolved = talk.request("completionItem/resolve", item);
    CHECK(resolved["documentation"]["kind"] == "markdown");
    CHECK(resolved["documentation"]["value"].get<std::string>().find("models may compete") != std::string::npos);
    return;
  }
  FAIL("search was not offered");
}

TEST_CASE("a space proposes only behind a sign where a value is due") {
  Conversation talk;
  talk.open(uri, "workflow w\nsearch { strategy: \n }");
  Json behind_colon = Conversation::at(uri, 1, 19);
  behind_colon["context"] = {{"triggerKind", 2}, {"triggerCharacter", " "}};
  CHECK_FALSE(talk.request("textDocument/completion", behind_colon)["items"].empty());
  Json behind_brace = Conversation::at(uri, 1, 9);
  behind_brace["context"] = {{"triggerKind", 2}, {"triggerCharacter", " "}};
  CHECK(talk.request("textDocument/completion", behind_brace)["items"].empty());
}

TEST_CASE("renaming answers with edits, or with the reason why not") {
  Conversation talk(Conversation::able());
  talk.open(uri, text);
  const Json prepared = talk.request("textDocument/prepareRename", Conversation::at(uri, 3, 11));
  CHECK(prepared["placeholder"] == "dear");
  Json params = Conversation::at(uri, 3, 11);
  params["newName"] = "costly";
  CHECK(talk.request("textDocument/rename", params)["changes"][uri][0]["newText"] == "costly");
  const Json refused = talk.ask("textDocument/prepareRename", Conversation::at(uri, 1, 1));
  CHECK(error_of(refused) == request_failed);
  CHECK(refused["error"]["message"] == "`task` is a word of the language");
}

TEST_CASE("actions are kept to the kinds that are asked for") {
  Conversation talk(Conversation::able());
  talk.open(uri, text);
  Json params = {
      {"textDocument", {{"uri", uri}}}, {"range", Conversation::range(3, 1, 1)}, {"context", {{"only", {"refactor"}}}}};
  const Json found = talk.request("textDocument/codeAction", params);
  REQUIRE(found.size() == 1);
  CHECK(found[0]["title"] == "Write out the defaults of `prepare`");
  params["context"]["only"] = {"quickfix"};
  CHECK(talk.request("textDocument/codeAction", params).empty());
}

TEST_CASE("a module that is open counts as it stands in the editor") {
  Conversation talk(Conversation::able());
  const std::string importing = text + "import \"m.mlw\" as m\n";
  talk.host.modules["m.mlw"] = "fn f(x) = x\n";
  talk.open(uri, importing);
  CHECK(talk.published(uri)["diagnostics"].empty());
  talk.open("file:///w/m.mlw", "fn f(x) = f(x)\n");
  CHECK(codes(talk.published("file:///w/m.mlw")) == codes(talk.published(uri)));
  const Json found = talk.published(uri)["diagnostics"];
  REQUIRE(found.size() == 1);
  CHECK(found[0]["range"]["start"]["line"] == 4);
  CHECK(found[0]["message"].get<std::string>().starts_with("in m.mlw: "));
  CHECK(found[0]["relatedInformation"][0]["location"]["uri"] == "file:///w/m.mlw");
  talk.change("file:///w/m.mlw", Json::array({{{"text", "fn f(x) = x\n"}}}));
  CHECK(talk.published(uri)["diagnostics"].empty());
}

TEST_CASE("a module of functions has no blocks to miss") {
  Conversation talk;
  talk.open(uri, "fn f(x) = x + 1\n");
  CHECK(talk.published(uri)["diagnostics"].empty());
  talk.open(uri, "fn f(x) = x + 1\nfn f(x) = 2\n");
  CHECK(talk.published(uri)["diagnostics"].size() == 1);
}

TEST_CASE("commands run beside the server and tell how they go") {
  Conversation talk(Conversation::able());
  talk.open(uri, text);
  CHECK(talk.request("workspace/executeCommand", {{"command", "mlwc.build"}, {"arguments", {uri, "lib"}}}).is_null());
  REQUIRE(talk.host.started.size() == 1);
  const CommandWanted& wanted = talk.host.started[0];
  CHECK(wanted.command == "build");
  CHECK(wanted.path == "/w/file.mlw");
  CHECK(wanted.argument == "lib");
  talk.server.command_said(wanted.number, "trial 3");
  talk.notify("window/workDoneProgress/cancel", {{"token", "mlwc-1"}});
  CHECK(talk.host.stopped == std::vector<int64_t>{wanted.number});
  talk.server.command_ended(wanted.number, 130, "");
  talk.settle();
  const auto progress = talk.messages("$/progress");
  REQUIRE(progress.size() == 3);
  CHECK(progress[0]["value"]["title"] == "Building file.mlw");
  CHECK(progress[1]["value"]["message"] == "trial 3");
  CHECK(progress[2]["value"]["kind"] == "end");
  CHECK(talk.messages("window/showMessage").back()["message"] == "`mlwc build file.mlw` was stopped");
  CHECK(error_of(talk.ask("workspace/executeCommand", {{"command", "mlwc.nothing"}, {"arguments", {uri}}})) ==
        invalid_params);
  CHECK(error_of(talk.ask("workspace/executeCommand", {{"command", "mlwc.run"}, {"arguments", {uri, "--threads"}}})) ==
        invalid_params);
}

TEST_CASE("the report is shown where there is one") {
  Conversation talk(Conversation::able());
  talk.request("workspace/executeCommand", {{"command", "mlwc.openReport"}, {"arguments", {uri}}});
  CHECK(talk.messages("window/showMessage").back()["message"] == "there is no report yet: run the workflow first");
  talk.host.report = "/w/my file.out/report.html";
  talk.request("workspace/executeCommand", {{"command", "mlwc.openReport"}, {"arguments", {uri}}});
  CHECK(talk.messages("window/showDocument").back()["uri"] == "file:///w/my%20file.out/report.html");
}

TEST_CASE("paths and uris belong to each other") {
  for (const char* path : {"/a/b.mlw", "/a b/größe?#%.mlw", "/"}) CHECK(path_of_uri(uri_of_path(path)) == path);
  CHECK(uri_of_path("/a b") == "file:///a%20b");
  CHECK(path_of_uri("file://machine/a") == "/a");
  CHECK(path_of_uri("untitled:Untitled-1") == "untitled:Untitled-1");
  CHECK(path_of_uri("file:///a%2") == "/a%2");
  CHECK(path_of_uri("file:///a%zz%-1") == "/a%zz%-1");
}
