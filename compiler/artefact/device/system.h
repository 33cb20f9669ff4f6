#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The system calls that the run time makes. Results below 0 are negated error numbers; interrupted calls are repeated.

int64_t mlw_read(int descriptor, void* bytes, uint64_t size);
/// Writes all of it; 0, or a negated error number.
int64_t mlw_write(int descriptor, const void* bytes, uint64_t size);
/// Fresh zero-filled memory of whole pages; null when there is none.
void* mlw_map(uint64_t size);
void mlw_unmap(void* memory, uint64_t size);
__attribute__((noreturn)) void mlw_exit(int status);

#ifdef __cplusplus
}
#endif
