#include <fmt/format.h>

#include <chrono>
#include <cmath>

#include "compiler/language_server/describe.h"
#include "compiler/language_server/markdown.h"

namespace mlw::language_server {
namespace {

using SymbolSort = Symbol::Sort;

std::string share(int64_t part, int64_t whole) {
  return fmt::format("{:.3g} %", 100.0 * static_cast<double>(part) / static_cast<double>(std::max<int64_t>(whole, 1)));
}

std::string date_text(double microseconds) {
  using namespace std::chrono;
  if (!(std::abs(microseconds) < 6e16)) return "?";
  const sys_days day =
      floor<days>(sys_time<std::chrono::microseconds>(std::chrono::microseconds(static_cast<int64_t>(microseconds))));
  const year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string statistics(const ColumnProfile& column) {
  if (std::isnan(column.minimum)) return {};
  const bool date = column.kind == ColumnKind::date;
  const auto shown = [&](double value) { return date ? date_text(value) : fmt::format("{:.5g}", value); };
  std::string out = fmt::format("\n- from {} to {}", shown(column.minimum), shown(column.maximum));
  if (!date)
    out += fmt::format("\n- median {:.5g}, mean {:.5g}, standard deviation {:.5g}", column.median, column.mean,
                       column.deviation);
  return out;
}

/// The most frequent values, as the profile counted them.
std::string most_frequent(const ColumnProfile& column, int64_t rows) {
  std::string out;
  int shown = 0;
  for (const ColumnProfile::Bin& bin : column.histogram) {
    if (bin.label.empty() || shown == 8) continue;
    out += fmt::format("{}{} {}", shown++ == 0 ? "\n- " : ", ", code(bin.label), share(bin.rows, rows));
  }
  return out;
}

std::string categories(const std::vector<std::string>& all) {
  std::string out;
  for (size_t i = 0; i < all.size() && i < 8; ++i) out += (i == 0 ? "\n- " : ", ") + code(all[i]);
  if (all.size() > 8) out += fmt::format(" and {} more", all.size() - 8);
  return out;
}

const ColumnProfile* profile_of(const std::string& name, const Analysis& analysis) {
  const Data* data = modelled(analysis.workflow);
  const std::optional<Profile>& profile = analysis.facts->profile;
  return profile && data && profile->data == data->name ? profile->find(name) : nullptr;
}

const ColumnSchema* schema_of(const std::string& name, const Analysis& analysis) {
  const Data* data = modelled(analysis.workflow);
  const Schema* schema = data ? analysis.schema_of(data->name) : nullptr;
  return schema ? schema->find(name) : nullptr;
}

std::string kind_text(const semantics::Column& column) {
  std::string out(column.type == ValueType::unknown ? "column" : name(column.kind));
  return column.unit.empty() ? out : out + " in " + column.unit;
}

const char* spoken(SymbolSort sort) {
  switch (sort) {
    case SymbolSort::workflow:
      return "workflow";
    case SymbolSort::data:
      return "data block";
    case SymbolSort::deployment:
      return "deployment";
    case SymbolSort::column:
      return "column defined here";
    case SymbolSort::metric:
      return "metric of this file";
    case SymbolSort::model:
      return "model or set of values";
    case SymbolSort::function:
      return "function of this file";
    case SymbolSort::module:
      return "imported module";
    case SymbolSort::parameter:
      return "parameter";
    case SymbolSort::local:
      break;
  }
  return "local name";
}

const Definition* definition_of(const Symbol& symbol, const Analysis* analysis) {
  if (!analysis || symbol.sort != SymbolSort::column) return nullptr;
  for (const Definition& definition : analysis->workflow.prepare.definitions)
    if (definition.name == symbol.name) return &definition;
  return nullptr;
}

/// The words of an item in one line, cut where it gets long.
std::string written_item(const Symbol& symbol, const OpenFile& file) {
  const Structure& structure = file.structure();
  if (symbol.item == none) return {};
  const Item& item = structure.items[symbol.item];
  const uint32_t last = item.sort == Item::Sort::block && item.open != none ? item.open - 1 : item.last;
  std::string out;
  for (uint32_t word = item.first; word <= last; ++word) {
    const bool gap = word > item.first && structure.words[word].begin > structure.words[word - 1].end;
    out.append(gap ? " " : "").append(structure.written(word));
    if (out.size() > 300) return out + " …";
  }
  return out;
}

}  // namespace

std::string describe_column(const std::string& column_name, const Analysis& analysis) {
  const semantics::Column* column = analysis.columns.find(column_name);
  if (!column) {
    if (analysis.columns.complete()) return {};
    return fmt::format("{} — column\n\nThe data have not been read yet: `mlwc check` reads them.", code(column_name));
  }
  std::string out = fmt::format("{} — {}", code(column_name), kind_text(*column));
  const ColumnProfile* profile = profile_of(column_name, analysis);
  const ColumnSchema* schema = schema_of(column_name, analysis);
  if (schema && schema->inferred && !schema->reason.empty()) out += fmt::format("\n\n*inferred: {}*", schema->reason);
  if (profile && !profile->role.empty() && profile->role != "input")
    out += fmt::format("\n\nIts part: {}.", profile->role);
  std::string facts;
  if (profile) {
    const int64_t rows = analysis.facts->profile->rows;
    facts += statistics(*profile);
    facts += most_frequent(*profile, rows);
    facts += fmt::format("\n- {} different values", profile->distinct);
    facts += profile->missing == 0
                 ? "\n- none missing"
                 : fmt::format("\n- {} missing ({})", profile->missing, share(profile->missing, rows));
    facts +=
        fmt::format("\n\n*{} development rows{}*", rows, analysis.facts->current ? "" : ", as they were read last");
  } else if (schema) {
    facts += categories(schema->categories);
    if (schema->distinct >= 0) facts += fmt::format("\n- {} different values", schema->distinct);
    if (schema->missing > 0) facts += fmt::format("\n- {} missing", schema->missing);
  }
  return facts.empty() ? out : out + "\n" + facts;
}

std::string column_in_short(const std::string& column_name, const Analysis& analysis) {
  const semantics::Column* column = analysis.columns.find(column_name);
  if (!column) return "column";
  std::string out = kind_text(*column);
  if (const ColumnProfile* profile = profile_of(column_name, analysis); profile && profile->missing > 0)
    out += ", " + share(profile->missing, analysis.facts->profile->rows) + " missing";
  return out;
}

std::string describe_symbol(const Symbol& symbol, const OpenFile& file, const Analysis* analysis) {
  std::string out = fmt::format("{} — {}", code(symbol.name), spoken(symbol.sort));
  const Definition* definition = definition_of(symbol, analysis);
  if (definition && definition->formula && definition->formula->type != ValueType::unknown) {
    out += fmt::format(": {}", name(definition->formula->type));
    if (!definition->formula->unit.empty()) out += " in " + definition->formula->unit;
  }
  const bool of_item = symbol.sort != SymbolSort::parameter && symbol.sort != SymbolSort::local;
  if (of_item && symbol.item != none)
    if (const std::string text = file.structure().documentation(symbol.item); !text.empty()) out += "\n\n" + text;
  if (const std::string text = written_item(symbol, file); !text.empty()) out += "\n\n```mlw\n" + text + "\n```";
  return out;
}

std::string symbol_in_short(const Symbol& symbol, const OpenFile& file, const Analysis* analysis) {
  if (const Definition* definition = definition_of(symbol, analysis);
      definition && definition->formula && definition->formula->type != ValueType::unknown) {
    const std::string& unit = definition->formula->unit;
    return std::string(name(definition->formula->type)) + (unit.empty() ? "" : " in " + unit);
  }
  return spoken(symbol.sort);
}

}  // namespace mlw::language_server
