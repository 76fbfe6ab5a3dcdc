// SPDX-License-Identifier: GPL-3.0-or-later
// stdio.h comes first: the headers of readline expect it.
#include <stdio.h>

#include <readline/history.h>
#include <readline/readline.h>

// glibc declares this with _GNU_SOURCE only, which comes too late for a <stdio.h> that Swift has read.
#include <bits/types/cookie_io_functions_t.h>
extern FILE *fopencookie(void *cookie, const char *mode, cookie_io_functions_t functions);
