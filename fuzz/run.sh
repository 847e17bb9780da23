#!/bin/sh
# Builds one target with libFuzzer's instrumentation and runs it: fuzz/run.sh TARGET SECONDS.
# New inputs join fuzz/corpus/TARGET; a crash leaves its input in fuzz/crashes. Stable Rust will do.
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
mkdir -p "corpus/$target" crashes
exec "$CARGO_TARGET_DIR/$host/debug/$target" "corpus/$target" -max_total_time="$seconds" \
    -artifact_prefix=crashes/ -rss_limit_mb=3072 -timeout=25 -max_len="${FUZZ_MAX_LEN:-20000}" \
    -print_final_stats=1
