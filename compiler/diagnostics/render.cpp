#include <algorithm>

#include "compiler/diagnostics/characters.h"
#include "compiler/diagnostics/excerpt.h"
#include "compiler/diagnostics/source.h"

namespace mlw {
namespace {

/// After so many a reader mends what was shown and asks again.
constexpr size_t most_shown = 20;

struct Mark {
  SourceRange range;
  std::string text;
  bool primary = false;
  LineColumn place;
};

enum class Style { plain, bold, error, warning, note, frame };

std::string_view escape(Style style) {
  switch (style) {
    case Style::plain:
      return "";
    case Style::bold:
      return "\x1b[1m";
    case Style::error:
      return "\x1b[1;31m";
    case Style::warning:
      return "\x1b[1;33m";
    case Style::note:
      return "\x1b[1;36m";
    case Style::frame:
      return "\x1b[34m";
  }
  return "";
}

std::string_view word(Severity severity) {
  return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "note";
}

Style style_of(Severity severity) {
  return severity == Severity::error ? Style::error : severity == Severity::warning ? Style::warning : Style::note;
}

std::string repeated(std::string_view text, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

/// Breaks a text into lines of at most `columns`, between words; a longer word stands alone.
std::vector<std::string> wrap(std::string_view text, int columns) {
  std::vector<std::string> lines;
  std::string line;
  while (!text.empty()) {
    const size_t end = std::min(text.find(' '), text.size());
    const std::string_view next = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty() && width(line) + 1 + width(next) > columns) lines.push_back(std::exchange(line, ""));
    if (!line.empty()) line += ' ';
    line += next;
  }
  if (!line.empty()) lines.push_back(line);
  return lines;
}

class Painter {
 public:
  Painter(const Sources& sources, const RenderOptions& options) : sources_(sources), options_(options) {}

  void paint(const Diagnostic& diagnostic) {
    severity_ = style_of(diagnostic.severity);
    std::vector<Mark> marks = collect(diagnostic);
    uint32_t last_line = 0;
    for (const Mark& mark : marks) last_line = std::max(last_line, mark.place.line);
    gutter_ = std::max<int>(2, static_cast<int>(std::to_string(last_line).size()));

    style(severity_, std::string(word(diagnostic.severity)) + "[" + std::string(diagnostic.kind->code) + "]");
    style(Style::bold, ": " + visible(diagnostic.message));
    text_ += '\n';
    for (size_t begin = 0; begin < marks.size();) {
      size_t end = begin;
      while (end < marks.size() && marks[end].range.file == marks[begin].range.file) ++end;
      paint_file({marks.begin() + static_cast<ptrdiff_t>(begin), marks.begin() + static_cast<ptrdiff_t>(end)},
                 begin > 0);
      begin = end;
    }
    if (!marks.empty()) bar("│"), text_ += '\n';
    for (const std::string& note : diagnostic.notes) fact(visible(note));  // facts are quoted whole, never wrapped
    paragraph(diagnostic.reason);
    if (!diagnostic.help.empty()) paragraph("help: " + diagnostic.help);
    if (!diagnostic.kind->explain.empty()) fact("mlwc explain " + std::string(diagnostic.kind->code));
  }

  std::string take() { return std::move(text_); }

 private:
  /// The marks of the first place's file come first, then those of other files as they were reported; lines in order.
  std::vector<Mark> collect(const Diagnostic& diagnostic) const {
    std::vector<Mark> marks;
    const auto add = [&](SourceRange range, const std::string& text, bool primary) {
      if (range.valid() && range.file < sources_.size())
        marks.push_back({range, visible(text), primary, sources_.position(range.file, range.begin)});
    };
    add(diagnostic.range, diagnostic.label, true);
    for (const Label& label : diagnostic.also) add(label.range, label.text, false);
    std::vector<uint32_t> files;
    for (const Mark& mark : marks)
      if (std::find(files.begin(), files.end(), mark.range.file) == files.end()) files.push_back(mark.range.file);
    const auto rank = [&](const Mark& mark) {
      return std::find(files.begin(), files.end(), mark.range.file) - files.begin();
    };
    std::stable_sort(marks.begin(), marks.end(), [&](const Mark& a, const Mark& b) {
      if (a.range.file != b.range.file) return rank(a) < rank(b);
      return a.range.begin < b.range.begin;
    });
    return marks;
  }

