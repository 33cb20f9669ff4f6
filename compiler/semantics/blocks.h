#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/semantics/context.h"

namespace mlw::semantics {

/// A setting as given in the file, with what the vocabulary says about it.
struct GivenSetting {
  const vocabulary::Slot* slot = nullptr;
  const syntax::Expression* value = nullptr;
  SourceRange name_range;
};

/// A setting whose name is not of the vocabulary but of the data: in `columns`, and in `prepare` for one column.
struct ColumnSetting {
  syntax::Name name;
  const syntax::Expression* value = nullptr;
};

struct GivenDefinition {
  const syntax::Definition* node = nullptr;
  std::string documentation;
};

/// The contents of one block, its items told apart and looked up.
struct BlockContents {
  const vocabulary::Block* kind = nullptr;
  const syntax::Block* node = nullptr;
  std::string name;  ///< of a data block: its own or the kind's
  std::map<std::string, GivenSetting, std::less<>> settings;
  std::vector<ColumnSetting> columns;
  std::vector<GivenDefinition> definitions;
  std::vector<BlockContents> inner;
  std::unordered_map<std::string_view, SourceRange> first_columns, first_definitions;  ///< where a name first stood

  const GivenSetting* setting(std::string_view name) const;
  SourceRange range() const { return node->kind.range; }
};

struct GivenWaiver {
  const syntax::Waiver* node = nullptr;
  SourceRange block;  ///< the block it stands in; not valid at file level
};

struct FileContents {
  std::vector<BlockContents> blocks;
  std::vector<const syntax::Function*> functions;
  std::vector<const syntax::Import*> imports;
  std::vector<GivenWaiver> waivers;

  /// The only block of that kind; null when there is none.
  const BlockContents* block(std::string_view kind) const;
};

/// Sorts a file into blocks, settings, definitions and functions. Reports blocks and settings that are not known, not
/// built, given twice or missing.
/// `whole`: the text had no mistakes, so that what is not there is missing indeed.
FileContents collect(const syntax::File& file, Context& context, bool whole);

}  // namespace mlw::semantics
