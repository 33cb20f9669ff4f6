#include <fmt/format.h>

#include "compiler/artefact/artefact.h"
#include "compiler/artefact/identifiers.h"

namespace mlw {
namespace {

constexpr size_t most_categories_listed = 12;

/// Stands for an `@` of the user's until `named` has filled in the name.
constexpr char at_sign = '\x02';

/// Text that may stand in a comment: it neither ends nor begins one, and no line goes on.
std::string commented(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      out += ' ';
      continue;
    }
    const char before = out.empty() ? ' ' : out.back();
    if (c == '@') {
      out += at_sign;
      continue;
    }
    if ((before == '*' && c == '/') || (before == '/' && c == '*') || (before == '?' && c == '?')) out += ' ';
    out += c;
  }
  return out;
}

std::string_view type_of(RecordMember member) {
  switch (member) {
    case RecordMember::number:
      return "double ";
    case RecordMember::integer:
    case RecordMember::date:
      return "int64_t ";
    case RecordMember::flag:
      return "int32_t ";
    case RecordMember::text:
      break;
  }
  return {};
}

std::string listed(const std::vector<std::string>& categories) {
  std::string text;
  for (size_t i = 0; i < categories.size() && i < most_categories_listed; ++i)
    text += (i ? ", \"" : "\"") + commented(categories[i]) + "\"";
  if (categories.size() > most_categories_listed)
    text += fmt::format(" and {} more", categories.size() - most_categories_listed);
  return text;
}

std::string described(const RawField& field) {
  std::string text = fmt::format("`{}`", commented(field.name));
  switch (record_member(field.kind)) {
    case RecordMember::number:
      text += ": a number; NAN and infinities count as missing";
      break;
    case RecordMember::integer:
      text += ": a whole number";
      break;
    case RecordMember::flag:
      text += field.categories.size() == 2 ? fmt::format(": 0 for \"{}\", 1 for \"{}\"", commented(field.categories[0]),
                                                         commented(field.categories[1]))
                                           : ": 0 or 1";
      break;
    case RecordMember::date:
      text += ": microseconds since 1970-01-01T00:00 UTC";
      break;
    case RecordMember::text:
      text += ": UTF-8; bytes of NULL count as missing";
      if (!field.categories.empty()) text += "; seen in training: " + listed(field.categories);
      break;
  }
  if (!field.unit.empty()) text += "; in " + commented(field.unit);
  return text + (field.required ? "; required" : "; may be missing");
}

/// Fills the name in for `@`, and the name in upper case for `@@`.
std::string named(std::string_view text, const std::string& name) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '@') {
      out += text[i] == at_sign ? '@' : text[i];
    } else if (i + 1 < text.size() && text[i + 1] == '@') {
      out += upper_case(name);
      ++i;
    } else {
      out += name;
    }
  }
  return out;
}

std::string_view decision_meaning(const PredictorProgram& program) {
  return program.task == TaskKind::regression ? "0" : "the index of the class that was decided for, an @_class";
}

std::string scores_meaning(const PredictorProgram& program) {
  if (program.task == TaskKind::regression)
    return "the predicted value" + (program.unit.empty() ? "" : " in " + commented(program.unit));
  if (program.task == TaskKind::binary) return fmt::format("the probability of \"{}\"", commented(program.classes[1]));
  return "the probability of each class";
}

std::string record_text(const PredictorProgram& program, const std::vector<std::string>& members) {
  std::string text =
      "/* A raw record. Set every member, or mark it as missing with @_set_missing. */\ntypedef struct @_record {\n";
  for (size_t i = 0; i < members.size(); ++i) {
    const RecordMember member = record_member(program.fields[i].kind);
    const std::string_view type = member == RecordMember::text ? "@_text " : type_of(member);
    text += fmt::format("  /* {} */\n  {}{};\n", described(program.fields[i]), type, members[i]);
  }
  text +=
      "  /* One bit a field: the bit f % 64 of missing[f / 64] says that field f (an @_field) has no value. */\n"
      "  uint64_t missing[@@_MISSING_WORDS];\n} @_record;\n\n";
  if (!members.empty()) {
    text += "/* The fields of a record. */\nenum @_field {\n";
    for (size_t i = 0; i < members.size(); ++i)
      text += fmt::format("  @@_FIELD_{} = {}{}\n", upper_case(members[i]), i, i + 1 < members.size() ? "," : "");
    text += "};\n\n";
  }
  return text;
}

