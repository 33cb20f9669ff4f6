#include <fmt/format.h>

#include <stdexcept>

#include "compiler/semantics/analysis.h"
#include "compiler/semantics/semantics.h"
#include "compiler/semantics/write_formula.h"
#include "compiler/semantics/write_space.h"
#include "compiler/syntax/syntax.h"

namespace mlw {
namespace semantics {
namespace {

const vocabulary::Slot& slot_of(std::string_view block, std::string_view setting) {
  return *vocabulary::words().block(block)->setting(setting);
}

std::string names_text(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + written_name(name);
  return "[" + out + "]";
}

std::string seconds_text(int64_t microseconds) { return value_text(static_cast<double>(microseconds) / 1e6, "time"); }

std::string_view sign_of(Operation comparison) {
  switch (comparison) {
    case Operation::less:
      return "<";
    case Operation::less_equal:
      return "<=";
    case Operation::greater:
      return ">";
    default:
      return ">=";
  }
}

/// Writes a workflow block by block; the formatter gives it its layout afterwards.
class FullWriter {
 public:
  explicit FullWriter(const Workflow& workflow) : w_(workflow) {}

  std::string write() {
    documentation(w_.documentation);
    if (!w_.name.empty())
      out_ += "workflow " + written_name(w_.name) + (w_.title.empty() ? "" : " " + text_literal(w_.title)) + "\n";
    for (const Waiver& waiver : w_.waivers) line("allow " + waiver.code + " because " + text_literal(waiver.because));
    task();
    for (const Data& data : w_.data) write_data(data);
    metrics();
    if (w_.expect) expect(*w_.expect);
    prepare();
    evaluate();
    baseline();
    search();
    for (const Deployment& deployment : w_.deploy) deploy(deployment);
    return out_;
  }

 private:
  void line(const std::string& text) { out_ += text + "\n"; }
  void setting(std::string_view name, const std::string& value) { line(std::string(name) + ": " + value); }
  void begin(const std::string& head) { line("\n" + head + " {"); }
  void end() { line("}"); }

  void documentation(const std::string& text) {
    size_t begin = 0;
    while (!text.empty() && begin <= text.size()) {
      const size_t stop = std::min(text.find('\n', begin), text.size());
      line("## " + text.substr(begin, stop - begin));
      begin = stop + 1;
    }
  }

  std::string requirements(const std::vector<Requirement>& list) {
    std::string out;
    for (const Requirement& one : list) {
      const vocabulary::Word* cost = vocabulary::words().word("cost", one.name);
      out += (out.empty() ? "" : ", ") + metric_reference(one.name) + " " + std::string(sign_of(one.comparison)) + " " +
             value_text(one.bound, cost ? cost->dimension : "");
    }
    return "[" + out + "]";
  }

  /// A metric is referred to by its name; the file's own by the direction in which it is watched.
  std::string metric_reference(const std::string& name) const {
    for (const Metric* metric : all_metrics())
      if (metric->name == name && !is_standard(*metric))
        return is_own(*metric) ? written_name(name) : directed(*metric);
    return name;
  }

  std::vector<const Metric*> all_metrics() const {
    std::vector<const Metric*> all;
    if (w_.metrics.objective.formula) all.push_back(&w_.metrics.objective);
    for (const Metric& metric : w_.metrics.watch) all.push_back(&metric);
    return all;
  }

  static bool is_standard(const Metric& metric) { return vocabulary::words().word("metric", metric.name) != nullptr; }
  /// Defined under a name, not written in place.
  static bool is_own(const Metric& metric) { return !is_standard(metric) && metric.name != metric.text; }

  static std::string directed(const Metric& metric) {
    return std::string(metric.maximize ? "maximize(" : "minimize(") +
           (is_own(metric) ? written_name(metric.name) : metric.text) + ")";
  }
  static std::string metric_text(const Metric& metric) { return is_standard(metric) ? metric.text : directed(metric); }

