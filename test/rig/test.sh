#!/bin/sh
# All tests, on two fresh rigs: unit and integration tests without the operator, end-to-end tests with it. Whatever
# happens, the rigs are ended; the last line is "N passed, N failed".
set -u
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/../.." && pwd)
cd "$root" || exit 1
export PATH="$root/node_modules/.bin:$PATH"
mkdir -p .rig/logs
VIRTFLEET_TEST_RESULTS=$root/.rig/logs/test-results.$$
export VIRTFLEET_TEST_RESULTS
# what passes once passes again: random values are another matter, for runs without this line
export VIRTFLEET_SEED="${VIRTFLEET_SEED:-20261121}"
: >"$VIRTFLEET_TEST_RESULTS"
broken=0
image=

end_rig() { [ -z "${VIRTFLEET_RIG:-}" ] || test/rig/rig down; unset VIRTFLEET_RIG; }
finish() {
  trap - EXIT INT TERM HUP
  end_rig
  # half of a file system, with what is mounted in it, is left to nobody
  [ -z "$image" ] || wait "$image"
  counts=$(awk '!/^#/ {p += $1; f += $2; s += $3} END {print p + 0, f + 0, s + 0}' "$VIRTFLEET_TEST_RESULTS")
  # what failed long ago stands far above by now
  sed -n 's/^# /failed: /p' "$VIRTFLEET_TEST_RESULTS"
  rm -f "$VIRTFLEET_TEST_RESULTS"
  # shellcheck disable=SC2086
  set -- $counts
  failed=$(($2 + broken))
  skipped=
  [ "$3" = 0 ] || skipped=", $3 skipped"
  echo "$1 passed, $failed failed$skipped"
  [ "$failed" = 0 ]
  exit
}
trap 'broken=$((broken + 1)); finish' INT TERM HUP
trap finish EXIT

run() {
  rig=$1 projects=$2
  shift 2
  VIRTFLEET_RIG=$rig
  export VIRTFLEET_RIG
  echo "test: $projects"
  if test/rig/rig up "$@"; then
    before=$(wc -l <"$VIRTFLEET_TEST_RESULTS")
    flags=
    for project in $projects; do flags="$flags --project $project"; done
    # shellcheck disable=SC2086
    vitest run $flags --passWithNoTests --reporter default --reporter "$root/test/rig/reporter.ts"
    # a run that ended without its line was killed or could not begin
    [ "$(wc -l <"$VIRTFLEET_TEST_RESULTS")" -gt "$before" ] || broken=$((broken + 1))
  else
    broken=$((broken + 1))
  fi
  end_rig
}

# a guest's whole Debian takes a minute to build, which the first part leaves plenty of time for; whoever needs it first waits
node -e 'import("./test/rig/images.ts").then(({ buildImage }) => buildImage("debian"))' >.rig/logs/debian-image.log 2>&1 &
image=$!

# the fourth host is for what is different where libvirt is split into a daemon a driver
run "test-$$" "unit integration" --no-operator --hosts 4 --split-daemons 1
[ -z "$(find test/e2e -name '*.test.ts' 2>/dev/null)" ] || run "e2e-$$" e2e
