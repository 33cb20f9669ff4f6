// The text of a predictor program: one fact a line, counts before lists, so that it can be read, compared and cut by
// line tools.
//
//   predictor 1
//   name "wine"
//   task binary
//   …
//   fields 2
//   field "amount" number unit "EUR" optional categories 0
//   field "country" category unit "" required categories 2 "AT" "DE"
//   …
//   layer 30 64 relu
//   weights 3f800000bf000000…
//   bias …
//   end

#include <algorithm>
#include <bit>
#include <charconv>
#include <stdexcept>

#include "compiler/artefact/names.h"
#include "compiler/artefact/predictor_program.h"
#include "compiler/diagnostics/kinds/artefact.h"
#include "compiler/kernel/canonical_text.h"

namespace mlw {
namespace {

/// Deeper formulas are refused before a recursive reader meets them.
constexpr int deepest_formula = 2000;
constexpr int64_t most_entries = 1 << 26;

void append_floats(std::string& out, std::string_view word, const std::vector<float>& values) {
  static constexpr std::string_view digits = "0123456789abcdef";
  out += word;
  out += ' ';
  out.reserve(out.size() + 8 * values.size() + 1);
  for (float value : values) {
    auto bits = std::bit_cast<uint32_t>(value);
    for (int shift = 28; shift >= 0; shift -= 4) out += digits[bits >> shift & 15];
  }
  out += '\n';
}

void append_texts(std::string& out, const std::vector<std::string>& texts) {
  out += std::to_string(texts.size());
  for (const std::string& text : texts) out += ' ' + quoted_text(text);
}

template <typename Enumeration, typename Names>
std::string word_of(Enumeration value, const Names& names) {
  return std::string(names[static_cast<size_t>(value)]);
}

struct FeatureWriter {
  std::string& out;
  void operator()(const Feature& feature) const {
    out += "feature " + quoted_text(feature.name) + ' ' + to_text(*feature.formula) + '\n';
  }
  void operator()(const IndicatorFeature& indicator) const {
    out += "indicator " + quoted_text(indicator.name) + ' ' + std::to_string(indicator.width) + ' ';
    append_texts(out, indicator.labels);
    out += ' ' + to_text(*indicator.position) + '\n';
  }
};

struct ModelWriter {
  std::string& out;
  void operator()(const LayeredModel& model) const {
    out += "layers " + std::to_string(model.layers.size()) + '\n';
    for (const DenseLayer& layer : model.layers) {
      out += "layer " + std::to_string(layer.inputs) + ' ' + std::to_string(layer.outputs) + ' ' +
             std::string(name(layer.activation)) + '\n';
      append_floats(out, "weights", layer.weights);
      append_floats(out, "bias", layer.bias);
    }
  }
  void operator()(const ConstantModel& model) const {
    out += "constant " + std::to_string(model.outputs.size()) + '\n';
    append_floats(out, "outputs", model.outputs);
  }
  void operator()(const RuleModel& model) const { out += "rule " + to_text(*model.condition) + '\n'; }
};

/// Reads a program line by line.
class ProgramReader {
 public:
  explicit ProgramReader(std::string_view text) : text_(text) {}

  PredictorProgram read() {
    PredictorProgram program;
    if (number_after("predictor") != PredictorProgram::interface_version) stop("another version of the text");
    program.name = quoted_after("name");
    program.task = enumeration_after<TaskKind>("task", task_names);
    program.unit = quoted_after("unit");
    program.link = enumeration_after<Link>("link", link_names);
    program.threshold = line("threshold").number();
    CanonicalReader classes = line("classes");
    program.classes = texts(classes);
    end_line(classes);
    CanonicalReader words = line("missing_words");
    program.missing_words = texts(words);
    end_line(words);
    for (int64_t left = number_after("fields"); left > 0; --left) program.fields.push_back(field());
    program.population = optional_formula_after("population");
    for (int64_t left = number_after("definitions"); left > 0; --left) program.definitions.push_back(definition());
    for (int64_t left = number_after("features"); left > 0; --left) program.features.push_back(feature());
    program.model = model();
    end_line(line("end"));
    if (at_ != text_.size()) stop("something follows the end");
    return program;
  }

