# Digests of the sources that make results: part of every key of the store, so that another mlwc never reads what this one computed by other rules.
#   run as a script: cmake -DNAME=… -DOUT=… -DROOT=… -DFOLDERS=… -P digest.cmake
if(CMAKE_SCRIPT_MODE_FILE)
  set(text "")
  string(REPLACE "," ";" FOLDERS "${FOLDERS}")
  foreach(folder ${FOLDERS})
    file(GLOB_RECURSE files LIST_DIRECTORIES false RELATIVE ${ROOT} ${ROOT}/${folder}/*)
    list(SORT files)
    foreach(file ${files})
      file(SHA256 ${ROOT}/${file} hash)
      string(APPEND text "${file} ${hash}\n")
    endforeach()
  endforeach()
  string(SHA256 digest "${text}")
  set(line "#define ${NAME} \"${digest}\"\n")
  set(before "")
  if(EXISTS ${OUT})
    file(READ ${OUT} before)
  endif()
  # An unchanged digest keeps its time, so that nothing is compiled anew.
  if(NOT before STREQUAL line)
    file(WRITE ${OUT} "${line}")
  endif()
  return()
endif()

set(RESULT_FOLDERS compiler/kernel compiler/codegen compiler/artefact compiler/plan runtime/data runtime/prepare runtime/learn runtime/search runtime/evaluate
  runtime/stages stdlib)
function(mlw_digest name)
  set(files "")
  foreach(folder ${ARGN})
    file(GLOB_RECURSE found LIST_DIRECTORIES false CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*)
    list(APPEND files ${found})
  endforeach()
  string(REPLACE ";" "," folders "${ARGN}")
  add_custom_command(OUTPUT ${GENERATED}/${name}.stamp BYPRODUCTS ${GENERATED}/${name}.inc
    COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DOUT=${GENERATED}/${name}.inc -DROOT=${CMAKE_SOURCE_DIR} "-DFOLDERS=${folders}"
            -P ${CMAKE_SOURCE_DIR}/cmake/digest.cmake
    COMMAND ${CMAKE_COMMAND} -E touch ${GENERATED}/${name}.stamp
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/cmake/digest.cmake VERBATIM)
endfunction()
mlw_digest(MLW_RESULT_DIGEST ${RESULT_FOLDERS})
mlw_digest(MLW_REPORT_DIGEST runtime/report)
add_custom_target(mlw_digests DEPENDS ${GENERATED}/MLW_RESULT_DIGEST.stamp ${GENERATED}/MLW_REPORT_DIGEST.stamp)

# The versions that results may depend on.
file(STRINGS ${LLVM_INCLUDE_DIR}/llvm/Config/llvm-config.h llvm_version_line REGEX "define LLVM_VERSION_STRING ")
string(REGEX REPLACE ".*\"(.*)\".*" "\\1" MLW_LLVM_VERSION "${llvm_version_line}")
file(REAL_PATH ${DUCKDB_LIBRARY} duckdb_file)
file(SHA256 ${duckdb_file} duckdb_hash)
string(SUBSTRING ${duckdb_hash} 0 16 MLW_DUCKDB_VERSION)
