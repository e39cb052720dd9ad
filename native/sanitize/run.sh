#!/bin/sh
# Runs the tests of the binding with a sanitizer in the addon: address (with undefined behaviour) and thread.
# usage: run.sh [address|thread]...   both by default; as root, for the libvirtd of the integration tests
set -u
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/../.." && pwd)
cd "$root" || exit 1
export PATH="$root/node_modules/.bin:$PATH"
compiler=${CXX:-g++}
[ $# -gt 0 ] || set -- address thread
reports=$(mktemp -d)
trap 'rm -rf "$reports"' EXIT
trap 'exit 130' INT TERM HUP

# The runtimes wrap the XDR functions that libvirt takes from libtirpc, and find the originals only in what was loaded
# before the addon: without it they call a null pointer.
tirpc=$(ldconfig -p | sed -n 's/^[[:space:]]*libtirpc\.so\.3 .* => //p' | head -n 1)

# with REPORTS RUNTIME COMMAND...: every process that finds something leaves a file REPORTS.<pid>.
# Node itself is not instrumented: what its own threads do among themselves is not judged. Leaks are looked for by
# test/chaos/binding, for what only V8's heap refers to is lost in the eyes of the leak sanitizer.
with() (
  to=$1 runtime=$(readlink -f "$("$compiler" -print-file-name="$2")")
  shift 2
  export LD_PRELOAD="$runtime${tirpc:+ $tirpc}"
  export ASAN_OPTIONS="detect_leaks=0:handle_segv=2:log_path=$to"
  export UBSAN_OPTIONS="print_stacktrace=1:log_path=$to"
  export TSAN_OPTIONS="ignore_noninstrumented_modules=1:second_deadlock_stack=1:log_path=$to"
  "$@"
)

# The planted mistake has to be seen, or the rest says nothing.
control() {
  headers=$(node -p "require('node-api-headers').include_dir")
  "$compiler" -std=c++17 -O1 -g -fPIC -shared -pthread -DNAPI_VERSION=8 "-I$headers" "$1" \
    native/sanitize/planted.cc -o "$reports/planted.node" || return 1
  with "$reports/control" "$2" node -e "require('$reports/planted.node').$3()" >/dev/null 2>&1
  grep -q "$4" "$reports"/control.* 2>/dev/null && return 0
  echo "sanitize: a mistake made on purpose ($3) was not reported: the sanitizer does not work here"
  return 1
}

failed=0
for sanitizer in "$@"; do
  case $sanitizer in
    address) runtime=libasan.so && control -fsanitize=address "$runtime" useAfterFree heap-use-after-free || exit 1 ;;
    thread) runtime=libtsan.so && control -fsanitize=thread "$runtime" race 'data race' || exit 1 ;;
    *) echo "sanitize: \"$sanitizer\" is not known: address or thread" && exit 2 ;;
  esac
  node native/build.ts --sanitize "$sanitizer" || exit 1
  echo "sanitize: the binding's tests with the $sanitizer sanitizer"
  VIRTFLEET_LIBVIRT_ADDON="$root/native/build/$sanitizer/libvirt.node" VIRTFLEET_RIG=none \
    with "$reports/$sanitizer" "$runtime" \
    vitest run --testTimeout 60000 --project unit --project integration native/test test/integration/native || failed=1
  for report in "$reports/$sanitizer".*; do
    [ -e "$report" ] || continue
    failed=1
    head -n 200 "$report"
  done
done
[ "$failed" = 0 ] && echo 'sanitize: nothing found'
exit "$failed"
