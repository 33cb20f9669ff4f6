#include "runtime/stages/verify_artefact.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <system_error>

#include "compiler/artefact/artefact.h"
#include "compiler/artefact/device/calendar.h"
#include "compiler/artefact/device/shortest.h"
#include "compiler/artefact/identifiers.h"
#include "compiler/diagnostics/kinds/artefact.h"
#include "runtime/evaluate/predict.h"
#include "runtime/evaluate/raw_records.h"
#include "runtime/stages/run_program.h"

namespace mlw {
namespace {

constexpr std::chrono::seconds time_limit{600};

[[noreturn]] void differ(const std::string& artefact, uint32_t row, const std::string& expected,
                         const std::string& found) {
  Diagnostics diagnostics;
  Diagnostic& diagnostic =
      diagnostics.report(kinds::answers_differ, {}, {{"artefact", artefact}, {"row", std::to_string(row + 1)}});
  diagnostic.note("mlwc answers     " + expected);
  diagnostic.note("the artefact     " + found);
  throw Failure{diagnostic};
}

[[noreturn]] void run_failed(const std::string& artefact, const std::string& what) {
  fail(kinds::artefact_run_failed, {{"artefact", artefact}, {"what", what}});
}

/// One record after the other as both sides are given it.
class Expected {
 public:
  Expected(const PredictorProgram& program, const Table& table, CodeGenerator& generator)
      : program_(program),
        records_(program, table),
        predictor_(generator.compile(program)),
        values(records_.fields()),
        missing(records_.missing_words()),
        scores(static_cast<size_t>(program.outputs())),
        scratch_(allocate(static_cast<size_t>(predictor_->scratch_bytes))) {}

  void read(uint32_t row) { records_.read(row, values, missing); }

  void predict() {
    status = static_cast<PredictionStatus>(
        (*predictor_)(values.data(), missing.data(), scores.data(), &decision, const_cast<std::byte*>(scratch_.get())));
  }

  bool is_missing(size_t field) const { return missing[field / 64] >> field % 64 & 1; }
  void set_missing(size_t field) {
    missing[field / 64] |= uint64_t{1} << field % 64;
    values[field].text = {"", 0};
  }
  std::string line() const { return answer_line(program_, status, decision, scores.data()); }

 private:
  const PredictorProgram& program_;
  RawRecords records_;
  std::shared_ptr<const CompiledPredictor> predictor_;

 public:
  std::vector<RawValue> values;
  std::vector<uint64_t> missing;
  PredictionStatus status = PredictionStatus::ok;
  int32_t decision = 0;
  std::vector<float> scores;

