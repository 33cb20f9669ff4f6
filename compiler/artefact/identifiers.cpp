#include "compiler/artefact/identifiers.h"

#include <algorithm>
#include <iterator>
#include <set>

namespace mlw {
namespace {

constexpr std::string_view keywords[] = {"alignas",
                                         "alignof",
                                         "and",
                                         "and_eq",
                                         "asm",
                                         "auto",
                                         "bitand",
                                         "bitor",
                                         "bool",
                                         "break",
                                         "case",
                                         "catch",
                                         "char",
                                         "char16_t",
                                         "char32_t",
                                         "char8_t",
                                         "class",
                                         "co_await",
                                         "co_return",
                                         "co_yield",
                                         "compl",
                                         "concept",
                                         "const",
                                         "const_cast",
                                         "consteval",
                                         "constexpr",
                                         "constinit",
                                         "continue",
                                         "decltype",
                                         "default",
                                         "delete",
                                         "do",
                                         "double",
                                         "dynamic_cast",
                                         "else",
                                         "enum",
                                         "errno",
                                         "explicit",
                                         "export",
                                         "extern",
                                         "false",
                                         "final",
                                         "float",
                                         "for",
                                         "friend",
                                         "goto",
                                         "if",
                                         "import",
                                         "inline",
                                         "int",
                                         "int32_t",
                                         "int64_t",
                                         "linux",
                                         "long",
                                         "module",
                                         "mutable",
                                         "namespace",
                                         "new",
                                         "noexcept",
                                         "not",
                                         "not_eq",
                                         "nullptr",
                                         "operator",
                                         "or",
                                         "or_eq",
                                         "override",
                                         "private",
                                         "protected",
                                         "public",
                                         "register",
                                         "reinterpret_cast",
                                         "requires",
                                         "restrict",
                                         "return",
                                         "short",
                                         "signed",
                                         "sizeof",
                                         "static",
                                         "static_assert",
                                         "static_cast",
                                         "struct",
                                         "switch",
                                         "template",
                                         "this",
                                         "thread_local",
                                         "throw",
                                         "true",
                                         "try",
                                         "typedef",
                                         "typeid",
                                         "typename",
                                         "typeof",
                                         "typeof_unqual",
                                         "uint32_t",
                                         "uint64_t",
                                         "union",
                                         "unix",
                                         "unsigned",
                                         "using",
                                         "virtual",
                                         "void",
                                         "volatile",
                                         "wchar_t",
                                         "while",
                                         "xor",
                                         "xor_eq",
                                         "i386",
                                         "near",
                                         "far",
                                         "signal"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string c_identifier(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool plain = is_letter(c) || is_digit(c);
    // A run of other characters is one line; names with two in a row belong to the implementation.
    if (plain || (!out.empty() && out.back() != '_')) out += plain ? c : '_';
  }
  while (!out.empty() && out.back() == '_') out.pop_back();
  if (out.empty() || is_digit(out[0])) out.insert(0, "x");
  if (std::find(std::begin(keywords), std::end(keywords), out) != std::end(keywords)) out += '_';
  return out;
}

std::vector<std::string> c_identifiers(const std::vector<std::string>& names, const std::vector<std::string>& taken) {
  std::set<std::string> used;
  for (const std::string& word : taken) used.insert(upper_case(word));
  std::vector<std::string> identifiers;
  for (const std::string& name : names) {
    const std::string wanted = c_identifier(name);
    std::string found = wanted;
    for (int number = 2; !used.insert(upper_case(found)).second; ++number)
      found = wanted + (wanted.back() == '_' ? "" : "_") + std::to_string(number);
    identifiers.push_back(found);
  }
  return identifiers;
}

std::string upper_case(std::string_view identifier) {
  std::string out(identifier);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

std::string artefact_name(std::string_view workflow_name) { return c_identifier(workflow_name); }

}  // namespace mlw
