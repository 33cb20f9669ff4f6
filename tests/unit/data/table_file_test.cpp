#include "runtime/data/table_file.h"

#include <catch2/catch.hpp>

#include "read_fixture.h"

using namespace mlw;

namespace {

Read sample(const TestFolder& folder) {
  std::string content = "n,i,word,city,ok,day\n";
  for (int i = 0; i < 70000; ++i)
    content += (i % 11 == 0 ? "" : std::to_string(i) + ".25") + "," + std::to_string(i) + ",w" + std::to_string(i) +
               " x" + std::to_string(i % 977) + "," + (i % 5 == 0 ? "" : "city" + std::to_string(i % 4)) + "," +
               (i % 2 == 0 ? "yes" : "no") + ",2020-01-0" + std::to_string(1 + i % 9) + "\n";
  return read_csv(folder, content);
}

void check_equal(const Table& a, const Table& b) {
  REQUIRE(a.rows == b.rows);
  CHECK(a.identity == b.identity);
  REQUIRE(a.columns.size() == b.columns.size());
  for (size_t c = 0; c < a.columns.size(); ++c) {
    const Column &x = a.columns[c], &y = b.columns[c];
    CHECK(x.name == y.name);
    CHECK(x.kind == y.kind);
    REQUIRE(x.storage == y.storage);
    CHECK(x.unit == y.unit);
    CHECK((x.dictionary == nullptr) == (y.dictionary == nullptr));
    if (x.dictionary) CHECK(*x.dictionary == *y.dictionary);
    bool equal = true;
    for (int64_t i = 0; i < a.rows && equal; ++i)
      equal = x.valid(i) == y.valid(i) &&
              (x.storage == Storage::text ? x.text(i) == y.text(i) : x.number(i) == y.number(i));
    CHECK(equal);
  }
}

}  // namespace

TEST_CASE("a table goes into the store and comes back") {
  const TestFolder folder;
  const Read r = sample(folder);
  REQUIRE(!r.diagnostics.has_errors());
  REQUIRE(r.column("word").storage == Storage::text);
  REQUIRE(r.column("ok").storage == Storage::flag);
  Store store(folder.path() + "/store");
  const Key key{{{"input", "sample"}}};
  store.save(key, to_entry(r.data.table, r.data.schema));
  const std::optional<Entry> entry = store.load(key);
  REQUIRE(entry);
  check_equal(table_of(*entry), r.data.table);
  CHECK(to_text(schema_of(*entry)) == to_text(r.data.schema));
  CHECK(schema_of(*entry).find("city")->categories == r.schema("city").categories);
}

TEST_CASE("chunks point into the entry's memory") {
  const TestFolder folder;
  const Read r = sample(folder);
  const Entry entry = to_entry(r.data.table, r.data.schema);
  CHECK(table_of(entry).columns[0].chunks[1].values == r.data.table.columns[0].chunks[1].values);
}

TEST_CASE("an entry that does not fit its description is refused") {
  const TestFolder folder;
  const Read r = sample(folder);
  const Entry whole = to_entry(r.data.table, r.data.schema);
  const auto refused = [](const Entry& entry) {
    try {
      table_of(entry);
      return false;
    } catch (const Failure& failure) {
      return failure.diagnostic.kind->code == "D032";
    }
  };
  CHECK(!refused(whole));
  for (size_t b = 0; b < whole.blobs.size(); ++b) {
    Entry cut = whole;
    cut.blobs[b].size /= 2;
    INFO(cut.blobs[b].name);
    CHECK(refused(cut));
    Entry without = whole;
    without.blobs.erase(without.blobs.begin() + static_cast<int64_t>(b));
    CHECK(refused(without));
  }
  Entry nonsense = whole;
  nonsense.document = "{\"rows\": 3";
  CHECK(refused(nonsense));
  nonsense.document = "{\"rows\": 70000, \"columns\": [{\"name\": 3}]}";
  CHECK(refused(nonsense));
}