  void task() {
    const Task& task = w_.task;
    begin("task");
    setting("predict", task.targets.size() == 1 ? written_name(task.targets[0]) : names_text(task.targets));
    if (task.kind != TaskKind::unknown)
      setting("kind", std::string(task_name(task.kind)) +
                          (task.positive.empty() ? "" : "(positive: " + text_literal(task.positive) + ")"));
    if (task.existing) setting("existing", "rule(" + formula_text(*task.existing, false) + ")");
    if (!task.require.empty()) setting("require", requirements(task.require));
    if (!task.protect.empty()) setting("protect", names_text(task.protect));
    if (!task.because.empty()) setting("because", text_literal(task.because));
    end();
  }

  static std::string source_text(const Data& data) {
    if (data.join) {
      return "join(" + written_name(data.join->left) + ", " + written_name(data.join->right) +
             ", on: " + names_text(data.join->on) + ")";
    }
    constexpr std::array<std::string_view, 4> forms = {"csv", "parquet", "json", "sql"};
    const std::string_view form = forms[static_cast<size_t>(data.source.form)];
    const vocabulary::Word& word = *vocabulary::words().word("source", form);
    std::string out = std::string(form) + "(" + text_literal(data.source.path);
    for (const auto& [key, value] : data.source.options) {
      const std::string name = key == "missing" ? "missing_values" : key;
      const vocabulary::Slot& slot = *word.parameter(name);
      out += ", " + name + ": ";
      if (slot.takes("texts")) {
        out += texts_text(value);
      } else {
        out += slot.takes("text") ? text_literal(value) : slot.takes("column") ? written_name(value) : value;
      }
    }
    return out + ")";
  }

  /// A list that is stored with line ends between its items.
  static std::string texts_text(const std::string& lines) {
    std::string out = "[";
    for (size_t begin = 0; begin <= lines.size();) {
      const size_t stop = std::min(lines.find('\n', begin), lines.size());
      out += (begin == 0 ? "" : ", ") + text_literal(lines.substr(begin, stop - begin));
      begin = stop + 1;
    }
    return out + "]";
  }

  static std::string declaration_text(const ColumnDeclaration& column) {
    std::vector<std::string> arguments;
    if (!column.order.empty()) {
      std::string order;
      for (const std::string& value : column.order) order += (order.empty() ? "" : ", ") + text_literal(value);
      arguments.push_back("[" + order + "]");
    }
    if (!column.unit.empty()) arguments.push_back("unit: " + text_literal(column.unit));
    if (column.minimum) arguments.push_back("min: " + value_text(*column.minimum, {}));
    if (column.maximum) arguments.push_back("max: " + value_text(*column.maximum, {}));
    if (column.known_after) arguments.push_back("known_after: " + seconds_text(*column.known_after));
    if (column.is_private) arguments.emplace_back("private: true");
    std::string out;
    for (const std::string& argument : arguments) out += (out.empty() ? "" : ", ") + argument;
    const std::string kind(name(column.kind.value_or(ColumnKind::number)));
    return written_name(column.name) + ": " + kind + (out.empty() ? "" : "(" + out + ")");
  }

  void write_data(const Data& data) {
    begin("data " + written_name(data.name));
    setting("source", source_text(data));
    if (data.where) setting("where", formula_text(*data.where, false));
    if (!data.key.empty()) setting("key", written_name(data.key));
    if (!data.time.empty()) setting("time", written_name(data.time));
    if (!data.columns.empty()) {
      begin("columns");
      for (const ColumnDeclaration& column : data.columns)
        if (column.kind) line(declaration_text(column));
      end();
    }
    end();
  }

  void metrics() {
    begin("metrics");
    std::vector<std::string> defined;
    for (const Metric* metric : all_metrics()) {
      if (!is_own(*metric) || std::find(defined.begin(), defined.end(), metric->name) != defined.end()) continue;
      defined.push_back(metric->name);
      documentation(metric->documentation);
      line(written_name(metric->name) + " = " + formula_text(*metric->formula, true));
    }
    if (w_.metrics.objective.formula) setting("objective", metric_text(w_.metrics.objective));
    std::string watch;
    for (const Metric& metric : w_.metrics.watch) watch += (watch.empty() ? "" : ", ") + metric_text(metric);
    setting("watch", "[" + watch + "]");
    setting("threshold", w_.metrics.threshold ? value_text(*w_.metrics.threshold, {}) : "auto");
    end();
  }

