#include "compiler/language_server/structure_reader.h"

#include <algorithm>

#include "compiler/semantics/vocabulary.h"

namespace mlw::language_server {
namespace {

/// Which bracket belongs to which; a round or square one is not looked for outside the braces that it stands in.
std::vector<uint32_t> pair_brackets(const Structure& s) {
  std::vector<uint32_t> partner(s.words.size(), none), open;
  const auto closing = [](char bracket) { return bracket == '(' ? ')' : bracket == '[' ? ']' : '}'; };
  for (uint32_t i = 0; i < s.words.size(); ++i) {
    if (s.words[i].sort == WordSort::open) open.push_back(i);
    if (s.words[i].sort != WordSort::close) continue;
    const char sign = s.text[s.words[i].begin];
    const auto found = std::find_if(open.rbegin(), open.rend(), [&](uint32_t one) {
      const char bracket = s.text[s.words[one].begin];
      return bracket == '{' || closing(bracket) == sign;
    });
    if (found == open.rend() || closing(s.text[s.words[*found].begin]) != sign) continue;
    partner[i] = *found;
    partner[*found] = i;
    open.erase(found.base() - 1, open.end());
  }
  return partner;
}

class Reader {
 public:
  explicit Reader(Structure& structure)
      : s_(structure), words_(vocabulary::words()), partner_(pair_brackets(structure)) {}

  void run() {
    const auto count = static_cast<uint32_t>(s_.words.size());
    s_.roles.assign(count, Role::other);
    s_.where.resize(count);
    s_.after.resize(count);
    while (at_ < count) step();
    while (spot_.item != none) leave_item();
  }

 private:
  /// Takes the word, or the head of an item.
  void step() {
    const Word& word = s_.words[at_];
    if (may_begin_item() && begin_item()) return;
    if (spot_.item == none || s_.items[spot_.item].sort == Item::Sort::block) {
      stray(word);
    } else if (word.sort == WordSort::close) {
      close();
    } else if (spot_.due == Due::value) {
      operand(word);
    } else {
      more(word);
    }
  }

  std::string_view shown(uint32_t word) const { return word < s_.words.size() ? s_.written(word) : std::string_view{}; }
  bool is_name(uint32_t word) const { return word < s_.words.size() && s_.words[word].is_name(); }
  bool is_sign(uint32_t word, std::string_view sign) const { return s_.is(word, sign); }

  void take(Role role = Role::other) {
    s_.where[at_] = spot_;
    s_.roles[at_] = role;
    spot_.due = Due::more;
    s_.after[at_] = spot_;
    if (spot_.item != none) s_.items[spot_.item].last = at_;
    ++at_;
  }
  void take(Role role, Due due) {
    take(role);
    then(due);
  }
  /// What is due behind the word that was taken last.
  void then(Due due) {
    spot_.due = due;
    s_.after[at_ - 1].due = due;
  }

  // ---- items

  bool may_begin_item() const {
    if (!is_name(at_)) return s_.words[at_].sort == WordSort::open && is_sign(at_, "{");
    if (spot_.frame == none) return true;
    // Between brackets that are closed there are no items; behind one that is not, the next line may begin one.
    for (uint32_t frame = spot_.frame; frame != none; frame = s_.frames[frame].parent)
      if (partner_[s_.frames[frame].open] == none)
        return (s_.first_on_line(at_) && !is_parameter()) || block_head(at_) != none;
    return block_head(at_) != none;
  }

  /// Whether the word names a parameter of a call that is open here.
  bool is_parameter() const {
    for (uint32_t frame = spot_.frame; frame != none; frame = s_.frames[frame].parent) {
      const std::string_view callee = shown(s_.frames[frame].callee);
      for (const auto& [family, members] : words_.families)
        if (const vocabulary::Word* word = words_.word(family, callee); word && word->parameter(shown(at_)))
          return true;
    }
    return false;
  }

  /// The `{` of a block that begins with this word; none when none does.
  uint32_t block_head(uint32_t word) const {
    if (!is_name(word)) return none;
    uint32_t next = word + 1;
    if (is_sign(next, "{")) return next;
    if (!is_name(next)) return none;
    while (is_name(next) && is_sign(next + 1, ",")) next += 2;
    if (!is_name(next) || !is_sign(next + 1, "{")) return none;
    // `kind: regression prepare {`: the word before is no kind of block, and the one behind it is.
    const bool one_name = next == word + 1;
    const bool belongs_before = !words_.block(shown(word)) && (spot_.due == Due::value || words_.block(shown(next)));
    return one_name && belongs_before ? none : next + 1;
  }

