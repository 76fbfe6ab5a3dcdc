// SPDX-License-Identifier: GPL-3.0-or-later
/* Runs commands by turns, so that all meet the same machine, and prints for each the median and the
 * least time from its start to its end in microseconds, the processor time of all rounds, and the
 * most memory it had in KiB.
 *
 * usage: measure ROUNDS COMMAND [ARGUMENT ...] [-- COMMAND [ARGUMENT ...]] ...
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

struct result {
  char **command;
  double *times;
  double processor;
  long memory;
};

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

static double microseconds(struct timeval time) { return time.tv_sec * 1e6 + time.tv_usec; }

static void run(struct result *result, int round, posix_spawn_file_actions_t *actions) {
  struct rusage usage;
  int status;
  pid_t pid;
  double start = now();
  if (posix_spawnp(&pid, result->command[0], actions, NULL, result->command, environ) != 0 ||
      wait4(pid, &status, 0, &usage) != pid || status != 0) {
    fprintf(stderr, "measure: %s failed\n", result->command[0]);
    exit(1);
  }
  result->times[round] = now() - start;
  result->processor += microseconds(usage.ru_utime) + microseconds(usage.ru_stime);
  if (usage.ru_maxrss > result->memory) result->memory = usage.ru_maxrss;
}

static int compare(const void *one, const void *other) {
  double difference = *(const double *)one - *(const double *)other;
  return (difference > 0) - (difference < 0);
}

int main(int argc, char **argv) {
  struct result results[16] = {0};
  posix_spawn_file_actions_t actions;
  int rounds = argc > 2 ? atoi(argv[1]) : 0, count = 0;
  if (rounds < 1) {
    fprintf(stderr, "usage: measure ROUNDS COMMAND [ARGUMENT ...] [-- COMMAND ...] ...\n");
    return 64;
  }
  for (int index = 2; index < argc && count < 16; index++) {
    results[count].command = argv + index;
    results[count++].times = calloc((size_t)rounds, sizeof(double));
    while (index < argc && strcmp(argv[index], "--") != 0) index++;
    if (index < argc) argv[index] = NULL;
  }
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  for (int round = 0; round < rounds; round++)
    for (int index = 0; index < count; index++) run(&results[index], round, &actions);
  for (int index = 0; index < count; index++) {
    struct result *result = &results[index];
    qsort(result->times, (size_t)rounds, sizeof(double), compare);
    printf("%.0f %.0f %.0f %ld\n", result->times[rounds / 2], result->times[0],
           result->processor / rounds, result->memory);
  }
  return 0;
}
