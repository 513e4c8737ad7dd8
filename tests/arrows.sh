#!/bin/sh
# arrows.sh BUILD-FOLDER symbols|includes: which of our files knows which other,
# two files a line. By symbols it is the linker's word, of the objects in the
# folder whose sources git lists; by includes the sources' own.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git ls-files '*.[ch]' | grep -v '^tests/' >"$work/files"

# A header in <> is ours when git lists it.
includes() {
	xargs grep -HE '^[[:blank:]]*#[[:blank:]]*include' <"$work/files" |
		sed 's/:[^<"]*include[[:blank:]]*/ /' |
		awk 'NR == FNR { ours[$1]; next }
			{ to = substr($2, 2, length($2) - 2) }
			$2 ~ /^"/ || to in ours { print $1, to }' "$work/files" -
}

# nm says of each object "NAME.o: SYMBOL TYPE ...".
symbols() {
	sed -n 's/\.c$/.o/p' "$work/files" | (cd "$build" && xargs nm -gPA) \
		>"$work/symbols"
	awk '{ file = $1; sub(/\.o:$/, ".c", file); used = $3 ~ /^[Uvw]$/ }
		NR == FNR { if (!used) owner[$2] = file; next }
		used && $2 in owner && owner[$2] != file {
			print file, owner[$2] }' "$work/symbols" "$work/symbols"
}

build=$1
case $2 in
symbols) symbols ;;
includes) includes ;;
*) echo "arrows.sh: want symbols or includes" >&2; exit 2 ;;
esac >"$work/arrows"
sort -u "$work/arrows"