  /// The `:` of a setting that begins with this word.
  uint32_t setting_colon(uint32_t word) const {
    uint32_t next = word;
    while (is_name(next) && is_sign(next + 1, ",")) next += 2;
    return is_name(next) && is_sign(next + 1, ":") ? next + 1 : none;
  }

  bool begin_item() {
    if (is_sign(at_, "{")) {
      if (spot_.due == Due::value || spot_.frame != none) leave_value();
      begin_block(at_);
      return true;
    }
    if (const uint32_t brace = block_head(at_); brace != none) {
      leave_value();
      begin_block(brace);
      return true;
    }
    if (s_.words[at_].sort == WordSort::name && begin_special()) return true;
    if (const uint32_t colon = setting_colon(at_); colon != none) {
      begin_named(Item::Sort::setting, Role::setting, colon);
      return true;
    }
    if (is_sign(at_ + 1, "=")) {
      begin_named(Item::Sort::definition, Role::definition, at_ + 1);
      return true;
    }
    return false;
  }

  /// Items that begin with a word of the grammar.
  bool begin_special() {
    const std::string_view word = shown(at_);
    if (is_sign(at_ + 1, ":") || is_sign(at_ + 1, "=") || is_sign(at_ + 1, ",")) return false;
    if (spot_.due == Due::value && !is_whole_head(word)) return false;
    if (word == "workflow" && at_ == 0) {
      enter(Item::Sort::header);
      take(Role::workflow_word, Due::name);
      if (is_name(at_) && block_head(at_) == none) take_name(Role::workflow_name);
      if (at_ < s_.words.size() && s_.words[at_].is_text()) take();
      leave_item();
      return true;
    }
    if (word == "fn") return begin_function();
    if (word == "import") {
      enter(Item::Sort::importing);
      take(Role::import_word, Due::name);
      if (at_ < s_.words.size() && s_.words[at_].is_text()) take();
      if (is_sign(at_, "as")) {
        take(Role::as_word, Due::name);
        if (is_name(at_) && !begins_item(at_)) take_name(Role::alias);
      }
      leave_item();
      return true;
    }
    if (word == "allow") {
      enter(Item::Sort::waiver);
      take(Role::allow_word, Due::name);
      if (is_name(at_) && !begins_item(at_)) take_name(Role::waiver_code);
      if (is_sign(at_, "because")) {
        take(Role::because_word, Due::name);
        if (at_ < s_.words.size() && s_.words[at_].is_text()) take();
      }
      leave_item();
      return true;
    }
    return false;
  }

  /// Whether so much of the item stands there that the word cannot be a value.
  bool is_whole_head(std::string_view word) const {
    if (word == "fn") return is_name(at_ + 1) && is_sign(at_ + 2, "(");
    if (word == "allow")
      return is_name(at_ + 1) && is_sign(at_ + 2, "because") && at_ + 3 < s_.words.size() &&
             s_.words[at_ + 3].is_text();
    return word == "import" && at_ + 1 < s_.words.size() && s_.words[at_ + 1].is_text();
  }

  bool begins_item(uint32_t word) const {
    return block_head(word) != none || setting_colon(word) != none || is_sign(word + 1, "=");
  }

  bool begin_function() {
    enter(Item::Sort::function);
    take(Role::function_word, Due::name);
    if (!is_name(at_) || begins_item(at_)) {
      leave_item();
      return true;
    }
    take_name(Role::function_name);
    if (!is_sign(at_, "(")) {
      leave_item();
      return true;
    }
    open_frame(at_ - 1);
    then(Due::name);
    while (at_ < s_.words.size() && !is_sign(at_, ")") && !is_sign(at_, "=") && !is_sign(at_, "}")) {
      if (is_name(at_) && spot_.frame == function_frame() && (is_sign(at_ - 1, "(") || is_sign(at_ - 1, ","))) {
        if (s_.first_on_line(at_) && begins_item(at_) && partner_[s_.frames[spot_.frame].open] == none) break;
        take_name(Role::parameter);
        if (is_sign(at_, ":")) take(Role::other, Due::value);
      } else if (is_sign(at_, ",") && spot_.frame == function_frame()) {
        next_argument();
        then(Due::name);
      } else {
        value_word();
      }
      if (spot_.frame == none) break;
    }
    if (is_sign(at_, ")")) close();
    if (!is_sign(at_, "=")) {
      leave_item();
      return true;
    }
    leave_frames();
    take(Role::other, Due::value);
    s_.items[spot_.item].value = at_;
    return true;
  }

