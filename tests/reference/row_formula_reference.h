#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/kernel/formula.h"
#include "tests/reference/exact_interpreter.h"

/// The meaning of row formulas for one row, as plainly as it can be written (see compiler/kernel/lower_formula.h).
/// Numbers are float32; those of columns and constants keep float64 until they meet arithmetic. What is infinite or no
/// number is missing at once.
namespace mlw::reference {

struct Wide {
  double value;  ///< a number that met no arithmetic yet
};
/// Nothing: missing.
using Cell = std::variant<std::monostate, Wide, float, int64_t, bool, std::string>;
using Columns = std::function<Cell(const std::string& name)>;

/// Where an integer overflows and the result is looked at.
struct Overflow {};

class RowFormulas {
 public:
  explicit RowFormulas(Columns columns) : columns_(std::move(columns)) {}

  Cell evaluate(const Formula& formula) const {
    switch (formula.operation) {
      case Operation::constant:
        return constant(formula.value);
      case Operation::missing:
        return {};
      case Operation::column:
        return checked(columns_(formula.column));
      case Operation::logical_and:
      case Operation::logical_or:
        return kleene(formula);
      case Operation::select: {
        const Cell condition = argument(formula, 0);
        if (is_missing(condition)) return {};
        return alike(argument(formula, std::get<bool>(condition) ? 1 : 2), formula);
      }
      case Operation::coalesce: {
        const Cell first = argument(formula, 0);
        return alike(is_missing(first) ? argument(formula, 1) : first, formula);
      }
      case Operation::is_missing:
        return is_missing(argument(formula, 0));
      case Operation::in:
        return membership(formula);
      default:
        return strict(formula);
    }
  }

  static bool is_missing(const Cell& cell) { return cell.index() == 0; }

  /// As a float32, when there is a value.
  static Cell as_number(const Cell& cell) {
    if (const auto* wide = std::get_if<Wide>(&cell)) return checked(static_cast<float>(wide->value));
    if (const auto* whole = std::get_if<int64_t>(&cell)) return static_cast<float>(*whole);
    if (const auto* flag = std::get_if<bool>(&cell)) return *flag ? 1.0f : 0.0f;
    return cell;
  }

 private:
  static Cell constant(const Constant& value) {
    if (const auto* number = std::get_if<double>(&value)) return checked(Wide{*number});
    if (const auto* whole = std::get_if<int64_t>(&value)) return *whole;
    if (const auto* flag = std::get_if<bool>(&value)) return *flag;
    return std::get<std::string>(value);
  }

  static Cell checked(const Cell& cell) {
    if (const auto* wide = std::get_if<Wide>(&cell)) return std::isfinite(wide->value) ? cell : Cell();
    if (const auto* number = std::get_if<float>(&cell)) return std::isfinite(*number) ? cell : Cell();
    return cell;
  }

  Cell argument(const Formula& formula, size_t i) const { return evaluate(*formula.arguments[i]); }

  /// An integer arm beside a number is a number.
  static Cell alike(const Cell& cell, const Formula& formula) {
    return formula.type == ValueType::number && std::holds_alternative<int64_t>(cell) ? as_number(cell) : cell;
  }

  Cell kleene(const Formula& formula) const {
    const bool decisive = formula.operation == Operation::logical_or;  // true or …, false and …
    const Cell a = argument(formula, 0);
    if (!is_missing(a) && std::get<bool>(a) == decisive) return decisive;
    const Cell b = argument(formula, 1);
    if (!is_missing(b) && std::get<bool>(b) == decisive) return decisive;
    return is_missing(a) || is_missing(b) ? Cell() : Cell(!decisive);
  }

  Cell membership(const Formula& formula) const {
    const Cell first = argument(formula, 0);
    bool unknown = is_missing(first);
    for (size_t i = 1; i < formula.arguments.size(); ++i) {
      const Cell other = argument(formula, i);
      if (is_missing(first) || is_missing(other)) {
        unknown = true;
      } else {
        const Cell same = compare(Operation::equal, first, other);
        if (is_missing(same)) unknown = true;
        if (!is_missing(same) && std::get<bool>(same)) return true;
      }
    }
    return unknown ? Cell() : Cell(false);
  }

