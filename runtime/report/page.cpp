#include "runtime/report/page.h"

#include <fmt/format.h>

#include "compiler/plan/embedded.h"
#include "runtime/report/report.h"
#include "runtime/report/text.h"

namespace mlw::report {
namespace {

/// JSON inside a script element: `<` could end the element.
std::string safe_json(const std::string& json) {
  std::string out;
  for (const char c : json) {
    if (c == '<') {
      out += "\\u003c";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

void Page::section(std::string_view id, std::string_view title) {
  if (!sections_.empty()) body_ += "</section>\n";
  sections_.push_back({std::string(id), std::string(title)});
  body_ += fmt::format("<section id=\"{}\"><h2>{}</h2>\n", id, escape(title));
}

void Page::paragraph(std::string_view text) { body_ += fmt::format("<p>{}</p>\n", escape(text)); }
void Page::quiet(std::string_view text) { body_ += fmt::format("<p class=\"quiet\">{}</p>\n", escape(text)); }
void Page::heading(std::string_view text) { body_ += fmt::format("<h3>{}</h3>\n", escape(text)); }

Page::Cell Page::text(std::string_view text) { return {escape(text), false}; }
Page::Cell Page::number(std::string_view text) { return {escape(text), true}; }
Page::Cell Page::markup(std::string html) { return {std::move(html), false}; }

std::string Page::table_html(const Row& head, const std::vector<Row>& rows,
                             const std::vector<std::string>& row_classes) const {
  std::string out = "<div class=\"scroll\"><table><thead><tr>";
  for (const Cell& cell : head)
    out += fmt::format("<th{} scope=\"col\">{}</th>", cell.is_number ? " class=\"number\"" : "", cell.html);
  out += "</tr></thead><tbody>\n";
  for (size_t i = 0; i < rows.size(); ++i) {
    out +=
        i < row_classes.size() && !row_classes[i].empty() ? fmt::format("<tr class=\"{}\">", row_classes[i]) : "<tr>";
    for (const Cell& cell : rows[i])
      out += fmt::format("<td{}>{}</td>", cell.is_number ? " class=\"number\"" : "", cell.html);
    out += "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

void Page::table(const Row& head, const std::vector<Row>& rows, const std::vector<std::string>& row_classes) {
  body_ += table_html(head, rows, row_classes);
}

void Page::chart(std::string_view caption, std::string_view reading, const std::string& specification, const Row& head,
                 const std::vector<Row>& rows) {
  const std::string id = fmt::format("chart-{}", ++charts_);
  specifications_ +=
      fmt::format("<script type=\"application/json\" id=\"{}\">{}</script>\n", id, safe_json(specification));
  body_ += fmt::format(
      "<figure><figcaption>{}</figcaption><div class=\"chart\" data-spec=\"{}\" role=\"img\" aria-label=\"{}\"></div>"
      "<div class=\"reading\">{}</div><details><summary>The numbers</summary>{}</details></figure>\n",
      escape(caption), id, escape(caption), escape(reading), table_html(head, rows, {}));
}

std::string Page::finish(const Data& data) const {
  std::string facts = fmt::format("{} · predicts <b>{}</b> · {} rows from <span class=\"mono\">{}</span>",
                                  escape(data.task_kind), escape(data.target), count(data.rows), escape(data.source));
  std::string navigation;
  for (const Entry& entry : sections_)
    navigation += fmt::format("<li><a href=\"#{}\">{}</a></li>", entry.id, escape(entry.title));
  std::string out = fmt::format(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\">\n"
      "<title>{0} · mlw report</title>\n<style>\n{1}</style></head>\n<body>\n<header class=\"top\"><h1>{0}</h1><p "
      "class=\"title\">{2}</p><p "
      "class=\"facts\">{3}</p></header>\n<div class=\"layout\"><nav "
      "aria-label=\"sections\"><ol>{4}</ol></nav>\n<main>\n",
      escape(data.workflow), embedded("runtime/report/page/style.css"), escape(data.title), facts, navigation);
  out += body_;
  out += fmt::format("</section>\n<footer>Written by mlwc {}.</footer>\n</main></div>\n", escape(data.version));
  if (charts_ > 0) {
    out += specifications_;
    for (const char* library : {"web/vega.min.js", "web/vega-lite.min.js", "runtime/report/page/charts.js"}) {
      out += "<script>";
      out += embedded(library);
      out += "</script>\n";
    }
  }
  return out + "</body></html>\n";
}

std::string render_html(const Data& data) {
  Page page;
  write_summary(page, data);
  write_task(page, data);
  write_data(page, data);
  write_checks(page, data);
  write_protocol(page, data);
  write_search(page, data);
  write_test(page, data);
  write_failures(page, data);
  write_built(page, data);
  write_reproduce(page, data);
  return page.finish(data);
}

}  // namespace mlw::report
