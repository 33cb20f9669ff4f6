#include "compiler/plan/profile.h"

#include <limits>
#include <nlohmann/json.hpp>

namespace mlw {

using Json = nlohmann::json;

// JSON has no NaN; it is written as null.
static Json real(double value) { return value == value ? Json(value) : Json(); }
static double real(const Json& json) {
  return json.is_null() ? std::numeric_limits<double>::quiet_NaN() : json.get<double>();
}

const ColumnProfile* Profile::find(std::string_view name) const {
  for (const ColumnProfile& column : columns)
    if (column.name == name) return &column;
  return nullptr;
}

std::string to_text(const Profile& profile) {
  Json columns = Json::array();
  for (const ColumnProfile& column : profile.columns) {
    Json histogram = Json::array();
    for (const ColumnProfile::Bin& bin : column.histogram)
      histogram.push_back({real(bin.low), real(bin.high), bin.label, bin.rows});
    columns.push_back(
        {{"name", column.name},
         {"kind", static_cast<int>(column.kind)},
         {"unit", column.unit},
         {"role", column.role},
         {"missing", column.missing},
         {"distinct", column.distinct},
         {"numbers",
          {real(column.minimum), real(column.maximum), real(column.mean), real(column.median), real(column.deviation)}},
         {"histogram", histogram},
         {"content", column.content},
         {"sentinels", column.sentinels}});
  }
  const Json json = {{"data", profile.data},
                     {"rows", profile.rows},
                     {"columns", columns},
                     {"classes", profile.classes},
                     {"class_rows", profile.class_rows},
                     {"target_missing", profile.target_missing}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Profile parse_profile(const std::string& text) {
  const Json json = Json::parse(text);
  Profile profile;
  json.at("data").get_to(profile.data);
  json.at("rows").get_to(profile.rows);
  json.at("classes").get_to(profile.classes);
  json.at("class_rows").get_to(profile.class_rows);
  json.at("target_missing").get_to(profile.target_missing);
  for (const Json& entry : json.at("columns")) {
    ColumnProfile column;
    entry.at("name").get_to(column.name);
    column.kind = static_cast<ColumnKind>(entry.at("kind").get<int>());
    entry.at("unit").get_to(column.unit);
    entry.at("role").get_to(column.role);
    entry.at("missing").get_to(column.missing);
    entry.at("distinct").get_to(column.distinct);
    const Json& numbers = entry.at("numbers");
    column.minimum = real(numbers.at(0)), column.maximum = real(numbers.at(1)), column.mean = real(numbers.at(2));
    column.median = real(numbers.at(3)), column.deviation = real(numbers.at(4));
    for (const Json& bin : entry.at("histogram"))
      column.histogram.push_back(
          {real(bin.at(0)), real(bin.at(1)), bin.at(2).get<std::string>(), bin.at(3).get<int64_t>()});
    entry.at("content").get_to(column.content);
    entry.at("sentinels").get_to(column.sentinels);
    profile.columns.push_back(std::move(column));
  }
  return profile;
}

}  // namespace mlw
