#include <optional>

#include "compiler/syntax/build.h"

namespace mlw::syntax {
namespace {

using Parser = mlw::grammar::MlwParser;

class FileBuilder {
 public:
  FileBuilder(const Tokens& tokens, Diagnostics& diagnostics)
      : tokens_(tokens), expressions_(tokens, diagnostics), comments_(tokens) {}

  File build(Parser::FileContext* context) {
    File file;
    file.file = tokens_.file;
    if (Parser::HeaderContext* header = context->header()) build_header(header, file);
    if (context->body() != nullptr) file.items = items(context->body());
    file.dangling =
        comments_.before_end(static_cast<uint32_t>(tokens_.list.size() - 1), file.workflow || !file.items.empty());
    return file;
  }

 private:
  static uint32_t first(antlr4::ParserRuleContext* context) {
    return static_cast<uint32_t>(context->start->getTokenIndex());
  }
  static uint32_t last(antlr4::ParserRuleContext* context) {
    return context->stop == nullptr ? first(context) : static_cast<uint32_t>(context->stop->getTokenIndex());
  }

  void build_header(Parser::HeaderContext* context, File& file) {
    file.trivia = comments_.before_item(first(context));
    file.workflow = expressions_.name(context->name());
    if (context->text() != nullptr) file.title = expressions_.text(context->text()).value;
    CommentPlaces none;
    place_inside(context, false, none, file.trivia);
    end_item(last(context), file.trivia);
  }

  std::vector<Item> items(Parser::BodyContext* context) {
    std::vector<Item> list;
    for (Parser::ItemContext* item : context->item()) {
      if (std::optional<Item> built = build_item(item)) list.push_back(std::move(*built));
    }
    return list;
  }

  /// Nothing when a fault left nothing of it.
  std::optional<Item> build_item(Parser::ItemContext* context) {
    Item item;
    item.trivia = comments_.before_item(first(context));
    item.range = expressions_.range(context);
    const bool faulty = context->exception != nullptr;
    if (context->block() != nullptr) {
      if (context->block()->name().empty()) return std::nullopt;
      item.node = block(context->block(), item.trivia);
    } else if (context->setting() != nullptr) {
      if (context->setting()->name().empty()) return std::nullopt;
      item.node = setting(context->setting(), faulty, item.trivia);
    } else if (Parser::DefinitionContext* definition = context->definition()) {
      if (definition->name() == nullptr) return std::nullopt;
      CommentPlaces places;
      Definition node{expressions_.name(definition->name()),
                      value(definition->expression(), faulty, definition, places)};
      place_inside(definition, faulty, places, item.trivia);
      item.node = std::move(node);
    } else if (faulty) {
      return std::nullopt;
    } else if (context->function() != nullptr) {
      item.node = function(context->function(), item.trivia);
    } else if (context->importing() != nullptr) {
      item.node = importing(context->importing(), item.trivia);
    } else {
      Parser::WaiverContext* waiver = context->waiver();
      CommentPlaces places;
      place_inside(waiver, false, places, item.trivia);
      item.node = Waiver{expressions_.name(waiver->name()), expressions_.text(waiver->text()).value};
    }
    if (!faulty) end_item(last(context), item.trivia);
    return item;
  }

  Block block(Parser::BlockContext* context, Trivia& trivia) {
    Block block;
    std::vector<Parser::NameContext*> names = context->name();
    block.kind = expressions_.name(names.front());
    for (size_t i = 1; i < names.size(); ++i) block.names.push_back(expressions_.name(names[i]));
    if (context->OPEN_BRACE() == nullptr || context->body() == nullptr) return block;
    const auto brace = static_cast<uint32_t>(context->OPEN_BRACE()->getSymbol()->getTokenIndex());
    CommentPlaces none;
    comments_.inside_item(first(context), brace, none, trivia);
    block.opening = comments_.behind(brace);
    block.items = items(context->body());
    if (!block.items.empty()) block.items.front().trivia.blank_line_before = false;
    if (context->CLOSE_BRACE() != nullptr) {
      const auto close = static_cast<uint32_t>(context->CLOSE_BRACE()->getSymbol()->getTokenIndex());
      block.dangling = comments_.before_end(close, !block.items.empty());
    }
    return block;
  }

  Setting setting(Parser::SettingContext* context, bool faulty, Trivia& trivia) {
    Setting setting;
    for (Parser::NameContext* name : context->name()) setting.names.push_back(expressions_.name(name));
    CommentPlaces places;
    setting.value = value(context->expression(), faulty, context, places);
    place_inside(context, faulty, places, trivia);
    return setting;
  }

  Function function(Parser::FunctionContext* context, Trivia& trivia) {
    Function function;
    function.name = expressions_.name(context->name());
    for (Parser::ParameterContext* parameter : context->parameter()) {
      Parameter& added = function.parameters.emplace_back();
      added.name = expressions_.name(parameter->name());
      if (parameter->expression() != nullptr) added.fallback = expressions_.value(parameter->expression(), nullptr);
    }
    CommentPlaces places;
    function.body = value(context->expression(), false, context, places);
    place_inside(context, false, places, trivia);
    return function;
  }

  Import importing(Parser::ImportingContext* context, Trivia& trivia) {
    CommentPlaces places;
    place_inside(context, false, places, trivia);
    Import import{expressions_.text(context->text()).value, std::nullopt};
    if (context->name() != nullptr) import.alias = expressions_.name(context->name());
    return import;
  }

  /// `Bad` in place of what a fault has spoilt.
  ExpressionPointer value(Parser::ExpressionContext* context, bool faulty, antlr4::ParserRuleContext* item,
                          CommentPlaces& places) {
    if (!faulty) return expressions_.value(context, comments_.has_inside(first(item), last(item)) ? &places : nullptr);
    auto bad = std::make_unique<Expression>();
    bad->node = Bad{};
    bad->range = expressions_.range(context != nullptr ? context : item);
    return bad;
  }

  void place_inside(antlr4::ParserRuleContext* context, bool faulty, CommentPlaces& places, Trivia& trivia) {
    if (!faulty) comments_.inside_item(first(context), last(context), places, trivia);
  }

  /// A comment behind the item; one that was found inside its last parentheses moves in front of it.
  void end_item(uint32_t last, Trivia& trivia) {
    std::string comment = comments_.behind(last);
    if (comment.empty()) return;
    if (!trivia.trailing.empty()) trivia.leading.push_back(std::move(trivia.trailing));
    trivia.trailing = std::move(comment);
  }

  const Tokens& tokens_;
  ExpressionBuilder expressions_;
  CommentReader comments_;
};

}  // namespace

File build_file(Parser::FileContext* context, const Tokens& tokens, Diagnostics& diagnostics) {
  return FileBuilder(tokens, diagnostics).build(context);
}

}  // namespace mlw::syntax
