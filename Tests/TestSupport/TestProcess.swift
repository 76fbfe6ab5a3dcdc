// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

/// The process the tests run in.
public enum TestProcess {
  /// Its process id, which is that of every daemon inside it.
  public static var id: Int32 { getpid() }
}
