// SPDX-License-Identifier: GPL-3.0-or-later
/* The least that asking a daemon costs: connect, write, read. usage: floor SOCKET COMMAND */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int main(int argc, char **argv) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  char bytes[65536];
  ssize_t count;
  int socket_ = socket(AF_UNIX, SOCK_STREAM, 0);
  if (argc != 3 || socket_ < 0) return 1;
  strncpy(address.sun_path, argv[1], sizeof address.sun_path - 1);
  if (connect(socket_, (struct sockaddr *)&address, sizeof address) < 0) return 1;
  if (dprintf(socket_, "%s\n", argv[2]) < 0) return 1;
  while ((count = read(socket_, bytes, sizeof bytes)) > 0)
    if (write(STDOUT_FILENO, bytes, (size_t)count) != count) return 1;
  return count < 0;
}
