#include <numeric>

#include "runtime/data/evaluate_formulas.h"
#include "runtime/data/reader.h"
#include "runtime/stages/session.h"

namespace mlw {

Entry do_load(Session& session, const Stage&, std::string& text) {
  const Workflow& workflow = session.workflow();
  const Data& data = modelled_data(workflow.data);
  Diagnostics diagnostics;
  LoadedData loaded = read_data(workflow.data, data.name, session.options().folder,
                                {.threads = session.options().threads}, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.all())
    if (diagnostic.severity == Severity::error) throw Failure{diagnostic};

  LoadResult result{std::move(loaded.table), std::move(loaded.schema), {}, {}};
  if (data.where) {
    result.population = select_rows(data.where, {}, result.table, session.generator());
    const int64_t outside = result.table.rows - static_cast<int64_t>(result.population.size());
    if (outside > 0)
      result.notes.push_back(std::to_string(outside) + " of " + std::to_string(result.table.rows) +
                             " rows are outside `where`");
  } else {
    result.population.resize(static_cast<size_t>(result.table.rows));
    std::iota(result.population.begin(), result.population.end(), 0);
  }
  text = std::to_string(result.table.rows) + " rows, " + std::to_string(result.table.columns.size()) + " columns";
  return to_entry(result);
}

}  // namespace mlw
