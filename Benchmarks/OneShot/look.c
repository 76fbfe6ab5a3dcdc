// SPDX-License-Identifier: GPL-3.0-or-later
/* The least that looking at a queue costs: read the directory and stat each entry.
 * usage: look DIRECTORY */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

int main(int argc, char **argv) {
  DIR *directory = argc == 2 ? opendir(argv[1]) : NULL;
  struct dirent *entry;
  struct stat facts;
  long count = 0, bytes = 0;
  if (directory == NULL) return 1;
  while ((entry = readdir(directory)) != NULL)
    if (fstatat(dirfd(directory), entry->d_name, &facts, AT_SYMLINK_NOFOLLOW) == 0) {
      count++;
      bytes += facts.st_size;
    }
  printf("%ld files, %ld bytes\n", count, bytes);
  return 0;
}