  void expect(const Expectation& expect) {
    begin("expect");
    if (expect.volume != 0) setting("volume", value_text(expect.volume, {}));
    if (expect.every != 0) setting("every", seconds_text(expect.every));
    if (expect.prevalence) setting("prevalence", value_text(*expect.prevalence, "share"));
    if (expect.precision) setting("precision", value_text(*expect.precision, "share"));
    std::string say;
    for (const std::string& one : expect.say) say += (say.empty() ? "" : ", ") + metric_reference(one);
    if (!say.empty()) setting("say", "[" + say + "]");
    end();
  }

  void prepare() {
    const Preparation& prepare = w_.prepare;
    NamedSpaces named;
    begin("prepare");
    for (const Definition& definition : prepare.definitions) {
      documentation(definition.documentation);
      line(written_name(definition.name) + " = " + formula_text(*definition.formula, false));
    }
    for (const auto& [group, pipeline] : prepare.groups)
      setting(group, space_text(pipeline, slot_of("prepare", group), named));
    for (const auto& [column, pipeline] : prepare.columns) {
      const bool word = vocabulary::words().block("prepare")->setting(column) != nullptr;
      setting(word ? "`" + column + "`" : written_name(column),
              space_text(pipeline, slot_of("prepare", "numbers"), named));
    }
    setting("drop", names_text(prepare.drop));
    end();
  }

  static std::string split_text(const Split& split) {
    switch (split.form) {
      case Split::Form::kfold:
        return fmt::format("kfold({}, repeats: {})", split.folds, split.repeats);
      case Split::Form::latest:
        return "latest(" + value_text(split.share, "share") + ")";
      case Split::Form::holdout:
        return "holdout(" + value_text(split.share, "share") + ")";
      default:
        throw std::logic_error("a split that the language cannot state");
    }
  }

  void evaluate() {
    const Evaluation& evaluate = w_.evaluate;
    begin("evaluate");
    setting("test", split_text(evaluate.test));
    setting("validate", split_text(evaluate.validate));
    if (!evaluate.group_by.empty()) setting("group_by", names_text(evaluate.group_by));
    setting("stratify", evaluate.stratify ? "true" : "false");
    setting("seed", std::to_string(evaluate.seed));
    end();
  }

  void baseline() {
    begin("baseline");
    setting("naive", w_.baseline.naive ? "true" : "false");
    if (w_.baseline.rule) setting("rule", formula_text(*w_.baseline.rule, false));
    end();
  }

  void search() {
    const Search& search = w_.search;
    NamedSpaces named;
    std::vector<std::string> models;
    for (const ModelSpace& model : search.models)
      models.push_back(written_name(model.name) + " = " + word_text(model.space, "model", named));
    begin("search");
    for (const auto& [name, text] : named) line(written_name(name) + " = " + text);
    for (const std::string& model : models) line(model);
    setting("trials", std::to_string(search.trials));
    if (search.time) setting("time", seconds_text(*search.time));
    setting("strategy", search.strategy);
    setting("round", std::to_string(search.round));
    end();
  }

  void deploy(const Deployment& deployment) {
    NamedSpaces named;
    begin("deploy " + written_name(deployment.name));
    if (deployment.target.form != Space::Form::missing)
      setting("target", word_text(deployment.target, "target", named));
    if (!deployment.require.empty()) setting("require", requirements(deployment.require));
    end();
  }

  const Workflow& w_;
  std::string out_;
};

}  // namespace
}  // namespace semantics

std::string print_full(const Workflow& workflow) {
  const std::string text = semantics::FullWriter(workflow).write();
  Sources sources;
  Diagnostics diagnostics;
  const syntax::File tree = syntax::parse(sources, sources.add({"full.mlw", text}), diagnostics);
  if (!diagnostics.empty())
    throw std::logic_error("the full workflow is no mlw text:\n" + text + render(diagnostics, sources, {}));
  return syntax::print(tree);
}

}  // namespace mlw
