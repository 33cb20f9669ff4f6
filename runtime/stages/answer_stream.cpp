#include "runtime/stages/answer_stream.h"

#include <memory>
#include <string>
#include <vector>

#include "compiler/artefact/artefact.h"
#include "compiler/artefact/device/csv.h"
#include "compiler/artefact/device/missing_words.h"
#include "compiler/artefact/device/values.h"
#include "compiler/diagnostics/kinds/search.h"
#include "runtime/data/column.h"
#include "runtime/evaluate/predict.h"

namespace mlw {
namespace {

mlw_text text_of(std::string_view text) { return {text.data(), text.size()}; }

uint64_t kind_of(ColumnKind kind) {
  switch (value_type(kind)) {
    case ValueType::number:
      return MLW_NUMBER;
    case ValueType::integer:
      return MLW_INTEGER;
    case ValueType::flag:
      return MLW_FLAG;
    case ValueType::date:
      return MLW_DATE;
    default:
      return MLW_TEXT;
  }
}

/// The answers that are not out yet; the reader calls back before it waits.
thread_local std::string* waiting = nullptr;
thread_local const std::function<void(std::string_view)>* out = nullptr;

void flush() {
  if (waiting->empty()) return;
  (*out)(*waiting);
  waiting->clear();
}

class Stream {
 public:
  Stream(const PredictorProgram& program, int input, CodeGenerator& generator)
      : program_(program), predictor_(generator.compile(program)) {
    csv_.descriptor = input;
    csv_.before_waiting = flush;
    for (const RawField& field : program.fields) {
      mlw_field known{text_of(field.name), kind_of(field.kind), {}};
      if (field.kind == ColumnKind::flag && field.categories.size() == 2)
        for (size_t i = 0; i < 2; ++i) known.words[i] = text_of(field.categories[i]);
      fields_.push_back(known);
    }
    scratch_ = allocate(static_cast<size_t>(predictor_->scratch_bytes));
    values_.resize(fields_.size() + 1);
    missing_.resize(fields_.size() / 64 + 1);
    scores_.resize(static_cast<size_t>(program.outputs()));
  }
  ~Stream() { mlw_csv_close(&csv_); }
  Stream(const Stream&) = delete;

  void read_header() {
    if (next() != MLW_CSV_RECORD)
      fail(kinds::bad_records, {{"where", "the header"}, {"fault", "there is none; the first line names the columns"}});
    expected_ = csv_.count;
    for (const mlw_field& field : fields_) {
      const std::string_view name(field.name.bytes, field.name.length);
      columns_.push_back(expected_);
      for (uint64_t column = 0; column < expected_; ++column)
        if (std::string_view(csv_.fields[column].text.bytes, csv_.fields[column].text.length) == name) {
          if (columns_.back() != expected_)
            fail(kinds::no_record_column, {{"fault", "two columns"}, {"column", std::string(name)}});
          columns_.back() = column;
        }
      if (columns_.back() == expected_)
        fail(kinds::no_record_column, {{"fault", "no column"}, {"column", std::string(name)}});
    }
  }

  bool answer_next(std::string& line) {
    if (next() == MLW_CSV_END) return false;
    if (csv_.count != expected_)
      fail(kinds::bad_records,
           {{"where", "row " + std::to_string(csv_.records - 1)},
            {"fault", std::to_string(csv_.count) + " fields, the header has " + std::to_string(expected_)}});
    int32_t decision = -1;
    auto status = PredictionStatus::malformed;
    if (read_record())
      status = static_cast<PredictionStatus>((*predictor_)(values_.data(), missing_.data(), scores_.data(), &decision,
                                                           const_cast<std::byte*>(scratch_.get())));
    line = answer_line(program_, status, decision, scores_.data());
    return true;
  }

 private:
  mlw_csv_result next() {
    const mlw_csv_result result = mlw_csv_next(&csv_);
    if (result == MLW_CSV_RECORD || result == MLW_CSV_END) return result;
    const char* fault = result == MLW_CSV_OPEN_QUOTE         ? "the input ends inside quotes"
                        : result == MLW_CSV_TEXT_AFTER_QUOTE ? "something follows a closing quote"
                        : result == MLW_CSV_READ_FAILED      ? "the input cannot be read"
                                                             : "too long for the memory of this machine";
    fail(kinds::bad_records,
         {{"where", csv_.records == 0 ? "the header" : "row " + std::to_string(csv_.records)}, {"fault", fault}});
  }

  bool read_record() {
    missing_.assign(missing_.size(), 0);
    bool well_formed = true;
    for (size_t i = 0; i < fields_.size(); ++i) {
      mlw_value value{};
      const mlw_reading reading = mlw_read_value(&fields_[i], missing_words_.data(), missing_words_.size(),
                                                 csv_.fields[columns_[i]].text, &value);
      well_formed = well_formed && reading != MLW_READ_MALFORMED;
      values_[i] = RawValue{};
      if (reading == MLW_READ_MISSING)
        missing_[i / 64] |= uint64_t{1} << i % 64;
      else if (fields_[i].kind == MLW_NUMBER)
        values_[i].number = value.number;
      else if (fields_[i].kind == MLW_TEXT)
        values_[i].text = {value.text.bytes, value.text.length};
      else
        values_[i].integer = value.integer;
    }
    return well_formed;
  }

  const PredictorProgram& program_;
  std::shared_ptr<const CompiledPredictor> predictor_;
  mlw_csv csv_{};
  std::vector<mlw_field> fields_;
  std::vector<mlw_text> missing_words_ = [] {
    std::vector<mlw_text> words;
#define X(word) words.push_back(text_of(word));
    MLW_MISSING_WORDS(X)
#undef X
    return words;
  }();
  std::vector<uint64_t> columns_;
  uint64_t expected_ = 0;
  Buffer scratch_;
  std::vector<RawValue> values_;
  std::vector<uint64_t> missing_;
  std::vector<float> scores_;
};

}  // namespace

void answer_stream(const PredictorProgram& program, int input, const std::function<void(std::string_view)>& output,
                   CodeGenerator& generator) {
  std::string answers, line;
  waiting = &answers, out = &output;
  try {
    Stream stream(program, input, generator);
    stream.read_header();
    answers += csv_header(program);
    while (stream.answer_next(line)) {
      answers += line;
      if (answers.size() > 1 << 16) flush();
    }
  } catch (const Failure&) {
    flush();
    throw;
  }
  flush();
}

}  // namespace mlw