 private:
  Buffer scratch_;
};

/// Whether a CSV says that a field with this text has no value.
bool reads_as_missing(const PredictorProgram& program, std::string_view text) {
  return text.empty() ||
         std::find(program.missing_words.begin(), program.missing_words.end(), text) != program.missing_words.end();
}

/// The text of a field that has a value.
std::string field_text(const RawField& field, const RawValue& value) {
  char text[MLW_DATE_TEXT];
  switch (value_type(field.kind)) {
    case ValueType::number:
      return {text, mlw_print_float64(value.number, text)};
    case ValueType::integer:
      return {text, mlw_print_int64(value.integer, text)};
    case ValueType::flag:
      return field.categories.empty() ? std::to_string(value.integer)
                                      : field.categories[static_cast<size_t>(value.integer)];
    case ValueType::date:
    case ValueType::duration:
      return {text, mlw_print_date(value.integer, text)};
    default:
      return {value.text.bytes, static_cast<size_t>(value.text.length)};
  }
}

bool can_be_written(const RawField& field, const RawValue& value) {
  if (value_type(field.kind) != ValueType::date) return true;
  int64_t back = 0;
  const std::string text = field_text(field, value);
  return mlw_parse_date(text.data(), text.size(), &back) && back == value.integer;
}

/// The record at hand as a line; what cannot be said in a CSV becomes a missing value.
std::string record_line(const PredictorProgram& program, Expected& expected) {
  if (program.fields.empty()) return "1\n";
  std::string line;
  for (size_t field = 0; field < program.fields.size(); ++field) {
    if (field > 0) line += ',';
    if (expected.is_missing(field)) continue;
    const RawField& described = program.fields[field];
    const std::string text =
        can_be_written(described, expected.values[field]) ? field_text(described, expected.values[field]) : "";
    if (reads_as_missing(program, text))
      expected.set_missing(field);
    else
      line += csv_field(text);
  }
  // A line of one missing field must not look empty to a reader that skips empty lines.
  if (line.empty()) line = "\"\"";
  return line + '\n';
}

std::string header_line(const PredictorProgram& program) {
  std::string line;
  for (const RawField& field : program.fields) line += (line.empty() ? "" : ",") + csv_field(field.name);
  return (line.empty() ? "row" : line) + '\n';
}

std::string take_line(std::string_view& rest) {
  const size_t end = rest.find('\n');
  const size_t length = end == std::string_view::npos ? rest.size() : end + 1;
  const std::string line(rest.substr(0, length));
  rest.remove_prefix(length);
  return line;
}

std::string without_end(std::string line) {
  if (!line.empty() && line.back() == '\n') line.pop_back();
  return line;
}

void require_rows(const std::string& artefact, const Selection& selection) {
  if (selection.empty()) run_failed(artefact, "there are no test rows to run it on");
}

std::vector<std::string> launcher_of(const std::string& artefact, const DeviceProfile& device, const Target& host) {
  const auto architecture = [](const Target& target) { return target.triple.substr(0, target.triple.find('-')); };
  if (architecture(device.target) == architecture(host)) return {};
  const std::optional<std::string> emulator = find_command(device.emulator);
  if (!emulator) fail(kinds::emulator_missing, {{"artefact", artefact}, {"emulator", device.emulator}});
  return {*emulator, "-cpu", device.emulated_cpu};
}

ProgramResult run(const ArtefactFile& executable, const std::vector<std::string>& launcher, std::string_view input) {
  try {
    return run_program(executable.bytes, launcher, input, time_limit);
  } catch (const std::system_error& error) {
    run_failed(executable.name, error.what());
  }
}

/// The shared library in this process.
class LoadedLibrary {
 public:
  explicit LoadedLibrary(const ArtefactFile& file) : name_(file.name), descriptor_(memfd_create("mlw", MFD_CLOEXEC)) {
    if (descriptor_ < 0) run_failed(name_, std::strerror(errno));
    for (std::string_view rest = file.bytes; !rest.empty();) {
      const ssize_t count = write(descriptor_, rest.data(), rest.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) run_failed(name_, std::strerror(errno));
      rest.remove_prefix(static_cast<size_t>(count));
    }
    library_ = dlopen(("/proc/self/fd/" + std::to_string(descriptor_)).c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!library_) run_failed(name_, dlerror());
  }
  ~LoadedLibrary() {
    if (library_) dlclose(library_);
    close(descriptor_);
  }
  LoadedLibrary(const LoadedLibrary&) = delete;
  LoadedLibrary& operator=(const LoadedLibrary&) = delete;

  template <typename Function>
  Function function(const std::string& name) const {
    void* found = dlsym(library_, name.c_str());
    if (!found) run_failed(name_, "it has no function `" + name + "`");
    return reinterpret_cast<Function>(found);
  }

 private:
  std::string name_;
  int descriptor_;
  void* library_ = nullptr;
};

/// The record at hand in the layout of the library's struct.
class StructRecord {
 public:
  explicit StructRecord(const PredictorProgram& program) {
    size_t at = 0;
    for (const RawField& field : program.fields) {
      const RecordMember member = record_member(field.kind);
      const size_t size = member == RecordMember::flag ? 4 : member == RecordMember::text ? 16 : 8;
      const size_t alignment = std::min<size_t>(size, 8);
      at = (at + alignment - 1) / alignment * alignment;
      members_.push_back({at, size});
      at += size;
    }
    missing_ = (at + 7) / 8 * 8;
    bytes_.resize(missing_ + 8 * std::max<size_t>(1, (program.fields.size() + 63) / 64));
  }
  const void* fill(const Expected& expected) {
    for (size_t field = 0; field < members_.size(); ++field)
      std::memcpy(&bytes_[members_[field].at], &expected.values[field], members_[field].size);
    if (!expected.missing.empty()) std::memcpy(&bytes_[missing_], expected.missing.data(), 8 * expected.missing.size());
    return bytes_.data();
  }

