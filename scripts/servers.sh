#!/usr/bin/env bash
# Installs Virtuoso where it is missing and this is root on a system with apt-get (Oxigraph's server comes with the
# packages for tests). Says what it could not do and exits 0: the tests of remote stores then skip, or fail under
# FATU_REQUIRE_SERVERS=1.
set -uo pipefail

command -v virtuoso-t > /dev/null && exit 0
packages=(virtuoso-opensource-7 virtuoso-opensource-7-bin)

if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
    echo "servers: Virtuoso is not here; the tests of remote stores need it" >&2
    exit 0
fi
echo "servers: installing ${packages[*]}"
export DEBIAN_FRONTEND=noninteractive
{ apt-get update -qq && apt-get install -y -qq --no-install-recommends "${packages[@]}"; } > /dev/null < /dev/null ||
    echo "servers: apt-get could not install ${packages[*]}" >&2
