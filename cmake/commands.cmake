# The program: what every start pays for is in the program itself; the commands that read rows, train or build are a
# module that it loads (tools/mlwc/workflow), and with it the libraries for threads, data and machine code.
file(GLOB command_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/mlwc/*.cpp)
add_executable(mlwc ${command_sources})
target_link_libraries(mlwc PRIVATE mlw_semantics mlw_runtime)
target_link_options(mlwc PRIVATE -Wl,--as-needed)
target_compile_definitions(mlwc PRIVATE MLWC_VERSION="${PROJECT_VERSION}")

file(GLOB workflow_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/mlwc/workflow/*.cpp)
# How a command talks to its user is the same on both sides.
add_library(mlw_workflow SHARED ${workflow_sources} ${CMAKE_SOURCE_DIR}/tools/mlwc/session.cpp ${CMAKE_SOURCE_DIR}/tools/mlwc/workflow_file.cpp)
target_link_libraries(mlw_workflow PRIVATE mlw_semantics mlw_runtime)
target_compile_definitions(mlw_workflow PRIVATE MLWC_VERSION="${PROJECT_VERSION}")
add_dependencies(mlwc mlw_workflow mlw_codegen mlw_duckdb_reader)
