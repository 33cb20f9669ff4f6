#include <algorithm>
#include <cmath>

#include "compiler/diagnostics/kinds/method.h"
#include "compiler/diagnostics/kinds/types.h"
#include "compiler/semantics/analysis.h"

namespace mlw::semantics {
namespace {

using Form = Space::Form;

std::string option_text(const Space& value) {
  if (value.form == Form::flag) return value.value != 0 ? "true" : "false";
  if (value.form == Form::integer || value.form == Form::number) return std::to_string(std::llround(value.value));
  if (value.form != Form::list) return value.text;
  std::string out;
  for (const Space& item : value.items) out += (&item == value.items.data() ? "" : "\n") + item.text;
  return out;
}

std::optional<ColumnKind> kind_named(std::string_view text) {
  for (int i = 0; i <= static_cast<int>(ColumnKind::weight); ++i)
    if (name(static_cast<ColumnKind>(i)) == text) return static_cast<ColumnKind>(i);
  return std::nullopt;
}

/// A word of SQL at a place, in any case, with nothing of a name around it.
bool has_word(std::string_view query, std::string_view word) {
  auto of_name = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
  auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
  for (auto at = query.begin();; ++at) {
    at = std::search(at, query.end(), word.begin(), word.end(), same);
    if (at == query.end()) return false;
    const bool starts = at == query.begin() || !of_name(at[-1]);
    const auto behind = at + static_cast<std::ptrdiff_t>(word.size());
    if (starts && (behind == query.end() || !of_name(*behind) || word.back() == '(')) return true;
  }
}

/// The query without its texts, quoted names and comments, blanks before brackets left out: what stands there is code.
std::string sql_code(std::string_view query) {
  std::string code;
  for (size_t i = 0; i < query.size(); ++i) {
    const char c = query[i];
    if (c == '\'' || c == '"') {
      const size_t end = query.find(c, i + 1);
      if (end == std::string_view::npos) break;
      i = end;
      code += '?';
    } else if (query.substr(i, 2) == "--") {
      const size_t end = query.find('\n', i);
      if (end == std::string_view::npos) break;
      i = end;
      code += ' ';
    } else if (query.substr(i, 2) == "/*") {
      const size_t end = query.find("*/", i + 2);
      if (end == std::string_view::npos) break;
      i = end + 1;
      code += ' ';
    } else {
      if (c == '(')
        while (!code.empty() && std::isspace(static_cast<unsigned char>(code.back()))) code.pop_back();
      code += c;
    }
  }
  return code;
}

/// Whether a query computes over several rows: aggregates, windows, ranks. Their names are SQL's and DuckDB's.
bool aggregates(std::string_view query) {
  const std::string code = sql_code(query);
  for (std::string_view word : {"over(",
                                "group",
                                "having",
                                "sum(",
                                "avg(",
                                "mean(",
                                "count(",
                                "min(",
                                "max(",
                                "median(",
                                "mode(",
                                "quantile(",
                                "stddev(",
                                "stddev_samp(",
                                "stddev_pop(",
                                "variance(",
                                "var_samp(",
                                "var_pop(",
                                "quantile_cont(",
                                "quantile_disc(",
                                "first(",
                                "last(",
                                "any_value(",
                                "arg_max(",
                                "arg_min(",
                                "corr(",
                                "covar_pop(",
                                "covar_samp(",
                                "regr_slope(",
                                "regr_intercept(",
                                "histogram(",
                                "approx_quantile(",
                                "approx_count_distinct(",
                                "percentile_cont(",
                                "percentile_disc(",
                                "bool_and(",
                                "bool_or(",
                                "product(",
                                "entropy(",
                                "skewness(",
                                "kurtosis(",
                                "mad("})
    if (has_word(code, word)) return true;
  return false;
}

class DataReader {
 public:
  DataReader(const BlockContents& block, const Module& functions, const std::vector<Schema>& schemas, Context& context)
      : block_(block), functions_(functions), schemas_(schemas), context_(context) {}

  Data read() {
    data_.name = block_.name;
    read_source();
    for (const BlockContents& inner : block_.inner)
      for (const ColumnSetting& column : inner.columns) declare(column);
    const Schema* schema = nullptr;
    for (const Schema& one : schemas_)
      if (one.data == data_.name) schema = &one;
    columns_ = Columns(data_, schema);
    for (const BlockContents& inner : block_.inner)
      for (const ColumnSetting& column : inner.columns) columns_.resolve(column.name, context_);
    for (const syntax::Name& name : read_by_kinds_) columns_.resolve(name, context_);
    data_.key = column("key");
    data_.time = column("time");
    check_time();
    read_where();
    return std::move(data_);
  }

 private:
  const vocabulary::Slot& slot(std::string_view name) const { return *block_.kind->setting(name); }

  void read_source() {
    const GivenSetting* given = block_.setting("source");
    if (!given) return;
    const Space source = SpaceReader(context_).read(*given->value, slot("source"), "`source`");
    if (!semantics::given(source)) return;
    data_.source.range = given->value->range;
    if (!context_.words.word("source", source.text)->built) return;
    if (source.text == "join") {
      Join join{source.word("left", ""), source.word("right", ""), {}};
      for (const Space& item : source.argument("on")->items) join.on.push_back(item.text);
      data_.join = std::move(join);
      return;
    }
    using Source = DataSource::Form;
    data_.source.form = source.text == "csv"       ? Source::csv
                        : source.text == "parquet" ? Source::parquet
                        : source.text == "json"    ? Source::json
                                                   : Source::sql;
    data_.source.path = source.word(data_.source.form == Source::sql ? "query" : "path", "");
    for (const SpaceArgument& argument : source.arguments)
      if (argument.name != "path" && argument.name != "query")
        // `missing` is a reserved word, so that the language has another name for this option of readers.
        data_.source.options[argument.name == "missing_values" ? "missing" : argument.name] =
            option_text(argument.value);
    if (data_.source.form == Source::sql) check_query(source);
  }

