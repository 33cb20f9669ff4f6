# Every library that mlwc uses and does not own, in one place.
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(TBB REQUIRED)
find_package(Boost 1.74 REQUIRED COMPONENTS graph)
find_package(Threads REQUIRED)
find_path(EIGEN_INCLUDE_DIR Eigen/Dense PATH_SUFFIXES eigen3 REQUIRED)

# LLVM and lld: code generation, JIT and linking, used by compiler/codegen alone.
set(LLVM_ROOT /usr/lib/llvm-19 CACHE PATH "Where LLVM 19 is installed")
set(LLVM_INCLUDE_DIR ${LLVM_ROOT}/include)
find_library(LLVM_LIBRARY NAMES LLVM-19 LLVM PATHS ${LLVM_ROOT}/lib NO_DEFAULT_PATH REQUIRED)
find_library(LLD_ELF_LIBRARY lldELF PATHS ${LLVM_ROOT}/lib NO_DEFAULT_PATH REQUIRED)
find_library(LLD_COMMON_LIBRARY lldCommon PATHS ${LLVM_ROOT}/lib NO_DEFAULT_PATH REQUIRED)
find_program(CLANG clang-19 PATHS ${LLVM_ROOT}/bin REQUIRED)

# DuckDB, used by runtime/data alone: a system install wins over the copy that ./mlw puts into the build folder.
set(MLW_DEPENDENCIES ${CMAKE_SOURCE_DIR}/build/dependencies CACHE PATH "Libraries that no system package carries")
find_library(DUCKDB_LIBRARY duckdb HINTS ${MLW_DEPENDENCIES}/duckdb REQUIRED)
find_path(DUCKDB_INCLUDE_DIR duckdb.h HINTS ${MLW_DEPENDENCIES}/duckdb REQUIRED)
