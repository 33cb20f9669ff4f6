#include "compiler/diagnostics/diagnostic.h"

namespace mlw {
namespace {

const std::string* find(Arguments arguments, std::string_view name) {
  for (const auto& [key, value] : arguments)
    if (key == name) return &value;
  return nullptr;
}

Diagnostic make(const Kind& kind, SourceRange range, Arguments arguments) {
  Diagnostic diagnostic;
  diagnostic.kind = &kind;
  diagnostic.severity = kind.severity;
  diagnostic.range = range;
  diagnostic.message = fill(kind.sentence, arguments);
  diagnostic.reason = fill(kind.reason, arguments);
  diagnostic.help = fill(kind.help, arguments);
  return diagnostic;
}

}  // namespace

std::string fill(std::string_view text, Arguments arguments) {
  std::string filled;
  while (!text.empty()) {
    const size_t open = text.find('{');
    const size_t close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) break;
    filled += text.substr(0, open);
    const std::string* value = find(arguments, text.substr(open + 1, close - open - 1));
    if (value != nullptr) {
      filled += *value;
      text.remove_prefix(close + 1);
    } else {  // another `{` may begin inside what looked like a name
      filled += '{';
      text.remove_prefix(open + 1);
    }
  }
  return filled.append(text);
}

Diagnostic& Diagnostics::report(const Kind& kind, SourceRange range, Arguments arguments) {
  return report_as(kind.severity, kind, range, arguments);
}

Diagnostic& Diagnostics::report_as(Severity severity, const Kind& kind, SourceRange range, Arguments arguments) {
  Diagnostic diagnostic = make(kind, range, arguments);
  diagnostic.severity = severity;
  return add(std::move(diagnostic));
}

Diagnostic& Diagnostics::add(Diagnostic diagnostic) {
  if (diagnostic.severity == Severity::error) ++errors_;
  return list_.emplace_back(std::move(diagnostic));
}

void Diagnostics::append(const Diagnostics& other) {
  for (size_t i = 0, count = other.list_.size(); i < count; ++i) list_.push_back(other.list_[i]);
  errors_ += other.errors_;
}

void fail(const Kind& kind, Arguments arguments, SourceRange range) { throw Failure{make(kind, range, arguments)}; }

}  // namespace mlw