std::string classes_text(const PredictorProgram& program) {
  if (program.classes.empty()) return {};
  std::string text = "/* The classes, as decisions give them. */\nenum @_class {\n";
  const std::vector<std::string> names = c_identifiers(program.classes, {});
  for (size_t i = 0; i < names.size(); ++i)
    text += fmt::format("  @@_CLASS_{} = {}{} /* \"{}\" */\n", upper_case(names[i]), i, i + 1 < names.size() ? "," : "",
                        commented(program.classes[i]));
  return text + "};\n\n";
}

constexpr std::string_view status_text =
    R"(/* What came of a record. From @@_MISSING_VALUE on there is no answer: the decision is -1, the scores are NAN. */
enum @_status {
  @@_OK = 0,
  @@_UNSEEN_CATEGORY = 1, /* answered, though a category was never seen in training */
  @@_MISSING_VALUE = 2, /* a value is missing that nothing replaces */
  @@_OUTSIDE_POPULATION = 3, /* the workflow's `where` excludes such records */
  @@_MALFORMED = 4 /* a flag other than 0 and 1, a text that is not UTF-8, or an overflow */
};

)";

constexpr std::string_view functions_text =
    R"(/* Answers one record; returns an @_status. Nothing is kept between calls and nothing is allocated: calls are safe from any
   number of threads at once, as long as each has an answer and a scratch of its own. `scratch`: @@_SCRATCH_BYTES bytes of
   any alignment and content. Answers have the same bits on every machine. */
int32_t @_predict(const @_record *record, @_answer *answer, void *scratch);

/* The version of this interface that the library was made for: @@_INTERFACE_VERSION, or header and library do not belong together. */
uint32_t @_interface_version(void);
/* The bytes of scratch that it needs: at most @@_SCRATCH_BYTES of the header that belongs to it. */
uint64_t @_scratch_bytes(void);
/* Identifies the model: @@_MODEL_HASH, or header and library do not belong together. Not to be freed. */
const char *@_model_hash(void);

)";

}  // namespace

std::string library_header(const PredictorProgram& program, const std::string& name, int64_t scratch_bytes) {
  std::vector<std::string> field_names;
  for (const RawField& field : program.fields) field_names.push_back(field.name);
  const std::vector<std::string> members = c_identifiers(field_names, {"missing"});
  const size_t words = std::max<size_t>(1, (members.size() + 63) / 64);

  std::string text = fmt::format(
      "/* @.h: predictions of the workflow `{}`, from raw records to decisions. Made by mlwc; do not edit.\n"
      "   Link with lib@.a or lib@.so; neither needs another library. */\n"
      "#ifndef @@_H\n#define @@_H\n\n#include <stdint.h>\n\n#ifdef __cplusplus\nextern \"C\" {{\n#endif\n\n"
      "#define @@_INTERFACE_VERSION {}\n#define @@_MODEL_HASH \"{}\"\n#define @@_FIELDS {}\n#define @@_MISSING_WORDS "
      "{}\n"
      "#define @@_SCORES {}\n#define @@_SCRATCH_BYTES {}\n\n",
      commented(program.name), PredictorProgram::interface_version, model_hash(program), members.size(), words,
      program.outputs(), scratch_bytes);
  text +=
      "/* A text: `length` bytes of UTF-8, which need no zero behind them. */\n"
      "typedef struct @_text {\n  const char *bytes;\n  uint64_t length;\n} @_text;\n\n";
  text += record_text(program, members);
  text += classes_text(program);
  text += fmt::format(
      "typedef struct @_answer {{\n  /* {} */\n  int32_t decision;\n  /* {} */\n  float scores[@@_SCORES];\n}} "
      "@_answer;\n\n",
      decision_meaning(program), scores_meaning(program));
  text += status_text;
  text += functions_text;
  if (!members.empty())
    text +=
        "/* Marks a field as missing. */\nstatic inline void @_set_missing(@_record *record, enum @_field field) {\n"
        "  record->missing[(unsigned)field / 64u] |= (uint64_t)1 << ((unsigned)field % 64u);\n}\n\n";
  text += "#ifdef __cplusplus\n}\n#endif\n\n#endif\n";
  return named(text, name);
}

}  // namespace mlw
