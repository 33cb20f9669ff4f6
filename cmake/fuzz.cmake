# libFuzzer targets: tests/fuzz/fuzz_<name>.cpp becomes the program fuzz_<name>, its seeds stand in tests/fuzz/corpus/<name>.
#   build/fuzz/bin/fuzz_parser -dict=tests/fuzz/parser.dict -max_total_time=600 /tmp/corpus tests/fuzz/corpus/parser
# Without MLW_FUZZ the same programs run over their seeds as tests.
function(mlw_fuzz_target name)
  if(MLW_FUZZ)
    add_executable(fuzz_${name} ${CMAKE_SOURCE_DIR}/tests/fuzz/fuzz_${name}.cpp)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  elseif(MLW_TESTS)
    add_executable(fuzz_${name} ${CMAKE_SOURCE_DIR}/tests/fuzz/fuzz_${name}.cpp ${CMAKE_SOURCE_DIR}/tests/fuzz/replay.cpp)
    add_test(NAME "fuzz: ${name} over its seeds" COMMAND fuzz_${name} ${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${name})
    set_tests_properties("fuzz: ${name} over its seeds" PROPERTIES TIMEOUT 600)
  else()
    return()
  endif()
  target_link_libraries(fuzz_${name} PRIVATE ${ARGN})
endfunction()

mlw_fuzz_target(parser mlw_syntax)
mlw_fuzz_target(language_server mlw_language_server)
