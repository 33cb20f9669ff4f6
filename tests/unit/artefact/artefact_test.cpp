// Built artefacts: they answer like mlwc, and the header is clean C and C++.

#include "compiler/artefact/artefact.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "compiler/artefact/devices.h"
#include "compiler/kernel/code_generator.h"
#include "runtime/evaluate/predict.h"
#include "runtime/stages/run_program.h"
#include "runtime/stages/verify_artefact.h"
#include "tests/reference/random_programs.h"
#include "tests/unit/artefact/random_tables.h"

using namespace mlw;
using namespace mlw::reference;

CATCH_TRANSLATE_EXCEPTION(const Failure& failure) {
  std::string text = failure.diagnostic.message;
  for (const std::string& note : failure.diagnostic.notes) text += "\n" + note;
  return text;
}

namespace {

/// A processor of this machine's kind, the plainest that is built for: runs without an emulator.
DeviceProfile plain_x86() {
  DeviceProfile device;
  device.title = "plain x86-64";
  device.target.name = "plain";
  device.target.triple = "x86_64-unknown-linux-gnu";
  device.target.cpu = "x86-64-v2";
  device.target.vector_bits = 128;
  device.target.vector_registers = 16;
  device.emulator = "qemu-x86_64";
  device.emulated_cpu = "max";
  return device;
}

Selection all_rows(const Table& table) {
  Selection rows;
  for (int64_t i = 0; i < table.rows; ++i) rows.push_back(static_cast<uint32_t>(i));
  return rows;
}

Diagnostic failure_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Failure& failure) {
    return failure.diagnostic;
  }
  FAIL("no failure");
  return {};
}

void verify_device(uint64_t first, uint64_t last, const DeviceProfile& device) {
  CodeGenerator& generator = load_code_generator();
  for (uint64_t seed = first; seed < last; ++seed) {
    const PredictorProgram program = RandomProgram(seed).make();
    const Table table = random_table(program, seed, 300);
    const auto files = generator.build_device(program, device.target);
    REQUIRE(files.size() == 1);
    CHECK(files[0].executable);
    INFO("seed " << seed);
    CHECK(verify_executable(program, files[0], device, table, all_rows(table), generator).rows == 300);
  }
}

/// A small program whose answers can be foretold.
PredictorProgram sum_of_two() {
  PredictorProgram program;
  program.name = "sum";
  program.task = TaskKind::regression;
  program.fields = {{"a", ColumnKind::number, "m", {}, false}, {"b", ColumnKind::number, "", {}, false}};
  program.features = {Feature{"a", make_column("a", ValueType::number)},
                      Feature{"b", make_column("b", ValueType::number)}};
  program.model = LayeredModel{{{2, 1, {1, 2}, {0.5f}, Activation::identity}}};
  return program;
}

ProgramResult run_sum(const std::string& input) {
  const auto files = load_code_generator().build_device(sum_of_two(), plain_x86().target);
  return run_program(files[0].bytes, {}, input, std::chrono::seconds(20));
}

struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "mlw-artefact-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()));
    path = name;
  }
  ~Folder() { std::filesystem::remove_all(path); }
  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path / name, std::ios::binary) << bytes;
  }
};

}  // namespace

TEST_CASE("executables for AArch64 answer like mlwc") { verify_device(300, 325, find_device("raspberry-pi-4")); }

TEST_CASE("executables for x86-64 answer like mlwc") { verify_device(325, 350, plain_x86()); }

TEST_CASE("libraries answer like mlwc") {
  CodeGenerator& generator = load_code_generator();
  for (uint64_t seed = 350; seed < 390; ++seed) {
    const PredictorProgram program = RandomProgram(seed).make();
    const Table table = random_table(program, seed, 300);
    INFO("seed " << seed);
    CHECK(verify_library(program, generator.build_library(program), table, all_rows(table), generator).rows == 300);
  }
}

TEST_CASE("a device executable reads what CSV allows") {
  const auto answers = [](const std::string& input) {
    const ProgramResult result = run_sum(input);
    INFO(result.errors);
    CHECK(result.exit_status == 0);
    return result.output;
  };
  CHECK(answers("a,b\n1,2\n") == "value,status\n5.5,ok\n");
  CHECK(answers("b,other,a\r\n2,\"x,\ny\",1\r\n") == "value,status\n5.5,ok\n");
  CHECK(answers("\xef\xbb\xbf\"a\",\"b\"\n\"1\",\" 2 \"") == "value,status\n5.5,ok\n");
  CHECK(answers("a,b\n") == "value,status\n");
  CHECK(answers("a,b\n,2\n1,NA\nx,2\n1e400,2\n1,2\n") ==
        "value,status\n,missing_value\n,missing_value\n,malformed\n,malformed\n5.5,ok\n");
  CHECK(answers("a,b\n0.1,1e-3\n") == "value,status\n0.602,ok\n");
}

