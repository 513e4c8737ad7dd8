#!/bin/sh
# Every fuzzer takes every input of its corpus: it ends the process when a parser
# refuses without a sentence, or takes what it must not; under SAN=1 the
# sanitizers judge, too. It says of each input that it went through, and none may
# be left out.
cd "$(dirname "$0")/.."
build=${BUILD:-build}
set -- $(ls tests/fuzz/*.c | grep -v /replay.c)
echo "1..$#"
n=0
for source; do
	n=$((n + 1))
	name=$(basename "$source" .c)
	want=$(ls "tests/fuzz/corpus/$name" | wc -l)
	have=$("$build/tests/fuzz/$name" "tests/fuzz/corpus/$name"/* |
		grep -c '^ok ')
	if [ "$want" -gt 0 ] && [ "$have" -eq "$want" ]; then
		echo "ok $n - $name: $have inputs"
	else
		echo "not ok $n - $name: want $want inputs, have $have"
	fi
done
