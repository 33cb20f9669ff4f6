// What was built, and how to come to the same result again.
#include <fmt/format.h>

#include "runtime/report/page.h"
#include "runtime/report/text.h"

namespace mlw::report {

void write_built(Page& page, const Data& data) {
  if (data.built.empty()) return;
  page.section("built", "What was built");
  page.paragraph(
      "Each artefact takes raw records and holds preparation, model and decision. It was run on the test rows, and "
      "every answer equals, bit for bit, the one that was judged.");
  std::vector<Page::Row> rows;
  for (const Built& built : data.built) {
    std::string requirements;
    for (const std::string& requirement : built.requirements) requirements += escape(requirement) + "<br>";
    rows.push_back({Page::text(built.deployment), Page::text(built.target),
                    Page::markup("<code>" + escape(built.path) + "</code>"), Page::number(bytes(built.bytes)),
                    Page::text(fmt::format("{} rows equal, {}", count(built.verified_rows), built.how)),
                    Page::markup(requirements)});
  }
  page.table({Page::text("deployment"), Page::text("target"), Page::text("file"), Page::number("size"),
              Page::text("verified"), Page::text("requirements")},
             rows);
}

void write_reproduce(Page& page, const Data& data) {
  page.section("reproduce", "How to reproduce it");
  page.html("<pre>" + escape(data.command) + "</pre>\n");
  page.paragraph(data.reproducible ? "The same file, data and seed give the same bytes, on any number of threads."
                                   : "The search was limited by time, so that another run may try other candidates.");
  std::vector<Page::Row> rows = {{Page::text("seed"), Page::text(std::to_string(data.seed))},
                                 {Page::text("mlwc"), Page::text(data.version)},
                                 {Page::text("workflow"), Page::markup("<code>" + escape(data.file_hash) + "</code>")},
                                 {Page::text("data"), Page::markup("<code>" + escape(data.data_hash) + "</code>")}};
  page.table({Page::text(""), Page::text("")}, rows);
}

}  // namespace mlw::report
