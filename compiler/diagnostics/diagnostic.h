#pragma once

#include <cstdint>
#include <deque>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mlw {

/// A half-open range of bytes in one of the sources of a run. `file` indexes `Sources`; `none` when a fact has no place
/// in a text.
struct SourceRange {
  static constexpr uint32_t none = UINT32_MAX;
  uint32_t file = none;
  uint32_t begin = 0;
  uint32_t end = 0;
  bool valid() const { return file != none; }
  friend bool operator==(const SourceRange&, const SourceRange&) = default;
};

enum class Severity { note, warning, error };

/// What can go wrong, declared once (in kinds/*.h). Braced names in the texts are filled from the arguments of a
/// report. Every kind registers itself, so that `all_kinds` is the list that `mlwc explain` and the tests go through.
struct Kind {
  std::string_view code;  ///< stable: a letter (S, T, D, M, B, R) and three digits
  Severity severity;
  std::string_view sentence;  ///< one plain sentence, lower case, no full stop: "there is no file `{path}`"
  std::string_view reason;    ///< why it matters; may be empty
  std::string_view help;      ///< what to do
  std::string_view explain;   ///< the long text of `mlwc explain CODE`: an example that breaks it and one that does not

  Kind(std::string_view code, Severity severity, std::string_view sentence, std::string_view reason,
       std::string_view help, std::string_view explain);
  Kind(const Kind&) = delete;
};

/// All declared kinds, sorted by code.
std::vector<const Kind*> all_kinds();
/// The kind of that code; null when there is none.
const Kind* find_kind(std::string_view code);

using Arguments = std::initializer_list<std::pair<std::string_view, std::string>>;

/// A second place that the first one disagrees with, or that explains it.
struct Label {
  SourceRange range;
  std::string text;
};

/// A mechanical repair: replace `range` by `text`.
struct Mend {
  SourceRange range;
  std::string text;
};

struct Diagnostic {
  const Kind* kind = nullptr;
  Severity severity = Severity::error;
  SourceRange range;
  std::string message;  ///< the kind's sentence, filled in
  std::string reason;
  std::string help;
  std::string label;  ///< stands under the marked place; may be empty
  std::vector<Label> also;
  std::vector<std::string> notes;  ///< facts: rows, shares, values, "wine.csv:1042 column age: \"n/a\" is not a number"
  std::optional<Mend> mend;

  Diagnostic& at(std::string text) {
    label = std::move(text);
    return *this;
  }
  Diagnostic& also_at(SourceRange place, std::string text) {
    also.push_back({place, std::move(text)});
    return *this;
  }
  Diagnostic& note(std::string text) {
    notes.push_back(std::move(text));
    return *this;
  }
  Diagnostic& suggest(SourceRange place, std::string text) {
    mend = Mend{place, std::move(text)};
    return *this;
  }
};

/// Where reports are collected. Not thread safe: parallel work collects into sinks of its own and `append`s them in a
/// fixed order.
class Diagnostics {
 public:
  Diagnostic& report(const Kind& kind, SourceRange range = {}, Arguments arguments = {});
  Diagnostic& add(Diagnostic diagnostic);
  /// For the few kinds whose severity depends on the case.
  Diagnostic& report_as(Severity severity, const Kind& kind, SourceRange range = {}, Arguments arguments = {});
  void append(const Diagnostics& other);

  bool has_errors() const { return errors_ > 0; }
  const std::deque<Diagnostic>& all() const { return list_; }
  bool empty() const { return list_.empty(); }

 private:
  std::deque<Diagnostic> list_;
  int errors_ = 0;
};

/// A failure that ends the current piece of work: the diagnostic is carried to the one place that reports it.
struct Failure {
  Diagnostic diagnostic;
};
[[noreturn]] void fail(const Kind& kind, Arguments arguments = {}, SourceRange range = {});

/// Fills `{name}` in a text from the arguments; an unknown name stays as it is.
std::string fill(std::string_view text, Arguments arguments);

/// The candidate nearest to `name` by edit distance, when it is near enough to be meant; else empty.
std::string_view nearest_name(std::string_view name, std::span<const std::string> candidates);

}  // namespace mlw
