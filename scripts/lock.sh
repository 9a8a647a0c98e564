#!/bin/sh
# Pin everything with hashes, in files that name no index.
set -eu
cd "$(dirname "$0")/.."
lock() {
    out="$1"
    shift
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
        --no-emit-index-url --no-emit-find-links "$@" --output-file "requirements/$out" pyproject.toml
}
lock runtime.txt
lock demo.txt --extra demo --extra build --constraints requirements/runtime.txt
lock embedded.txt --extra embedded --constraints requirements/demo.txt
lock observing.txt --extra tracing --extra sentry --constraints requirements/demo.txt
lock dev.txt --extra demo --extra build --extra dev --extra tracing --extra sentry --constraints requirements/demo.txt
lock bench.txt --extra bench --constraints requirements/dev.txt
lock mutants.txt --extra mutants --constraints requirements/dev.txt
lock deploy.txt --extra deploy --constraints requirements/dev.txt
