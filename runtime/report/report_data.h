#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Everything that the report shows, as plain data: the run fills it, the page, the terminal's summary and report.json
/// are made of it. Every number that a reader sees stands here.
namespace mlw::report {

/// A metric's value on some rows with its interval. `descriptive`: the interval is the spread over folds, not a claim
/// of coverage.
struct Score {
  std::string metric;  ///< as written: "recall_at(precision: 90%)"
  double value = 0;
  double low = 0, high = 0;  ///< 95 %; NaN without an interval
  std::string method;        ///< "Wilson", "DeLong, logit", "BCa bootstrap" …
  bool rough = false;        ///< fewer rows than the method's claim of coverage needs
  bool descriptive = false;
  std::string unit;
  bool maximize = true;
};

struct Bin {
  double low = 0, high = 0;  ///< of a number or a date (microseconds)
  std::string label;         ///< of a category
  int64_t rows = 0;
};
struct ColumnSummary {
  std::string name, kind, role;  ///< role: "input", "target", "key", "time", "weight", "id", "dropped", "not known yet"
  std::string unit, inferred_because;
  int64_t missing = 0, distinct = 0;
  double minimum = 0, maximum = 0, mean = 0, median = 0, deviation = 0;  ///< of numbers; NaN otherwise
  std::vector<Bin> histogram;                                            ///< of the development rows
};

struct Check {
  std::string code, severity, message;
  std::vector<std::string> notes;
  std::string help;
  std::string waived_because;  ///< not empty: allowed in the file
};

struct Part {
  std::string name;  ///< "training", "validation, fold 3 of 5", "test"
  int64_t rows = 0;
  std::vector<int64_t> classes;  ///< rows a class
  std::string from, to;          ///< of the time column; empty without one
};

struct CurvePoint {
  double step = 0, training = 0, validation = 0;
};
struct LearningCurve {
  std::string candidate;
  int fold = 0;
  std::string loss;
  std::vector<CurvePoint> points;
};

struct Candidate {
  std::string name;  ///< "baseline: most frequent class", "line #12"
  std::string family;
  std::string settings;  ///< as mlw text: "linear(l2: 0.0013)"
  int trial = -1;        ///< -1: a baseline
  Score objective;       ///< out of fold
  std::vector<Score> watch;
  std::vector<double> fold_values;
  int64_t parameters = 0;  ///< numbers in the model
  double seconds = 0;
  std::string failed;  ///< why it has no score; empty when it has
  bool winner = false;
};

struct Comparison {
  std::string winner, baseline, metric;
  double difference = 0, low = 0, high = 0,
         p_value = 1;  ///< winner minus baseline in the better direction, on the same rows
  std::string method;
  bool beats = false;
  int64_t rows = 0;
};

struct Point {
  double x = 0, y = 0, threshold = 0;
};
struct CalibrationBin {
  double predicted = 0, observed = 0, low = 0, high = 0;
  int64_t rows = 0;
};
struct Example {
  std::string key;  ///< of the row, as the user knows it
  std::string truth, prediction;
  double score = 0, loss = 0;
  std::vector<std::pair<std::string, std::string>> fields;
};
/// Pictures of how the winner does on some rows.
struct Diagnosis {
  std::string rows;                            ///< "test" or "validation, out of fold"
  std::vector<std::vector<double>> confusion;  ///< [truth][prediction]
  std::vector<Point> roc, precision_recall;    ///< binary
  std::vector<CalibrationBin> calibration;     ///< binary
  std::vector<Point> residuals;                ///< regression: x predicted, y truth - predicted
  std::vector<Bin> residual_histogram;
  std::vector<Example> failures;  ///< the worst first
};

struct Outcome {           ///< of `expect { say }`
  std::string what, text;  ///< "missed", "14 missed a day (9 to 21)"
  double value = 0, low = 0, high = 0;
};

struct Built {
  std::string deployment, target, path;
  int64_t bytes = 0;
  int64_t verified_rows = 0;              ///< every one equal bit for bit
  std::string how;                        ///< "qemu-aarch64", "loaded in this process"
  std::vector<std::string> requirements;  ///< "flash 41 KiB <= 64 KiB: met"
};

struct Milestone {
  std::string name;  ///< "beats the baseline", "overfits", "regularised"
  bool reached = false;
  std::string evidence;
};

struct Data {
  std::string workflow, title, documentation;
  std::string task_kind, target, because, positive;
  std::vector<std::string> classes;
  std::vector<std::string> requirements;
  std::string objective_text;
  std::string source;  ///< the data as the file names them
  int64_t rows = 0;
  std::vector<ColumnSummary> columns;
  std::vector<Check> checks;
  std::string protocol;  ///< in words
  std::vector<Part> parts;
  std::vector<Milestone> milestones;
  std::vector<Candidate> leaderboard;  ///< the best first
  std::vector<LearningCurve> curves;
  std::optional<Comparison> comparison;
  std::vector<Score> test_scores;  ///< of the winner; empty while the test part is sealed
  std::vector<Score> validation_scores;
  std::string test_sealed_because;
  int looks = 0;  ///< how often the test part was opened, over all versions
  std::vector<Outcome> outcomes;
  double threshold = 0.5;
  std::vector<Diagnosis> diagnoses;
  std::vector<Built> built;
  std::vector<std::string> unmet;                      ///< requirements that do not hold
  std::string command, version, file_hash, data_hash;  ///< how to reproduce it
  uint64_t seed = 0;
  bool reproducible = true;  ///< false when the search was limited by time
};

std::string to_json(const Data& data);
Data from_json(const std::string& text);

}  // namespace mlw::report
