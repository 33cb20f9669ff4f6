// Linux numbers its calls by architecture; AArch64 uses the generic table. Arguments and results are in registers.

#include "system.h"

#if defined(__aarch64__)

enum { call_read = 63, call_write = 64, call_exit_group = 94, call_munmap = 215, call_mmap = 222 };

static int64_t call(int64_t number, int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, int64_t f) {
  register int64_t x8 __asm__("x8") = number;
  register int64_t x0 __asm__("x0") = a;
  register int64_t x1 __asm__("x1") = b;
  register int64_t x2 __asm__("x2") = c;
  register int64_t x3 __asm__("x3") = d;
  register int64_t x4 __asm__("x4") = e;
  register int64_t x5 __asm__("x5") = f;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory", "cc");
  return x0;
}

#elif defined(__x86_64__)

enum { call_read = 0, call_write = 1, call_mmap = 9, call_munmap = 11, call_exit_group = 231 };

static int64_t call(int64_t number, int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, int64_t f) {
  register int64_t r10 __asm__("r10") = d;
  register int64_t r8 __asm__("r8") = e;
  register int64_t r9 __asm__("r9") = f;
  int64_t result;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory", "cc");
  return result;
}

#else
#error "no system calls for this architecture"
#endif

enum { error_interrupted = -4, protection_read_write = 3, map_private_anonymous = 0x22 };

int64_t mlw_read(int descriptor, void* bytes, uint64_t size) {
  int64_t count;
  do {
    count = call(call_read, descriptor, (int64_t)bytes, (int64_t)size, 0, 0, 0);
  } while (count == error_interrupted);
  return count;
}

int64_t mlw_write(int descriptor, const void* bytes, uint64_t size) {
  const char* at = bytes;
  while (size > 0) {
    const int64_t count = call(call_write, descriptor, (int64_t)at, (int64_t)size, 0, 0, 0);
    if (count == error_interrupted) continue;
    if (count < 0) return count;
    at += count;
    size -= (uint64_t)count;
  }
  return 0;
}

void* mlw_map(uint64_t size) {
  const int64_t address = call(call_mmap, 0, (int64_t)size, protection_read_write, map_private_anonymous, -1, 0);
  return address < 0 && address > -4096 ? 0 : (void*)address;
}

void mlw_unmap(void* memory, uint64_t size) { call(call_munmap, (int64_t)memory, (int64_t)size, 0, 0, 0, 0); }

void mlw_exit(int status) {
  for (;;) call(call_exit_group, status, 0, 0, 0, 0, 0);
}
