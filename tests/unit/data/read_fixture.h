#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "files.h"
#include "runtime/data/reader.h"

/// Data blocks and what reading them gave.
struct Read {
  mlw::LoadedData data;
  mlw::Diagnostics diagnostics;
  std::string failure;  ///< code of a Failure
  std::string message;  ///< its sentence

  bool has(std::string_view code) const { return failure == code || find(code) != nullptr; }
  const mlw::Diagnostic* find(std::string_view code) const {
    for (const mlw::Diagnostic& diagnostic : diagnostics.all())
      if (diagnostic.kind->code == code) return &diagnostic;
    return nullptr;
  }
  const mlw::Column& column(std::string_view name) const { return *data.table.find(name); }
  const mlw::ColumnSchema& schema(std::string_view name) const { return *data.schema.find(name); }
  /// The values of a column in ascending order.
  std::vector<double> numbers(std::string_view name) const {
    std::vector<double> values;
    for (int64_t i = 0; i < data.table.rows; ++i)
      if (column(name).valid(i)) values.push_back(column(name).number(i));
    std::sort(values.begin(), values.end());
    return values;
  }
  std::vector<std::string> texts(std::string_view name) const {
    std::vector<std::string> values;
    for (int64_t i = 0; i < data.table.rows; ++i)
      if (column(name).valid(i)) values.emplace_back(column(name).text(i));
    std::sort(values.begin(), values.end());
    return values;
  }
};

inline mlw::Data block(std::string path, mlw::DataSource::Form form = mlw::DataSource::Form::csv,
                       std::string name = "rows") {
  mlw::Data data;
  data.name = std::move(name);
  data.source.form = form;
  data.source.path = std::move(path);
  return data;
}

inline mlw::Data declare(mlw::Data data, const std::string& column, mlw::ColumnKind kind) {
  mlw::ColumnDeclaration declaration;
  declaration.name = column;
  declaration.kind = kind;
  data.columns.push_back(declaration);
  return data;
}

inline Read read(const TestFolder& folder, const std::vector<mlw::Data>& blocks, int threads = 2) {
  Read result;
  mlw::ReadOptions options;
  options.threads = threads;
  try {
    result.data = mlw::read_data(blocks, mlw::modelled_data(blocks).name, folder.path(), options, result.diagnostics);
  } catch (const mlw::Failure& failure) {
    result.failure = failure.diagnostic.kind->code;
    result.message = failure.diagnostic.message;
  }
  return result;
}

inline Read read_csv(const TestFolder& folder, std::string_view content, int threads = 2) {
  folder.file("data.csv", content);
  return read(folder, {block("data.csv")}, threads);
}
