#include "compiler/plan/stage_graph.h"

#include <algorithm>
#include <array>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/filtered_graph.hpp>
#include <boost/graph/reverse_graph.hpp>
#include <map>

namespace mlw {
namespace {

constexpr std::string_view training_profile = "training: fused multiply-add, 16 lanes, blocks of 4096 rows";
constexpr std::string_view predictor_profile = "predictor: separate multiply and add, 16 lanes";

using Directed = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, boost::no_property,
                                       boost::property<boost::edge_weight_t, int>>;

Directed directed(const StageGraph& graph) {
  Directed result(graph.stages.size());
  for (size_t stage = 0; stage < graph.stages.size(); ++stage)
    for (const int input : graph.stages[stage].inputs) boost::add_edge(static_cast<size_t>(input), stage, -1, result);
  return result;
}

/// Notes every stage that a walk comes to.
struct Collect : boost::default_bfs_visitor {
  std::vector<size_t>* reached;
  explicit Collect(std::vector<size_t>* list) : reached(list) {}
  template <typename Graph>
  void discover_vertex(size_t stage, const Graph&) {
    reached->push_back(stage);
  }
};

/// Collects stages; `add` hashes the keys of the inputs into the new one's.
class Builder {
 public:
  Builder(const Workflow& workflow, const PlanInputs& inputs) : workflow_(workflow), inputs_(inputs) {}

  int add(StageKind kind, std::string stage_name, std::vector<KeyPart> parts, std::vector<int> inputs) {
    Stage stage{.kind = kind, .name = std::move(stage_name), .inputs = std::move(inputs)};
    stage.key.parts.push_back({"stage", std::string(name(kind))});
    for (KeyPart& part : parts) stage.key.parts.push_back(std::move(part));
    for (const int input : stage.inputs) stage.key.parts.push_back({"input: " + graph.stages[input].name, hash(input)});
    stage.key.parts.push_back({"code", kind == StageKind::report ? inputs_.report_code : inputs_.code});
    graph.stages.push_back(std::move(stage));
    return static_cast<int>(graph.stages.size()) - 1;
  }

  KeyPart settings(std::string_view part, SourceRange range = {}) const {
    return {"settings: " + std::string(part), key_text(workflow_, part), range};
  }
  KeyPart llvm() const { return {"llvm", inputs_.llvm}; }

  StageGraph graph;

 private:
  const std::string& hash(int stage) {
    std::string& known = hashes_[stage];
    if (known.empty()) known = graph.stages[stage].key.hash();
    return known;
  }

