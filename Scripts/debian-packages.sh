#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck disable=SC2154 # $peers, $work and fail are the caller's
#
# Downloads packages of Debian as any user; a part of real-sendmail, real-prometheus and real-monitoring. The
# caller has made $work/debs, into which they go, and set $release where another release of Debian is wanted
# than the machine's.

for tool in apt-get dpkg-deb dpkg-query flock ldd; do
  command -v "$tool" >/dev/null 2>&1 ||
    fail "the machine has no $tool: its packages are available only on Debian and systems derived from it"
done

# apt as any user, without its sandbox user (who may not be able to write here). With "private",
# package lists of our own, so that lists that are missing or old are no reason to ask for root. With
# "release", those of $release, of which no package is installed.
apt() {
  case $lists in
    private) set -- -o Dir::State::status=/var/lib/dpkg/status "$@" ;;
    release)
      : >"$state/status"
      set -- -o Dir::State::status="$state/status" -o Dir::Etc::SourceList="$state/sources.list" \
        -o Dir::Etc::SourceParts=/dev/null -o Acquire::Check-Valid-Until=false "$@"
      ;;
  esac
  if [ "$lists" != system ]; then
    mkdir -p "$state/lists/partial" "$state/cache/archives/partial"
    set -- -o Dir::State="$state" -o Dir::State::Lists="$state/lists" -o Dir::Cache="$state/cache" "$@"
  fi
  (cd -- "$work/debs" && apt-get -qq -o APT::Sandbox::User="$(id -un)" "$@")
}

state=$peers/apt${release:+-$release}
lists=system

# Packages of $release from here on. A release that is no longer supported has moved to the archive.
use_release() {
  lists=release
  mkdir -p "$state"
  for server in deb.debian.org/debian archive.debian.org/debian; do
    printf 'deb http://%s %s main\n' "$server" "$release" >"$state/sources.list"
    apt update >&2 && return
  done
  fail "no package lists of Debian's release $release: is there a network, and is this its code name?"
}

# The packages of $release without which the ones named cannot be installed, one a line, themselves too.
closure() { # PACKAGE...
  apt -s --no-install-recommends install "$@" | sed -n 's/^Inst \([^ ]*\).*/\1/p'
}

download() { # PACKAGE...
  if [ "$lists" = system ]; then
    apt download "$@" 2>"$work/apt.log" && return
    lists=private
    printf '%s: the package lists of the machine do not do, fetching some\n' "${0##*/}" >&2
    rm -f "$work"/debs/*.deb
    apt update >&2 || fail "apt-get update failed: is there a network?"
  fi
  apt download "$@" >&2 || fail "apt-get download $* failed"
}

# Downloads packages, and all that they depend on and the machine lacks.
download_all() { # PACKAGE...
  # The first one shows which package lists do.
  download "$1"
  needed=$(apt install --simulate --no-install-recommends "$@" | sed -n 's/^Inst \([^ ]*\) .*/\1/p')
  [ -n "$needed" ] || needed=$*
  # shellcheck disable=SC2086 # a list of names
  download $needed
}