 private:
  /// The reader of what follows `word` on the next line.
  CanonicalReader line(std::string_view word) {
    std::string_view rest = next_line();
    if (!rest.starts_with(word) || (rest.size() > word.size() && rest[word.size()] != ' '))
      stop("expected `" + std::string(word) + "`");
    return CanonicalReader(rest.substr(std::min(rest.size(), word.size() + 1)));
  }

  std::string_view next_line() {
    size_t end = text_.find('\n', at_);
    if (end == std::string_view::npos) stop("a line is missing");
    std::string_view found = text_.substr(at_, end - at_);
    at_ = end + 1;
    ++number_;
    return found;
  }

  std::string_view first_word() const {
    std::string_view rest = text_.substr(at_);
    return rest.substr(0, rest.find_first_of(" \n"));
  }

  void end_line(CanonicalReader reader) {
    if (!reader.at_end()) stop("something follows on the line");
  }

  int64_t number_after(std::string_view word) {
    CanonicalReader reader = line(word);
    int64_t value = count(reader);
    end_line(reader);
    return value;
  }

  int64_t count(CanonicalReader& reader) {
    int64_t value = reader.integer();
    if (value < 0 || value > most_entries) stop("a count out of range");
    return value;
  }

  std::string quoted_after(std::string_view word) {
    CanonicalReader reader = line(word);
    std::string value = reader.quoted();
    end_line(reader);
    return value;
  }

  template <typename Enumeration, typename Names>
  Enumeration enumeration(std::string_view word, const Names& names) {
    auto found = std::find(names.begin(), names.end(), word);
    if (found == names.end()) stop("unknown word `" + std::string(word) + "`");
    return static_cast<Enumeration>(found - names.begin());
  }

  template <typename Enumeration, typename Names>
  Enumeration enumeration_after(std::string_view word, const Names& names) {
    CanonicalReader reader = line(word);
    auto value = enumeration<Enumeration>(reader.word(), names);
    end_line(reader);
    return value;
  }

  std::vector<std::string> texts(CanonicalReader& reader) {
    std::vector<std::string> list;
    for (int64_t left = count(reader); left > 0; --left) list.push_back(reader.quoted());
    return list;
  }

  RawField field() {
    CanonicalReader reader = line("field");
    RawField found;
    found.name = reader.quoted();
    found.kind = enumeration<ColumnKind>(reader.word(), column_kind_names);
    if (reader.word() != "unit") stop("expected `unit`");
    found.unit = reader.quoted();
    std::string_view needed = reader.word();
    if (needed != "required" && needed != "optional") stop("expected `required` or `optional`");
    found.required = needed == "required";
    if (reader.word() != "categories") stop("expected `categories`");
    found.categories = texts(reader);
    end_line(reader);
    return found;
  }

  FormulaPointer formula(CanonicalReader& reader) {
    std::string_view text = reader.rest();
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < text.size(); ++i) {
      if (quoted && text[i] == '\\')
        ++i;
      else if (text[i] == '"')
        quoted = !quoted;
      else if (!quoted && text[i] == '(' && ++depth > deepest_formula)
        stop("a formula too deep");
      else if (!quoted && text[i] == ')')
        --depth;
    }
    return parse_formula(text);
  }

  FormulaPointer optional_formula_after(std::string_view word) {
    CanonicalReader reader = line(word);
    if (reader.look() == "none") return nullptr;
    return formula(reader);
  }

  Definition definition() {
    CanonicalReader reader = line("definition");
    Definition found;
    found.name = reader.quoted();
    found.formula = formula(reader);
    return found;
  }

  FeatureBlock feature() {
    if (first_word() == "feature") {
      CanonicalReader reader = line("feature");
      Feature found;
      found.name = reader.quoted();
      found.formula = formula(reader);
      return found;
    }
    CanonicalReader reader = line("indicator");
    IndicatorFeature found;
    found.name = reader.quoted();
    found.width = static_cast<int>(count(reader));
    found.labels = texts(reader);
    found.position = formula(reader);
    return found;
  }

