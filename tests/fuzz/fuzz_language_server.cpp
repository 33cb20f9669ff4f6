#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "compiler/diagnostics/characters.h"
#include "compiler/language_server/message_reader.h"
#include "compiler/language_server/navigation.h"
#include "compiler/language_server/rescan.h"
#include "compiler/language_server/server.h"

// The first byte says what the others are: bytes of a connection, in pieces; or edits of a text, after each of which
// every question about a place is asked. The server answers all of it, each message that it sends is one, and every
// answer speaks of places that exist.

namespace {

using namespace mlw::language_server;

[[noreturn]] void found(const char* what, std::string_view text) {
  std::fprintf(stderr, "%s\n---\n%.*s\n", what, static_cast<int>(text.size()), text.data());
  std::abort();
}

/// A world with one module and nothing else.
struct NoHost : Host {
  std::optional<std::string> read_module(const std::string&, const std::string& path) override {
    return path == "m.mlw" ? std::optional<std::string>("fn f(x) = x + 1\n") : std::nullopt;
  }
  std::vector<std::string> list(const std::string&, const std::string&) override { return {"a.csv", "b/"}; }
  void run(std::function<void()> work) override { work(); }
  void wait() override {}
  void find_data(DataWanted) override {}
  void start(CommandWanted) override {}
  void stop(int64_t) override {}
  std::string report_of(const std::string&) override { return {}; }
};

class Bytes {
 public:
  Bytes(const uint8_t* data, size_t size) : data_(data), size_(size) {}
  bool empty() const { return at_ >= size_; }
  uint8_t next() { return empty() ? 0 : data_[at_++]; }
  size_t place(size_t limit) {
    const size_t high = next();
    return (high * 256 + next()) % (limit + 1);
  }
  std::string take(size_t count) {
    count = std::min(count, size_ - std::min(at_, size_));
    const std::string out(reinterpret_cast<const char*>(data_ + at_), count);
    at_ += count;
    return out;
  }

