#pragma once

#include <string>
#include <vector>

#include "compiler/syntax/syntax.h"

/// A text, what was made of it and what was reported.
struct Parsed {
  mlw::Sources sources;
  mlw::Diagnostics diagnostics;
  mlw::syntax::File file;

  explicit Parsed(std::string text) {
    file = mlw::syntax::parse(sources, sources.add({"test.mlw", std::move(text)}), diagnostics);
  }

  std::string shown() const { return mlw::render(diagnostics, sources, {}); }
  std::string dump() const { return mlw::syntax::dump(file); }
  std::string print() const { return mlw::syntax::print(file); }

  /// The codes of all reports with their places: "S010@2:5".
  std::vector<std::string> codes() const {
    std::vector<std::string> list;
    for (const mlw::Diagnostic& diagnostic : diagnostics.all()) {
      const mlw::LineColumn place = sources.position(diagnostic.range.file, diagnostic.range.begin);
      list.push_back(std::string(diagnostic.kind->code) + "@" + std::to_string(place.line) + ":" +
                     std::to_string(place.column));
    }
    return list;
  }

  /// The value of the first item, a setting or definition.
  const mlw::syntax::Expression& value() const {
    if (const auto* setting = std::get_if<mlw::syntax::Setting>(&file.items.at(0).node)) return *setting->value;
    return *std::get<mlw::syntax::Definition>(file.items.at(0).node).value;
  }
};
