# Our side of the benches: every bench/<name>.cpp becomes bench_<name>; they are built by `./mlw bench` and never by default.
file(GLOB bench_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/bench/*.cpp)
add_custom_target(bench_programs)
foreach(source ${bench_sources})
  get_filename_component(name ${source} NAME_WE)
  add_executable(bench_${name} EXCLUDE_FROM_ALL ${source})
  target_link_libraries(bench_${name} PRIVATE mlw_runtime mlw_artefact mlw_codegen mlw_duckdb_reader mpfr)
  add_dependencies(bench_programs bench_${name})
endforeach()
