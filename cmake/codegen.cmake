# Code generation is a shared module of its own: only a process that needs machine code loads LLVM.
mlw_library(codegen MODULE FOLDERS compiler/codegen LINKS mlw_plan PRIVATE_LINKS mlw_artefact mlw_device_bitcode ${LLD_ELF_LIBRARY} ${LLD_COMMON_LIBRARY} ${LLVM_LIBRARY} z zstd)
get_target_property(kind mlw_codegen TYPE)
if(NOT kind STREQUAL "INTERFACE_LIBRARY")
  target_include_directories(mlw_codegen SYSTEM PRIVATE ${LLVM_INCLUDE_DIR})
  # The identity of the build is part of the keys of compiled code.
  target_link_options(mlw_codegen PRIVATE -Wl,--build-id=fast)
endif()
