// Loaded into a program and all that it starts: while the file UNREAD_WHILE is there, pages of the file UNREAD_FILE that hold
// UNREAD_TEXT are not given, as by a disk with a bad sector.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static ssize_t given(int file, const void *page, ssize_t length) {
  const char *text = getenv("UNREAD_TEXT"), *name = getenv("UNREAD_FILE"), *when = getenv("UNREAD_WHILE");
  if (length <= 0 || text == NULL || name == NULL || when == NULL) return length;
  if (memmem(page, (size_t)length, text, strlen(text)) == NULL || access(when, F_OK) != 0) return length;
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t end = readlink(link, path, sizeof path - 1);
  if (end < 0) return length;
  path[end] = 0;
  if (strcmp(path, name) != 0) return length;
  errno = EIO;
  return -1;
}

ssize_t read(int file, void *page, size_t length) {
  ssize_t (*next)(int, void *, size_t) = dlsym(RTLD_NEXT, "read");
  return given(file, page, next(file, page, length));
}

ssize_t pread(int file, void *page, size_t length, off_t offset) {
  ssize_t (*next)(int, void *, size_t, off_t) = dlsym(RTLD_NEXT, "pread");
  return given(file, page, next(file, page, length, offset));
}

ssize_t pread64(int file, void *page, size_t length, off64_t offset) {
  ssize_t (*next)(int, void *, size_t, off64_t) = dlsym(RTLD_NEXT, "pread64");
  return given(file, page, next(file, page, length, offset));
}