 private:
  const uint8_t* data_;
  size_t size_, at_ = 0;
};

void settle(Server& server) {
  while (server.answer()) {
  }
  while (server.work()) server.analysed();
  for (const std::string& message : server.take())
    if (!Json::accept(message)) found("the server sent what is no JSON", message);
}

void connection(Bytes bytes) {
  NoHost host;
  Server server(host, "fuzz");
  MessageReader reader;
  const size_t piece = 1 + bytes.next();
  while (!bytes.empty() && !server.finished()) {
    reader.feed(bytes.take(piece));
    while (const auto message = reader.next())
      if (message->fault.empty())
        server.receive(message->content);
      else
        server.received_junk(message->fault);
    settle(server);
  }
}

/// What edits are made of: the words of the language and what upsets scanners.
constexpr std::string_view pieces[] = {
    "workflow w\n",
    "task { predict: y }\n",
    "data { source: csv(\"a.csv\")  columns { y, x: number } }\n",
    "prepare { a = x > 1  numbers: impute(median) |> standardize }\n",
    "search { l = linear(l2: 0.1..1 log)  n = network(dense(8) |> relu, batch: 32) }\n",
    "metrics { cost = false_negatives  objective: minimize(cost) }\n",
    "fn f(p, q: 2) = let h = p in if h > q then h else m.f(q)\n",
    "import \"m.mlw\" as m\n",
    "allow D102 because \"r\"\n",
    "deploy b, c { target: library }\n",
    "evaluate { test: holdout(20%) }\n",
    "## doc\n",
    "# comment\n",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    ":",
    "=",
    ",",
    "|",
    "|>",
    "..",
    ".",
    "-",
    "\"",
    "\"\"\"",
    "`",
    "\n",
    "\r",
    " ",
    "let ",
    "if ",
    "in ",
    "log",
    "y",
    "x",
    "a",
    "2026-11-2",
    "5min",
    "1e",
    "größe",
    "🍷",
    "\xEF\xBB\xBF",
};

void check_span(Span span, const OpenFile& file) {
  const auto inside = [&](uint32_t at) {
    return at < file.text().size() && (static_cast<unsigned char>(file.text()[at]) & 0xC0) == 0x80;
  };
  if (span.end < span.begin || span.end > file.text().size() || inside(span.begin) || inside(span.end))
    found("an answer speaks of a place that is none", file.text());
}

void ask_everything(const OpenFile& file, uint32_t offset, const mlw::FileReader& modules) {
  const Analysis& analysis = file.analysis(modules);
  const Completions proposals = complete(file, offset, &analysis, [](const std::string&) {
    return std::vector<std::string>{"a.csv"};
  });
  check_span(proposals.replaced, file);
  if (!(proposals.replaced.begin <= offset && offset <= proposals.replaced.end))
    found("a proposal replaces something else", file.text());
  if (!proposals.items.empty()) documentation_of(proposals.items.back().about, &file, &analysis);
  if (const auto answer = hover(file, offset, &analysis)) check_span(answer->span, file);
  signature(file, offset);
  definition_of(file, offset, &analysis);
  std::string refusal;
  for (const Edit& edit : rename(file, offset, "renamed", &analysis, refusal)) check_span(edit.span, file);
  for (const Span span : references_of(file, offset, true)) check_span(span, file);
  for (const Span span : selections(file, offset)) check_span(span, file);
  for (const Link& link : links(file)) check_span(link.span, file);
  for (const Hint& hint : hints(file, analysis, {0, static_cast<uint32_t>(file.text().size())}))
    check_span({hint.offset, hint.offset}, file);
  for (const Action& action : actions(file, analysis, {offset, offset}))
    for (const Edit& edit : action.edits) check_span(edit.span, file);
  for (const Lens& lens : lenses(file)) check_span(lens.span, file);
  outline(file);
  folds(file);
  uint32_t last = 0;
  for (const SemanticToken& token : semantic_tokens(file)) {
    check_span(token.span, file);
    if (token.span.begin < last) found("colours overlap", file.text());
    last = token.span.end;
  }
  for (const Edit& edit : format(file, analysis)) check_span(edit.span, file);
}

/// The place of a character, so that edits cut none.
uint32_t whole_character(const std::string& text, size_t at) {
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  return static_cast<uint32_t>(at);
}

void edits(Bytes bytes) {
  const mlw::FileReader modules = [](const std::string& path) -> std::optional<std::string> {
    return path == "m.mlw" ? std::optional<std::string>("fn f(x) = x + 1\n") : std::nullopt;
  };
  ClientAbilities client;
  client.encoding = bytes.next() % 2 == 0 ? Encoding::utf16 : Encoding::utf8;
  OpenFile file("fuzz.mlw", "", 0);
  for (int edit = 0; edit < 24 && !bytes.empty(); ++edit) {
    const uint32_t begin = whole_character(file.text(), bytes.place(file.text().size()));
    const uint32_t length = bytes.next() % 4 == 0 ? bytes.next() % 40 : 0;
    const uint32_t end = whole_character(file.text(), std::min<size_t>(begin + length, file.text().size()));
    const std::string_view piece = pieces[bytes.next() % std::size(pieces)];
    std::string wanted = file.text();
    wanted.replace(begin, end - begin, piece);
    // The way over the wire and back is part of it.
    const Speaker speaker{file, client};
    const Span span = speaker.span(speaker.range({begin, end}));
    const bool in_line_end = span.begin != begin || span.end != end;
    if (in_line_end) wanted = std::string(file.text()).replace(span.begin, span.end - span.begin, piece);
    file.change(span, piece);
    if (file.text() != wanted) found("an edit made another text", file.text());
    const OpenFile fresh("fuzz.mlw", file.text(), 0);
    if (file.structure().words != fresh.structure().words) found("words were read anew wrongly", file.text());
    if (edit % 3 == 0 || bytes.empty())
      ask_everything(file, whole_character(file.text(), bytes.place(file.text().size())), modules);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const Bytes bytes(data + 1, size - 1);
  if (data[0] % 2 == 0)
    edits(bytes);
  else
    connection(bytes);
  return 0;
}
