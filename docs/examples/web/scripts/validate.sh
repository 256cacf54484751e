#!/bin/sh
# Waits until the app says that it is up; fails the deployment if it does not within a minute.
set -eu
url=http://localhost:${WEB_PORT:-8090}/health

attempt=0
until curl --fail --silent "$url"; do
    attempt=$((attempt + 1))
    if [ "$attempt" -ge 60 ]; then
        echo "$url does not answer" >&2
        exit 1
    fi
    sleep 1
done
