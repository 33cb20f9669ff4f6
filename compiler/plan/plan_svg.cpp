#include <algorithm>
#include <cmath>
#include <map>

#include "compiler/plan/plan_view.h"

/// A layered drawing (Sugiyama, Tagawa and Toda 1981, in its simplest form): groups stand in columns by their depth,
/// arrows over several columns get a place in each of them, and every column is ordered by the mean place of its
/// neighbours.
namespace mlw {
namespace {

constexpr double box_width = 222, box_height = 62, column_gap = 56, row_gap = 22, margin = 24, title_height = 34,
                 bend_height = 14;

struct Node {
  int group = -1;  ///< -1: a place that an arrow passes through
  int column = 0;
  double y = 0;  ///< of its middle
  std::vector<int> before, after;
};

struct Layout {
  std::vector<Node> nodes;
  std::vector<std::vector<int>> columns;
};

double height_of(const Node& node) { return node.group >= 0 ? box_height : bend_height; }

Layout place_nodes(const std::vector<StageGroup>& groups) {
  Layout layout;
  for (size_t i = 0; i < groups.size(); ++i) {
    Node node{.group = static_cast<int>(i)};
    for (const int input : groups[i].inputs) node.column = std::max(node.column, layout.nodes[input].column + 1);
    layout.nodes.push_back(node);
  }
  for (size_t i = 0; i < groups.size(); ++i)
    for (const int input : groups[i].inputs) {
      int from = input;
      for (int column = layout.nodes[input].column + 1; column <= layout.nodes[i].column; ++column) {
        int to = static_cast<int>(i);
        if (column < layout.nodes[i].column) {
          to = static_cast<int>(layout.nodes.size());
          layout.nodes.push_back({.column = column});
        }
        layout.nodes[from].after.push_back(to);
        layout.nodes[to].before.push_back(from);
        from = to;
      }
    }
  for (size_t i = 0; i < layout.nodes.size(); ++i) {
    const auto column = static_cast<size_t>(layout.nodes[i].column);
    if (layout.columns.size() <= column) layout.columns.resize(column + 1);
    layout.columns[column].push_back(static_cast<int>(i));
  }
  return layout;
}

void stack(Layout& layout, const std::vector<int>& column) {
  double height = -row_gap;
  for (const int node : column) height += height_of(layout.nodes[node]) + row_gap;
  double top = -height / 2;
  for (const int node : column) {
    layout.nodes[node].y = top + height_of(layout.nodes[node]) / 2;
    top += height_of(layout.nodes[node]) + row_gap;
  }
}

void order_columns(Layout& layout) {
  for (const std::vector<int>& column : layout.columns) stack(layout, column);
  for (int sweep = 0; sweep < 8; ++sweep)
    for (size_t step = 0; step < layout.columns.size(); ++step) {
      const bool forward = sweep % 2 == 0;
      std::vector<int>& column = layout.columns[forward ? step : layout.columns.size() - 1 - step];
      std::map<int, std::pair<double, size_t>> wish;  // ties stay as they stand
      for (size_t place = 0; place < column.size(); ++place) {
        const Node& node = layout.nodes[column[place]];
        const std::vector<int>& others = forward ? node.before : node.after;
        double sum = 0;
        for (const int other : others) sum += layout.nodes[other].y;
        wish[column[place]] = {others.empty() ? node.y : sum / static_cast<double>(others.size()), place};
      }
      std::sort(column.begin(), column.end(), [&](int a, int b) { return wish[a] < wish[b]; });
      stack(layout, column);
    }
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '<')
      result += "&lt;";
    else if (c == '>')
      result += "&gt;";
    else if (c == '&')
      result += "&amp;";
    else if (c == '"')
      result += "&quot;";
    else
      result += c;
  }
  return result;
}

/// At most `most` characters; what is longer ends in "…".
std::string shortened(std::string_view text, size_t most) {
  size_t count = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if ((text[i] & 0xC0) == 0x80) continue;
    if (++count == most && text.size() > i + 1) return std::string(text.substr(0, i)) + "…";
  }
  return std::string(text);
}

