#pragma once

#include <cctype>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "compiler/kernel/formula.h"
#include "compiler/plan/workflow.h"

/// A second, small reader of metric modules (functions of numbers with `let`, `if`, calls and operators), so that the
/// metrics of the standard library and the run time that evaluates them can be tested without the language in between.
namespace mlw::reference {

struct ModuleFunction {
  std::vector<std::string> parameters;
  std::vector<std::string> body;  // tokens
};

class MetricModule {
 public:
  explicit MetricModule(const std::string& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("cannot read " + path);
    std::stringstream text;
    for (std::string line; std::getline(file, line);) text << line.substr(0, line.find('#')) << '\n';
    split(text.str());
  }

  /// A function of the module as a metric; `arguments`: values of the parameters that are not columns.
  Metric metric(const std::string& name, const std::map<std::string, double>& arguments = {}) const {
    Scope scope;
    for (const auto& [parameter, value] : arguments) scope[parameter] = make_constant(value);
    for (const auto& parameter : functions_.at(name).parameters) {
      if (!scope.count(parameter)) scope[parameter] = make_column(parameter, ValueType::number);
    }
    Metric metric;
    metric.name = name;
    metric.formula = Reader{*this, functions_.at(name).body, scope}.expression();
    return metric;
  }
  const std::map<std::string, ModuleFunction>& functions() const { return functions_; }

  /// An expression over the columns, as a user would write it.
  Metric of_text(const std::string& text) const {
    MetricModule local = *this;
    local.split("fn it(truth, prediction, score, weight, probability_of_truth, classes) = " + text);
    return local.metric("it");
  }

 private:
  using Scope = std::map<std::string, FormulaPointer>;
  std::map<std::string, ModuleFunction> functions_;

  void split(const std::string& text) {
    std::vector<std::string> tokens;
    for (size_t i = 0; i < text.size();) {
      const auto c = static_cast<unsigned char>(text[i]);
      size_t end = i + 1;
      if (std::isspace(c)) {
        i = end;
        continue;
      }
      if (std::isalpha(c) || c == '_') {
        while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '_')) ++end;
      } else if (std::isdigit(c)) {
        while (end < text.size() && (std::isdigit(static_cast<unsigned char>(text[end])) || text[end] == '.' ||
                                     text[end] == 'e' || (text[end] == '-' && text[end - 1] == 'e'))) {
          ++end;
        }
      } else if (end < text.size() && text[end] == '=' && std::string("=!<>").find(text[i]) != std::string::npos) {
        ++end;
      }
      tokens.push_back(text.substr(i, end - i));
      i = end;
    }
    for (size_t i = 0; i < tokens.size();) {
      if (tokens[i] != "fn") throw std::runtime_error("expected fn, found " + tokens[i]);
      const std::string name = tokens[i + 1];
      ModuleFunction function;
      for (i += 3; tokens[i] != ")"; ++i) {
        if (tokens[i] != ",") function.parameters.push_back(tokens[i]);
      }
      for (i += 2; i < tokens.size() && tokens[i] != "fn"; ++i) function.body.push_back(tokens[i]);
      functions_[name] = function;
    }
  }

  struct Reader {
    const MetricModule& module;
    const std::vector<std::string>& tokens;
    Scope scope;
    size_t at = 0;

    std::string peek() const { return at < tokens.size() ? tokens[at] : ""; }
    bool take(const std::string& token) {
      if (peek() != token) return false;
      ++at;
      return true;
    }
    void expect(const std::string& token) {
      if (!take(token)) throw std::runtime_error("expected " + token + ", found " + peek());
    }
    static FormulaPointer make(Operation operation, std::vector<FormulaPointer> arguments,
                               ValueType type = ValueType::number) {
      return make_formula(operation, type, std::move(arguments));
    }

    FormulaPointer expression() {
      if (take("let")) {
        const std::string name = tokens[at++];
        expect("=");
        const auto value = expression();
        expect("in");
        const Scope before = scope;
        scope[name] = value;
        auto body = expression();
        scope = before;
        return body;
      }
      if (take("if")) {
        auto condition = expression();
        expect("then");
        auto then = expression();
        expect("else");
        return make(Operation::select, {condition, then, expression()});
      }
      auto left = comparison();
      while (take("and")) left = make(Operation::logical_and, {left, comparison()}, ValueType::flag);
      return left;
    }
    FormulaPointer comparison() {
      static const std::map<std::string, Operation> operations = {
          {"==", Operation::equal},      {"!=", Operation::not_equal}, {"<", Operation::less},
          {"<=", Operation::less_equal}, {">", Operation::greater},    {">=", Operation::greater_equal}};
      auto left = sum();
      const auto found = operations.find(peek());
      if (found == operations.end()) return left;
      ++at;
      return make(found->second, {left, sum()}, ValueType::flag);
    }
    FormulaPointer sum() {
      auto left = product();
      while (peek() == "+" || peek() == "-") {
        const bool plus = tokens[at++] == "+";
        left = make(plus ? Operation::add : Operation::subtract, {left, product()});
      }
      return left;
    }
    FormulaPointer product() {
      auto left = unary();
      while (peek() == "*" || peek() == "/") {
        const bool times = tokens[at++] == "*";
        left = make(times ? Operation::multiply : Operation::divide, {left, unary()});
      }
      return left;
    }
    FormulaPointer unary() {
      if (take("-")) return make(Operation::negate, {unary()});
      if (take("(")) {
        auto inner = expression();
        expect(")");
        return inner;
      }
      const std::string token = tokens.at(at++);
      if (std::isdigit(static_cast<unsigned char>(token[0]))) return make_constant(std::stod(token));
      if (token == "missing") return make(Operation::missing, {});
      if (!take("(")) return scope.at(token);
      std::vector<FormulaPointer> arguments;
      while (!take(")")) {
        arguments.push_back(expression());
        take(",");
      }
      return call(token, arguments);
    }
    FormulaPointer call(const std::string& name, const std::vector<FormulaPointer>& arguments) {
      static const std::map<std::string, Operation> operations = {{"sum", Operation::sum_of},
                                                                  {"mean", Operation::mean_of},
                                                                  {"count", Operation::count_of},
                                                                  {"median", Operation::median_of},
                                                                  {"quantile", Operation::quantile_of},
                                                                  {"standard_deviation", Operation::deviation_of},
                                                                  {"sort_by", Operation::sort_by},
                                                                  {"rank", Operation::rank},
                                                                  {"cumulative_sum", Operation::cumulative_sum},
                                                                  {"segment_sum", Operation::segment_sum},
                                                                  {"last_of_run", Operation::last_of_run},
                                                                  {"abs", Operation::absolute},
                                                                  {"sqrt", Operation::sqrt},
                                                                  {"log", Operation::log},
                                                                  {"log1p", Operation::log1p},
                                                                  {"floor", Operation::floor},
                                                                  {"coalesce", Operation::coalesce}};
      if (name == "min" || name == "max") {
        const bool pair = arguments.size() == 2, low = name == "min";
        return make(pair ? (low ? Operation::minimum : Operation::maximum)
                         : (low ? Operation::minimum_of : Operation::maximum_of),
                    arguments);
      }
      if (const auto found = operations.find(name); found != operations.end()) return make(found->second, arguments);
      const auto& function = module.functions_.at(name);
      Reader inner{module, function.body, {}};
      for (size_t i = 0; i < arguments.size(); ++i) inner.scope[function.parameters.at(i)] = arguments[i];
      return inner.expression();
    }
  };
};

}  // namespace mlw::reference