TEST_CASE("a device executable says what is wrong with its input") {
  const auto refused = [](const std::string& input) {
    const ProgramResult result = run_sum(input);
    CHECK(result.exit_status == 1);
    return result.errors;
  };
  CHECK(refused("") == "error: the header: there is none; the first line names the columns\n");
  CHECK(refused("a\n1\n") == "error: the header has no column `b`\n");
  CHECK(refused("a,b,a\n1,2,3\n") == "error: the header has two columns `a`\n");
  CHECK(refused("a,b\n1,2\n1\n") == "error: row 2 has 1 fields, the header 2\n");
  CHECK(refused("a,b\n1,2\n1,2,3\n") == "error: row 2 has 3 fields, the header 2\n");
  CHECK(refused("a,b\n1,\"2\n") == "error: row 1: the input ends inside quotes\n");
  CHECK(refused("a,b\n1,\"2\"x\n") == "error: row 1: something follows a closing quote\n");
  // What was answered before the fault is there.
  CHECK(run_sum("a,b\n1,2\n1\n").output == "value,status\n5.5,ok\n");
}

TEST_CASE("a device executable explains itself") {
  const auto files = load_code_generator().build_device(sum_of_two(), plain_x86().target);
  Folder folder;
  folder.write("sum", files[0].bytes);
  std::filesystem::permissions(folder.path / "sum", std::filesystem::perms::owner_all);
  const std::string program = (folder.path / "sum").string();
  CHECK(std::system((program + " --help > " + program + ".help").c_str()) == 0);
  std::ifstream help(program + ".help");
  const std::string text(std::istreambuf_iterator<char>(help), {});
  CHECK(text == executable_help(sum_of_two(), "plain"));
  CHECK(text.find("number in m") != std::string::npos);
  CHECK(WEXITSTATUS(std::system((program + " --halp 2> " + program + ".help").c_str())) == 2);
}

TEST_CASE("an artefact of another program is found out") {
  CodeGenerator& generator = load_code_generator();
  const PredictorProgram program = sum_of_two();
  PredictorProgram other = program;
  std::get<LayeredModel>(other.model).layers[0].weights[1] = 2.0000002f;
  other.name = "sum";
  const Table table = random_table(program, 1, 50);
  const Diagnostic device = failure_of([&] {
    verify_executable(program, generator.build_device(other, plain_x86().target)[0], plain_x86(), table,
                      all_rows(table), generator);
  });
  CHECK(device.kind->code == "B303");
  CHECK(device.notes.size() == 2);
  // The library says by its hash that it is another model; with the same hash the answers tell.
  const Diagnostic library =
      failure_of([&] { verify_library(program, generator.build_library(other), table, all_rows(table), generator); });
  CHECK(library.kind->code == "B316");
}

TEST_CASE("an artefact that cannot be verified is not handed out") {
  CodeGenerator& generator = load_code_generator();
  const PredictorProgram program = sum_of_two();
  const Table table = random_table(program, 1, 5);
  const DeviceProfile plain = plain_x86();
  const ArtefactFile good = generator.build_device(program, plain.target)[0];
  const auto code = [&](const ArtefactFile& file, const DeviceProfile& device, const Selection& rows) {
    return failure_of([&] { verify_executable(program, file, device, table, rows, generator); });
  };
  CHECK(code(good, plain, {}).kind->code == "B316");
  CHECK(code({"sum", "no executable at all", true}, plain, all_rows(table)).kind->code == "B316");
  DeviceProfile elsewhere = find_device("raspberry-pi-4");
  elsewhere.emulator = "qemu-of-nobody";
  const Diagnostic missing = code(good, elsewhere, all_rows(table));
  CHECK(missing.kind->code == "B315");
  CHECK(missing.message.find("qemu-of-nobody") != std::string::npos);
  // A program that ends well but answers nothing.
  CHECK(failure_of([&] {
          verify_library(program, {{"libsum.so", "no library"}}, table, all_rows(table), generator);
        }).kind->code == "B316");
  CHECK(failure_of([&] { verify_library(program, {}, table, all_rows(table), generator); }).kind->code == "B316");
}

TEST_CASE("executables are static and small") {
  const auto files = load_code_generator().build_device(sum_of_two(), find_device("raspberry-pi-4").target);
  CHECK(files[0].name == "sum");
  CHECK(files[0].bytes.substr(0, 4) ==
        "\x7f"
        "ELF");
  CHECK(files[0].bytes.size() < 64 << 10);
  CHECK(files[0].bytes ==
        load_code_generator().build_device(sum_of_two(), find_device("raspberry-pi-4").target)[0].bytes);
}

