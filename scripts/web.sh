#!/usr/bin/env bash
# Fetches the query editor YASGUI (MIT) from npm into src/fatu/serving/web, where fatu serve finds it. Without npm the
# query page has a plain editor of its own. Nothing of it is committed.
set -euo pipefail
cd "$(dirname "$0")/.."

package=@zazuko/yasgui@4.6.2
integrity=sha512-Zw45KdPoAE1KRaAoxIHdQqeJxvaVG1oQdntw0hy0ktX35Zu8ZccuOLrXCLwR+GU+0xMzLw8Mjw6BkSZV2vUuQw==
target=src/fatu/serving/web

command -v npm > /dev/null || {
    echo "web: npm is not here; the query page keeps its plain editor" >&2
    exit 0
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent "$package" > /dev/null)
archive=$(echo "$work"/*.tgz)
found=sha512-$(openssl dgst -sha512 -binary "$archive" | base64 -w 0)
[ "$found" = "$integrity" ] || {
    echo "web: $package is not what was tested ($found)" >&2
    exit 1
}
tar -xzf "$archive" -C "$work"
mkdir -p "$target"
for file in yasgui.min.js yasgui.min.css; do
    # The maps that the last lines point to are not served.
    sed -e '/^\/\/# sourceMappingURL/d' -e 's/\/\*# sourceMappingURL=.*\*\///' "$work/package/build/$file" > "$target/$file"
done
echo "web: $package in $target"
