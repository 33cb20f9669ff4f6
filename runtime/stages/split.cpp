#include "runtime/stages/session.h"

namespace mlw {
namespace {

template <typename T>
std::vector<T> taken(const std::vector<T>& values, const Selection& rows) {
  std::vector<T> result;
  if (values.empty()) return result;
  result.reserve(rows.size());
  for (const uint32_t row : rows) result.push_back(values[row]);
  return result;
}

/// The facts of some rows; selections of the result count within them.
SplitFacts facts_of(const SplitFacts& all, const Selection& rows) {
  SplitFacts facts;
  facts.identity = taken(all.identity, rows);
  facts.classes = taken(all.classes, rows);
  facts.class_names = all.class_names;
  facts.group = taken(all.group, rows);
  facts.content = taken(all.content, rows);
  facts.time = taken(all.time, rows);
  facts.in_test = taken(all.in_test, rows);
  facts.known_after = all.known_after;
  return facts;
}

Selection rows_of_table(const Selection& within, const Selection& rows) {
  Selection result;
  result.reserve(within.size());
  for (const uint32_t index : within) result.push_back(rows[index]);
  return result;
}

}  // namespace

Entry do_split(Session& session, const Stage&, std::string& text) {
  const Evaluation& evaluation = session.workflow().evaluate;
  const Selection& rows = session.labelled();
  const SplitFacts facts = facts_of(session.facts(), rows);
  const TestPart part = split_test(evaluation, facts);
  SplitResult result{rows_of_table(part.development, rows),
                     rows_of_table(part.test, rows),
                     rows_of_table(part.left_out, rows),
                     {},
                     part.notes};
  for (const Fold& fold : split_folds(evaluation, facts, part.development))
    result.folds.push_back(
        {fold.repeat, fold.fold, rows_of_table(fold.training, rows), rows_of_table(fold.validation, rows)});
  const size_t unlabelled = session.loaded().population.size() - rows.size();
  if (unlabelled > 0)
    result.notes.push_back(std::to_string(unlabelled) + " rows have no value of the target and are set aside");
  text = std::to_string(result.development.size()) + " rows to learn from, " + std::to_string(result.test.size()) +
         " kept for the test";
  return to_entry(result);
}

}  // namespace mlw
