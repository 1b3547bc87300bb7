#!/usr/bin/env bash
# Installs Chromium and a Chinese font where they are missing and this is root on a system with apt-get.
# Says what it could not do and exits 0: the tests of the page then skip, or fail under FATU_REQUIRE_BROWSER=1.
set -uo pipefail

missing=()
command -v chromium > /dev/null || command -v chromium-browser > /dev/null ||
    command -v google-chrome > /dev/null || missing+=(chromium)
{ command -v fc-list > /dev/null && [ -n "$(fc-list :lang=zh family)" ]; } || missing+=(fonts-noto-cjk)
[ ${#missing[@]} -gt 0 ] || exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
    echo "browser: not here: ${missing[*]}; the tests of the page need them" >&2
    exit 0
fi
echo "browser: installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
{ apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"; } > /dev/null < /dev/null ||
    echo "browser: apt-get could not install ${missing[*]}" >&2