  void paint_file(const std::vector<Mark>& marks, bool continued) {
    const auto primary = std::find_if(marks.begin(), marks.end(), [](const Mark& mark) { return mark.primary; });
    const Mark& named = primary == marks.end() ? marks.front() : *primary;
    const uint32_t file = named.range.file;
    bar(continued ? "├─ " : "┌─ ");
    text_ += visible(sources_[file].path) + ":" + std::to_string(named.place.line) + ":" +
             std::to_string(named.place.column) + "\n";
    bar("│"), text_ += '\n';
    uint32_t line = 0;
    for (size_t begin = 0; begin < marks.size();) {
      size_t end = begin;
      while (end < marks.size() && marks[end].place.line == marks[begin].place.line) ++end;
      const uint32_t next = marks[begin].place.line;
      if (line != 0 && next == line + 2) paint_line(file, line + 1, {});
      if (line != 0 && next > line + 2) bar("┆"), text_ += '\n';
      paint_line(file, next,
                 {marks.begin() + static_cast<ptrdiff_t>(begin), marks.begin() + static_cast<ptrdiff_t>(end)});
      line = next;
      begin = end;
    }
  }

  void paint_line(uint32_t file, uint32_t line, const std::vector<Mark>& marks) {
    const std::string_view content = sources_.line(file, line);
    const auto start = static_cast<uint32_t>(content.data() - sources_[file].text.data());
    Excerpt excerpt(content);
    const auto begin_of = [&](const Mark& mark) { return excerpt.column(mark.range.begin - start); };
    const auto end_of = [&](const Mark& mark) {
      return std::max(excerpt.column(std::max(mark.range.end, mark.range.begin) - start), begin_of(mark) + 1);
    };
    const int room = std::max(20, options_.width - gutter_ - 2);
    const auto primary = std::find_if(marks.begin(), marks.end(), [](const Mark& mark) { return mark.primary; });
    if (marks.empty()) {
      excerpt.show(0, 1, room);
    } else {
      const Mark& mark = primary == marks.end() ? marks.front() : *primary;
      excerpt.show(begin_of(mark), end_of(mark), room);
    }
    const std::string number = std::to_string(line);
    style(Style::frame, std::string(static_cast<size_t>(gutter_) - number.size(), ' ') + number + "│");
    text_ += " " + excerpt.text() + "\n";
    for (const Mark& mark : marks) {
      const int from = excerpt.seen(begin_of(mark));
      paint_mark(mark, from, std::max(1, excerpt.seen(end_of(mark)) - from), room);
    }
  }

  void paint_mark(const Mark& mark, int from, int length, int room) {
    const Style colour = mark.primary ? severity_ : Style::frame;
    const std::string carets = repeated(mark.primary ? "^" : "-", length);
    bar("│ ");
    text_.append(static_cast<size_t>(from), ' ');
    if (mark.text.empty() || from + length + 1 + width(mark.text) <= room) {
      style(colour, mark.text.empty() ? carets : carets + " " + mark.text);
      text_ += '\n';
      return;
    }
    style(colour, carets);
    text_ += '\n';
    const int indent = std::clamp(room - width(mark.text), 0, from);
    for (const std::string& line : wrap(mark.text, room - indent)) {
      bar("│ ");
      text_.append(static_cast<size_t>(indent), ' ');
      style(colour, line);
      text_ += '\n';
    }
  }

  void bar(std::string_view sign) {
    text_.append(static_cast<size_t>(gutter_), ' ');
    style(Style::frame, sign);
  }

  void fact(const std::string& text) {
    bar("= ");
    text_ += text + "\n";
  }

  void paragraph(const std::string& text) {
    bool first = true;
    for (const std::string& line : wrap(visible(text), std::max(20, options_.width - gutter_ - 2))) {
      bar(first ? "= " : "  ");
      text_ += line + "\n";
      first = false;
    }
  }

  void style(Style style, std::string_view text) {
    if (options_.colour) text_ += escape(style);
    text_ += text;
    if (options_.colour && style != Style::plain) text_ += "\x1b[0m";
  }

  const Sources& sources_;
  const RenderOptions& options_;
  std::string text_;
  Style severity_ = Style::error;
  int gutter_ = 2;
};

}  // namespace

std::string render(const Diagnostics& diagnostics, const Sources& sources, const RenderOptions& options) {
  std::string text;
  size_t shown = 0;
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    if (shown == most_shown) break;
    Painter painter(sources, options);
    painter.paint(diagnostic);
    if (shown++ > 0) text += '\n';
    text += painter.take();
  }
  const size_t rest = diagnostics.all().size() - shown;
  if (rest > 0) text += "\n… and " + std::to_string(rest) + (rest == 1 ? " more message\n" : " more messages\n");
  return text;
}

}  // namespace mlw
