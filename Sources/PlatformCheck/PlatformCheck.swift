// SPDX-License-Identifier: Apache-2.0

// This module imports nothing and is compiled first, so that its errors are the ones that are seen: in a
// module that imports others, the compiler stops at the first that is missing.

#if !os(Linux) || !canImport(Glibc)
  #error(
    """
    SendmailControlClient, SendmailControlDaemon and SystemSupport need Linux with the GNU C library; \
    SendmailControl alone compiles on other platforms
    """)
#endif

#if !Client && !Daemon
  #error(
    """
    the package smcontrol was required with traits that leave this library out: require it with \
    traits: ["Client"], ["Daemon"] or both
    """)
#endif