  uint32_t function_frame() const { return static_cast<uint32_t>(function_frame_); }

  void value_word() {
    const Word& word = s_.words[at_];
    if (word.sort == WordSort::close)
      close();
    else if (spot_.due == Due::value)
      operand(word);
    else
      more(word);
  }

  void begin_named(Item::Sort sort, Role role, uint32_t sign) {
    leave_value();
    enter(sort);
    while (at_ < sign) {
      if (is_name(at_))
        take_name(role);
      else
        take();
    }
    take(Role::other, Due::value);
    s_.items[spot_.item].value = at_;
  }

  void begin_block(uint32_t brace) {
    leave_value();
    const std::string_view kind = brace > at_ ? shown(at_) : std::string_view{};
    close_for(kind);
    enter(Item::Sort::block);
    if (brace > at_) take_name(Role::block_kind);
    while (at_ < brace) {
      if (is_name(at_))
        take_name(Role::block_name);
      else
        take();
    }
    s_.items[spot_.item].open = at_;
    take(Role::other, Due::item);
  }

  /// A block that cannot stand in the one around it ends that one: its `}` is missing.
  void close_for(std::string_view kind) {
    const vocabulary::Block* block = words_.block(kind);
    if (!block) return;
    const auto fits = [&] { return spot_.item == none || s_.kind_of(spot_.item) == block->inside; };
    uint32_t outer = spot_.item;
    while (outer != none && s_.kind_of(outer) != block->inside) outer = s_.items[outer].parent;
    if (!block->inside.empty() && outer == none) return;
    while (!fits()) leave_item();
  }

  void enter(Item::Sort sort) {
    leave_value();
    Item item;
    item.sort = sort;
    item.parent = spot_.item;
    item.first = item.last = at_;
    s_.items.push_back(item);
    spot_ = Spot{static_cast<uint32_t>(s_.items.size() - 1), none, 0, none, Due::name};
  }

  void take_name(Role role) {
    s_.items[spot_.item].names.push_back(at_);
    take(role);
  }

  void leave_frames() {
    spot_.frame = none;
    spot_.argument = 0;
    spot_.key = none;
  }

  /// Ends the item around a value; a block stays.
  void leave_value() {
    leave_frames();
    if (spot_.item != none && s_.items[spot_.item].sort != Item::Sort::block) leave_item();
  }

  void leave_item() {
    const uint32_t parent = s_.items[spot_.item].parent;
    const uint32_t last = s_.items[spot_.item].last;
    spot_ = Spot{parent, none, 0, none, Due::item};
    if (parent != none) s_.items[parent].last = std::max(s_.items[parent].last, last);
  }

  /// At the top or in a block, where no item begins.
  void stray(const Word& word) {
    if (word.sort == WordSort::close && is_sign(at_, "}") && spot_.item != none) {
      s_.items[spot_.item].close = at_;
      const Spot inside = spot_;
      take(Role::other);
      s_.where[at_ - 1] = inside;
      leave_item();
      s_.after[at_ - 1] = spot_;
      return;
    }
    enter(Item::Sort::broken);
    if (word.is_name())
      take_name(Role::reference);
    else
      take();
    leave_item();
    s_.after[at_ - 1] = spot_;
  }

  // ---- values

  void open_frame(uint32_t callee) {
    Frame frame;
    frame.callee = callee;
    frame.open = at_;
    frame.list = is_sign(at_, "[");
    frame.parent = spot_.frame;
    frame.outer = spot_;
    const auto index = static_cast<uint32_t>(s_.frames.size());
    if (callee != none && s_.roles[callee] == Role::function_name) function_frame_ = index;
    s_.where[at_] = spot_;
    s_.frames.push_back(frame);
    s_.items[spot_.item].last = at_;
    spot_.frame = index;
    spot_.argument = 0;
    spot_.key = none;
    spot_.due = Due::value;
    spot_.range = false;
    s_.after[at_] = spot_;
    ++at_;
  }

