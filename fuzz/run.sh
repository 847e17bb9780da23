#!/bin/sh
# Builds one target with libFuzzer's instrumentation and runs it: fuzz/run.sh TARGET SECONDS.
# It begins with the inputs in fuzz/corpus/TARGET.tar.gz. A crash leaves its input in fuzz/crashes.
# `fuzz/run.sh TARGET pack` keeps the inputs that matter. Stable Rust will do.
set -eu
cd "$(dirname "$0")"
target=$1
seconds=${2:-60}
features=""
case $target in vault-header | workbook) features="--features $target" ;; esac
export RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1"
export CARGO_TARGET_DIR="${FUZZ_TARGET_DIR:-../target/fuzz}"
# A target triple of its own keeps the instrumentation out of build scripts.
host=$(rustc -vV | sed -n 's/^host: //p')
# shellcheck disable=SC2086
cargo build --quiet --target "$host" --bin "$target" $features
program="$CARGO_TARGET_DIR/$host/debug/$target"
inputs="corpus/$target"
mkdir -p "$inputs" crashes
[ ! -f "$inputs.tar.gz" ] || tar -xzf "$inputs.tar.gz" -C "$inputs"
if [ "$seconds" = pack ]; then
    kept=$(mktemp -d)
    "$program" -set_cover_merge=1 "$kept" "$inputs"
    tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -czf "$inputs.tar.gz" -C "$kept" .
    rm -r "$kept"
    exit
fi
exec "$program" "$inputs" -max_total_time="$seconds" -artifact_prefix=crashes/ \
    -rss_limit_mb=3072 -timeout=25 -max_len="${FUZZ_MAX_LEN:-20000}" -print_final_stats=1
