# The grammar that people read, made into a parser: tests hold compiler/syntax against it. Nothing else knows ANTLR.
find_program(JAVA java)
find_file(ANTLR_JAR antlr4.jar PATHS /usr/share/java NO_DEFAULT_PATH)
find_library(ANTLR_LIBRARY antlr4-runtime)
find_path(ANTLR_INCLUDE_DIR antlr4-runtime.h PATH_SUFFIXES antlr4-runtime)
if(NOT JAVA OR NOT ANTLR_JAR OR NOT ANTLR_LIBRARY OR NOT ANTLR_INCLUDE_DIR)
  message(WARNING "ANTLR is missing: the parser cannot be held against its grammar (`./mlw test` installs it)")
  add_test(NAME "grammar: ANTLR is missing" COMMAND ${CMAKE_COMMAND} -E false)
  return()
endif()

set(ANTLR_OUTPUT ${GENERATED}/grammar)
set(antlr_sources ${ANTLR_OUTPUT}/MlwLexer.cpp ${ANTLR_OUTPUT}/MlwParser.cpp)
add_custom_command(OUTPUT ${antlr_sources}
  COMMAND ${JAVA} -cp /usr/share/java/* org.antlr.v4.Tool -Dlanguage=Cpp -no-visitor -no-listener -package mlw::grammar
          -o ${ANTLR_OUTPUT} ${CMAKE_SOURCE_DIR}/grammar/Mlw.g4
  DEPENDS ${CMAKE_SOURCE_DIR}/grammar/Mlw.g4 VERBATIM)
add_library(mlw_grammar STATIC ${CMAKE_SOURCE_DIR}/tests/unit/grammar/grammar_reader.cpp ${CMAKE_SOURCE_DIR}/tests/unit/grammar/agreement.cpp ${antlr_sources})
target_include_directories(mlw_grammar SYSTEM PRIVATE ${ANTLR_INCLUDE_DIR} ${ANTLR_OUTPUT})
# The run time predates char8_t and C++20's comparison rules.
target_compile_options(mlw_grammar PRIVATE -fno-char8_t)
set_source_files_properties(${antlr_sources} PROPERTIES COMPILE_OPTIONS "-w")
target_link_libraries(mlw_grammar PUBLIC mlw_syntax PRIVATE ${ANTLR_LIBRARY})
mlw_unit_tests(grammar mlw_grammar)