  void next_argument() {
    take();
    ++spot_.argument;
    spot_.key = none;
    spot_.range = false;
    s_.after[at_ - 1] = spot_;
    then(Due::value);
  }

  void close() {
    if (is_sign(at_, "}")) {
      leave_value();
      stray(s_.words[at_]);
      return;
    }
    const uint32_t open = partner_[at_];
    uint32_t frame = spot_.frame;
    while (frame != none && s_.frames[frame].open != open) frame = s_.frames[frame].parent;
    if (open == none || frame == none) {
      const Due due = spot_.due;
      take(Role::other, due);
      return;
    }
    s_.frames[frame].close = at_;
    s_.where[at_] = spot_;
    spot_ = s_.frames[frame].outer;
    spot_.due = Due::more;
    s_.after[at_] = spot_;
    s_.items[spot_.item].last = at_;
    ++at_;
  }

  bool at_argument() const {
    return spot_.frame != none && !s_.frames[spot_.frame].list && spot_.key == none &&
           (at_ == s_.frames[spot_.frame].open + 1 || is_sign(at_ - 1, ","));
  }

  void operand(const Word& word) {
    switch (word.sort) {
      case WordSort::name:
      case WordSort::quoted_name:
        named_operand();
        return;
      case WordSort::keyword:
        keyword_operand();
        return;
      case WordSort::number:
      case WordSort::date:
      case WordSort::text:
      case WordSort::block_text:
        take();
        return;
      case WordSort::open:
        open_frame(none);
        return;
      case WordSort::sign:
        if (is_sign(at_, ",") && spot_.frame != none) {
          next_argument();
          return;
        }
        if (is_sign(at_, "..")) spot_.range = true;
        take(Role::other, Due::value);
        return;
      default:
        take(Role::other, Due::value);
    }
  }

  void named_operand() {
    if (at_argument() && is_sign(at_ + 1, ":")) {
      take(Role::key);
      spot_.key = at_ - 1;
      s_.after[at_ - 1] = spot_;
      take(Role::other, Due::value);
    } else if (is_sign(at_ + 1, ".")) {
      take(Role::qualifier);
      take(Role::other, Due::value);
    } else if (is_sign(at_ + 1, "(")) {
      take(Role::callee);
      open_frame(at_ - 1);
    } else {
      take(Role::reference);
    }
  }

  void keyword_operand() {
    const std::string_view word = shown(at_);
    if (word == "let") {
      take(Role::other, Due::name);
      if (is_name(at_)) take(Role::local);
      if (is_sign(at_, "=")) take();
      then(Due::value);
    } else if (word == "true" || word == "false" || word == "missing") {
      take();
    } else {
      take(Role::other, Due::value);
    }
  }

  /// Behind an operand.
  void more(const Word& word) {
    if (word.sort == WordSort::open) {
      open_frame(none);
    } else if (word.sort == WordSort::sign) {
      if (is_sign(at_, ",")) {
        if (spot_.frame != none)
          next_argument();
        else
          take();
        return;
      }
      if (is_sign(at_, "..")) spot_.range = true;
      if (is_sign(at_, "|") || is_sign(at_, "|>")) spot_.range = false;
      take(Role::other, Due::value);
    } else if (word.sort == WordSort::keyword && shown(at_) != "true" && shown(at_) != "false" &&
               shown(at_) != "missing") {
      keyword_operand();
    } else if (spot_.range && word.sort == WordSort::name && shown(at_) == "log") {
      take(Role::scale);
    } else if (spot_.frame == none) {
      leave_value();
      stray(word);
    } else {
      operand(word);
    }
  }

  Structure& s_;
  const vocabulary::Vocabulary& words_;
  std::vector<uint32_t> partner_;
  Spot spot_;
  uint32_t at_ = 0;
  uint32_t function_frame_ = none;
};

}  // namespace

void read_structure(Structure& structure) { Reader(structure).run(); }

}  // namespace mlw::language_server
