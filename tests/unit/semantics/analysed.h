#pragma once

#include <map>
#include <string>
#include <vector>

#include "compiler/semantics/semantics.h"
#include "compiler/syntax/syntax.h"

/// A workflow's text through parser and analysis, for tests.
struct Analysed {
  mlw::Sources sources;
  mlw::Diagnostics diagnostics;
  mlw::Workflow workflow;

  std::vector<std::string> codes() const {
    std::vector<std::string> out;
    for (const mlw::Diagnostic& one : diagnostics.all()) out.emplace_back(one.kind->code);
    return out;
  }
  std::string text() const { return mlw::render(diagnostics, sources, {}); }
};

inline mlw::ColumnSchema column(std::string name, mlw::ColumnKind kind, int64_t distinct = -1,
                                std::vector<std::string> categories = {}, std::string unit = {}) {
  mlw::ColumnSchema schema;
  schema.name = std::move(name);
  schema.kind = kind;
  schema.distinct = distinct;
  schema.categories = std::move(categories);
  schema.unit = std::move(unit);
  return schema;
}

inline mlw::Schema payments_schema() {
  using enum mlw::ColumnKind;
  mlw::Schema schema;
  schema.data = "data";
  schema.rows = 5000;
  schema.columns = {column("amount", number, 900, {}, "EUR"),
                    column("fee", number, 80, {}, "GBP"),
                    column("age", integer, 70),
                    column("income", number, 4000),
                    column("country", category, 3, {"de", "fr", "nl"}),
                    column("home_country", category, 3, {"de", "fr", "nl"}),
                    column("note", text, 4000),
                    column("paid_at", date, 5000),
                    column("chargeback_at", date, 50),
                    column("payment_id", id, 5000),
                    column("customer_id", id, 700),
                    column("gender", category, 2, {"f", "m"}),
                    column("größe in m²", number, 100),
                    column("is_fraud", flag, 2)};
  return schema;
}

/// Analysis with a schema for each data block of those names; an empty list means that no schema is known.
inline Analysed analyse_with(const std::string& text, std::vector<mlw::Schema> schemas,
                             std::map<std::string, std::string> modules = {}) {
  Analysed out;
  const uint32_t file = out.sources.add({"test.mlw", text});
  const mlw::syntax::File tree = mlw::syntax::parse(out.sources, file, out.diagnostics);
  const mlw::FileReader reader = [&](const std::string& path) -> std::optional<std::string> {
    auto found = modules.find(path);
    return found == modules.end() ? std::nullopt : std::optional(found->second);
  };
  out.workflow = mlw::analyse(tree, schemas, out.sources, reader, out.diagnostics);
  return out;
}

/// A workflow about payments, with `more` behind its task and data.
inline Analysed analyse_payments(const std::string& more, const std::string& columns = "") {
  return analyse_with(
      "workflow payments\ntask { predict: is_fraud }\ndata { source: csv(\"p.csv\")\n" + columns + "}\n" + more + "\n",
      {payments_schema()});
}
