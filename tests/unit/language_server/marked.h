#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "compiler/language_server/open_file.h"

/// A file with a cursor in it, and what its data look like.
struct Marked {
  /// `text`: `‸` stands where the cursor is.
  explicit Marked(std::string text, std::map<std::string, std::string> modules = {})
      : modules([modules](const std::string& path) -> std::optional<std::string> {
          const auto found = modules.find(path);
          return found == modules.end() ? std::nullopt : std::optional(found->second);
        }),
        file("file.mlw", unmarked(text), 1) {
    file.set_facts(std::make_shared<mlw::language_server::DataFacts>(orders()));
  }

  const mlw::language_server::Analysis& analysis() const { return file.analysis(modules); }
  std::string_view text_of(mlw::language_server::Span span) const {
    return std::string_view(file.text()).substr(span.begin, span.end - span.begin);
  }

  static mlw::language_server::DataFacts orders() {
    using enum mlw::ColumnKind;
    const auto column = [](std::string name, mlw::ColumnKind kind, int64_t distinct,
                           std::vector<std::string> categories = {}, std::string unit = {}) {
      mlw::ColumnSchema schema;
      schema.name = std::move(name);
      schema.kind = kind;
      schema.distinct = distinct;
      schema.missing = 0;
      schema.categories = std::move(categories);
      schema.unit = std::move(unit);
      schema.reason = "as found";
      return schema;
    };
    mlw::language_server::DataFacts facts;
    mlw::Schema schema;
    schema.data = "data";
    schema.rows = 1000;
    schema.columns = {column("amount", number, 900, {}, "EUR"),
                      column("items", integer, 12),
                      column("country", category, 3, {"de", "fr", "nl"}),
                      column("note", text, 700),
                      column("ordered_at", date, 1000),
                      column("total weight", number, 300),
                      column("gift", flag, 2),
                      column("returned", category, 2, {"no", "yes"})};
    mlw::Profile profile;
    profile.data = "data";
    profile.rows = 800;
    for (const mlw::ColumnSchema& one : schema.columns) {
      mlw::ColumnProfile& added = profile.columns.emplace_back();
      added.name = one.name;
      added.kind = one.kind;
      added.unit = one.unit;
      added.role = one.name == "returned" ? "target" : "input";
      added.distinct = one.distinct;
      added.content = std::hash<std::string>{}(one.name);
      added.minimum = added.maximum = added.mean = added.median = added.deviation = std::nan("");
    }
    profile.columns[0].minimum = 1.5, profile.columns[0].maximum = 900, profile.columns[0].mean = 80;
    profile.columns[0].median = 42, profile.columns[0].deviation = 17, profile.columns[0].missing = 24;
    profile.columns[2].histogram = {{0, 0, "de", 500}, {0, 0, "fr", 200}, {0, 0, "nl", 100}};
    profile.classes = {"no", "yes"};
    profile.class_rows = {700, 100};
    facts.schemas = {schema};
    facts.profile = profile;
    facts.current = true;
    return facts;
  }

  uint32_t cursor = 0;
  mlw::FileReader modules;
  mlw::language_server::OpenFile file;

 private:
  std::string unmarked(std::string text) {
    constexpr std::string_view mark = "‸";
    const size_t at = text.find(mark);
    if (at == std::string::npos) return text;
    cursor = static_cast<uint32_t>(at);
    return text.erase(at, mark.size());
  }
};

/// A workflow whose task and data stand before a part of it.
inline std::string with_orders(const std::string& rest) {
  return "workflow orders\ntask { predict: returned }\ndata { source: csv(\"orders.csv\") }\n" + rest;
}
