# Reading files through DuckDB is a shared module of its own: only a process that reads rows loads DuckDB.
mlw_library(duckdb_reader MODULE FOLDERS runtime/data/duckdb LINKS mlw_plan PRIVATE_LINKS ${DUCKDB_LIBRARY})
get_target_property(kind mlw_duckdb_reader TYPE)
if(NOT kind STREQUAL "INTERFACE_LIBRARY")
  target_include_directories(mlw_duckdb_reader SYSTEM PRIVATE ${DUCKDB_INCLUDE_DIR})
endif()
