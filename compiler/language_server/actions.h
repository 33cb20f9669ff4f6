#pragma once

#include <string>
#include <vector>

#include "compiler/language_server/edit.h"
#include "compiler/language_server/open_file.h"

namespace mlw::language_server {

/// Something that an editor offers to do with a text.
struct Action {
  enum class Sort : uint8_t { quickfix, rewrite } sort = Sort::quickfix;
  std::string title;
  std::vector<Edit> edits;
  const Diagnostic* mends = nullptr;  ///< what it is about
  bool preferred = false;
};

/// What can be done about a part of the text: mends of what is wrong there, waivers of warnings, defaults written out,
/// values turned into sets of values.
std::vector<Action> actions(const OpenFile& file, const Analysis& analysis, Span span);

// The parts, one file each.
void add_mends(const OpenFile& file, const Analysis& analysis, Span span, std::vector<Action>& actions);
void add_defaults(const OpenFile& file, const Analysis& analysis, Span span, std::vector<Action>& actions);
void add_spaces(const OpenFile& file, Span span, std::vector<Action>& actions);

/// The edit that adds lines to a block, before its closing brace; in a block on one line, behind its last item.
Edit added_to_block(const OpenFile& file, uint32_t block, const std::vector<std::string>& lines);

/// The text in its one layout as edits; none when there is nothing to do or the text has mistakes.
std::vector<Edit> format(const OpenFile& file, const Analysis& analysis);

}  // namespace mlw::language_server
