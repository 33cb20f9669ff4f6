#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/report/report_data.h"

namespace mlw::report {

/// The page while it is written: sections for the navigation, and the specifications of its charts.
class Page {
 public:
  /// Opens a section; the one before it is closed.
  void section(std::string_view id, std::string_view title);
  void html(std::string_view markup) { body_ += markup; }
  void paragraph(std::string_view text);  ///< plain text
  void quiet(std::string_view text);      ///< plain text, of less weight
  void heading(std::string_view text);

  struct Cell {
    std::string html;
    bool is_number = false;
  };
  using Row = std::vector<Cell>;
  static Cell text(std::string_view text);
  static Cell number(std::string_view text);
  static Cell markup(std::string html);
  void table(const Row& head, const std::vector<Row>& rows, const std::vector<std::string>& row_classes = {});

  /// A chart with its caption, a sentence that says how to read it, and the same numbers as a table for those who
  /// cannot see it.
  void chart(std::string_view caption, std::string_view reading, const std::string& specification, const Row& head,
             const std::vector<Row>& rows);
  void open_charts() { body_ += "<div class=\"charts\">"; }
  void close_charts() { body_ += "</div>"; }

  std::string finish(const Data& data) const;

 private:
  struct Entry {
    std::string id, title;
  };
  std::string table_html(const Row& head, const std::vector<Row>& rows,
                         const std::vector<std::string>& row_classes) const;
  std::vector<Entry> sections_;
  std::string body_;
  std::string specifications_;
  int charts_ = 0;
};

/// The sections, in the order in which they stand; each writes nothing when there is nothing to show.
void write_summary(Page& page, const Data& data);
void write_task(Page& page, const Data& data);
void write_data(Page& page, const Data& data);
void write_checks(Page& page, const Data& data);
void write_protocol(Page& page, const Data& data);
void write_search(Page& page, const Data& data);
void write_test(Page& page, const Data& data);
void write_failures(Page& page, const Data& data);
void write_built(Page& page, const Data& data);
void write_reproduce(Page& page, const Data& data);

}  // namespace mlw::report
