#include "tools/mlwc/workflow/data_finder.h"

#include <algorithm>

#include "runtime/stages/run.h"
#include "tools/mlwc/common/workflow_file.h"
#include "tools/mlwc/workflow/development_profile.h"
#include "tools/mlwc/workflow/stored_data.h"

namespace mlw::tool {
namespace {

using language_server::DataFacts;
using language_server::DataWanted;

/// Looks at one workflow.
class Look {
 public:
  Look(const DataWanted& wanted, Store& store)
      : wanted_(wanted), store_(store), folder_(folder_of(wanted.path)), blocks_(wanted.workflow.data) {}

  DataFacts run() {
    facts_.current = true;
    for (const Data& block : blocks_) schema(block.name);
    profile();
    if (facts_.profile) note_class_balance(wanted_.workflow, *facts_.profile, facts_.schemas);
    if (!facts_.identity.empty()) facts_.identity += facts_.current ? "current" : "earlier";
    return std::move(facts_);
  }

 private:
  void schema(const std::string& block) {
    const auto files = hashed_files(store_, blocks_, block, folder_);
    if (files) {
      for (const PlanInputs::File& file : *files) add_file(file);
      const Key key = stored_schema_key(blocks_, block, *files);
      if (take(load_schema(store_, key, facts_.diagnostics), key)) return;
    }
    facts_.current = false;
    // As it was read last: the file or its data block has changed since.
    if (const std::optional<Key> key = remembered_schema(store_, wanted_.path, block)) {
      Diagnostics of_then;
      take(load_schema(store_, *key, of_then), *key);
    }
  }

  bool take(std::optional<Schema> schema, const Key& key) {
    if (!schema) return false;
    facts_.schemas.push_back(*std::move(schema));
    facts_.identity += key.hash() + " ";
    return true;
  }

  void add_file(const PlanInputs::File& file) {
    const auto same = [&](const PlanInputs::File& other) { return other.path == file.path; };
    if (std::none_of(files_.begin(), files_.end(), same)) files_.push_back(file);
  }

  void profile() {
    if (wanted_.sound && facts_.current) {
      const StageGraph graph = plan_stages(wanted_.workflow, plan_inputs(wanted_.workflow, files_));
      const int stage = graph.find(StageKind::profile);
      if (stage >= 0 && load_profile(graph.stages[static_cast<size_t>(stage)].key)) return;
    }
    facts_.current = false;
    if (const std::optional<Key> key = remembered_profile(store_, wanted_.path)) load_profile(*key);
  }

  bool load_profile(const Key& key) {
    const std::optional<Entry> entry = store_.load(key);
    if (!entry) return false;
    facts_.profile = parse_profile(entry->document);
    facts_.identity += key.hash() + " ";
    return true;
  }

  const DataWanted& wanted_;
  Store& store_;
  std::string folder_;
  const std::vector<Data>& blocks_;
  std::vector<PlanInputs::File> files_;
  DataFacts facts_;
};

}  // namespace

DataFinder::DataFinder(std::function<void(const std::string&, Facts)> found)
    : found_(std::move(found)), thread_([this] { run(); }) {}

DataFinder::~DataFinder() {
  {
    const std::scoped_lock lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void DataFinder::find(DataWanted wanted) {
  {
    const std::scoped_lock lock(mutex_);
    wanted_[wanted.path] = std::move(wanted);
  }
  wake_.notify_one();
}

void DataFinder::set_faults(const std::string& path, Diagnostics faults) {
  const std::scoped_lock lock(mutex_);
  faults_[path] = std::move(faults);
}

void DataFinder::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return ending_ || !wanted_.empty(); });
    if (ending_) return;
    const DataWanted wanted = std::move(wanted_.begin()->second);
    wanted_.erase(wanted_.begin());
    lock.unlock();
    DataFacts facts = look(wanted);
    lock.lock();
    if (const auto faults = faults_.find(wanted.path); faults != faults_.end() && !faults->second.empty()) {
      facts.diagnostics.append(faults->second);
      facts.identity += " faulty";
      for (const Diagnostic& fault : faults->second.all()) facts.identity += fault.message;
    }
    lock.unlock();
    found_(wanted.path, std::make_shared<const DataFacts>(std::move(facts)));
    lock.lock();
  }
}

/// Nothing is known where the store cannot be read.
DataFacts DataFinder::look(const DataWanted& wanted) {
  std::unique_ptr<Store>& store = stores_[folder_of(wanted.path)];
  try {
    if (!store) store = std::make_unique<Store>(folder_of(wanted.path) + "/.mlw/store");
    return Look(wanted, *store).run();
  } catch (const Failure&) {
    return {};
  } catch (const std::exception&) {  // an entry of another version
    return {};
  }
}

}  // namespace mlw::tool