  template <typename T>
  static bool compared(Operation operation, const T& a, const T& b) {
    switch (operation) {
      case Operation::equal:
        return a == b;
      case Operation::not_equal:
        return a != b;
      case Operation::less:
        return a < b;
      case Operation::less_equal:
        return a <= b;
      case Operation::greater:
        return a > b;
      default:
        return a >= b;
    }
  }

  static bool is_real(const Cell& cell) {
    return std::holds_alternative<Wide>(cell) || std::holds_alternative<float>(cell);
  }

  static Cell compare(Operation operation, Cell a, Cell b) {
    if (is_real(a) || is_real(b)) {
      a = as_number(a);
      b = as_number(b);
      if (is_missing(a) || is_missing(b)) return {};
      return compared(operation, std::get<float>(a), std::get<float>(b));
    }
    if (std::holds_alternative<int64_t>(a)) return compared(operation, std::get<int64_t>(a), std::get<int64_t>(b));
    if (std::holds_alternative<bool>(a)) return compared(operation, std::get<bool>(a), std::get<bool>(b));
    return compared(operation, std::get<std::string>(a), std::get<std::string>(b));
  }

  static Cell whole_arithmetic(Operation operation, int64_t a, int64_t b) {
    int64_t result = 0;
    bool overflow = false;
    switch (operation) {
      case Operation::add:
        overflow = __builtin_add_overflow(a, b, &result);
        break;
      case Operation::subtract:
        overflow = __builtin_sub_overflow(a, b, &result);
        break;
      case Operation::multiply:
        overflow = __builtin_mul_overflow(a, b, &result);
        break;
      case Operation::minimum:
        return std::min(a, b);
      case Operation::maximum:
        return std::max(a, b);
      default:
        throw std::logic_error("the reference knows no such operation on integers");
    }
    if (overflow) throw Overflow{};
    return result;
  }

  static Cell arithmetic(const Formula& formula, const Cell& x, const Cell& y) {
    if (!is_real(x) && !is_real(y) && formula.type != ValueType::number)
      return whole_arithmetic(formula.operation, std::get<int64_t>(x), std::get<int64_t>(y));
    const Cell p = as_number(x), q = as_number(y);
    if (is_missing(p) || is_missing(q)) return {};
    const float a = std::get<float>(p), b = std::get<float>(q);
    switch (formula.operation) {
      case Operation::add:
        return checked(a + b);
      case Operation::subtract:
        return checked(a - b);
      case Operation::multiply:
        return checked(a * b);
      case Operation::divide:
        return checked(a / b);
      case Operation::minimum:
        return a < b ? a : b;
      case Operation::maximum:
        return a > b ? a : b;
      default:
        throw std::logic_error("the reference knows no such operation on numbers");
    }
  }

  static Cell elementary(kernel::Elementary function, const Cell& x) {
    const Cell number = as_number(x);
    if (is_missing(number)) return {};
    const Value argument = real_value(kernel::Type::f32, std::get<float>(number));
    const auto expression = kernel::elementary(function, kernel::argument(kernel::Type::f32, 0));
    return checked(static_cast<float>(evaluate_exactly(expression, {&argument, 1}).real));
  }

  static Cell date_part(Operation operation, int64_t microseconds) {
    using namespace std::chrono;
    const sys_time<std::chrono::microseconds> time{std::chrono::microseconds(microseconds)};
    const auto day = floor<std::chrono::days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(floor<std::chrono::seconds>(time) - day);
    switch (operation) {
      case Operation::year:
        return int64_t{static_cast<int>(date.year())};
      case Operation::month:
        return int64_t{static_cast<unsigned>(date.month())};
      case Operation::day:
        return int64_t{static_cast<unsigned>(date.day())};
      case Operation::hour:
        return int64_t{clock.hours().count()};
      case Operation::minute:
        return int64_t{clock.minutes().count()};
      case Operation::second:
        return int64_t{clock.seconds().count()};
      case Operation::weekday:
        return int64_t{weekday(day).iso_encoding()};
      default:
        throw std::logic_error("the reference knows no such part of a date");
    }
  }

