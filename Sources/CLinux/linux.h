// SPDX-License-Identifier: Apache-2.0
//
// Headers that Swift's module of the C library leaves out: the kernel's list of sockets (sock_diag(7)),
// the sources of users, groups and services (nsswitch.conf(5)), and the auxiliary vector.

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <nss.h>
#include <sys/auxv.h>
