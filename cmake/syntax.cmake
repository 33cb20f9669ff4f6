# The parser is generated from grammar/Mlw.g4 into the build folder.
set(ANTLR_OUTPUT ${GENERATED}/syntax)
set(antlr_sources "")
foreach(name MlwLexer MlwParser MlwBaseVisitor MlwVisitor)
  list(APPEND antlr_sources ${ANTLR_OUTPUT}/${name}.cpp)
endforeach()
file(GLOB syntax_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/compiler/syntax/*.cpp)
if(EXISTS ${CMAKE_SOURCE_DIR}/grammar/Mlw.g4 AND syntax_sources)
  add_custom_command(OUTPUT ${antlr_sources}
    COMMAND ${JAVA} -cp /usr/share/java/* org.antlr.v4.Tool -Dlanguage=Cpp -visitor -no-listener -package mlw::grammar
            -o ${ANTLR_OUTPUT} ${CMAKE_SOURCE_DIR}/grammar/Mlw.g4
    DEPENDS ${CMAKE_SOURCE_DIR}/grammar/Mlw.g4 VERBATIM)
  add_library(mlw_syntax STATIC ${syntax_sources} ${antlr_sources})
  target_include_directories(mlw_syntax PUBLIC ${CMAKE_SOURCE_DIR})
  target_include_directories(mlw_syntax SYSTEM PRIVATE ${ANTLR_INCLUDE_DIR} ${ANTLR_OUTPUT})
  # The run time predates char8_t and C++20's comparison rules.
  target_compile_options(mlw_syntax PRIVATE -fno-char8_t)
  set_source_files_properties(${antlr_sources} PROPERTIES COMPILE_OPTIONS "-w")
  target_link_libraries(mlw_syntax PUBLIC mlw_diagnostics PRIVATE ${ANTLR_LIBRARY})
else()
  add_library(mlw_syntax INTERFACE)
  target_link_libraries(mlw_syntax INTERFACE mlw_diagnostics)
endif()
