#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# with-display.sh CMD…: a display, a window manager and a session bus of its own, then CMD.
# XSCREEN sets the screen's size. The exit status is CMD's.
for needed in Xvfb openbox dbus-run-session xdotool import; do
  command -v "$needed" >/dev/null || { echo "1..0 # SKIP $needed is not installed"; exit 0; }
done
tmp=$(mktemp -d)
mkfifo "$tmp/number"
mkdir -p "$tmp/config/gtk-4.0" "$tmp/config/openbox" "$tmp/run" "$tmp/cache"
chmod 700 "$tmp/run"
printf '[Settings]\ngtk-font-name=Cantarell 11\ngtk-cursor-blink=0\n' >"$tmp/config/gtk-4.0/settings.ini"
Xvfb -displayfd 9 -screen 0 "${XSCREEN:-1400x900x24}" -nolisten tcp -noreset >"$tmp/xvfb.log" 2>&1 9>"$tmp/number" & server=$!
read -r number <"$tmp/number" || { cat "$tmp/xvfb.log" >&2; exit 1; }
export DISPLAY=:$number GDK_BACKEND=x11 GSK_RENDERER=${GSK_RENDERER-cairo} GDK_DISABLE=${GDK_DISABLE-gl,vulkan}
export XDG_CONFIG_HOME=$tmp/config XDG_CACHE_HOME=$tmp/cache XDG_RUNTIME_DIR=$tmp/run GTK_A11Y=atspi NO_AT_BRIDGE=0
# What the session's services say is not the test's output
exec 3>&1
dbus-run-session -- bash -c 'openbox >/dev/null 2>&1 & wm=$!; "$@" >&3; status=$?; kill $wm; exit $status' with-display "$@" >&2
status=$?
kill $server
wait $server 2>/dev/null
rm -rf "$tmp"
exit $status
