// The data, what the checks found in them, and how they were divided.
#include <fmt/format.h>

#include <cmath>

#include "runtime/report/charts.h"
#include "runtime/report/figures.h"
#include "runtime/report/page.h"
#include "runtime/report/text.h"

namespace mlw::report {
namespace {

std::string range(const ColumnSummary& column) {
  if (std::isnan(column.minimum) || std::isnan(column.maximum)) return "";
  if (column.kind == "date") return date(column.minimum) + " to " + date(column.maximum);
  return number(column.minimum) + " to " + number(column.maximum) + (column.unit.empty() ? "" : " " + column.unit);
}

}  // namespace

void write_data(Page& page, const Data& data) {
  if (data.columns.empty()) return;
  page.section("data", "The data");
  page.paragraph(
      fmt::format("{} rows, {} columns. The histograms show the development rows only; the test part is not looked at.",
                  count(data.rows), data.columns.size()));
  std::vector<Page::Row> rows;
  for (const ColumnSummary& column : data.columns) {
    std::string name = "<b>" + escape(column.name) + "</b>";
    if (!column.role.empty() && column.role != "input")
      name +=
          fmt::format(" <span class=\"tag{}\">{}</span>", column.role == "target" ? " good" : "", escape(column.role));
    if (!column.inferred_because.empty())
      name += "<br><span class=\"quiet\">" + escape(column.inferred_because) + "</span>";
    rows.push_back(
        {Page::markup(name), Page::text(column.kind),
         Page::number(column.missing == 0 ? "none"
                                          : count(column.missing) + " (" +
                                                percent(static_cast<double>(column.missing) /
                                                        static_cast<double>(std::max<int64_t>(data.rows, 1))) +
                                                ")"),
         Page::number(column.distinct > 0 ? count(column.distinct) : ""),
         Page::number(std::isnan(column.mean) ? "" : number(column.mean)), Page::number(range(column)),
         Page::markup(histogram_figure(column))});
  }
  page.table({Page::text("column"), Page::text("kind"), Page::number("missing"), Page::number("distinct"),
              Page::number("mean"), Page::number("range"), Page::text("distribution")},
             rows);
  if (data.classes.size() > 1 && !data.parts.empty() && data.parts.front().classes.size() == data.classes.size()) {
    std::vector<int64_t> totals = data.parts.front().classes;
    std::vector<Page::Row> class_rows;
    for (size_t i = 0; i < totals.size(); ++i)
      class_rows.push_back({Page::text(data.classes[i]), Page::number(count(totals[i]))});
    page.open_charts();
    page.chart("Classes of " + data.target, "Rows of each class in the part \"" + data.parts.front().name + "\".",
               class_chart(data.classes, totals), {Page::text("class"), Page::number("rows")}, class_rows);
    page.close_charts();
  }
}

void write_checks(Page& page, const Data& data) {
  page.section("checks", "Checks and waivers");
  if (data.checks.empty()) page.paragraph("Every check passed; nothing was waived.");
  for (const Check& check : data.checks) {
    page.html(fmt::format("<div class=\"check {}\"><span class=\"tag {}\">{} {}</span> <b>{}</b>",
                          escape(check.severity), escape(check.severity), escape(check.severity), escape(check.code),
                          escape(check.message)));
    if (!check.notes.empty()) {
      page.html("<ul>");
      for (const std::string& note : check.notes) page.html("<li>" + escape(note) + "</li>");
      page.html("</ul>");
    }
    if (!check.waived_because.empty()) {
      page.paragraph("Waived because: " + check.waived_because);
    } else if (!check.help.empty()) {
      page.quiet(check.help);
    }
    page.html("</div>\n");
  }
}

void write_protocol(Page& page, const Data& data) {
  if (data.parts.empty()) return;
  page.section("protocol", "How it is judged");
  page.paragraph(data.protocol);
  std::vector<Page::Row> rows;
  const bool classes = !data.classes.empty();
  const bool times = [&] {
    for (const Part& part : data.parts)
      if (!part.from.empty()) return true;
    return false;
  }();
  Page::Row head = {Page::text("part"), Page::number("rows")};
  if (classes)
    for (const std::string& name : data.classes) head.push_back(Page::number(name));
  if (times) head.push_back(Page::text("from … to"));
  for (const Part& part : data.parts) {
    Page::Row row = {Page::text(part.name), Page::number(count(part.rows))};
    if (classes)
      for (size_t i = 0; i < data.classes.size(); ++i)
        row.push_back(Page::number(i < part.classes.size() ? count(part.classes[i]) : ""));
    if (times) row.push_back(Page::text(part.from.empty() ? "" : part.from + " … " + part.to));
    rows.push_back(std::move(row));
  }
  page.table(head, rows);
}

}  // namespace mlw::report
