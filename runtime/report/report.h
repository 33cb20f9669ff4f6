#pragma once

#include <string>

#include "runtime/report/report_data.h"

namespace mlw::report {

/// The report as one HTML page that needs nothing else: style, charts and the library that draws them are inside, and
/// it opens from disk without a network. Every text of the user's stands in it as text, never as markup.
std::string render_html(const Data& data);

/// The same content for reading in a terminal or a review: Markdown.
std::string render_markdown(const Data& data);

}  // namespace mlw::report
