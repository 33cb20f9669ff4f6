#pragma once

#include <string>
#include <vector>

#include "runtime/report/report_data.h"
#include "runtime/store/store.h"

/// Results that the report is put together from. Each carries its part of the report's data; readings of clocks stand
/// apart.
namespace mlw {

/// What the search came to.
struct ChooseResult {
  int trial = -1;   ///< the winner
  int variant = 0;  ///< of its preparation
  int epochs = 0;   ///< median of its folds; 0 when its model has none
  double threshold = 0.5;
  int baseline = -1;            ///< index of the best baseline; -1 without one
  report::Data report;          ///< leaderboard, curves, comparison, validation_scores, diagnoses, milestones
  std::vector<double> seconds;  ///< of the candidates in the order of the leaderboard
};
Entry to_entry(const ChooseResult& result);
ChooseResult choose_result(const Entry& entry);

/// What the look at the test part showed.
struct TestResult {
  report::Data report;             ///< test_scores, comparison, outcomes, diagnoses
  std::vector<std::string> unmet;  ///< required metrics that do not hold
};
Entry to_entry(const TestResult& result);
TestResult test_result(const Entry& entry);

/// What was built, as files.
struct BuildResult {
  struct File {
    std::string name, bytes;
    bool executable = false;
  };
  std::vector<File> files;
};
Entry to_entry(const BuildResult& result);
BuildResult build_result(const Entry& entry);

/// What a verification looked at, and the costs of the artefact.
struct VerifyResult {
  report::Built built;             ///< without the path
  std::vector<std::string> unmet;  ///< required costs that do not hold
};
Entry to_entry(const VerifyResult& result);
VerifyResult verify_result(const Entry& entry);

}  // namespace mlw
