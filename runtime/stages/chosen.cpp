#include "runtime/stages/chosen.h"

#include <nlohmann/json.hpp>

#include "runtime/stages/blobs.h"

namespace mlw {
namespace {

using Json = nlohmann::json;

std::string text_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

Entry to_entry(const ChooseResult& result) {
  Entry entry;
  entry.document = text_of(
      {{"trial", result.trial}, {"variant", result.variant}, {"epochs", result.epochs}, {"baseline", result.baseline}});
  add_blob(entry, "threshold", std::vector<double>{result.threshold});
  add_blob(entry, "report", report::to_json(result.report));
  entry.timings = text_of(result.seconds);
  return entry;
}

ChooseResult choose_result(const Entry& entry) {
  const Json json = Json::parse(entry.document);
  return {json.at("trial"),
          json.at("variant"),
          json.at("epochs"),
          read_blob<double>(entry, "threshold").at(0),
          json.at("baseline"),
          report::from_json(read_text(entry, "report")),
          Json::parse(entry.timings).get<std::vector<double>>()};
}

Entry to_entry(const TestResult& result) {
  Entry entry;
  entry.document = text_of({{"unmet", result.unmet}});
  add_blob(entry, "report", report::to_json(result.report));
  return entry;
}

TestResult test_result(const Entry& entry) {
  return {report::from_json(read_text(entry, "report")), Json::parse(entry.document).at("unmet")};
}

Entry to_entry(const BuildResult& result) {
  Entry entry;
  Json files = Json::array();
  for (const BuildResult::File& file : result.files) {
    files.push_back({{"name", file.name}, {"executable", file.executable}});
    add_blob(entry, "file " + file.name, file.bytes);
  }
  entry.document = text_of(files);
  return entry;
}

BuildResult build_result(const Entry& entry) {
  BuildResult result;
  for (const Json& file : Json::parse(entry.document)) {
    const std::string name = file.at("name");
    result.files.push_back({name, read_text(entry, "file " + name), file.at("executable")});
  }
  return result;
}

Entry to_entry(const VerifyResult& result) {
  Entry entry;
  report::Data report;
  report.built = {result.built};
  entry.document = text_of({{"unmet", result.unmet}});
  add_blob(entry, "report", report::to_json(report));
  return entry;
}

VerifyResult verify_result(const Entry& entry) {
  return {report::from_json(read_text(entry, "report")).built.at(0), Json::parse(entry.document).at("unmet")};
}

}  // namespace mlw
