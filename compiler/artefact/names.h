#pragma once

#include <array>
#include <string_view>

/// The words that a predictor program's text and its artefacts use for the enumerations, in the enumerations' order.
namespace mlw {

inline constexpr std::array<std::string_view, 4> task_names = {"unknown", "binary", "multiclass", "regression"};
inline constexpr std::array<std::string_view, 9> column_kind_names = {
    "number", "integer", "category", "ordinal", "flag", "text", "date", "id", "weight"};
inline constexpr std::array<std::string_view, 5> activation_names = {"identity", "relu", "tanh", "sigmoid", "gelu"};
inline constexpr std::array<std::string_view, 3> link_names = {"identity", "logistic", "softmax"};
inline constexpr std::array<std::string_view, 5> status_names = {"ok", "unseen_category", "missing_value",
                                                                 "outside_population", "malformed"};

}  // namespace mlw