  void check_query(const Space& source) {
    if (!aggregates(data_.source.path)) return;
    const bool stated = source.number("label_free", 0) != 0;
    const bool timed = !block_.setting("time") || source.argument("as_of");
    if (stated && timed) return;
    Diagnostic& diagnostic = context_.report(kinds::query_leaks, data_.source.range);
    if (stated) diagnostic.note("`label_free` is stated, but rows have a `time` and no `as_of`");
  }

  void declare(const ColumnSetting& setting) {
    ColumnDeclaration declared;
    declared.name = setting.name.text;
    declared.range = setting.name.range;
    const Space kind = SpaceReader(context_).read_word(*setting.value, "column_kind", "a column", false);
    if (!semantics::given(kind)) return;
    declared.kind = kind_named(kind.text);
    const vocabulary::Word& word = *context_.words.word("column_kind", kind.text);
    for (const SpaceArgument& argument : kind.arguments)
      if (word.parameter(argument.name)->takes("column"))
        read_by_kinds_.push_back({argument.value.text, argument.value.range, false});
    declared.unit = kind.word("unit", "");
    if (const Space* low = kind.argument("min")) declared.minimum = low->value;
    if (const Space* high = kind.argument("max")) declared.maximum = high->value;
    if (declared.minimum && declared.maximum && *declared.minimum > *declared.maximum)
      context_.report(kinds::empty_range, setting.value->range, {{"reason", "`min` is above `max`"}});
    if (const Space* after = kind.argument("known_after"))
      declared.known_after = static_cast<int64_t>(std::llround(after->value * 1e6));
    declared.is_private = kind.number("private", 0) != 0;
    if (const Space* order = kind.argument("order")) read_order(*order, declared);
    if (declared.kind == ColumnKind::weight) {
      if (!data_.weight.empty())
        context_.report(kinds::given_twice, setting.name.range, {{"what", "a weight besides"}, {"name", data_.weight}});
      data_.weight = declared.name;
    }
    data_.columns.push_back(std::move(declared));
  }

  void read_order(const Space& order, ColumnDeclaration& declared) {
    for (const Space& item : order.items) {
      if (std::find(declared.order.begin(), declared.order.end(), item.text) != declared.order.end())
        context_.report(kinds::given_twice, item.range, {{"what", "the value"}, {"name", item.text}});
      declared.order.push_back(item.text);
    }
  }

  std::string column(std::string_view setting) {
    const GivenSetting* given = block_.setting(setting);
    if (!given) return {};
    if (const syntax::Name* name = as_name(*given->value)) return columns_.resolve(*name, context_);
    SpaceReader(context_).read(*given->value, slot(setting), "`" + std::string(setting) + "`");
    return {};
  }

  void check_time() {
    const Column* time = columns_.find(data_.time);
    if (!time || time->type == ValueType::unknown || time->type == ValueType::date) return;
    context_.report(
        kinds::wrong_type, block_.setting("time")->value->range,
        {{"place", "`time`"},
         {"expected", "a date column"},
         {"found", a(time->type)},
         {"help", "declare it when its values are dates: `columns { " + written_name(time->name) + ": date }`"}});
  }

  void read_where() {
    const GivenSetting* given = block_.setting("where");
    if (!given) return;
    RowNames names(columns_);
    data_.where = FormulaBuilder(context_, functions_, names, Scope::row).condition(*given->value, "`where`");
  }

  const BlockContents& block_;
  const Module& functions_;
  const std::vector<Schema>& schemas_;
  Context& context_;
  Data data_;
  Columns columns_;
  std::vector<syntax::Name> read_by_kinds_;  ///< columns that a kind is made of: `location(lat, lon)`
};

/// A join names two other blocks that are read from files.
void check_joins(const std::vector<Data>& blocks, Context& context) {
  for (const Data& data : blocks) {
    if (!data.join) continue;
    for (const std::string& side : {data.join->left, data.join->right}) {
      auto found = std::find_if(blocks.begin(), blocks.end(), [&](const Data& other) { return other.name == side; });
      std::string why;
      if (side == data.name) {
        why = "`" + side + "` would join itself";
      } else if (found == blocks.end()) {
        why = "there is no data block `" + side + "`";
      } else if (found->join) {
        why = "`" + side + "` is itself a join";
      } else if (data.join->left == data.join->right) {
        why = "both sides are `" + side + "`";
      }
      if (!why.empty()) {
        context.report(kinds::join_misfit, data.source.range, {{"why", why}});
        break;
      }
    }
  }
}

}  // namespace

std::vector<Data> analyse_data_blocks(const FileContents& file, const Module& functions,
                                      const std::vector<Schema>& schemas, Context& context) {
  std::vector<Data> blocks;
  for (const BlockContents& block : file.blocks)
    if (block.kind->name == "data") blocks.push_back(DataReader(block, functions, schemas, context).read());
  check_joins(blocks, context);
  return blocks;
}

}  // namespace mlw::semantics
