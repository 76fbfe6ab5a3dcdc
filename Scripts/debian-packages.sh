#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck disable=SC2154 # $peers, $work and fail are the caller's
#
# Downloads packages of Debian as any user; a part of real-sendmail, real-prometheus and real-monitoring. The
# caller has made $work/debs, into which they go.

for tool in apt-get dpkg-deb dpkg-query flock ldd; do
  command -v "$tool" >/dev/null 2>&1 ||
    fail "the machine has no $tool: its packages are available only on Debian and systems derived from it"
done

# apt as any user, without its sandbox user (who may not be able to write here). With "private",
# package lists of our own, so that lists that are missing or old are no reason to ask for root.
apt() {
  if [ "$lists" = private ]; then
    mkdir -p "$peers/apt/lists/partial" "$peers/apt/cache/archives/partial"
    set -- -o Dir::State="$peers/apt" -o Dir::State::Lists="$peers/apt/lists" \
      -o Dir::State::status=/var/lib/dpkg/status -o Dir::Cache="$peers/apt/cache" "$@"
  fi
  (cd -- "$work/debs" && apt-get -qq -o APT::Sandbox::User="$(id -un)" "$@")
}

lists=system
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
