#!/bin/sh
# The long run: every fault, and the long tests beside them, on a fresh rig. Results are kept by commit, so that a run may
# be made of several sittings, some of its tests at a time; the last result of each counts. When there is one of every test,
# the tables are printed and kept in docs/reliability.md.
# usage: run.sh [PATTERN]    a regular expression of the names "group: name" to try, or the word `missing`: those of which
#                            this commit has no result yet, or that failed
# VIRTFLEET_CHAOS_SINCE=COMMIT: what held at that earlier commit counts, too; the tables say so of each
set -u
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/../.." && pwd)
cd "$root" || exit 1
export PATH="$root/node_modules/.bin:$PATH"
wanted=${1:-}
mkdir -p .rig/chaos

commit=$(git rev-parse --short=12 HEAD 2>/dev/null) || commit=unversioned
# what the docs say changes no result
[ -z "$(git status --porcelain -- . ':!docs' ':!*.md' 2>/dev/null)" ] || commit=$commit-dirty
if [ "$wanted" = missing ]; then wanted=$(node test/chaos/report.ts "$commit" --wanted) || exit 1; fi
VIRTFLEET_CHAOS_RESULTS=$root/.rig/chaos/$commit.jsonl
VIRTFLEET_CHAOS_DECLARED=$root/.rig/chaos/$commit.declared.json
VIRTFLEET_RIG=chaos-$$
export VIRTFLEET_CHAOS_RESULTS VIRTFLEET_CHAOS_DECLARED VIRTFLEET_RIG
trap 'test/rig/rig down' EXIT
trap 'exit 130' INT TERM HUP

failed=0
# the fourth host is another Debian's, with a daemon a driver
own=$(. /etc/os-release && echo "$VERSION_CODENAME")
test/rig/rig up --hosts 4 --suites "$own,$own,$own,trixie" --split-daemons 1 --operators 2 || exit 1
vitest run --project chaos ${wanted:+-t "$wanted"} || failed=1
# what follows has rigs of its own
test/rig/rig down
node test/chaos/steps.ts "$wanted" || failed=$?
[ "$failed" != 130 ] || exit 130
node test/chaos/report.ts "$commit"
whole=$?
# a part of the tests is no whole run, and need not be one
[ "$whole" = 3 ] && [ -n "$wanted" ] && whole=0
[ "$failed" = 0 ] && [ "$whole" = 0 ]
