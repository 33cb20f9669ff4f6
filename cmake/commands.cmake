# The program: what every start pays for is in the program itself; the commands that read rows, train or build are a
# module that it loads (tools/mlwc/workflow), and with it the libraries for threads, data and machine code.
# How a command talks to its user is the same on both sides.
file(GLOB common_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/mlwc/common/*.cpp)
add_library(mlw_tool STATIC ${common_sources})
target_link_libraries(mlw_tool PUBLIC mlw_syntax)
target_compile_definitions(mlw_tool PUBLIC MLWC_VERSION="${PROJECT_VERSION}")

file(GLOB command_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/mlwc/*.cpp)
add_executable(mlwc ${command_sources})
target_link_libraries(mlwc PRIVATE mlw_tool mlw_semantics mlw_runtime)
target_link_options(mlwc PRIVATE -Wl,--as-needed)

file(GLOB workflow_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/mlwc/workflow/*.cpp)
add_library(mlw_workflow SHARED ${workflow_sources})
target_link_libraries(mlw_workflow PRIVATE mlw_tool mlw_language_server mlw_semantics mlw_runtime)
target_link_options(mlw_workflow PRIVATE -Wl,--as-needed)
add_dependencies(mlwc mlw_workflow mlw_codegen mlw_duckdb_reader)
