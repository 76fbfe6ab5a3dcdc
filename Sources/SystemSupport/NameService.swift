// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import Glibc

/// The databases in which the C library searches for users, groups, services and hosts.
package enum NameService {
  /// True if only the files of `/etc` are searched: there is no loader at work in a program that needs nothing
  /// loaded.
  package static var searchesFilesOnly: Bool { getauxval(UInt(AT_BASE)) == 0 }

  /// Makes a program that the C library is linked into search the files of `/etc` only. It is called
  /// once, before any look-up.
  ///
  /// Everything else that nsswitch.conf names is code to be loaded, which was made for a C library
  /// that is loaded, too: the program would crash at the first name that is not in the files.
  package static func prepare() {
    guard searchesFilesOnly else { return }
    for database in ["passwd", "group", "services", "hosts"] {
      _ = unsafe __nss_configure_lookup(database, "files")
    }
  }
}
