#include "runtime/data/evaluate_text.h"

#include <unordered_map>
#include <utility>

#include "compiler/artefact/device/text.h"
#include "compiler/diagnostics/kinds/code.h"

namespace mlw {
namespace {

[[noreturn]] void unknown(const Formula& formula) { fail(kinds::not_compiled_yet, {{"what", to_text(formula)}}); }

}  // namespace

TextRows TextEvaluator::column(const std::string& name) {
  const Column& column = columns_(name);
  const Chunk& chunk = column.chunks[chunk_];
  TextRows rows{std::vector<std::string_view>(rows_), std::vector<uint8_t>(rows_)};
  for (size_t i = 0; i < rows_; ++i) {
    const auto row = static_cast<int64_t>(i);
    rows.valid[i] = chunk.valid(row) ? 1 : 0;
    if (rows.valid[i] == 0) continue;
    rows.texts[i] = column.storage == Storage::text ? chunk.text(row) : (*column.dictionary)[chunk.as<uint32_t>()[i]];
  }
  return rows;
}

/// lower, upper, trim
TextRows TextEvaluator::mapped(const Formula& formula) {
  TextRows rows = text(*formula.arguments[0]);
  for (size_t i = 0; i < rows_; ++i) {
    if (rows.valid[i] == 0) continue;
    const char* bytes = rows.texts[i].data();
    uint64_t length = rows.texts[i].size();
    if (formula.operation == Operation::trim) {
      mlw_text_trim(&bytes, &length);
      rows.texts[i] = {bytes, length};
      continue;
    }
    std::string mapped(length + length / 2 + 4, '\0');
    const uint64_t size = formula.operation == Operation::lower
                              ? mlw_text_lower(bytes, length, mapped.data(), mapped.size())
                              : mlw_text_upper(bytes, length, mapped.data(), mapped.size());
    mapped.resize(size);
    rows.texts[i] = keep(std::move(mapped));
  }
  return rows;
}

TextRows TextEvaluator::joined(const Formula& formula) {
  TextRows left = text(*formula.arguments[0]);
  const TextRows right = text(*formula.arguments[1]);
  for (size_t i = 0; i < rows_; ++i) {
    left.valid[i] &= right.valid[i];
    left.texts[i] = left.valid[i] != 0 ? keep(std::string(left.texts[i]).append(right.texts[i])) : std::string_view();
  }
  return left;
}

/// select, coalesce
TextRows TextEvaluator::chosen(const Formula& formula) {
  if (formula.operation == Operation::coalesce) {
    TextRows first = text(*formula.arguments[0]);
    const TextRows second = text(*formula.arguments[1]);
    for (size_t i = 0; i < rows_; ++i) {
      if (first.valid[i] != 0) continue;
      first.texts[i] = second.texts[i];
      first.valid[i] = second.valid[i];
    }
    return first;
  }
  const Chunk& condition = columns_(formula.arguments[0]->column).chunks[chunk_];
  TextRows rows = text(*formula.arguments[1]);
  const TextRows otherwise = text(*formula.arguments[2]);
  for (size_t i = 0; i < rows_; ++i) {
    if (!condition.valid(static_cast<int64_t>(i))) {
      rows.texts[i] = {};
      rows.valid[i] = 0;
    } else if (condition.as<uint8_t>()[i] == 0) {
      rows.texts[i] = otherwise.texts[i];
      rows.valid[i] = otherwise.valid[i];
    }
  }
  return rows;
}

TextRows TextEvaluator::text(const Formula& formula) {
  switch (formula.operation) {
    case Operation::column:
      return column(formula.column);
    case Operation::constant: {
      const std::string_view value = keep(std::get<std::string>(formula.value));
      return {std::vector<std::string_view>(rows_, value), std::vector<uint8_t>(rows_, 1)};
    }
    case Operation::missing:
      return {std::vector<std::string_view>(rows_), std::vector<uint8_t>(rows_)};
    case Operation::lower:
    case Operation::upper:
    case Operation::trim:
      return mapped(formula);
    case Operation::concat:
      return joined(formula);
    case Operation::select:
    case Operation::coalesce:
      return chosen(formula);
    default:
      unknown(formula);
  }
}

TextResults TextEvaluator::positions(const Formula& formula) {
  std::unordered_map<std::string_view, int64_t> index;
  for (size_t i = 1; i < formula.arguments.size(); ++i)
    index.emplace(std::get<std::string>(formula.arguments[i]->value), static_cast<int64_t>(i) - 1);
  TextRows rows = text(*formula.arguments[0]);
  TextResults results{std::vector<int64_t>(rows_), std::move(rows.valid)};
  for (size_t i = 0; i < rows_; ++i) {
    if (results.valid[i] == 0) continue;
    const auto found = index.find(rows.texts[i]);
    results.values[i] = found == index.end() ? -1 : found->second;
  }
  return results;
}

/// True when one of the others is equal; missing when none is and one of them is missing.
TextResults TextEvaluator::memberships(const Formula& formula) {
  TextRows rows = text(*formula.arguments[0]);
  TextResults results{std::vector<int64_t>(rows_), rows.valid};
  for (size_t a = 1; a < formula.arguments.size(); ++a) {
    const TextRows other = text(*formula.arguments[a]);
    for (size_t i = 0; i < rows_; ++i) {
      if (rows.valid[i] == 0 || results.values[i] != 0) continue;
      if (other.valid[i] == 0) {
        results.valid[i] = 0;
      } else if (rows.texts[i] == other.texts[i]) {
        results.values[i] = 1;
        results.valid[i] = 1;
      }
    }
  }
  return results;
}

/// equal, not_equal, contains, starts_with, ends_with
TextResults TextEvaluator::compared(const Formula& formula) {
  const TextRows left = text(*formula.arguments[0]);
  const TextRows right = text(*formula.arguments[1]);
  TextResults results{std::vector<int64_t>(rows_), std::vector<uint8_t>(rows_)};
  for (size_t i = 0; i < rows_; ++i) {
    results.valid[i] = left.valid[i] & right.valid[i];
    if (results.valid[i] == 0) continue;
    const std::string_view a = left.texts[i], b = right.texts[i];
    switch (formula.operation) {
      case Operation::equal:
        results.values[i] = mlw_text_equal(a.data(), a.size(), b.data(), b.size());
        break;
      case Operation::not_equal:
        results.values[i] = 1 - mlw_text_equal(a.data(), a.size(), b.data(), b.size());
        break;
      case Operation::contains:
        results.values[i] = mlw_text_contains(a.data(), a.size(), b.data(), b.size());
        break;
      case Operation::starts_with:
        results.values[i] = mlw_text_starts_with(a.data(), a.size(), b.data(), b.size());
        break;
      default:
        results.values[i] = mlw_text_ends_with(a.data(), a.size(), b.data(), b.size());
        break;
    }
  }
  return results;
}

/// length, word_count
TextResults TextEvaluator::measured(const Formula& formula) {
  TextRows rows = text(*formula.arguments[0]);
  TextResults results{std::vector<int64_t>(rows_), std::move(rows.valid)};
  const auto measure = formula.operation == Operation::length ? mlw_text_length : mlw_text_word_count;
  for (size_t i = 0; i < rows_; ++i)
    if (results.valid[i] != 0) results.values[i] = measure(rows.texts[i].data(), rows.texts[i].size());
  return results;
}

TextResults TextEvaluator::result(const Formula& formula) {
  switch (formula.operation) {
    case Operation::length:
    case Operation::word_count:
      return measured(formula);
    case Operation::equal:
    case Operation::not_equal:
    case Operation::contains:
    case Operation::starts_with:
    case Operation::ends_with:
      return compared(formula);
    case Operation::in:
      return memberships(formula);
    case Operation::position:
      return positions(formula);
    case Operation::is_missing: {
      const TextRows rows = text(*formula.arguments[0]);
      TextResults results{std::vector<int64_t>(rows_), std::vector<uint8_t>(rows_, 1)};
      for (size_t i = 0; i < rows_; ++i) results.values[i] = 1 - rows.valid[i];
      return results;
    }
    default:
      unknown(formula);
  }
}

}  // namespace mlw
