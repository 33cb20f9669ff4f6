#pragma once

#include "compiler/diagnostics/diagnostic.h"

/// R45x: machine code on this machine. B35x: what cannot be turned into machine code.
namespace mlw::kinds {

inline const Kind code_generator_not_loaded{
    "R450",
    Severity::error,
    "the code generator could not be loaded: {reason}",
    "expressions, training and prediction run as machine code, which this part makes",
    "keep libmlw_codegen.so in the folder of the mlwc program and see that LLVM 19 is installed",
    R"(mlwc loads its code generator, libmlw_codegen.so, from the folder of its own program when it first needs machine code.
`check`, `fmt` and `--version` work without it. A moved or copied mlwc needs that file beside it.

With:   reason = libmlw_codegen.so: there is no such file)"};

inline const Kind machine_not_supported{
    "R451",
    Severity::error,
    "this machine's processor is not supported: {reason}",
    "machine code is made for the processor that mlwc finds itself on",
    "run mlwc on an x86-64 processor with SSE4.2 (any since 2009) or on AArch64",
    R"(mlwc makes code for x86-64 with SSE4.2 and for AArch64 with NEON, and uses AVX2, AVX-512 and fused multiply-add where the
processor has them.

With:   reason = it has no SSE4.2)"};

inline const Kind code_generation_failed{
    "R452",
    Severity::error,
    "machine code could not be made: {reason}",
    "this is a fault of mlwc itself, not of the workflow",
    "please report it with the workflow that shows it",
    R"(LLVM refused what mlwc's own code generator gave it, or could not map the result into memory. Nothing that a workflow says
should lead here.

With:   reason = no memory for 4 MiB of code)"};

inline const Kind not_compiled_yet{
    "B350",
    Severity::error,
    "{what} cannot be compiled by this version of mlwc",
    "what it means is known, but no machine code is made for it",
    "leave it out of the workflow, or use a version that has it",
    R"(mlwc knows this part of the language and refuses it where no machine code can be made for it yet, instead of ignoring it or
answering something else.

With:   what = a window over earlier rows)"};

inline const Kind not_a_row_formula{
    "B351",
    Severity::error,
    "`{operation}` cannot be computed row by row",
    "a column kernel sees one row at a time and only numbers, integers, flags, dates and durations",
    "this is a fault of mlwc itself: text, categories and statistics are resolved before; please report it",
    R"(A formula that is compiled over columns has its text and category parts replaced by columns of codes, lengths and flags,
and its statistics by constants, before machine code is made for it.

With:   operation = lower)"};

}  // namespace mlw::kinds
