#include "runtime/execute/progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>

namespace mlw {
namespace {

bool is_fit(const Event& event) { return event.stage.starts_with("trial "); }
bool is_fold(const Event& event) { return event.stage.find(", fold ") != std::string::npos; }

std::string trial_text(const Event& event) {
  const std::string head = fmt::format("trial {} of {}: ", event.trial + 1, event.trials);
  if (std::isnan(event.score)) return head + "failed: " + event.text;
  return head +
         fmt::format("{} {:.4g}{}  {}", event.metric, event.score, event.best ? ", the best so far" : "", event.text);
}

/// One line a stage and a trial; folds of a preparation and of a trial are not lines of their own.
class Plain : public Listener {
 public:
  explicit Plain(std::FILE* out) : out_(out) {}
  void on(const Event& event) override {
    if (event.kind == Event::Kind::trial) line(trial_text(event));
    if (event.kind == Event::Kind::note) line(event.text);
    if (event.kind == Event::Kind::finished && !is_fold(event))
      line(fmt::format("{}: {}{}", event.stage, event.text.empty() ? "" : event.text + ", ",
                       duration_text(event.seconds)));
  }

 private:
  void line(const std::string& text) {
    fmt::print(out_, "{}\n", text);
    std::fflush(out_);
  }
  std::FILE* out_;
};

/// The line at the bottom shows where the run stands; what is done moves up and stays.
class Live : public Listener {
 public:
  explicit Live(std::FILE* out) : out_(out) {}
  ~Live() override { erase(); }

  void on(const Event& event) override {
    if (event.seconds_left >= 0) seconds_left_ = event.seconds_left;
    if (event.kind == Event::Kind::started) current_ = event.stage;
    if (event.total > 0) done_ = event.done, total_ = event.total;
    if (event.kind == Event::Kind::trial) on_trial(event);
    if (event.kind == Event::Kind::note) keep("  " + event.text);
    if (event.kind == Event::Kind::finished && !is_fold(event))
      keep(fmt::format("  {:<18} {} ({})", event.stage, event.text, duration_text(event.seconds)));
    const auto now = std::chrono::steady_clock::now();
    // Ten times a second is as fast as anybody reads.
    if (is_fit(event) && now - drawn_ < std::chrono::milliseconds(100)) return;
    drawn_ = now;
    draw();
  }

 private:
  void on_trial(const Event& event) {
    trials_ = event.trials, trials_done_ += 1;
    if (event.best) best_ = fmt::format("best {} {:.4g} ({})", event.metric, event.score, event.text);
    if (std::isnan(event.score)) keep("  " + trial_text(event));
  }
  void keep(const std::string& text) {
    erase();
    fmt::print(out_, "{}\n", text);
  }
  void erase() {
    if (shown_) fmt::print(out_, "\r\x1b[K");
    shown_ = false;
    std::fflush(out_);
  }
  void draw() {
    std::string text = fmt::format("  {} of {} stages", done_, total_);
    if (trials_ > 0) text += fmt::format(", {} of {} trials", trials_done_, trials_);
    if (!current_.empty()) text += ": " + current_;
    if (!best_.empty()) text += " · " + best_;
    if (seconds_left_ >= 1) text += " · about " + duration_text(seconds_left_) + " left";
    winsize size{};
    const size_t columns = ioctl(fileno(out_), TIOCGWINSZ, &size) == 0 && size.ws_col > 10 ? size.ws_col : 80;
    erase();
    fmt::print(out_, "{}", cut(text, columns - 1));
    std::fflush(out_);
    shown_ = true;
  }
  /// At most so many characters.
  static std::string cut(const std::string& text, size_t columns) {
    size_t seen = 0;
    for (size_t i = 0; i < text.size(); ++i)
      if ((text[i] & 0xC0) != 0x80 && seen++ == columns) return text.substr(0, i);
    return text;
  }

  std::FILE* out_;
  bool shown_ = false;
  int done_ = 0, total_ = 0, trials_ = 0, trials_done_ = 0;
  double seconds_left_ = -1;
  std::string current_, best_;
  std::chrono::steady_clock::time_point drawn_{};
};

class JsonLines : public Listener {
 public:
  explicit JsonLines(std::FILE* out) : out_(out) {}
  void on(const Event& event) override {
    constexpr const char* kinds[] = {"started", "finished", "cached", "trial", "note"};
    nlohmann::ordered_json json{{"event", kinds[static_cast<int>(event.kind)]}};
    if (!event.stage.empty()) json["stage"] = event.stage;
    if (!event.text.empty()) json["text"] = event.text;
    if (event.kind == Event::Kind::finished) json["seconds"] = event.seconds;
    if (event.total > 0) json["done"] = event.done, json["total"] = event.total;
    if (event.seconds_left >= 0) json["seconds_left"] = event.seconds_left;
    if (event.kind == Event::Kind::trial) {
      json["trial"] = event.trial + 1, json["trials"] = event.trials, json["metric"] = event.metric,
      json["best"] = event.best;
      json["score"] = std::isnan(event.score) ? nlohmann::ordered_json() : nlohmann::ordered_json(event.score);
    }
    fmt::print(out_, "{}\n", json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    std::fflush(out_);
  }

 private:
  std::FILE* out_;
};

class Quiet : public Listener {
 public:
  void on(const Event&) override {}
};

}  // namespace

std::unique_ptr<Listener> make_progress(ProgressStyle style, std::FILE* out) {
  switch (style) {
    case ProgressStyle::live:
      return std::make_unique<Live>(out);
    case ProgressStyle::plain:
      return std::make_unique<Plain>(out);
    case ProgressStyle::json:
      return std::make_unique<JsonLines>(out);
    case ProgressStyle::quiet:
      return std::make_unique<Quiet>();
  }
  return nullptr;
}

std::string duration_text(double seconds) {
  if (seconds < 10) return fmt::format("{:.1f} s", seconds);
  if (seconds < 60) return fmt::format("{:.0f} s", seconds);
  const auto whole = static_cast<int64_t>(std::llround(seconds));
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole / 60 % 60);
}

}  // namespace mlw
