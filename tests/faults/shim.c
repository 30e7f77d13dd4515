/* Counts the calls that change files below a folder, and at one of them ends the process or fails.

   Preloaded (LD_PRELOAD) into a process, it is idle until shim_arm() is called there. Calls through a library that
   asks the kernel itself are not seen; what they do lies between two calls that are.

   With a folder for shadows, it keeps there what a power cut would leave: at each fsync of a file its content, at each
   fsync of a folder the names in it, both under the inode's number. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static char below[4096], shadows[4096];
static size_t length;
static int armed, wanted, error, counted, written = -1;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* error 0: the process ends. */
void shim_arm(const char *folder, const char *shadow_folder, int at, int error_number) {
  snprintf(below, sizeof below, "%s", folder);
  snprintf(shadows, sizeof shadows, "%s", shadow_folder);
  length = strlen(below);
  counted = 0; written = -1; wanted = at; error = error_number; armed = 1;
}
int shim_count(void) { return counted; }
void shim_disarm(void) { armed = 0; }

static int is_below(const char *path) { return strncmp(path, below, length) == 0 && (path[length] == '/' || !path[length]); }

static int path_is_below(int folder, const char *path) {
  char whole[8192], link[64];
  ssize_t size;
  if (!armed || !path) return 0;
  if (path[0] == '/') return is_below(path);
  if (folder == AT_FDCWD) return getcwd(whole, sizeof whole) && is_below(whole);
  snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
  size = readlink(link, whole, sizeof whole - 1);
  if (size < 0) return 0;
  whole[size] = 0;
  return is_below(whole);
}
static int file_is_below(int file) { return path_is_below(file, "."); }

/* True if the call is to fail; does not return if the process is to end. A full disk stays full, but for calls that
   need no space; another error comes once. Writes to one file that follow each other are one call. */
static int strikes(int needs_space, int file) {
  int now, again;
  pthread_mutex_lock(&lock);
  again = file >= 0 && file == written;
  written = file;
  now = again ? counted : ++counted;
  pthread_mutex_unlock(&lock);
  if (!wanted || now < wanted || (again && error != ENOSPC)) return 0;
  if (!error) _exit(137);
  errno = error;
  return error == ENOSPC ? needs_space : now == wanted;
}

#define REAL(type, name, ...) \
  static type (*real)(__VA_ARGS__); \
  if (!real) *(void **)&real = dlsym(RTLD_NEXT, #name)
#define CALL(type, name, needs_space, written_file, hit, parameters, arguments) \
  type name parameters { \
    REAL(type, name, PARAMETERS parameters); \
    if (armed && (hit) && strikes(needs_space, written_file)) return -1; \
    return real arguments; \
  }
#define PARAMETERS(...) __VA_ARGS__

static void shadow_file(int file, ino_t inode) {
  static ssize_t (*real_write)(int, const void *, size_t);
  char name[8192], part[65536];
  ssize_t size;
  off_t at = 0;
  int copy, read_only;
  if (!real_write) *(void **)&real_write = dlsym(RTLD_NEXT, "write");
  snprintf(name, sizeof name, "/proc/self/fd/%d", file);
  read_only = open(name, O_RDONLY);
  snprintf(name, sizeof name, "%s/%lu", shadows, (unsigned long)inode);
  copy = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  while ((size = pread(read_only, part, sizeof part, at)) > 0) { real_write(copy, part, size); at += size; }
  close(copy);
  close(read_only);
}
static void shadow_folder(int file, ino_t inode) {
  char name[8192], path[64];
  struct dirent *entry;
  DIR *folder;
  FILE *list;
  snprintf(path, sizeof path, "/proc/self/fd/%d", file);
  folder = opendir(path);
  snprintf(name, sizeof name, "%s/%lu.names", shadows, (unsigned long)inode);
  list = fopen(name, "w");
  while (folder && list && (entry = readdir(folder)))
    if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
      fprintf(list, "%lu %s\n", (unsigned long)entry->d_ino, entry->d_name);
  if (list) fclose(list);
  if (folder) closedir(folder);
}
static void synced(int file) {
  struct stat status;
  int before = errno;
  if (!armed || !shadows[0] || fstat(file, &status)) return;
  (S_ISDIR(status.st_mode) ? shadow_folder : shadow_file)(file, status.st_ino);
  errno = before;
}

int fsync(int file) {
  REAL(int, fsync, int);
  if (armed && file_is_below(file)) {
    if (strikes(1, -1)) return -1;
    synced(file);
    return 0; /* nothing here outlives a real power cut, and a sweep syncs a million times */
  }
  return real(file);
}
int fdatasync(int file) { return fsync(file); }

/* To open a file that is there needs no space. */
static int fails(int folder, const char *path) {
  int before = errno, needs_space = faccessat(folder, path, F_OK, 0) != 0;
  errno = before;
  return strikes(needs_space, -1);
}
static int opens(int folder, const char *path, int flags) {
  return (flags & (O_CREAT | O_TRUNC)) && path_is_below(folder, path);
}
#define MODE(flags) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }
#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    REAL(int, name, const char *, int, mode_t); \
    MODE(flags) \
    if (armed && opens(AT_FDCWD, path, flags) && fails(AT_FDCWD, path)) return -1; \
    return real(path, flags, mode); \
  }
#define OPENAT(name) \
  int name(int folder, const char *path, int flags, ...) { \
    REAL(int, name, int, const char *, int, mode_t); \
    MODE(flags) \
    if (armed && opens(folder, path, flags) && fails(folder, path)) return -1; \
    return real(folder, path, flags, mode); \
  }
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

CALL(ssize_t, write, 1, file, file_is_below(file), (int file, const void *bytes, size_t size), (file, bytes, size))
CALL(ssize_t, pwrite, 1, file, file_is_below(file), (int file, const void *bytes, size_t size, off_t at), (file, bytes, size, at))
CALL(ssize_t, pwrite64, 1, file, file_is_below(file), (int file, const void *bytes, size_t size, off64_t at), (file, bytes, size, at))
CALL(ssize_t, writev, 1, file, file_is_below(file), (int file, const struct iovec *parts, int many), (file, parts, many))
CALL(int, ftruncate, 1, -1, file_is_below(file), (int file, off_t size), (file, size))
CALL(int, ftruncate64, 1, -1, file_is_below(file), (int file, off64_t size), (file, size))
CALL(int, rename, 1, -1, path_is_below(AT_FDCWD, to), (const char *from, const char *to), (from, to))
CALL(int, unlink, 0, -1, path_is_below(AT_FDCWD, path), (const char *path), (path))
CALL(int, rmdir, 0, -1, path_is_below(AT_FDCWD, path), (const char *path), (path))
CALL(int, unlinkat, 0, -1, path_is_below(folder, path), (int folder, const char *path, int flags), (folder, path, flags))
CALL(int, mkdir, 1, -1, path_is_below(AT_FDCWD, path), (const char *path, mode_t mode), (path, mode))
CALL(int, link, 1, -1, path_is_below(AT_FDCWD, to), (const char *from, const char *to), (from, to))
CALL(int, linkat, 1, -1, path_is_below(into, to), (int from_folder, const char *from, int into, const char *to, int flags),
     (from_folder, from, into, to, flags))
CALL(int, symlink, 1, -1, path_is_below(AT_FDCWD, to), (const char *from, const char *to), (from, to))
