#!/bin/sh
# Waits until the app says that it is up; fails the deployment if it does not within a minute, or has ended.
set -eu
home=${WEB_HOME:-${LOCAL_INSTANCE_ROOT:-}/opt/web}
url=http://localhost:${WEB_PORT:-${LOCAL_INSTANCE_PORT:-8090}}/health

attempt=0
until curl --fail --silent "$url"; do
    attempt=$((attempt + 1))
    if ! kill -0 "$(cat "$home/web.pid")" 2>/dev/null; then
        echo "The app has ended:" >&2
        tail -n 20 "$home/web.log" >&2
        exit 1
    fi
    if [ "$attempt" -ge 60 ]; then
        echo "$url does not answer" >&2
        exit 1
    fi
    sleep 1
done