  const Workflow& workflow_;
  const PlanInputs& inputs_;
  std::map<int, std::string> hashes_;
};

std::vector<KeyPart> file_parts(const PlanInputs& inputs) {
  std::vector<KeyPart> parts;
  for (const PlanInputs::File& file : inputs.files) parts.push_back({"file: " + file.path, file.hash});
  return parts;
}

struct DataStages {
  int load, split, profile;
};

DataStages add_data(Builder& builder, const Workflow& workflow, const PlanInputs& inputs) {
  DataStages stages{};
  std::vector<KeyPart> parts = file_parts(inputs);
  parts.push_back({"duckdb", inputs.duckdb});
  parts.push_back(builder.settings("data", workflow.data.empty() ? SourceRange{} : workflow.data.back().source.range));
  parts.push_back(builder.settings("task/targets"));
  parts.push_back(builder.llvm());
  stages.load = builder.add(StageKind::load, "load", parts, {});
  stages.split = builder.add(
      StageKind::split, "split",
      {builder.settings("evaluate"), builder.settings("task/targets"), builder.settings("task/kind")}, {stages.load});
  stages.profile = builder.add(StageKind::profile, "profile",
                               {builder.settings("task/targets"), builder.settings("task/kind"),
                                builder.settings("evaluate/group_by"), builder.settings("prepare/drop")},
                               {stages.load, stages.split});
  return stages;
}

/// The preparation of one variant: what was drawn for it stands in the place of the spaces in the file.
KeyPart preparation_part(const Builder& builder, const std::string& drawn) {
  KeyPart part = builder.settings("prepare");
  if (!drawn.empty()) part.value = drawn;
  return part;
}

struct SearchStages {
  int baseline;
  std::vector<int> fits;
};

SearchStages add_search(Builder& builder, const PlanInputs& inputs, const DataStages& data) {
  std::map<std::string, int> variants;  // drawn preparation -> first of its stages
  const auto prepare = [&](const std::string& drawn) {
    const auto [found, is_new] = variants.emplace(drawn, 0);
    if (!is_new) return found->second;
    const int variant = static_cast<int>(variants.size()) - 1;
    for (int fold = 0; fold < inputs.folds; ++fold) {
      const std::string title =
          "prepare" + (drawn.empty() ? "" : " " + std::to_string(variant + 1)) + ", fold " + std::to_string(fold + 1);
      const int stage = builder.add(StageKind::prepare, title,
                                    {preparation_part(builder, drawn),
                                     {"fold", std::to_string(fold + 1)},
                                     builder.settings("task"),
                                     builder.llvm()},
                                    {data.load, data.split});
      builder.graph.stages[stage].fold = fold;
      builder.graph.stages[stage].variant = variant;
      if (fold == 0) found->second = stage;
    }
    return found->second;
  };

  SearchStages stages{};
  stages.baseline = builder.add(StageKind::baseline, "baseline",
                                {builder.settings("baseline"),
                                 builder.settings("task"),
                                 builder.settings("evaluate/seed"),
                                 builder.llvm(),
                                 {"numbers", std::string(predictor_profile)}},
                                {data.load, data.split});
  for (size_t trial = 0; trial < inputs.trials.size(); ++trial) {
    const int first = prepare(inputs.trials[trial].preparation);
    for (int fold = 0; fold < inputs.folds; ++fold) {
      const int stage =
          builder.add(StageKind::fit, "trial " + std::to_string(trial + 1) + ", fold " + std::to_string(fold + 1),
                      {{"settings", inputs.trials[trial].settings},
                       {"fold", std::to_string(fold + 1)},
                       builder.settings("evaluate/seed"),
                       {"numbers", std::string(training_profile)},
                       builder.llvm()},
                      {first + fold});
      Stage& fit = builder.graph.stages[stage];
      fit.trial = static_cast<int>(trial);
      fit.fold = fold;
      fit.variant = builder.graph.stages[first].variant;
      stages.fits.push_back(stage);
    }
  }
  return stages;
}

void add_deployments(Builder& builder, const Workflow& workflow, int final_fit, const DataStages& data,
                     std::vector<int>& ends) {
  for (size_t i = 0; i < workflow.deploy.size(); ++i) {
    const Deployment& deployment = workflow.deploy[i];
    const int build =
        builder.add(StageKind::build, "build " + deployment.name,
                    {builder.settings("deploy/" + deployment.name, deployment.range), builder.llvm()}, {final_fit});
    const int verify = builder.add(StageKind::verify, "verify " + deployment.name, {builder.llvm()},
                                   {build, final_fit, data.load, data.split});
    builder.graph.stages[build].deployment = builder.graph.stages[verify].deployment = static_cast<int>(i);
    ends.push_back(verify);
  }
}

}  // namespace

std::string_view name(StageKind kind) {
  constexpr std::array<std::string_view, 13> names = {"schema",   "load",   "split",  "profile", "prepare",
                                                      "baseline", "search", "choose", "final",   "test",
                                                      "build",    "verify", "report"};
  return names[static_cast<size_t>(kind)];
}

std::string_view meaning(StageKind kind) {
  constexpr std::array<std::string_view, 13> texts = {"infer what the columns are",
                                                      "read the rows",
                                                      "keep a test part aside, make the folds",
                                                      "look at the data, for the checks",
                                                      "learn the preparation inside each fold",
                                                      "answers without a model",
                                                      "fit trials on folds",
                                                      "score, tune the threshold, choose the winner",
                                                      "fit the winner on all rows outside the test part",
                                                      "look at the test part",
                                                      "make the artefact",
                                                      "run the artefact on the test rows",
                                                      "write the report"};
  return texts[static_cast<size_t>(kind)];
}

int StageGraph::find(std::string_view wanted) const {
  for (size_t i = 0; i < stages.size(); ++i)
    if (stages[i].name == wanted) return static_cast<int>(i);
  for (size_t i = 0; i < stages.size(); ++i)
    if (mlw::name(stages[i].kind) == wanted) return static_cast<int>(i);
  return -1;
}

int StageGraph::find(StageKind kind) const {
  for (size_t i = 0; i < stages.size(); ++i)
    if (stages[i].kind == kind) return static_cast<int>(i);
  return -1;
}

std::vector<int> StageGraph::all(StageKind kind) const {
  std::vector<int> found;
  for (size_t i = 0; i < stages.size(); ++i)
    if (stages[i].kind == kind) found.push_back(static_cast<int>(i));
  return found;
}

Key schema_key(const std::vector<Data>& blocks, const std::string& block, const PlanInputs& inputs) {
  Workflow alone;
  alone.data = blocks;
  Key key{{{"stage", "schema"}, {"block", block}}};
  for (KeyPart& part : file_parts(inputs)) key.parts.push_back(std::move(part));
  key.parts.push_back({"settings: data", key_text(alone, "data")});
  key.parts.push_back({"duckdb", inputs.duckdb});
  key.parts.push_back({"code", inputs.code});
  return key;
}

StageGraph plan_stages(const Workflow& workflow, const PlanInputs& inputs) {
  Builder builder(workflow, inputs);
  const DataStages data = add_data(builder, workflow, inputs);
  const SearchStages search = add_search(builder, inputs, data);
  std::vector<int> judged = {data.load, data.split, search.baseline};
  judged.insert(judged.end(), search.fits.begin(), search.fits.end());
  const int choose = builder.add(
      StageKind::choose, "choose",
      {builder.settings("metrics"), builder.settings("task"), builder.settings("expect"), builder.llvm()}, judged);
  const int final_fit =
      builder.add(StageKind::final_fit, "final", {{"numbers", std::string(training_profile)}, builder.llvm()},
                  {choose, data.load, data.split});
  std::vector<int> ends = {data.profile, choose, final_fit};
  if (inputs.sealed.empty())
    ends.push_back(builder.add(StageKind::test, "test",
                               {builder.settings("metrics"),
                                builder.settings("expect"),
                                builder.settings("task"),
                                {"numbers", std::string(predictor_profile)},
                                builder.llvm()},
                               {final_fit, choose, search.baseline, data.load, data.split}));
  add_deployments(builder, workflow, final_fit, data, ends);
  ends.insert(ends.end(), {data.load, data.split});
  builder.add(
      StageKind::report, "report",
      {builder.settings("name"),
       builder.settings("texts"),
       builder.settings("waivers"),
       {"test part", (inputs.sealed.empty() ? "open, looks: " : "closed, looks: ") + std::to_string(inputs.looks)},
       {"checks", inputs.checks}},
      ends);
  return std::move(builder.graph);
}

std::vector<StageState> states(const StageGraph& graph, const std::vector<int>& targets,
                               const std::function<bool(const Stage&)>& exists) {
  const size_t count = graph.stages.size();
  std::vector<StageState> result(count, StageState::unused);
  for (size_t i = 0; i < count; ++i)
    if (exists(graph.stages[i])) result[i] = StageState::cached;
  // Against the arrows, from the targets on, and never past a stage whose result exists.
  const Directed stages = directed(graph);
  const auto goes_on = [&result](size_t stage) { return result[stage] != StageState::cached; };
  const auto backwards = boost::make_reverse_graph(stages);
  const boost::filtered_graph open(backwards, boost::keep_all(), std::function<bool(size_t)>(goes_on));
  std::vector<boost::default_color_type> colours(count);
  std::vector<size_t> reached;
  const auto colour_map = boost::make_iterator_property_map(colours.begin(), boost::get(boost::vertex_index, stages));
  boost::queue<size_t> waiting;
  for (const int target : targets)
    if (goes_on(static_cast<size_t>(target)) && colours[target] == boost::white_color)
      boost::breadth_first_visit(open, static_cast<size_t>(target), waiting, Collect(&reached), colour_map);
  for (const size_t stage : reached) result[stage] = StageState::needed;
  return result;
}

std::vector<int> depths(const StageGraph& graph) {
  // The longest way is the shortest one when every arrow counts -1; stages stand in topological order already.
  std::vector<int> depth(graph.stages.size(), 0);
  const Directed stages = directed(graph);
  for (const auto stage : boost::make_iterator_range(boost::vertices(stages)))
    for (const auto edge : boost::make_iterator_range(boost::in_edges(stage, stages)))
      depth[stage] = std::max(depth[stage], depth[boost::source(edge, stages)] + 1);
  return depth;
}

}  // namespace mlw
