#include "runtime/stages/results.h"

#include <nlohmann/json.hpp>

#include "runtime/data/table_file.h"
#include "runtime/stages/blobs.h"

namespace mlw {
namespace {

using Json = nlohmann::json;

std::string folded(const char* part, size_t fold) { return std::string(part) + " " + std::to_string(fold); }

std::string text_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// Curves as one blob of three numbers a point: NaN has no place in JSON.
void add_curve(Entry& entry, const std::vector<CurvePoint>& curve) {
  std::vector<double> numbers;
  for (const CurvePoint& point : curve) numbers.insert(numbers.end(), {point.step, point.training, point.validation});
  add_blob(entry, "curve", numbers);
}
std::vector<CurvePoint> read_curve(const Entry& entry) {
  const std::vector<double> numbers = read_blob<double>(entry, "curve");
  std::vector<CurvePoint> curve;
  for (size_t i = 0; i + 2 < numbers.size(); i += 3) curve.push_back({numbers[i], numbers[i + 1], numbers[i + 2]});
  return curve;
}

/// A preparation travels as a predictor program whose model answers nothing.
PredictorProgram as_program(const FittedPreparation& preparation) {
  PredictorProgram program;
  program.fields = preparation.fields;
  program.definitions = preparation.definitions;
  program.features = preparation.features;
  program.task = TaskKind::regression;
  program.model = ConstantModel{{0}};
  return program;
}

}  // namespace

Entry to_entry(const LoadResult& result) {
  Entry entry = to_entry(result.table, result.schema);
  add_blob(entry, "population", result.population);
  add_blob(entry, "notes", text_of(result.notes));
  return entry;
}

LoadResult load_result(const Entry& entry) {
  return {table_of(entry), schema_of(entry), read_blob<uint32_t>(entry, "population"),
          Json::parse(read_text(entry, "notes"))};
}

Entry to_entry(const SplitResult& result) {
  Entry entry;
  Json folds = Json::array();
  for (size_t i = 0; i < result.folds.size(); ++i) {
    folds.push_back({result.folds[i].repeat, result.folds[i].fold});
    add_blob(entry, folded("training", i), result.folds[i].training);
    add_blob(entry, folded("validation", i), result.folds[i].validation);
  }
  add_blob(entry, "development", result.development);
  add_blob(entry, "test", result.test);
  add_blob(entry, "left out", result.left_out);
  entry.document = text_of({{"folds", folds}, {"notes", result.notes}});
  return entry;
}

SplitResult split_result(const Entry& entry) {
  const Json json = Json::parse(entry.document);
  SplitResult result{read_blob<uint32_t>(entry, "development"),
                     read_blob<uint32_t>(entry, "test"),
                     read_blob<uint32_t>(entry, "left out"),
                     {},
                     json.at("notes")};
  const Json& folds = json.at("folds");
  for (size_t i = 0; i < folds.size(); ++i)
    result.folds.push_back({folds[i].at(0), folds[i].at(1), read_blob<uint32_t>(entry, folded("training", i)),
                            read_blob<uint32_t>(entry, folded("validation", i))});
  return result;
}

Entry to_entry(const FittedPreparation& preparation) {
  Entry entry;
  entry.document = text_of({{"notes", preparation.notes}});
  add_blob(entry, "program", to_text(as_program(preparation)));
  return entry;
}

FittedPreparation preparation_result(const Entry& entry) {
  PredictorProgram program = parse_program(read_text(entry, "program"));
  return {std::move(program.fields), std::move(program.definitions), std::move(program.features),
          Json::parse(entry.document).at("notes")};
}

Entry to_entry(const FitResult& result) {
  Entry entry;
  entry.document = text_of({{"failed", result.failed},
                            {"outputs", result.outputs},
                            {"epochs", result.epochs},
                            {"parameters", result.parameters},
                            {"notes", result.notes}});
  add_blob(entry, "scores", result.scores);
  add_blob(entry, "training loss", std::vector<double>{result.training_loss});
  add_curve(entry, result.curve);
  entry.timings = text_of({{"seconds", result.seconds}});
  return entry;
}

FitResult fit_result(const Entry& entry) {
  const Json json = Json::parse(entry.document);
  FitResult result;
  result.failed = json.at("failed");
  result.scores = read_blob<float>(entry, "scores");
  result.outputs = json.at("outputs");
  result.epochs = json.at("epochs");
  result.training_loss = read_blob<double>(entry, "training loss").at(0);
  result.parameters = json.at("parameters");
  result.curve = read_curve(entry);
  result.notes = json.at("notes");
  result.seconds = Json::parse(entry.timings).at("seconds");
  return result;
}

Entry to_entry(const BaselineResult& result) {
  Entry entry;
  Json list = Json::array();
  for (size_t i = 0; i < result.list.size(); ++i) {
    const BaselineResult::One& one = result.list[i];
    list.push_back({{"name", one.name}, {"folds", one.scores.size()}});
    add_blob(entry, folded("program", i), to_text(one.program));
    for (size_t fold = 0; fold < one.scores.size(); ++fold)
      add_blob(entry, folded("scores", i) + folded("/", fold), one.scores[fold]);
  }
  entry.document = text_of(list);
  return entry;
}

BaselineResult baseline_result(const Entry& entry) {
  BaselineResult result;
  const Json list = Json::parse(entry.document);
  for (size_t i = 0; i < list.size(); ++i) {
    BaselineResult::One one{list[i].at("name"), parse_program(read_text(entry, folded("program", i))), {}};
    for (size_t fold = 0; fold < list[i].at("folds").get<size_t>(); ++fold)
      one.scores.push_back(read_blob<float>(entry, folded("scores", i) + folded("/", fold)));
    result.list.push_back(std::move(one));
  }
  return result;
}

Entry to_entry(const FinalResult& result) {
  Entry entry;
  entry.document = text_of({{"epochs", result.epochs}, {"notes", result.notes}});
  add_blob(entry, "program", to_text(result.program));
  add_blob(entry, "training loss", std::vector<double>{result.training_loss});
  add_curve(entry, result.curve);
  return entry;
}

FinalResult final_result(const Entry& entry) {
  const Json json = Json::parse(entry.document);
  return {parse_program(read_text(entry, "program")), json.at("epochs"),
          read_blob<double>(entry, "training loss").at(0), read_curve(entry), json.at("notes")};
}

}  // namespace mlw
