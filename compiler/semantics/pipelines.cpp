#include "compiler/semantics/pipelines.h"

#include <algorithm>
#include <set>

#include "compiler/diagnostics/kinds/types.h"

namespace mlw::semantics {
namespace {

using Form = Space::Form;
using Types = std::set<std::string>;

class PipelineChecker {
 public:
  explicit PipelineChecker(Context& context) : context_(context) {}

  /// What comes out when one of these types goes in; empty after a mistake.
  Types pass(const Space& stage, const Types& inputs) {
    Types outputs;
    switch (stage.form) {
      case Form::call:
        return step(stage, inputs);
      case Form::pipeline:
        outputs = inputs;
        for (const Space& item : stage.items)
          if (!outputs.empty()) outputs = pass(item, outputs);
        return outputs;
      case Form::choice:
      case Form::named:
        for (const Space& item : stage.items) {
          const Types arm = pass(item, inputs);
          if (arm.empty()) return {};
          outputs.insert(arm.begin(), arm.end());
        }
        return outputs;
      default:
        return inputs;
    }
  }

 private:
  Types step(const Space& call, const Types& inputs) {
    const vocabulary::Word& word = *context_.words.word("preparation", call.text);
    Types outputs;
    for (const std::string& input : inputs) {
      if (std::find(word.takes.begin(), word.takes.end(), input) == word.takes.end()) {
        std::string help;
        if (input == "number") help = "`bucketize` makes categories of numbers";
        if (input == "category") help = "`one_hot` and `ordinal` make numbers of categories";
        if (input == "flag") help = "flags become 0 and 1 by themselves";
        if (input == "text" || input == "date")
          help = "define a column with what you need of it: `long = length(note) > 80`, `night = hour(at) < 6`";
        misfit(call, listed(word.takes), input, help);
        return {};
      }
      if (call.text == "impute" && !imputes(call, input)) return {};
      outputs.insert(word.gives == "same" ? input : word.gives);
    }
    return outputs;
  }

  void misfit(const Space& call, std::string takes, const std::string& gets, std::string help) {
    context_.report(
        kinds::pipeline_misfit, call.range,
        {{"step", call.text}, {"takes", std::move(takes)}, {"gets", "a " + gets}, {"help", std::move(help)}});
  }

  /// A number is imputed by a number, mean or median; a category by a text or the most frequent; a flag by a flag or
  /// the most frequent.
  bool imputes(const Space& call, const std::string& input) {
    const Space& value = *call.argument("value");
    const bool number = value.form == Form::number || (value.form == Form::word && value.text != "most_frequent");
    const bool frequent = value.form == Form::word && value.text == "most_frequent";
    const bool fits = input == "number"     ? number
                      : input == "category" ? frequent || value.form == Form::text
                                            : frequent || value.form == Form::flag;
    if (fits) return true;
    misfit(call,
           input == "number"     ? "`mean`, `median` or a number"
           : input == "category" ? "`most_frequent` or a text"
                                 : "`most_frequent`, `true` or `false`",
           input,
           "for a " + input + " write " +
               (input == "number"     ? "`impute(median)`"
                : input == "category" ? "`impute(\"missing\")`"
                                      : "`impute(most_frequent)`"));
    return false;
  }

  Context& context_;
};

}  // namespace

void check_pipeline(const Space& pipeline, const std::string& input, Context& context) {
  if (input.empty()) return;
  const Types outputs = PipelineChecker(context).pass(pipeline, {input});
  for (const std::string& output : outputs)
    if (output != "number" && output != "flag" && output != "image") {
      context.report(kinds::pipeline_misfit, pipeline.range,
                     {{"step", "a model"},
                      {"takes", "numbers"},
                      {"gets", (output == "words" ? "" : "a ") + output},
                      {"help", output == "words" ? "end with `tfidf`" : "end with `one_hot` or `ordinal`"}});
      return;
    }
}

}  // namespace mlw::semantics
