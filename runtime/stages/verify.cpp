#include <elf.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <vector>

#include "runtime/evaluate/raw_records.h"
#include "runtime/stages/chosen.h"
#include "runtime/stages/requirements.h"
#include "runtime/stages/session.h"
#include "runtime/stages/targets.h"
#include "runtime/stages/verify_artefact.h"

namespace mlw {
namespace {

std::vector<ArtefactFile> artefact_files(const BuildResult& built) {
  std::vector<ArtefactFile> files;
  for (const BuildResult::File& file : built.files) files.push_back({file.name, file.bytes, file.executable});
  return files;
}

const ArtefactFile& executable_of(const std::vector<ArtefactFile>& files) {
  return *std::find_if(files.begin(), files.end(), [](const ArtefactFile& file) { return file.executable; });
}

/// Bytes that the executable's writable parts take in memory; it has no heap.
int64_t writable_bytes(const std::string& file) {
  Elf64_Ehdr head;
  if (file.size() < sizeof head) return 0;
  std::memcpy(&head, file.data(), sizeof head);
  int64_t bytes = 0;
  for (int i = 0; i < head.e_phnum; ++i) {
    Elf64_Phdr part;
    const uint64_t offset = head.e_phoff + static_cast<uint64_t>(i) * sizeof part;
    if (offset + sizeof part > file.size()) break;
    std::memcpy(&part, file.data() + offset, sizeof part);
    if (part.p_type == PT_LOAD && (part.p_flags & PF_W) != 0) bytes += static_cast<int64_t>(part.p_memsz);
  }
  return bytes;
}

/// Median seconds of one answer through the predictor's compiled function on this machine.
double latency_here(const PredictorProgram& program, const Table& table, const Selection& rows,
                    CodeGenerator& generator) {
  constexpr int measured = 1001;
  const std::shared_ptr<const CompiledPredictor> predictor = generator.compile(program);
  const RawRecords records(program, table);
  std::vector<RawValue> values(records.fields() + 1);
  std::vector<uint64_t> missing(records.missing_words() + 1);
  std::vector<float> scores(static_cast<size_t>(program.outputs()));
  const Buffer scratch = allocate(static_cast<size_t>(predictor->scratch_bytes));
  std::vector<double> seconds;
  for (int i = 0; i < measured; ++i) {
    records.read(rows[static_cast<size_t>(i) % rows.size()], std::span(values).first(records.fields()),
                 std::span(missing).first(records.missing_words()));
    int32_t decision = 0;
    const auto begin = std::chrono::steady_clock::now();
    (*predictor)(values.data(), missing.data(), scores.data(), &decision, const_cast<std::byte*>(scratch.get()));
    seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  std::nth_element(seconds.begin(), seconds.begin() + measured / 2, seconds.end());
  return seconds[measured / 2];
}

bool asks_for(const Deployment& deployment, const std::string& cost) {
  return std::any_of(deployment.require.begin(), deployment.require.end(),
                     [&](const Requirement& one) { return one.name == cost; });
}

}  // namespace

Entry do_verify(Session& session, const Stage& stage, std::string& text) {
  const Deployment& deployment = session.workflow().deploy.at(static_cast<size_t>(stage.deployment));
  const PredictorProgram program = final_result(session.result(session.graph().find(StageKind::final_fit))).program;
  const std::vector<ArtefactFile> files = artefact_files(build_result(session.result(stage.inputs.at(0))));
  const Table& table = session.loaded().table;
  const Selection& rows = session.split().test.empty() ? session.split().development : session.split().test;
  const std::optional<DeviceProfile> device = device_of(deployment);
  const Verified verified =
      device ? verify_executable(program, executable_of(files), *device, table, rows, session.generator())
             : verify_library(program, files, table, rows, session.generator());

  VerifyResult result;
  result.built = {.deployment = deployment.name,
                  .target = device ? device->title : "library for this machine",
                  .verified_rows = verified.rows,
                  .how = verified.how};
  Costs costs;
  for (const ArtefactFile& file : files) {
    result.built.bytes += static_cast<int64_t>(file.bytes.size());
    if (device ? file.executable : file.name.ends_with(".so")) costs.flash += static_cast<int64_t>(file.bytes.size());
  }
  if (device) costs.ram = writable_bytes(executable_of(files).bytes);
  if (!device && asks_for(deployment, "latency"))
    costs.latency = latency_here(program, table, rows, session.generator());
  for (const Verdict& verdict : judge_costs(deployment, costs)) {
    result.built.requirements.push_back(verdict.text);
    if (!verdict.met) result.unmet.push_back(deployment.name + ": " + verdict.text);
  }
  text = std::to_string(verified.rows) + " rows, every answer equal, " + verified.how;
  return to_entry(result);
}

}  // namespace mlw
