#include <algorithm>

#include "compiler/diagnostics/kinds/types.h"
#include "compiler/semantics/analysis.h"
#include "compiler/semantics/pipelines.h"

namespace mlw::semantics {
namespace {

/// What a condition of `monitor` may read.
class MonitorNames : public Names {
 public:
  explicit MonitorNames(const std::vector<std::string>& metrics) : metrics_(metrics) {}

  std::optional<Value> find(const syntax::Name& name) override {
    if (name.text == "drift") return Value{make_column(name.text, ValueType::flag)};
    if (name.text == "age") return Value{make_column(name.text, ValueType::duration)};
    if (name.text == "expected" || std::find(metrics_.begin(), metrics_.end(), name.text) != metrics_.end())
      return Value{make_column(name.text, ValueType::number)};
    return std::nullopt;
  }
  std::vector<std::string> known() const override {
    std::vector<std::string> names = metrics_;
    names.insert(names.end(), {"drift", "age", "expected"});
    return names;
  }
  std::string what() const override { return "quantity of `monitor`"; }

 private:
  const std::vector<std::string>& metrics_;
};

class UnbuiltReader {
 public:
  explicit UnbuiltReader(Analysis& analysis) : analysis_(analysis), context_(analysis.context) {
    for (const BlockContents& block : analysis.file.blocks) {
      if (block.kind->name == "data") data_.push_back(block.name);
      if (block.kind->name == "deploy")
        for (const syntax::Name& name : block.node->names) deployments_.push_back(name.text);
      if (block.kind->name == "metrics")
        for (const GivenDefinition& definition : block.definitions) metrics_.push_back(definition.node->name.text);
    }
    for (const std::string& name : context_.words.names("metric")) metrics_.push_back(name);
  }

  void read(const BlockContents& block) {
    for (const auto& [name, setting] : block.settings)
      if (!setting.slot->built || !block.kind->built) read(setting, block);
  }

 private:
  void read(const GivenSetting& setting, const BlockContents& block) {
    const Context::Covered covered(context_);
    const ConditionReader conditions = [&](const syntax::Expression& expression, std::string_view place) {
      RowNames rows(analysis_.columns);
      MonitorNames monitor(metrics_);
      Names& names = block.kind->name == "monitor" ? static_cast<Names&>(monitor) : rows;
      return FormulaBuilder(context_, analysis_.functions, names, Scope::row).condition(expression, place);
    };
    const vocabulary::Slot& slot = *setting.slot;
    const Space space = SpaceReader(context_, conditions).read(*setting.value, slot, "`" + slot.name + "`");
    if (!given(space)) return;
    if (!slot.input.empty()) check_pipeline(space, slot.input, context_);
    look_up(space, slot);
  }

  void look_up(const Space& space, const vocabulary::Slot& slot) {
    for (const Space& item : space.items) look_up(item, slot);
    if (space.form == Space::Form::call) {
      for (const auto& [family, words] : context_.words.families)
        if (const vocabulary::Word* word = context_.words.word(family, space.text))
          for (const SpaceArgument& argument : space.arguments)
            if (const vocabulary::Slot* parameter = word->parameter(argument.name)) look_up(argument.value, *parameter);
      return;
    }
    if (space.form != Space::Form::text) return;
    const syntax::Name name{space.text, space.range, false};
    if (slot.takes("column") || slot.takes("columns")) analysis_.columns.resolve(name, context_);
    if (slot.takes("data")) expect(name, "data block", data_);
    if (slot.takes("deployment")) expect(name, "`deploy` block", deployments_);
    if (slot.takes("metric_name")) expect(name, "metric", metrics_);
  }

  void expect(const syntax::Name& name, std::string_view what, const std::vector<std::string>& known) {
    if (std::find(known.begin(), known.end(), name.text) == known.end()) context_.unknown_name(name, what, known);
  }

  Analysis& analysis_;
  Context& context_;
  std::vector<std::string> data_, deployments_, metrics_;
};

}  // namespace

void analyse_unbuilt(Analysis& analysis) {
  UnbuiltReader reader(analysis);
  for (const BlockContents& block : analysis.file.blocks) reader.read(block);
}

}  // namespace mlw::semantics
