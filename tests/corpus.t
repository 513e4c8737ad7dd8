#!/bin/sh
# Every fuzzer runs its whole corpus.
cd "$(dirname "$0")/.."
build=${BUILD:-build}
set -- tests/fuzz/corpus/*
echo "1..$#"
n=0
for corpus; do
	n=$((n + 1))
	name=${corpus##*/}
	if "$build/tests/fuzz/$name" "$corpus"/* >/dev/null; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
	fi
done
