// SPDX-License-Identifier: GPL-3.0-or-later
//
// Preloaded into the real sendmail that the tests start, so that every machine looks the same to it
// and nothing it does leaves the machine:
//
// - The host has a qualified name. Where the real one has no dot, sendmail sleeps for a minute at
//   start in the hope of a better one.
// - Every name is 127.0.0.1 and 127.0.0.1 is "localhost", without a question to any name server.
// - What goes to syslog is appended to the file that SMCONTROL_TEST_SYSLOG names, since there may
//   be no syslog daemon and none of this is its business.
// - With SMCONTROL_TEST_END_AT_START set, a daemon ends with status 0 when it logs that it starts: it
//   has found nothing that keeps it from starting, and has opened no port yet.
// - With SMCONTROL_TEST_LATER set, the clock is so many seconds ahead: sendmail counts some ages from a
//   time that no program can set, that of a file's last change.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static char host_name[] = "mta.smcontrol.test";
static char loopback[] = {127, 0, 0, 1};
static char log_path[4096];
static int ends_at_start;
static time_t later;

// sendmail empties its environment early on, so the variables are read before its main begins.
__attribute__((constructor)) static void remember_variables(void) {
  const char *path = getenv("SMCONTROL_TEST_SYSLOG");
  if (path != NULL && strlen(path) < sizeof log_path) strcpy(log_path, path);
  ends_at_start = getenv("SMCONTROL_TEST_END_AT_START") != NULL;
  const char *seconds = getenv("SMCONTROL_TEST_LATER");
  if (seconds != NULL) later = atol(seconds);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  int result = (int)syscall(SYS_clock_gettime, clock, now);
  if (result == 0 && clock == CLOCK_REALTIME) now->tv_sec += later;
  return result;
}

time_t time(time_t *copy) {
  struct timespec now = {0};
  clock_gettime(CLOCK_REALTIME, &now);
  if (copy != NULL) *copy = now.tv_sec;
  return now.tv_sec;
}

int gethostname(char *name, size_t size) {
  if (size < sizeof host_name) {
    errno = ENAMETOOLONG;
    return -1;
  }
  memcpy(name, host_name, sizeof host_name);
  return 0;
}

static struct hostent *loopback_host(char *name) {
  static char *addresses[] = {loopback, NULL};
  static char *aliases[] = {NULL};
  static struct hostent host;
  host = (struct hostent){name, aliases, AF_INET, sizeof loopback, addresses};
  return &host;
}

struct hostent *gethostbyname2(const char *name, int family) {
  (void)name;
  if (family == AF_INET) return loopback_host(host_name);
  h_errno = HOST_NOT_FOUND;
  return NULL;
}

struct hostent *gethostbyname(const char *name) { return gethostbyname2(name, AF_INET); }

struct hostent *gethostbyaddr(const void *address, socklen_t size, int family) {
  static char local_name[] = "localhost";
  if (family == AF_INET && size == sizeof loopback && memcmp(address, loopback, size) == 0)
    return loopback_host(local_name);
  h_errno = HOST_NOT_FOUND;
  return NULL;
}

static void append_to_log(const char *format, va_list arguments) {
  char line[8192];
  int length = vsnprintf(line, sizeof line - 1, format, arguments);
  if (ends_at_start && strstr(line, "starting daemon (") != NULL) {
    fflush(NULL);
    _exit(0);
  }
  if (length < 0 || log_path[0] == '\0') return;
  if ((size_t)length > sizeof line - 2) length = sizeof line - 2;
  line[length] = '\n';
  int saved = errno;
  int file = open(log_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (file >= 0) {
    // One write a line, so that lines of several processes never mix. No one to tell if it fails.
    ssize_t written = write(file, line, (size_t)length + 1);
    (void)written;
    close(file);
  }
  errno = saved;
}

void syslog(int priority, const char *format, ...) {
  (void)priority;
  va_list arguments;
  va_start(arguments, format);
  append_to_log(format, arguments);
  va_end(arguments);
}

// What syslog becomes when a program is compiled with _FORTIFY_SOURCE, as Debian's are.
void __syslog_chk(int priority, int flag, const char *format, ...) {
  (void)priority;
  (void)flag;
  va_list arguments;
  va_start(arguments, format);
  append_to_log(format, arguments);
  va_end(arguments);
}
