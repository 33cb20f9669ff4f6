#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/kernel/formula.h"
#include "compiler/plan/schema.h"
#include "compiler/plan/space.h"

/// The typed workflow: what a .mlw file says with every default filled in, as plain data. The language makes it (semantics/), everything behind
/// it only reads it. Names of columns are those of the data; every expression is a typed `Formula`.
namespace mlw {

enum class TaskKind { unknown, binary, multiclass, regression };

struct Requirement {
  std::string name;          ///< a metric or a cost of the artefact: "recall", "latency", "flash"
  Operation comparison;      ///< less_equal or greater_equal …
  double bound = 0;          ///< in the base unit: seconds, bytes, a share
  std::string text;          ///< as written
  SourceRange range;
};

struct Task {
  std::vector<std::string> targets;       ///< one today; a vector target has several
  TaskKind kind = TaskKind::unknown;      ///< unknown until the schema is known when the file does not say
  std::string positive;                   ///< the positive class of a binary task
  FormulaPointer existing;                ///< today's solution as a rule; null without one
  std::vector<Requirement> require;
  std::vector<std::string> protect;
  std::string because;
};

struct DataSource {
  enum class Form { csv, parquet, json, sql } form = Form::csv;
  std::string path;                        ///< a path or glob relative to the workflow; the query of `sql`
  std::map<std::string, std::string> options;  ///< delimiter, header, encoding, … as declared; the items of a list are separated by line ends
  SourceRange range;
};

struct Join {
  std::string left, right;                 ///< names of data blocks
  std::vector<std::string> on;
};

struct ColumnDeclaration {
  std::string name;
  std::optional<ColumnKind> kind;          ///< none: inferred
  std::string unit;
  std::optional<double> minimum, maximum;
  std::optional<int64_t> known_after;      ///< microseconds after the prediction is due
  bool is_private = false;
  std::vector<std::string> order;          ///< of an ordinal: its values from low to high
  SourceRange range;
};

struct Data {
  std::string name;
  DataSource source;
  std::optional<DataSource> production;
  std::optional<Join> join;
  FormulaPointer where;                    ///< null: every row
  std::string key, time, weight;           ///< column names; empty without
  std::vector<ColumnDeclaration> columns;
};

struct Definition {
  std::string name;
  FormulaPointer formula;                  ///< training scope: `mean(x)` and the like are fitted inside each split
  std::string documentation;
};

/// What is done to the columns. The pipelines are `pipeline` spaces of calls from the vocabulary (impute, standardize, one_hot …).
struct Preparation {
  std::vector<Definition> definitions;     ///< in an order in which each uses only what stands before it
  std::map<std::string, Space> groups;     ///< "numbers", "categories", "flags", "dates", "texts" -> pipeline
  std::map<std::string, Space> columns;    ///< a setting for one column replaces that of its group
  std::vector<std::string> drop;
  std::optional<Space> select;
};

struct Split {
  enum class Form { holdout, latest, kfold, rolling, rows, file } form = Form::holdout;
  double share = 0.2;                      ///< holdout, latest
  int folds = 5, repeats = 1;              ///< kfold, rolling
  FormulaPointer where;                    ///< rows(where)
  std::string path;                        ///< csv("test.csv")
  SourceRange range;
};

struct Evaluation {
  Split test;
  Split validate;
  std::vector<std::string> group_by;
  bool stratify = true;
  uint64_t seed = 1;
};

/// A metric. `formula` (judged scope) reads the columns `truth`, `prediction` (the decision: class index or value), `score` (probability of the positive class,
/// or the predicted value), `weight`, and for several classes `probability_of_truth`; those of confusion counts read
/// true_positives and the like, which the language expands.
struct Metric {
  std::string name;                        ///< as shown: "recall", "cost"
  std::string text;                        ///< as written, with its arguments: "recall_at(precision: 90%)"
  FormulaPointer formula;
  bool maximize = true;
  bool needs_scores = false;               ///< reads probabilities or scores, not only decisions
  bool additive = false;                   ///< a mean or a sum over rows: pooled over folds; else averaged over them
  std::string unit;
  std::string documentation;
};

/// What people know a metric by: "recall_at(precision: 90%)" for one of the standard library, "cost" for one of the
/// file's own, whose text is its formula.
std::string shown_name(const Metric& metric);

struct Metrics {
  Metric objective;
  std::vector<Metric> watch;
  std::optional<double> threshold;         ///< none: tuned for the objective
};

struct Expectation {
  double volume = 0;                       ///< rows …
  int64_t every = 0;                       ///< … in this time (microseconds)
  std::optional<double> prevalence, precision;
  std::vector<std::string> say;
};

struct Baseline {
  bool naive = true;
  FormulaPointer rule;                     ///< null without one
};

struct ModelSpace {
  std::string name;                        ///< "line"
  Space space;                             ///< a call: linear(…), network(…)
};

struct Search {
  std::vector<ModelSpace> models;
  int trials = 30;
  std::optional<int64_t> time;             ///< microseconds
  std::string strategy = "random";
  int round = 8;                           ///< trials a round: adaptive strategies look back only at whole rounds
};

struct Deployment {
  std::string name;
  Space target;                            ///< a call: device("raspberry-pi-4"), library
  std::vector<Requirement> require;
  bool fast = false;
  SourceRange range;
};

struct Waiver {
  std::string code, because;
  SourceRange range;
};

struct Workflow {
  std::string name, title, documentation;
  Task task;
  std::vector<Data> data;                  ///< in the order of the file; the last one that no other joins is what is modelled
  Preparation prepare;
  Evaluation evaluate;
  Metrics metrics;
  std::optional<Expectation> expect;
  Baseline baseline;
  Search search;
  std::vector<Deployment> deploy;
  std::vector<Waiver> waivers;
  std::set<std::string, std::less<>> unbuilt_stages;  ///< stages that the file asks more of than they can do yet: it cannot be run
};

/// Canonical JSON text of the parts that a stage's key is made of. `part` is the name of a member such as "prepare", or a way into one: "evaluate/test",
/// "data/payments", "search/models/line" (elements of lists by their name). Source ranges, titles and documentation are left out, so that a changed comment
/// or layout changes no key; the part "texts" holds what reaches the report alone: title, reasons, documentation, requirements as written.
/// Throws std::invalid_argument when there is no such part.
std::string key_text(const Workflow& workflow, std::string_view part);

}  // namespace mlw
