// SPDX-License-Identifier: GPL-3.0-or-later
//
// What Swift's module of the C library leaves out: the sources of users, groups and services, and what
// the kernel told the program of itself.

#include <nss.h>
#include <sys/auxv.h>
