#!/bin/sh
# Finds a Python that can make environments, and hands over to setup.py. The environment's own comes
# first, so that a warm start is short; PYTHON=... names another.
set -eu
cd "$(dirname "$0")/.."

fits='import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))'
for python in ${PYTHON:-.venv/bin/python python3 python3.13 python3.12 python3.11 python3.14}; do
    if "$python" -c "$fits" >/dev/null 2>&1; then
        exec "$python" tools/setup.py
    fi
done
echo "Tilik needs Python 3.11, 3.12, 3.13 or 3.14 with the modules venv and ensurepip; none was found." >&2
echo "On Debian or Ubuntu: apt-get install python3 python3-venv. Or name one: make setup PYTHON=/path/to/python3" >&2
exit 2
