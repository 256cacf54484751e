#!/bin/sh
# Starts the app that was installed. It goes on when this script ends, so it must hold none of the script's streams.
set -eu
home=${WEB_HOME:-/opt/web}

nohup java -jar "$home/web.jar" "${WEB_PORT:-8080}" >"$home/web.log" 2>&1 </dev/null &
echo $! >"$home/web.pid"
