// The functions that a compiler may call although nobody wrote the call. This file is compiled so that none of its own
// loops is turned into such a call.

#include <stddef.h>
#include <stdint.h>

void* memcpy(void* restrict target, const void* restrict source, size_t size) {
  unsigned char* to = target;
  const unsigned char* from = source;
  for (size_t i = 0; i < size; ++i) to[i] = from[i];
  return target;
}

void* memmove(void* target, const void* source, size_t size) {
  unsigned char* to = target;
  const unsigned char* from = source;
  if ((uintptr_t)to <= (uintptr_t)from)
    for (size_t i = 0; i < size; ++i) to[i] = from[i];
  else
    for (size_t i = size; i > 0; --i) to[i - 1] = from[i - 1];
  return target;
}

void* memset(void* target, int value, size_t size) {
  unsigned char* to = target;
  for (size_t i = 0; i < size; ++i) to[i] = (unsigned char)value;
  return target;
}

int memcmp(const void* left, const void* right, size_t size) {
  const unsigned char* a = left;
  const unsigned char* b = right;
  for (size_t i = 0; i < size; ++i)
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  return 0;
}