  static bool is_space(char c) { return c == ' ' || c == '\n'; }

  /// Operations that are missing where an argument is.
  Cell strict(const Formula& formula) const {
    std::vector<Cell> x;
    for (size_t i = 0; i < formula.arguments.size(); ++i) x.push_back(argument(formula, i));
    if (std::any_of(x.begin(), x.end(), is_missing)) return {};
    const auto text = [&](size_t i) -> const std::string& { return std::get<std::string>(x[i]); };
    switch (formula.operation) {
      case Operation::add:
      case Operation::subtract:
      case Operation::multiply:
      case Operation::divide:
      case Operation::minimum:
      case Operation::maximum:
        return arithmetic(formula, x[0], x[1]);
      case Operation::equal:
      case Operation::not_equal:
      case Operation::less:
      case Operation::less_equal:
      case Operation::greater:
      case Operation::greater_equal:
        return compare(formula.operation, x[0], x[1]);
      case Operation::logical_not:
        return !std::get<bool>(x[0]);
      case Operation::exp:
        return elementary(kernel::Elementary::exp, x[0]);
      case Operation::log:
        return elementary(kernel::Elementary::log, x[0]);
      case Operation::log1p:
        return elementary(kernel::Elementary::log1p, x[0]);
      case Operation::tanh:
        return elementary(kernel::Elementary::tanh, x[0]);
      case Operation::sigmoid:
        return elementary(kernel::Elementary::sigmoid, x[0]);
      case Operation::sqrt: {
        const Cell number = as_number(x[0]);
        return is_missing(number) ? Cell() : checked(std::sqrt(std::get<float>(number)));
      }
      case Operation::to_number:
        return is_real(x[0]) ? x[0] : as_number(x[0]);
      case Operation::year:
      case Operation::month:
      case Operation::day:
      case Operation::hour:
      case Operation::minute:
      case Operation::second:
      case Operation::weekday:
        return date_part(formula.operation, std::get<int64_t>(x[0]));
      case Operation::length:
        return static_cast<int64_t>(
            std::count_if(text(0).begin(), text(0).end(), [](char c) { return (c & 0xc0) != 0x80; }));
      case Operation::word_count: {
        int64_t words = 0;
        for (size_t i = 0; i < text(0).size(); ++i)
          words += !is_space(text(0)[i]) && (i == 0 || is_space(text(0)[i - 1]));
        return words;
      }
      case Operation::lower:
      case Operation::upper: {
        std::string out = text(0);
        for (char& c : out)
          if (formula.operation == Operation::lower ? c >= 'A' && c <= 'Z' : c >= 'a' && c <= 'z')
            c = static_cast<char>(c ^ 0x20);
        return out;
      }
      case Operation::trim: {
        const size_t first = text(0).find_first_not_of(" \n");
        return first == std::string::npos ? std::string()
                                          : text(0).substr(first, text(0).find_last_not_of(" \n") - first + 1);
      }
      case Operation::concat:
        return text(0) + text(1);
      case Operation::contains:
        return text(0).find(text(1)) != std::string::npos;
      case Operation::starts_with:
        return text(0).starts_with(text(1));
      case Operation::ends_with:
        return text(0).ends_with(text(1));
      case Operation::position:
        for (size_t i = 1; i < x.size(); ++i)
          if (text(i) == text(0)) return static_cast<int64_t>(i - 1);
        return int64_t{-1};
      default:
        throw std::logic_error("the reference knows no such operation");
    }
  }

  Columns columns_;
};

}  // namespace mlw::reference
