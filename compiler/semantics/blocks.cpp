#include "compiler/semantics/blocks.h"

#include <algorithm>
#include <set>

#include "compiler/diagnostics/kinds/types.h"

namespace mlw::semantics {
namespace {

std::vector<std::string> block_names(const vocabulary::Vocabulary& words, std::string_view inside) {
  std::vector<std::string> names;
  for (const vocabulary::Block& block : words.blocks)
    if (block.inside == inside) names.push_back(block.name);
  return names;
}

std::vector<std::string> setting_names(const vocabulary::Block& block) {
  std::vector<std::string> names;
  for (const vocabulary::Slot& slot : block.settings) names.push_back(slot.name);
  return names;
}

/// Whether names that are not settings are names of columns.
bool takes_columns(const vocabulary::Block& block) { return block.name == "columns" || block.name == "prepare"; }

/// Whether it can only be something to calculate.
bool is_formula(const syntax::Expression& expression) {
  return std::holds_alternative<syntax::Binary>(expression.node) ||
         std::holds_alternative<syntax::Unary>(expression.node) ||
         std::holds_alternative<syntax::Conditional>(expression.node) ||
         std::holds_alternative<syntax::Let>(expression.node);
}

class Collector {
 public:
  Collector(Context& context, FileContents& contents, bool whole)
      : context_(context), contents_(contents), whole_(whole) {}

  void file(const syntax::File& file) {
    for (const syntax::Item& item : file.items) top_level(item);
    for (const vocabulary::Block& block : context_.words.blocks)
      if (whole_ && block.required && !contents_.block(block.name) && !meant_blocks_.contains(block.name))
        missing_block(file, block);
  }

 private:
  void top_level(const syntax::Item& item) {
    if (const auto* block = std::get_if<syntax::Block>(&item.node)) {
      if (const vocabulary::Block* kind = find_block(*block, "")) add_block(contents_.blocks, *block, *kind);
    } else if (const auto* function = std::get_if<syntax::Function>(&item.node)) {
      contents_.functions.push_back(function);
    } else if (const auto* import = std::get_if<syntax::Import>(&item.node)) {
      contents_.imports.push_back(import);
    } else if (const auto* waiver = std::get_if<syntax::Waiver>(&item.node)) {
      contents_.waivers.push_back({waiver, {}});
    } else if (const auto* setting = std::get_if<syntax::Setting>(&item.node)) {
      misplaced(setting->names.front().range, "a setting", "settings stand inside a block");
    } else if (const auto* definition = std::get_if<syntax::Definition>(&item.node)) {
      misplaced(definition->name.range, "a definition",
                "definitions stand inside a block: `prepare` for columns, `metrics` for metrics, `search` for models");
    }
  }

  void missing_block(const syntax::File& file, const vocabulary::Block& block) {
    const SourceRange place = file.workflow ? file.workflow->range : SourceRange{file.file, 0, 0};
    context_.report(kinds::required, place,
                    {{"what", "the block `" + block.name + "`"}, {"help", "write it, as in `" + block.example + "`"}});
  }

  void misplaced(SourceRange range, std::string what, std::string help) {
    context_.report(kinds::misplaced, range, {{"what", std::move(what)}, {"help", std::move(help)}});
  }

  const vocabulary::Block* find_block(const syntax::Block& block, std::string_view inside) {
    const vocabulary::Block* kind = context_.words.block(block.kind.text);
    if (!kind) {
      const std::vector<std::string> known = block_names(context_.words, inside);
      Diagnostic& diagnostic =
          context_.report(kinds::unknown_block, block.kind.range,
                          {{"name", block.kind.text},
                           {"where", inside.empty() ? "" : " inside `" + std::string(inside) + "`"},
                           {"known", known.empty() ? "none" : listed(known, 16)}});
      suggest_nearest(diagnostic, block.kind.range, block.kind.text, known);
      meant_blocks_.emplace(nearest_name(block.kind.text, known));
      return nullptr;
    }
    if (kind->inside != inside) {
      misplaced(
          block.kind.range, "the block `" + kind->name + "`",
          kind->inside.empty() ? "it stands at the top level of the file" : "it stands inside `" + kind->inside + "`");
      return nullptr;
    }
    if (!kind->built) context_.not_built(block.kind.range, kind->name, kind->stage);
    return kind;
  }

  void add_block(std::vector<BlockContents>& list, const syntax::Block& block, const vocabulary::Block& kind) {
    const size_t names = block.names.size();
    if ((kind.names == "none" && names > 0) || (kind.names == "one" && names > 1))
      misplaced(block.names[kind.names == "none" ? 0 : 1].range, kind.names == "none" ? "a name" : "a second name",
                "`" + kind.name + "` has " + (kind.names == "none" ? "no name" : "one name"));
    const std::string name = names > 0 && kind.names != "none" ? block.names[0].text : kind.name;
    for (const BlockContents& other : list)
      if (other.kind == &kind && (!kind.repeatable || other.name == name)) {
        const SourceRange place = names > 0 ? block.names[0].range : block.kind.range;
        context_.report(kinds::given_twice, place, {{"what", "the block"}, {"name", name}})
            .also_at(other.range(), "first given here");
        return;
      }
    BlockContents contents;
    contents.kind = &kind;
    contents.node = &block;
    contents.name = name;
    meant_settings_.clear();
    for (const syntax::Item& item : block.items) add_item(contents, item);
    check_required(contents);
    list.push_back(std::move(contents));
  }

