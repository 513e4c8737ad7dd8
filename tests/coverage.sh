#!/bin/sh
# coverage.sh FOLDER: how many lines of each room the tests went through, by
# what gcov counted in the objects of a build below FOLDER.
set -eu
cd "$(dirname "$0")/.."
said=$(mktemp)
trap 'rm -f "$said"' EXIT
command -v gcov >"$said" || {
	echo "coverage.sh: want gcov, which comes with gcc" >&2
	exit 1
}
for source in $(git ls-files '*.c' | grep -v '^tests/'); do
	gcov -n -o "$1/$(dirname "$source")" "$source" 2>>"$said" |
		grep -A1 -F "File '$source'"
done | awk -v format='%-20s %8s %8s %8s\n' '
	function row(room, lines, covered) {
		printf format, room, lines, covered, lines ? sprintf("%.1f %%",
			100 * covered / lines) : "-"
	}
	/^File/ {
		split($0, word, "\047")
		room = word[2]
		if (!sub("/[^/]*$", "", room))
			room = "."
		if (!(room in lines))
			order[++rooms] = room
	}
	# "Lines executed:85.71% of 28"
	/^Lines/ {
		split($0, part, "[:%]")
		here = int(part[2] * $NF / 100 + 0.5)
		lines[room] += $NF
		covered[room] += here
		all += $NF
		all_covered += here
	}
	END {
		printf format, "room", "lines", "covered", "of them"
		for (i = 1; i <= rooms; i++)
			row(order[i], lines[order[i]], covered[order[i]])
		row("all", all, all_covered)
		exit !all
	}' || {
	echo "coverage.sh: gcov has counted nothing:" >&2
	tail -3 "$said" >&2
	exit 1
}
