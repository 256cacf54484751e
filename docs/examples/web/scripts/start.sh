#!/bin/sh
# Starts the app that was installed. It goes on when this script ends, so it must hold none of the script's streams.
set -eu
home=${WEB_HOME:-${LOCAL_INSTANCE_ROOT:-}/opt/web} # an instance of local AWS is a folder
port=${WEB_PORT:-${LOCAL_INSTANCE_PORT:-8090}}     # with a port of its own
nohup java -jar "$home/web.jar" "$port" >"$home/web.log" 2>&1 </dev/null &
echo $! >"$home/web.pid"
