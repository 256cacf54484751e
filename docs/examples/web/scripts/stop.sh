#!/bin/sh
# Ends the running app, if there is one.
set -eu
home=${WEB_HOME:-${LOCAL_INSTANCE_ROOT:-}/opt/web} # an instance of local AWS is a folder

[ -f "$home/web.pid" ] || exit 0
pid=$(cat "$home/web.pid")
if kill "$pid" 2>/dev/null; then
    while kill -0 "$pid" 2>/dev/null; do sleep 1; done
fi
rm -f "$home/web.pid"
