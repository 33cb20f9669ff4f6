#include "compiler/language_server/hints.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/language_server/space_size.h"

namespace mlw::language_server {
namespace {

std::string counted(int64_t number) {
  std::string digits = std::to_string(number), out;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

int folds_of(const Split& split) { return split.form == Split::Form::kfold ? split.folds * split.repeats : 1; }

class Builder {
 public:
  Builder(const OpenFile& file, const Analysis& analysis)
      : s_(file.structure()), analysis_(analysis), workflow_(analysis.workflow) {}

  std::vector<Hint> run() {
    for (const Item& item : s_.items) {
      if (item.names.empty()) continue;
      const std::string_view block = s_.kind_of(item.parent);
      if (item.sort == Item::Sort::definition) {
        if (block == "prepare") column(item);
        if (block == "search") model(item);
      } else if (item.sort == Item::Sort::setting) {
        const std::string name = s_.name(item.names.front());
        if (block == "task" && name == "predict") target(item);
        if (block == "data" && name == "source") source(item);
        if (block == "search" && name == "trials") trials(item);
        if (block == "prepare" && !setting_slot(s_, index(item), item.names.front())) prepared(item);
      }
    }
    return std::move(hints_);
  }

 private:
  uint32_t index(const Item& item) const { return static_cast<uint32_t>(&item - s_.items.data()); }

  void behind_name(const Item& item, std::string label, std::string tooltip) {
    hints_.push_back({s_.words[item.names.front()].end, ": " + std::move(label), std::move(tooltip), true});
  }
  void behind_value(const Item& item, std::string label, std::string tooltip) {
    hints_.push_back({s_.words[item.last].end, std::move(label), std::move(tooltip), false});
  }

  void column(const Item& item) {
    const std::string defined = s_.name(item.names.front());
    for (const Definition& definition : workflow_.prepare.definitions) {
      if (definition.name != defined || !definition.formula || definition.formula->type == ValueType::unknown) continue;
      const std::string& unit = definition.formula->unit;
      behind_name(item, std::string(name(definition.formula->type)) + (unit.empty() ? "" : " " + unit),
                  "the kind of the new column");
    }
  }

  void prepared(const Item& item) {
    if (const semantics::Column* column = analysis_.columns.find(s_.name(item.names.front()));
        column && column->type != ValueType::unknown)
      hints_.push_back(
          {s_.words[item.names.front()].end, " " + std::string(name(column->kind)), "the kind of the column", true});
  }

  void model(const Item& item) {
    for (const ModelSpace& model : workflow_.search.models)
      if (model.name == s_.name(item.names.front()))
        if (std::string size = size_text(model.space); !size.empty())
          behind_value(item, std::move(size), "how much this set of models spans");
  }

  void target(const Item& item) {
    const bool given = std::any_of(s_.items.begin(), s_.items.end(), [&](const Item& other) {
      return other.parent == item.parent && other.sort == Item::Sort::setting && s_.is(other.names.front(), "kind");
    });
    if (given) return;
    switch (workflow_.task.kind) {
      case TaskKind::binary:
        behind_value(item, "binary", "the kind of task, inferred from the target");
        break;
      case TaskKind::multiclass:
        behind_value(item, "multiclass", "the kind of task, inferred from the target");
        break;
      case TaskKind::regression:
        behind_value(item, "regression", "the kind of task, inferred from the target");
        break;
      case TaskKind::unknown:
        break;
    }
  }

  void source(const Item& item) {
    const Item& block = s_.items[item.parent];
    const std::string data = block.names.size() > 1 ? s_.name(block.names[1]) : "data";
    const Schema* schema = analysis_.schema_of(data);
    if (!schema || schema->rows < 0) return;
    behind_value(item, fmt::format("{} rows, {} columns", counted(schema->rows), schema->columns.size()),
                 analysis_.facts->current ? "as `mlwc check` read them" : "as they were read last; they have changed");
  }

  void trials(const Item& item) {
    if (!analysis_.sound) return;
    const int folds = folds_of(workflow_.evaluate.validate);
    behind_value(item, fmt::format("{} fits", counted(int64_t{workflow_.search.trials} * folds)),
                 fmt::format("{} trials, each fitted on {} {}", workflow_.search.trials, folds,
                             folds == 1 ? "training part" : "folds"));
  }

  const Structure& s_;
  const Analysis& analysis_;
  const Workflow& workflow_;
  std::vector<Hint> hints_;
};

}  // namespace

std::vector<Hint> hints(const OpenFile& file, const Analysis& analysis, Span span) {
  std::vector<Hint> found = Builder(file, analysis).run();
  std::erase_if(found, [&](const Hint& hint) { return !span.contains(hint.offset); });
  return found;
}

std::vector<Lens> lenses(const OpenFile& file) {
  const Structure& s = file.structure();
  std::vector<Lens> found;
  for (const Item& item : s.items) {
    const Span span{s.words[item.first].begin, s.words[item.first].end};
    if (item.sort == Item::Sort::header) {
      found.push_back({span, "Run", "mlwc.run", ""});
      found.push_back({span, "Check", "mlwc.check", ""});
      found.push_back({span, "Open report", "mlwc.openReport", ""});
    } else if (item.sort == Item::Sort::block && s.is(item.names.empty() ? none : item.names[0], "deploy")) {
      for (size_t i = 1; i < item.names.size(); ++i) {
        const std::string name = s.name(item.names[i]);
        found.push_back({span, "Build " + name, "mlwc.build", name});
      }
    }
  }
  return found;
}

}  // namespace mlw::language_server
