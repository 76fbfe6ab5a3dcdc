// SPDX-License-Identifier: Apache-2.0

#if !os(Linux) || !canImport(Glibc)
  #error(
    """
    SystemSupport, SendmailControlClient and SendmailControlDaemon need Linux with the GNU C library; \
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
