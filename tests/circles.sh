#!/bin/sh
# circles.sh BUILD-FOLDER symbols|includes|both: the circles in which files know
# each other; a file and its header are one. Prints them and fails, if any.
set -eu
here=$(dirname "$0")
kinds=$2
[ "$kinds" != both ] || kinds="symbols includes"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for kind in $kinds; do
	"$here/arrows.sh" "$1" "$kind" >>"$work/arrows"
done
[ -s "$work/arrows" ]
awk '{ sub(/\.[^.]*$/, "", $1); sub(/\.[^.]*$/, "", $2); print }' \
	"$work/arrows" >"$work/units"
tsort "$work/units" >/dev/null 2>"$work/loops" && exit
sed 's/^tsort: //; s/.*: input contains a loop:$/a circle:/' "$work/loops"
exit 1