  Model model() {
    std::string_view form = first_word();
    if (form == "rule") {
      CanonicalReader reader = line("rule");
      return RuleModel{formula(reader)};
    }
    if (form == "constant") {
      int64_t outputs = number_after("constant");
      return ConstantModel{floats("outputs", outputs)};
    }
    LayeredModel layered;
    for (int64_t left = number_after("layers"); left > 0; --left) layered.layers.push_back(layer());
    return layered;
  }

  DenseLayer layer() {
    CanonicalReader reader = line("layer");
    DenseLayer found;
    found.inputs = static_cast<int>(count(reader));
    found.outputs = static_cast<int>(count(reader));
    found.activation = enumeration<Activation>(reader.word(), activation_names);
    end_line(reader);
    found.weights = floats("weights", static_cast<int64_t>(found.inputs) * found.outputs);
    found.bias = floats("bias", found.outputs);
    return found;
  }

  std::vector<float> floats(std::string_view word, int64_t size) {
    std::string_view digits = next_line();
    if (!digits.starts_with(word) || digits.size() != word.size() + 1 + 8 * static_cast<size_t>(size) ||
        digits[word.size()] != ' ')
      stop("expected `" + std::string(word) + "` with " + std::to_string(size) + " numbers");
    digits.remove_prefix(word.size() + 1);
    std::vector<float> values(static_cast<size_t>(size));
    for (size_t i = 0; i < values.size(); ++i) {
      uint32_t bits = 0;
      const char* begin = digits.data() + 8 * i;
      for (const char* at = begin; at != begin + 8; ++at) {
        bool letter = *at >= 'a' && *at <= 'f';
        if (!letter && !(*at >= '0' && *at <= '9')) stop("not a hexadecimal digit");
        bits = bits << 4 | static_cast<uint32_t>(letter ? *at - 'a' + 10 : *at - '0');
      }
      values[i] = std::bit_cast<float>(bits);
    }
    return values;
  }

  [[noreturn]] void stop(const std::string& what) const {
    throw std::invalid_argument("line " + std::to_string(number_) + ": " + what);
  }

  std::string_view text_;
  size_t at_ = 0;
  int64_t number_ = 0;
};

}  // namespace

std::string to_text(const PredictorProgram& program) {
  std::string out = "predictor " + std::to_string(PredictorProgram::interface_version) + '\n';
  out += "name " + quoted_text(program.name) + '\n';
  out += "task " + word_of(program.task, task_names) + '\n';
  out += "unit " + quoted_text(program.unit) + '\n';
  out += "link " + word_of(program.link, link_names) + '\n';
  out += "threshold " + number_text(program.threshold) + '\n';
  out += "classes ";
  append_texts(out, program.classes);
  out += "\nmissing_words ";
  append_texts(out, program.missing_words);
  out += "\nfields " + std::to_string(program.fields.size()) + '\n';
  for (const RawField& field : program.fields) {
    out += "field " + quoted_text(field.name) + ' ' + word_of(field.kind, column_kind_names) + " unit " +
           quoted_text(field.unit) + (field.required ? " required" : " optional") + " categories ";
    append_texts(out, field.categories);
    out += '\n';
  }
  out += "population " + (program.population ? to_text(*program.population) : "none");
  out += "\ndefinitions " + std::to_string(program.definitions.size()) + '\n';
  for (const Definition& definition : program.definitions)
    out += "definition " + quoted_text(definition.name) + ' ' + to_text(*definition.formula) + '\n';
  out += "features " + std::to_string(program.features.size()) + '\n';
  for (const FeatureBlock& block : program.features) std::visit(FeatureWriter{out}, block);
  std::visit(ModelWriter{out}, program.model);
  out += "end\n";
  return out;
}

PredictorProgram parse_program(std::string_view text) {
  PredictorProgram program;
  try {
    program = ProgramReader(text).read();
  } catch (const std::invalid_argument& fault) {
    fail(kinds::predictor_text_malformed, {{"what", fault.what()}});
  }
  verify_program(program);
  return program;
}

}  // namespace mlw
