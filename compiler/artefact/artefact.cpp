#include "compiler/artefact/artefact.h"

#include <fmt/format.h>

#include "compiler/artefact/identifiers.h"
#include "compiler/artefact/names.h"
#include "compiler/plan/key.h"

namespace mlw {
namespace {

std::string_view meaning(RecordMember member) {
  switch (member) {
    case RecordMember::number:
      return "number";
    case RecordMember::integer:
      return "whole number";
    case RecordMember::flag:
      return "true or false (also 1 or 0, yes or no)";
    case RecordMember::date:
      return "date as 2026-11-22 or 2026-11-22T08:30:15";
    case RecordMember::text:
      return "text";
  }
  return {};
}

std::string described(const RawField& field) {
  std::string text(meaning(record_member(field.kind)));
  if (field.kind == ColumnKind::flag && field.categories.size() == 2)
    text = fmt::format("{} (true) or {} (false)", field.categories[1], field.categories[0]);
  if (!field.unit.empty()) text += " in " + field.unit;
  if (field.required) text += ", required";
  return text;
}

}  // namespace

std::string csv_field(std::string_view text) {
  const bool plain = !text.empty() && text.find_first_of(",\"\n\r") == std::string_view::npos;
  if (plain) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string csv_header(const PredictorProgram& program) {
  std::string line;
  for (const std::string& column : answer_columns(program)) line += (line.empty() ? "" : ",") + csv_field(column);
  return line + '\n';
}

std::string executable_help(const PredictorProgram& program, const std::string& device) {
  const std::string name = artefact_name(program.name);
  std::string text = fmt::format(
      "{0}: predictions of the workflow `{1}` on {2}\n\n"
      "  {0} < records.csv > answers.csv\n\n"
      "Reads records as comma separated values with a header; columns may stand in any order, others are ignored.\n"
      "An empty field is a missing value. One line of answer a record, in the same order. Exit status 0: done;\n"
      "1: the input is broken (standard error says where); 2: wrong usage.\n\nColumns\n",
      name, program.name, device);
  for (const RawField& field : program.fields) text += fmt::format("  {:<24} {}\n", field.name, described(field));
  text += "\nAnswers\n  ";
  text += csv_header(program);
  if (!program.unit.empty()) text += fmt::format("  value is in {}\n", program.unit);
  if (program.task == TaskKind::binary && program.classes.size() == 2)
    text += fmt::format("  probability is that of {}\n", program.classes[1]);
  text += "  status:";
  for (const std::string_view status : status_names) text += fmt::format(" {}", status);
  return text + fmt::format("\n\nModel {}\n", model_hash(program));
}

std::string model_hash(const PredictorProgram& program) { return sha256(to_text(program)); }

RecordMember record_member(ColumnKind kind) {
  switch (value_type(kind)) {
    case ValueType::number:
      return RecordMember::number;
    case ValueType::integer:
      return RecordMember::integer;
    case ValueType::flag:
      return RecordMember::flag;
    case ValueType::date:
    case ValueType::duration:
      return RecordMember::date;
    case ValueType::category:
    case ValueType::text:
    case ValueType::unknown:
      break;
  }
  return RecordMember::text;
}

}  // namespace mlw
