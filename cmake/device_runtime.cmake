# The device run time (compiler/artefact/device) is C that is compiled twice: natively, for mlwc's own text functions and the
# tests, and to LLVM bitcode for every architecture, so that building for a device needs no toolchain on the user's machine.
set(device_folder ${CMAKE_SOURCE_DIR}/compiler/artefact/device)
file(GLOB device_sources CONFIGURE_DEPENDS ${device_folder}/*.c)
file(GLOB device_headers CONFIGURE_DEPENDS ${device_folder}/*.h)

# Without what a hosted program has already: the entry and memcpy.
set(device_hosted ${device_sources})
list(REMOVE_ITEM device_hosted ${device_folder}/start.c ${device_folder}/memory.c)
add_library(mlw_device_runtime STATIC ${device_hosted})
target_include_directories(mlw_device_runtime PUBLIC ${CMAKE_SOURCE_DIR})
set_target_properties(mlw_device_runtime PROPERTIES C_STANDARD 11)

find_program(LLVM_LINK llvm-link PATHS ${LLVM_ROOT}/bin NO_DEFAULT_PATH REQUIRED)
set(device_bitcode_folder ${GENERATED}/device)
file(MAKE_DIRECTORY ${device_bitcode_folder})
set(device_assembly ${device_bitcode_folder}/bitcode.S)
set(assembly ".section .rodata\n")
set(device_bitcodes "")
foreach(architecture aarch64 x86_64)
  set(parts "")
  foreach(source ${device_sources})
    get_filename_component(name ${source} NAME_WE)
    set(part ${device_bitcode_folder}/${architecture}-${name}.bc)
    add_custom_command(OUTPUT ${part}
      COMMAND ${CLANG} --target=${architecture}-linux-gnu -std=c11 -ffreestanding -fno-builtin -nostdlib -O2 -ffp-contract=off
              -fno-stack-protector -fno-asynchronous-unwind-tables -fno-unwind-tables -fno-ident
              -Wall -Wextra -Wpedantic -Wconversion -Werror -emit-llvm -c -o ${part} ${source}
      DEPENDS ${source} ${device_headers} VERBATIM)
    list(APPEND parts ${part})
  endforeach()
  # All of it for an executable; for a library only what predictors call.
  set(executable_parts ${parts})
  set(library_parts ${device_bitcode_folder}/${architecture}-text.bc ${device_bitcode_folder}/${architecture}-memory.bc)
  foreach(kind executable library)
    set(bitcode ${device_bitcode_folder}/${kind}-${architecture}.bc)
    set(symbol mlw_${kind}_${architecture})
    add_custom_command(OUTPUT ${bitcode} COMMAND ${LLVM_LINK} -o ${bitcode} ${${kind}_parts} DEPENDS ${${kind}_parts} VERBATIM)
    list(APPEND device_bitcodes ${bitcode})
    string(APPEND assembly ".balign 4\n.global ${symbol}\n.hidden ${symbol}\n${symbol}: .incbin \"${bitcode}\"\n"
      ".global ${symbol}_end\n.hidden ${symbol}_end\n${symbol}_end: .byte 0\n")
  endforeach()
endforeach()
string(APPEND assembly ".section .note.GNU-stack,\"\",@progbits\n")
file(GENERATE OUTPUT ${device_assembly} CONTENT "${assembly}")
set_source_files_properties(${device_assembly} PROPERTIES OBJECT_DEPENDS "${device_bitcodes}" GENERATED TRUE)
add_library(mlw_device_bitcode STATIC ${device_assembly})
set_target_properties(mlw_device_bitcode PROPERTIES LINKER_LANGUAGE C)
