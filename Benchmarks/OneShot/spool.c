// SPDX-License-Identifier: GPL-3.0-or-later
/* Makes a queue directory with so many messages, a control file and a body each, of 1,000 domains.
 * usage: spool DIRECTORY MESSAGES */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwx";

static int put(const char *name, const char *text) {
  int file = open(name, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0) return -1;
  if (write(file, text, strlen(text)) < 0) return -1;
  return close(file);
}

int main(int argc, char **argv) {
  long messages = argc == 3 ? atol(argv[2]) : 0;
  time_t now = time(NULL);
  char name[32], text[512];
  if (messages <= 0 || chdir(argv[1]) != 0) return 1;
  for (long index = 0; index < messages; index++) {
    /* Spread over the last five days. */
    time_t moment = now - index * 432000 / messages;
    struct tm *t = gmtime(&moment);
    snprintf(name, sizeof name, "qf%c%c%c%c%c%c%c%c%06ld", digits[t->tm_year % 60],
             digits[t->tm_mon], digits[t->tm_mday], digits[t->tm_hour], digits[t->tm_min],
             digits[t->tm_sec % 60], digits[index / 60 % 60], digits[index % 60],
             100000 + index % 900000);
    snprintf(text, sizeof text,
             "V8\nT%ld\nK%ld\nN3\nP210030\nMDeferred: Connection refused by mx%ld.example.\nFs\n"
             "$_root@localhost\n${daemon_flags}c u\nS<sender@example.org>\nrrfc822; u@d%ld.example\n"
             "RPFD:<u@d%ld.example>\nH??Subject: test\n.\n",
             (long)moment, (long)moment, index % 50, index % 1000, index % 1000);
    if (put(name, text) != 0) return 1;
    name[0] = 'd';
    if (put(name, "hello\n") != 0) return 1;
  }
  return 0;
}