  void add_item(BlockContents& block, const syntax::Item& item) {
    if (const auto* setting = std::get_if<syntax::Setting>(&item.node)) {
      for (const syntax::Name& name : setting->names) add_setting(block, name, *setting->value);
    } else if (const auto* definition = std::get_if<syntax::Definition>(&item.node)) {
      add_definition(block, *definition, item.trivia.documentation);
    } else if (const auto* inner = std::get_if<syntax::Block>(&item.node)) {
      if (const vocabulary::Block* kind = find_block(*inner, block.kind->name)) add_block(block.inner, *inner, *kind);
    } else if (const auto* function = std::get_if<syntax::Function>(&item.node)) {
      contents_.functions.push_back(function);
    } else if (const auto* waiver = std::get_if<syntax::Waiver>(&item.node)) {
      contents_.waivers.push_back({waiver, item_range(*block.node)});
    } else {
      misplaced(item.range, "an import", "imports stand at the top level of the file");
    }
  }

  static SourceRange item_range(const syntax::Block& block) {
    SourceRange range = block.kind.range;
    if (!block.items.empty()) range.end = std::max(range.end, block.items.back().range.end);
    return range;
  }

  void add_setting(BlockContents& block, const syntax::Name& name, const syntax::Expression& value) {
    const vocabulary::Slot* slot = name.quoted ? nullptr : block.kind->setting(name.text);
    if (!slot && takes_columns(*block.kind)) {
      if (is_formula(value)) {
        misplaced(name.range, "a setting", "a new column is defined with `=`: `" + name.text + " = …`");
        return;
      }
      add_column(block, name, value);
      return;
    }
    if (!slot) {
      const std::vector<std::string> known = setting_names(*block.kind);
      Diagnostic& diagnostic =
          context_.report(kinds::unknown_setting, name.range,
                          {{"block", block.kind->name}, {"name", name.text}, {"known", listed(known, 16)}});
      suggest_nearest(diagnostic, name.range, name.text, known);
      meant_settings_.emplace(nearest_name(name.text, known));
      return;
    }
    if (!slot->built) context_.not_built(name.range, name.text, slot->stage);
    auto [place, added] = block.settings.emplace(name.text, GivenSetting{slot, &value, name.range});
    if (!added)
      context_.report(kinds::given_twice, name.range, {{"what", "the setting"}, {"name", name.text}})
          .also_at(place->second.name_range, "first given here");
  }

  void add_column(BlockContents& block, const syntax::Name& name, const syntax::Expression& value) {
    if (is_first(block.first_columns, name, "the column")) block.columns.push_back({name, &value});
  }

  void add_definition(BlockContents& block, const syntax::Definition& definition, const std::string& documentation) {
    if (block.kind->definitions.empty()) {
      const bool setting = block.kind->setting(definition.name.text) != nullptr;
      if (setting) meant_settings_.insert(definition.name.text);
      misplaced(definition.name.range, "a definition",
                setting ? "`" + definition.name.text + "` is a setting: write `:` instead of `=`"
                        : "`" + block.kind->name +
                              "` has settings only; columns are defined in `prepare`, metrics in "
                              "`metrics`, models in `search`");
      return;
    }
    if (is_first(block.first_definitions, definition.name, "the definition"))
      block.definitions.push_back({&definition, documentation});
  }

  bool is_first(std::unordered_map<std::string_view, SourceRange>& first, const syntax::Name& name, std::string what) {
    const auto [place, added] = first.try_emplace(name.text, name.range);
    if (!added)
      context_.report(kinds::given_twice, name.range, {{"what", std::move(what)}, {"name", name.text}})
          .also_at(place->second, "first given here");
    return added;
  }

  void check_required(const BlockContents& block) {
    for (const vocabulary::Slot& slot : block.kind->settings)
      if (whole_ && slot.required && !block.setting(slot.name) && !meant_settings_.contains(slot.name))
        context_.report(kinds::required, block.range(),
                        {{"what", "the setting `" + slot.name + "` of `" + block.kind->name + "`"},
                         {"help", "write it, as in `" + slot.example + "`"}});
  }

  Context& context_;
  FileContents& contents_;
  bool whole_;
  /// What is not missing but misspelt: nothing more is said of it. Settings are those of the block at hand.
  std::set<std::string, std::less<>> meant_blocks_, meant_settings_;
};

}  // namespace

const GivenSetting* BlockContents::setting(std::string_view name) const {
  auto found = settings.find(name);
  return found == settings.end() ? nullptr : &found->second;
}

const BlockContents* FileContents::block(std::string_view kind) const {
  for (const BlockContents& block : blocks)
    if (block.kind->name == kind) return &block;
  return nullptr;
}

FileContents collect(const syntax::File& file, Context& context, bool whole) {
  FileContents contents;
  Collector(context, contents, whole).file(file);
  return contents;
}

}  // namespace mlw::semantics
