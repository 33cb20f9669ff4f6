#pragma once

#include <map>
#include <string>
#include <vector>

#include "compiler/plan/workflow.h"
#include "compiler/semantics/blocks.h"
#include "compiler/semantics/columns.h"
#include "compiler/semantics/formula_builder.h"
#include "compiler/semantics/modules.h"
#include "compiler/semantics/spaces.h"

namespace mlw::semantics {

/// What the parts of the analysis work on; each fills its member of the workflow.
struct Analysis {
  Context& context;
  const FileContents& file;
  Modules& modules;
  const Module& functions;
  const std::vector<Schema>& schemas;
  Workflow workflow;
  Columns columns;  ///< of the data block that is modelled

  const Schema* schema_of(std::string_view data) const;
  /// The data block that is modelled: the last one that no other joins. Null without any.
  const Data* modelled() const;
};

/// The columns of the data as names of expressions.
class RowNames : public Names {
 public:
  explicit RowNames(const Columns& columns) : columns_(columns) {}
  std::optional<Value> find(const syntax::Name& name) override;
  bool open() const override { return !columns_.complete(); }
  bool has_unit(std::string_view unit) const override { return columns_.has_unit(unit); }
  std::vector<std::string> known() const override { return columns_.names(); }

 protected:
  const Columns& columns_;
};

/// "binary" …; empty when the kind is not known.
std::string_view task_name(TaskKind kind);

/// A setting's value as a space: given, or the vocabulary's default. Form `missing` without either, or when it was
/// wrong.
Space setting_space(Analysis& analysis, const BlockContents* block, std::string_view block_name,
                    std::string_view setting, const ConditionReader& conditions = {});

/// The columns that a `columns` setting names, each resolved; those that are not there are reported.
std::vector<std::string> column_list(const syntax::Expression& expression, const Columns& columns, Context& context,
                                     const std::vector<std::string>& also = {});

// One function a block; each reads its block (which may be absent) and fills in defaults.
std::vector<Data> analyse_data_blocks(const FileContents& file, const Module& functions,
                                      const std::vector<Schema>& schemas, Context& context);
void analyse_task(Analysis& analysis);
void infer_task_kind(Analysis& analysis);
void analyse_prepare(Analysis& analysis);
void analyse_evaluate(Analysis& analysis);
void analyse_baseline(Analysis& analysis);
void analyse_search(Analysis& analysis);
void analyse_waivers(Analysis& analysis);
/// Settings and blocks that are not built yet: their values are typed and their names looked up, and nothing comes of
/// them.
void analyse_unbuilt(Analysis& analysis);

/// `existing` and `rule`: a condition on a row, which may use definitions that learn nothing from rows. These are
/// written out.
FormulaPointer rule_condition(Analysis& analysis, const syntax::Expression& expression, std::string_view place);

}  // namespace mlw::semantics
