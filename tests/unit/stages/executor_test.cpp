#include "runtime/execute/executor.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <set>
#include <thread>

#include "runtime/execute/cancellation.h"
#include "runtime/execute/progress.h"

using namespace mlw;

namespace {

/// 0 and 1 are sources, every later stage reads the two before it.
StageGraph ladder(int count) {
  StageGraph graph;
  for (int i = 0; i < count; ++i) {
    Stage stage{.kind = i < 2 ? StageKind::load : StageKind::fit, .name = "s" + std::to_string(i)};
    if (i >= 2) stage.inputs = {i - 2, i - 1};
    graph.stages.push_back(stage);
  }
  return graph;
}

/// Many stages behind one.
StageGraph fan(int count) {
  StageGraph graph = ladder(1);
  for (int i = 1; i <= count; ++i)
    graph.stages.push_back({.kind = StageKind::fit, .name = "f" + std::to_string(i), .inputs = {0}});
  return graph;
}

std::vector<StageState> all_needed(const StageGraph& graph) {
  return std::vector<StageState>(graph.stages.size(), StageState::needed);
}

struct Recorder : Listener {
  std::vector<Event> events;
  void on(const Event& event) override { events.push_back(event); }
};

}  // namespace

TEST_CASE("stages run after their inputs, once each, on any number of threads") {
  for (const int threads : {1, 2, 8}) {
    const StageGraph graph = ladder(40);
    std::vector<std::atomic<int>> done(graph.stages.size());
    std::atomic<bool> early = false;
    execute(graph, all_needed(graph),
            [&](int stage) {
              for (const int input : graph.stages[stage].inputs) early = early || done[input] != 1;
              done[stage] += 1;
              return std::string();
            },
            {.threads = threads});
    CHECK_FALSE(early);
    for (const auto& count : done) CHECK(count == 1);
  }
}

TEST_CASE("cached and unused stages are not done") {
  const StageGraph graph = ladder(5);
  std::vector<StageState> states = all_needed(graph);
  states[0] = StageState::cached, states[1] = StageState::unused, states[2] = StageState::cached;
  std::set<int> done;
  Recorder recorder;
  Events events(&recorder);
  execute(graph, states,
          [&](int stage) {
            done.insert(stage);
            return std::string("well");
          },
          {.threads = 1, .events = &events});
  CHECK(done == std::set<int>{3, 4});
  REQUIRE(recorder.events.size() == 6);
  CHECK(recorder.events[0].kind == Event::Kind::cached);
  CHECK(recorder.events[2].kind == Event::Kind::started);
  CHECK(recorder.events[3].kind == Event::Kind::finished);
  CHECK(recorder.events[3].text == "well");
  CHECK(recorder.events[5].done == 2);
  CHECK(recorder.events[5].total == 2);
}

TEST_CASE("one thread takes ready stages in the order of the graph") {
  const StageGraph graph = fan(20);
  std::vector<int> order;
  execute(graph, all_needed(graph),
          [&](int stage) {
            order.push_back(stage);
            return std::string();
          },
          {.threads = 1});
  CHECK(std::is_sorted(order.begin(), order.end()));
}

TEST_CASE("independent stages run at once") {
  const StageGraph graph = fan(2);
  std::atomic<int> together = 0;
  std::atomic<bool> met = false;
  execute(graph, all_needed(graph),
          [&](int stage) {
            if (stage == 0) return std::string();
            together += 1;
            const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(5);
            while (!met && std::chrono::steady_clock::now() < end) met = met || together == 2;
            return std::string();
          },
          {.threads = 2});
  CHECK(met);
}

TEST_CASE("the first failure in the graph's order ends the run and is thrown") {
  const StageGraph graph = fan(30);
  std::atomic<int> done = 0;
  try {
    execute(graph, all_needed(graph),
            [&](int stage) -> std::string {
              if (stage >= 5) throw std::runtime_error(std::to_string(stage));
              done += 1;
              return "";
            },
            {.threads = 1});
    FAIL("nothing thrown");
  } catch (const std::runtime_error& error) {
    CHECK(std::string(error.what()) == "5");
  }
  CHECK(done == 5);
}

TEST_CASE("a cancelled run keeps what is done and says that it was interrupted") {
  const StageGraph graph = fan(30);
  std::atomic<int> done = 0;
  try {
    execute(graph, all_needed(graph),
            [&](int) {
              if (++done == 4) request_interrupt(true);
              return std::string();
            },
            {.threads = 1, .cancelled = interrupted});
    FAIL("nothing thrown");
  } catch (const Failure& failure) {
    CHECK(failure.diagnostic.kind->code == "R422");
  }
  request_interrupt(false);
  CHECK(done == 4);
}

TEST_CASE("durations for people") {
  CHECK(duration_text(0.04) == "0.0 s");
  CHECK(duration_text(3.25) == "3.2 s");
  CHECK(duration_text(42) == "42 s");
  CHECK(duration_text(200) == "3 min 20 s");
  CHECK(duration_text(7300) == "2 h 1 min");
}

TEST_CASE("progress as plain lines and as JSON") {
  char* text = nullptr;
  size_t size = 0;
  for (const bool json : {false, true}) {
    std::FILE* out = open_memstream(&text, &size);
    {
      const std::unique_ptr<Listener> progress = make_progress(json ? ProgressStyle::json : ProgressStyle::plain, out);
      progress->on(
          {.kind = Event::Kind::finished, .stage = "load", .text = "178 rows", .seconds = 0.5, .done = 1, .total = 3});
      progress->on({.kind = Event::Kind::finished, .stage = "trial 1, fold 1", .done = 2, .total = 3});
      progress->on(
          {.kind = Event::Kind::trial, .trial = 0, .trials = 2, .metric = "accuracy", .score = 0.975, .best = true});
      progress->on({.kind = Event::Kind::trial,
                    .text = "it \"diverged\"",
                    .trial = 1,
                    .trials = 2,
                    .metric = "accuracy",
                    .score = std::nan("")});
    }
    std::fclose(out);
    const std::string shown(text, size);
    free(text);
    if (json) {
      CHECK(std::count(shown.begin(), shown.end(), '\n') == 4);
      CHECK(shown.find("{\"event\":\"finished\",\"stage\":\"load\",\"text\":\"178 "
                       "rows\",\"seconds\":0.5,\"done\":1,\"total\":3}\n") == 0);
      CHECK(shown.find("\"score\":null") != std::string::npos);
    } else {
      CHECK(shown ==
            "load: 178 rows, 0.5 s\ntrial 1 of 2: accuracy 0.975, the best so far  \ntrial 2 of 2: failed: it "
            "\"diverged\"\n");
    }
  }
}