std::string point(double x, double y) { return std::to_string(std::lround(x)) + " " + std::to_string(std::lround(y)); }

std::string draw_box(const StageGroup& group, double x, double y) {
  const char* fill = group.cached == group.total ? "#e3efe3" : group.needed > 0 ? "#fdf0d5" : "#f2f2f2";
  const char* stroke = group.cached == group.total ? "#5d8a5d" : group.needed > 0 ? "#b8862d" : "#999999";
  const std::string left = std::to_string(std::lround(x)), middle = std::to_string(std::lround(x + 12));
  const auto line = [&](double down, const char* style, const std::string& text) {
    return "<text x=\"" + middle + "\" y=\"" + std::to_string(std::lround(y + down)) + "\" " + style + ">" +
           escaped(text) + "</text>\n";
  };
  return "<rect x=\"" + left + "\" y=\"" + std::to_string(std::lround(y)) + "\" width=\"" +
         std::to_string(std::lround(box_width)) + "\" height=\"" + std::to_string(std::lround(box_height)) +
         "\" rx=\"8\" fill=\"" + fill + "\" stroke=\"" + stroke + "\"/>\n" +
         line(20, "font-weight=\"600\"", shortened(group.title, 24)) +
         line(37, "font-size=\"11\" fill=\"#444\"", shortened(group.detail, 36)) +
         line(53, "font-size=\"11\" fill=\"#444\" font-style=\"italic\"", state_text(group));
}

}  // namespace

std::string plan_svg(const std::string& workflow, const StageGraph& graph, const std::vector<StageState>& states) {
  const std::vector<StageGroup> groups = group_stages(graph, states);
  Layout layout = place_nodes(groups);
  order_columns(layout);
  double top = 0, bottom = 0;
  for (const Node& node : layout.nodes) {
    top = std::min(top, node.y - height_of(node) / 2);
    bottom = std::max(bottom, node.y + height_of(node) / 2);
  }
  const double width = 2 * margin + static_cast<double>(layout.columns.size()) * (box_width + column_gap) - column_gap;
  const double height = 2 * margin + title_height + bottom - top, shift = margin + title_height - top;
  const auto x_of = [](const Node& node) { return margin + node.column * (box_width + column_gap); };

  std::string arrows, boxes;
  for (const Node& from : layout.nodes) {
    for (const int next : from.after) {
      const Node& to = layout.nodes[next];
      const double x0 = x_of(from) + box_width, y0 = from.y + shift, x1 = x_of(to) - (to.group >= 0 ? 4 : 0),
                   y1 = to.y + shift;
      arrows += "<path d=\"M" + point(x0, y0) + " C" + point(x0 + column_gap / 2, y0) + " " +
                point(x1 - column_gap / 2, y1) + " " + point(x1, y1) + "\"" +
                (to.group >= 0 ? " marker-end=\"url(#tip)\"" : "") + "/>\n";
    }
    if (from.group >= 0)
      boxes += draw_box(groups[from.group], x_of(from), from.y + shift - box_height / 2);
    else
      arrows += "<path d=\"M" + point(x_of(from), from.y + shift) + " H" +
                std::to_string(std::lround(x_of(from) + box_width)) + "\"/>\n";
  }
  const std::string size = std::to_string(std::lround(width)) + " " + std::to_string(std::lround(height));
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size + "\" width=\"" +
         std::to_string(std::lround(width)) + "\" height=\"" + std::to_string(std::lround(height)) +
         "\" font-family=\"system-ui, sans-serif\" font-size=\"14\">\n" + "<title>" + escaped(workflow) +
         ": the stages</title>\n" +
         "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" "
         "orient=\"auto\">"
         "<path d=\"M0 0 L8 4 L0 8 z\" fill=\"#777\"/></marker></defs>\n"
         "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n<text x=\"24\" y=\"34\" font-size=\"18\" "
         "font-weight=\"600\">" +
         escaped(workflow) + "</text>\n<g fill=\"none\" stroke=\"#777\" stroke-width=\"1.4\">\n" + arrows + "</g>\n" +
         boxes + "</svg>\n";
}

}  // namespace mlw
