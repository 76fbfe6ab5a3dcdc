// SPDX-License-Identifier: GPL-3.0-or-later
// stdio.h comes first: the headers of readline expect it.
#include <stdio.h>

#include <readline/history.h>
#include <readline/readline.h>
