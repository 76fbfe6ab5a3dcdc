// SPDX-License-Identifier: GPL-3.0-or-later
/* Types into the shell of smcontrol on a terminal of its own, and prints medians in microseconds. For
 * `status`: of the bare exchange of a status with the daemon, and of Enter behind that command until the
 * prompt is back. For `keys`: of a key until it is on the screen, and of Tab in a word that the addresses
 * of all children of the daemon may complete until the line has the rest.
 *
 * usage: shell status|keys ROUNDS SOCKET SMCONTROL OPTIONS...
 */
#define _GNU_SOURCE
#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int terminal;
static char output[1 << 22];
static size_t length;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

static int compare(const void *left, const void *right) {
  double difference = *(const double *)left - *(const double *)right;
  return (difference > 0) - (difference < 0);
}

static double median(double *times, int count) {
  qsort(times, (size_t)count, sizeof *times, compare);
  return times[count / 2];
}

static void fail(const char *what) {
  fprintf(stderr, "shell: %s\n", what);
  exit(1);
}

/* Reads what the program writes until it ends with `text`. */
static void await(const char *text) {
  size_t wanted = strlen(text);
  for (;;) {
    struct pollfd ready = {.fd = terminal, .events = POLLIN};
    ssize_t count;
    if (length >= wanted && memmem(output, length, text, wanted)) return;
    if (poll(&ready, 1, 20000) <= 0) fail(text);
    count = read(terminal, output + length, sizeof output - length);
    if (count <= 0) fail("the program has ended");
    length += (size_t)count;
  }
}

/* Types `keys` and waits for `text`; how long that took. */
static double type(const char *keys, const char *text) {
  double start = now();
  length = 0;
  if (write(terminal, keys, strlen(keys)) < 0) fail("write");
  await(text);
  return now() - start;
}

/* What a client has to do at least. */
static double exchange(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  char bytes[65536];
  double start = now();
  int client = socket(AF_UNIX, SOCK_STREAM, 0);
  strncpy(address.sun_path, path, sizeof address.sun_path - 1);
  if (connect(client, (struct sockaddr *)&address, sizeof address) < 0) fail("connect");
  if (write(client, "status\n", 7) != 7) fail("write");
  while (read(client, bytes, sizeof bytes) > 0) continue;
  close(client);
  return now() - start;
}

static void measure_status(double *times, int rounds, const char *socket) {
  for (int round = 0; round < rounds; round++) times[round] = exchange(socket);
  printf("%.0f", median(times, rounds));
  for (int round = 0; round < rounds; round++) {
    type("status", "status");
    times[round] = type("\r", "mta> ");
  }
  printf(" %.0f\n", median(times, rounds));
}

static void measure_keys(double *times, int rounds) {
  type("status > /dev/null\r", "mta> ");
  for (int round = 0; round < rounds; round++) {
    times[round] = type("x", "x");
    type("\025", "\033[K");
  }
  printf("%.0f", median(times, rounds));
  for (int round = 0; round < rounds; round++) {
    type("status --peer 10.0.39.24", "10.0.39.24");
    times[round] = type("9\t", "9 ");
    type("\025", "\033[K");
  }
  printf(" %.0f\n", median(times, rounds));
}

int main(int argc, char **argv) {
  struct winsize size = {.ws_row = 24, .ws_col = 80};
  int rounds = argc > 4 ? atoi(argv[2]) : 0;
  double *times;
  pid_t child;
  if (rounds < 1) return 64;
  times = calloc((size_t)rounds, sizeof *times);
  child = forkpty(&terminal, NULL, NULL, &size);
  if (child < 0) fail("forkpty");
  if (child == 0) {
    setenv("TERM", "xterm", 1);
    setenv("NO_COLOR", "1", 1);
    setenv("SMCONTROL_HISTFILE", "", 1);
    setenv("SMCONTROL_PAGER", "", 1);
    setenv("INPUTRC", "/dev/null", 1);
    execv(argv[4], argv + 4);
    _exit(127);
  }
  await("mta> ");
  if (strcmp(argv[1], "status") == 0)
    measure_status(times, rounds, argv[3]);
  else
    measure_keys(times, rounds);
  if (write(terminal, "\004", 1) < 0) fail("write");
  waitpid(child, NULL, 0);
  return 0;
}