TEST_CASE("the header is clean C99 and C++11, and a C program gets the right answers") {
  Folder folder;
  PredictorProgram program = sum_of_two();
  program.name = "sum of 2";
  program.fields.push_back(
      {"int */ @ /* ?"
       "?/",
       ColumnKind::category,
       "",
       {"a", "*/ b"},
       false});
  program.fields.push_back({"A", ColumnKind::flag, "", {"no", "yes"}, false});
  program.fields.push_back({"missing", ColumnKind::date, "", {}, false});
  program.fields.push_back({"class", ColumnKind::integer, "", {}, false});
  for (const ArtefactFile& file : load_code_generator().build_library(program)) folder.write(file.name, file.bytes);
  folder.write("use.c", R"(#include "sum_of_2.h"
#include <stdio.h>
#include <string.h>
static unsigned char scratch[SUM_OF_2_SCRATCH_BYTES + 1];
int main(void) {
  sum_of_2_record record;
  sum_of_2_answer answer;
  memset(&record, 0, sizeof record);
  record.a = 1;
  record.b = 2;
  record.int_.bytes = "a";
  record.int_.length = 1;
  record.A_2 = 1;
  record.missing_2 = 0;
  record.class_ = 3;
  int32_t status = sum_of_2_predict(&record, &answer, scratch + 1);
  printf("%d %d %g\n", (int)status, (int)answer.decision, (double)answer.scores[0]);
  record.int_.bytes = "new";
  record.int_.length = 3;
  printf("%d\n", (int)sum_of_2_predict(&record, &answer, scratch));
  record.int_.bytes = NULL;
  printf("%d\n", (int)sum_of_2_predict(&record, &answer, scratch));
  record.A_2 = 2;
  printf("%d\n", (int)sum_of_2_predict(&record, &answer, scratch));
  sum_of_2_set_missing(&record, SUM_OF_2_FIELD_A_2);
  printf("%d\n", (int)sum_of_2_predict(&record, &answer, scratch));
  sum_of_2_set_missing(&record, SUM_OF_2_FIELD_B);
  printf("%d %d\n", (int)sum_of_2_predict(&record, &answer, scratch), (int)answer.decision);
  printf("%d\n", strcmp(sum_of_2_model_hash(), SUM_OF_2_MODEL_HASH) == 0 && sum_of_2_interface_version() == SUM_OF_2_INTERFACE_VERSION &&
                     sum_of_2_scratch_bytes() <= SUM_OF_2_SCRATCH_BYTES);
  return 0;
}
)");
  const std::string in = "cd " + folder.path.string() + " && ";
  const std::string warnings = " -Werror -Wall -Wextra -Wpedantic -Wconversion -Wcomment -Wtrigraphs -Wdocumentation ";
  CHECK(std::system((in + "clang-19 -std=c99" + warnings + "use.c libsum_of_2.a -o static").c_str()) == 0);
  CHECK(std::system((in + "clang-19 -std=c99" + warnings + "use.c -L. -lsum_of_2 -Wl,-rpath,. -o shared").c_str()) ==
        0);
  CHECK(std::system((in + "clang++-19 -std=c++11 -x c++" + warnings + "-fsyntax-only use.c").c_str()) == 0);
  const std::string expected = "0 0 5.5\n1\n0\n4\n0\n2 -1\n1\n";
  for (const std::string program_file : {"static", "shared"}) {
    CHECK(std::system((in + "./" + program_file + " > out").c_str()) == 0);
    std::ifstream out(folder.path / "out");
    CHECK(std::string(std::istreambuf_iterator<char>(out), {}) == expected);
  }
  // Nothing but the documented functions is visible.
  CHECK(std::system((in + "llvm-nm-19 -g --defined-only libsum_of_2.a | grep ' T ' | grep -qv sum_of_2_").c_str()) !=
        0);
  CHECK(std::system((in + "llvm-nm-19 -D --defined-only libsum_of_2.so | grep -qv sum_of_2_").c_str()) != 0);
}

TEST_CASE("programs can be looked at") {
  CodeGenerator& generator = load_code_generator();
  const Target device = find_device("raspberry-pi-4").target;
  for (const Target& target : {generator.host(), device}) {
    const std::string text = generator.llvm_text(sum_of_two(), target);
    CHECK(text.find("define i32 @sum(") != std::string::npos);
    CHECK(text.find("target triple = \"" + target.triple) != std::string::npos);
  }
  const std::string assembly = generator.assembly_text(sum_of_two(), device);
  CHECK(assembly.find("sum:") != std::string::npos);
}
