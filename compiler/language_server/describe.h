#pragma once

#include <string>

#include "compiler/language_server/open_file.h"

/// What a reader is told about a word, as Markdown.
namespace mlw::language_server {

std::string describe(const vocabulary::Block& block);
/// `owner`: the block of a setting or the word of a parameter.
std::string describe(const vocabulary::Slot& slot, std::string_view owner);
std::string describe(const vocabulary::Word& word);
std::string describe(const vocabulary::Function& function);
std::string describe_unit(std::string_view unit);
std::string describe_code(std::string_view code);

/// Kind, unit and statistics of a column; what is not known is left out.
std::string describe_column(const std::string& name, const Analysis& analysis);
/// The same in half a line: "number in EUR, 3 % missing".
std::string column_in_short(const std::string& name, const Analysis& analysis);

/// What a symbol of the file is: its type, unit and documentation.
std::string describe_symbol(const Symbol& symbol, const OpenFile& file, const Analysis* analysis);
/// The same in half a line: "flag", "linear(…)".
std::string symbol_in_short(const Symbol& symbol, const OpenFile& file, const Analysis* analysis);

/// Any word of the text; empty when there is nothing to tell.
std::string describe_word(uint32_t word, const OpenFile& file, const Analysis* analysis);

}  // namespace mlw::language_server
