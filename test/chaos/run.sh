#!/bin/sh
# Every fault on a fresh rig; prints the table of faults and invariants, and keeps it in docs/reliability.md.
# usage: run.sh [words that the names of the wanted faults contain]   (a part of them leaves the page as it is)
set -u
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/../.." && pwd)
cd "$root" || exit 1
export PATH="$root/node_modules/.bin:$PATH"
mkdir -p .rig/logs
VIRTFLEET_CHAOS_RESULTS=$root/.rig/logs/chaos-$$.jsonl
VIRTFLEET_RIG=chaos-$$
export VIRTFLEET_CHAOS_RESULTS VIRTFLEET_RIG
: >"$VIRTFLEET_CHAOS_RESULTS"
trap 'test/rig/rig down' EXIT
trap 'exit 130' INT TERM HUP

test/rig/rig up --hosts 3 --operators 2 || exit 1
failed=0
if [ $# -gt 0 ]; then vitest run --project chaos -t "$*" || failed=1; else vitest run --project chaos || failed=1; fi
[ $# -gt 0 ] || native/sanitize/run.sh || failed=1
if [ $# -gt 0 ]; then echo "a part of the faults was tried: docs/reliability.md stays as it is"; else node test/chaos/report.ts "$VIRTFLEET_CHAOS_RESULTS" || failed=1; fi
exit $failed
