#!/usr/bin/env bash
# Writes requirements/run.lock and requirements/dev.lock anew, with the newest
# versions that pyproject.toml allows. Called by `make lock`.
# uv works in a throwaway environment outside the project; nothing of it stays.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check uv

# compile NAME WHAT ARGUMENTS...
compile() {
    local name=$1 what=$2
    shift 2
    {
        echo "# $what"
        echo "# Made by \`make lock\`; do not edit by hand."
        "$work/venv/bin/uv" pip compile --quiet --universal --python-version 3.11 \
            --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
            "$@" pyproject.toml requirements/build.in
    } >"$work/$name"
    if grep -nE '://|(^|[^-])--(index|extra-index|find-links)| @ ' "$work/$name"; then
        echo "lock: $name names an address (see above), nothing was changed" >&2
        exit 1
    fi
}

compile run.lock "What runs the programme, with hashes." --extra discord --extra documents --extra matrix
compile dev.lock "What runs and develops the programme, with hashes; holds all of run.lock." \
    --extra dev --extra discord --extra documents --extra matrix --extra postgres \
    --extra server --constraint "$work/run.lock"
cp "$work/run.lock" "$work/dev.lock" requirements/
echo "lock: requirements/run.lock and requirements/dev.lock are new"