 private:
  struct Member {
    size_t at, size;
  };
  std::vector<Member> members_;
  size_t missing_ = 0;
  std::vector<char> bytes_;
};

}  // namespace

Verified verify_executable(const PredictorProgram& program, const ArtefactFile& executable, const DeviceProfile& device,
                           const Table& table, const Selection& selection, CodeGenerator& generator) {
  require_rows(executable.name, selection);
  const std::vector<std::string> launcher = launcher_of(executable.name, device, generator.host());
  Expected expected(program, table, generator);
  std::string input = header_line(program);
  std::vector<std::string> lines;
  for (const uint32_t row : selection) {
    expected.read(row);
    input += record_line(program, expected);
    expected.predict();
    lines.push_back(expected.line());
  }
  const ProgramResult result = run(executable, launcher, input);
  if (!result.ended) run_failed(executable.name, fmt::format("it did not end within {} s", time_limit.count()));
  if (result.exit_status != 0)
    run_failed(executable.name,
               fmt::format("it ended with status {}: {}", result.exit_status, without_end(result.errors)));
  std::string_view rest = result.output;
  if (const std::string header = take_line(rest); header != csv_header(program))
    run_failed(executable.name, "the header of its answers is `" + without_end(header) + "`");
  for (size_t i = 0; i < lines.size(); ++i) {
    if (rest.empty()) run_failed(executable.name, fmt::format("it answered {} of {} rows", i, lines.size()));
    // A class may hold line ends inside quotes: the answer is as long as the expected one.
    const std::string found = rest.starts_with(lines[i]) ? lines[i] : take_line(rest);
    if (found != lines[i]) differ(executable.name, selection[i], without_end(lines[i]), without_end(found));
    rest.remove_prefix(lines[i].size());
  }
  if (!rest.empty()) run_failed(executable.name, "it gave more answers than there are rows");
  std::string how = launcher.empty() ? "on this machine" : device.emulator + " -cpu " + device.emulated_cpu;
  return {static_cast<int64_t>(selection.size()), how};
}

Verified verify_library(const PredictorProgram& program, const std::vector<ArtefactFile>& files, const Table& table,
                        const Selection& selection, CodeGenerator& generator) {
  const auto shared =
      std::find_if(files.begin(), files.end(), [](const ArtefactFile& file) { return file.name.ends_with(".so"); });
  if (shared == files.end()) run_failed(artefact_name(program.name), "there is no shared library");
  require_rows(shared->name, selection);
  const LoadedLibrary library(*shared);
  struct Answer {
    int32_t decision;
    float scores[1];
  };
  const std::string name = artefact_name(program.name);
  const auto predict = library.function<int32_t (*)(const void*, Answer*, void*)>(name + "_predict");
  const auto hash = library.function<const char* (*)()>(name + "_model_hash");
  if (hash() != model_hash(program)) run_failed(shared->name, "it holds another model");
  Expected expected(program, table, generator);
  StructRecord record(program);
  const auto outputs = static_cast<size_t>(program.outputs());
  std::vector<float> answer(1 + outputs);
  const Buffer scratch = allocate(library.function<uint64_t (*)()>(name + "_scratch_bytes")());
  for (const uint32_t row : selection) {
    expected.read(row);
    expected.predict();
    auto* found = reinterpret_cast<Answer*>(answer.data());
    const int32_t status = predict(record.fill(expected), found, const_cast<std::byte*>(scratch.get()));
    int32_t decision = 0;
    std::memcpy(&decision, answer.data(), sizeof decision);
    if (status != static_cast<int32_t>(expected.status) || decision != expected.decision ||
        std::memcmp(answer.data() + 1, expected.scores.data(), 4 * outputs) != 0) {
      const bool known = status >= 0 && status < prediction_statuses &&
                         decision < static_cast<int32_t>(std::max<size_t>(1, program.classes.size())) && decision >= -1;
      const std::string said =
          known ? answer_line(program, static_cast<PredictionStatus>(status), std::max(decision, 0), answer.data() + 1)
                : fmt::format("status {}, decision {}", status, decision);
      differ(shared->name, row, without_end(expected.line()), without_end(said));
    }
  }
  return {static_cast<int64_t>(selection.size()), "loaded into mlwc"};
}

}  // namespace mlw
