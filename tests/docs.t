#!/bin/sh
# What the manuals repeat must be what the program says.
cd "$(dirname "$0")/.."
syncscope=${SYNCSCOPE:-$PWD/build/syncscope}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0

# The two lists, one word a line, must be equal, and not for want of words.
same() {
	n=$((n + 1))
	if [ ! -s "$work/manual" ]; then
		echo "not ok $n - $1: nothing was found"
	elif diff "$work/manual" "$work/program" >"$work/diff"; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		sed 's/^/# /' "$work/diff"
	fi
}

echo 1..29
grep '^\.It Ic ' syncscope.1 | awk '{ print $3 }' | sort >"$work/manual"
"$syncscope" --help | sed -n 's/^  \([a-z]*\) .*/\1/p' | sort >"$work/program"
same "commands"

sed -n '/^\.Sh RULES/,/^\.Sh [^R]/p' syncscope.1 |
	perl -ne 'print "$1 $2 $_" if /^\.It Sy ([a-z0-9-]+) \(([a-z, ]+)\)$/
		and defined($_ = <>)' >"$work/manual"
"$syncscope" rules --format json | perl -MJSON::XS -0777 -ne '
	for (@{decode_json($_)}) {
		print "$_->{id} $_->{severity}", $_->{profile} eq "default"
			? "" : ", $_->{profile}", " $_->{title}.\n" }' \
	>"$work/program"
same "rules, their severities, profiles and titles, in order"

# What "syncscope rules" prints is the same in each format.
"$syncscope" rules | awk '{ print $1, $2, $3 }' | sort >"$work/manual"
"$syncscope" rules --format json | perl -MJSON::XS -0777 -ne '
	print "$_->{id} $_->{severity} $_->{category}\n"
		for @{decode_json($_)}' | sort >"$work/program"
same "the catalogue as text and as JSON"

"$syncscope" rules --format markdown | sed -n 's/^### //p' | sort \
	>"$work/program"
"$syncscope" rules | awk '{ print $1 }' | sort >"$work/manual"
same "the catalogue as text and as Markdown"

# Profiles and categories: what the message names, which is from the table.
for option in profile category; do
	[ $option = profile ] && to='The categories are' || to='^\.El'
	from='The categories are'
	[ $option = profile ] && from='^\.Sh PROFILES'
	sed -n "/$from/,/$to/s/^\.It Cm //p" syncscope.1 | sort \
		>"$work/manual"
	"$syncscope" analyze none -o "$work/out" --$option none 2>&1 |
		sed 's/.*: want //; s/, have .*//' |
		grep -oE '[a-z0-9-]+' | grep -vx or | sort >"$work/program"
	same "words for --$option"
done

sed -n '/^\.Sh EXIT STATUS/,/^\.El/s/^\.It //p' syncscope.1 >"$work/manual"
sed -n 's/.*EXIT_[A-Z]* = \([0-9]*\),.*/\1/p' base/err.h >"$work/program"
same "exit statuses"

for command in assess "collect ad" "collect tenant" "collect import" analyze report waive "policy init" rules; do
	sed -n "/^\.Ss syncscope $command/,/^\.S[sh] /p" syncscope.1 |
		grep '^\.It Fl ' | grep -oE -- '-[a-z]+(-[a-z]+)*' |
		sed 's/^-//' | sort -u >"$work/manual"
	"$syncscope" $command --help |
		grep -oE -- '--[a-z]+(-[a-z]+)*' | sed 's/^--//' |
		grep -v '^help$' | sort -u >"$work/program"
	same "options of $command"
done

# What an option takes: its help, and the message, which is from the table.
while read -r source option rest; do
	"$syncscope" collect $source --help | tr -s ' \n' ' ' |
		sed "s/([^)]*)//g; s/.* --$option=[A-Z]* //; s/ -[-a-z].*//" |
		grep -oE '[A-Za-z0-9-]+' |
		grep -vxE 'Take|the|files|for|Sign|in|by|or' | sort \
		>"$work/manual"
	"$syncscope" collect $source --$option none -o "$work/out" $rest 2>&1 |
		sed 's/.*want \(one of \)*//; s/[,;] have .*//' |
		grep -oE '[a-z0-9-]+' | grep -vx or | sort >"$work/program"
	same "words for --$option"
	[ $option != as ] || mv "$work/program" "$work/kinds"
done <<EOF
import as file
ad auth --server none
tenant cloud --client-id none --tenant none.example
EOF

sed -n '/^What a file is/,/^\.El/s/^\.It Li //p' syncscope.1 | sort \
	>"$work/manual"
mv "$work/kinds" "$work/program"
same "kinds of files that are imported"

sed -n 's/^\.It Li \([a-z]*\.[a-z-]*\)$/\1/p' collect/snapshot/snapshot.5 \
	>"$work/manual"
sed -n 's/^\tROW([A-Z_]*, "\([a-z.-]*\)",.*/\1/p' \
	collect/schema/section.h >"$work/program"
same "sections of a snapshot"

sed -n 's/^\.It Li \([a-z]*\.[a-zA-Z.]*\).*/\1/p' analyze/policy/policy.5 | sort \
	>"$work/manual"
awk '/_keys\[\] = \{/ { sub(/_keys.*/, ""); section = $NF }
	section == "forests" { section = "forests.NAME" }
	section && /^\t\{ "/ { split($0, w, "\""); print section "." w[2] }
	/^\};/ { section = "" }' analyze/policy/policy_file.c \
	analyze/policy/policy_exchange.c | sort >"$work/program"
same "keys of a policy"

# What an object is named by is listed once, though it may stand by itself.
sed -n 's/^\.It Li \([a-z-]*\)$/\1/p' analyze/waivers/waivers.5 |
	sort -u >"$work/manual"
sed -n '/waiver_keys\[\] = {/,/^}/s/^	{ "\([a-z-]*\)".*/\1/p' \
	analyze/waivers/load.c | sort >"$work/program"
same "keys of a waiver"

# An edit's keys are listed together: the first one names its form.
sed -n 's/^\.It Li \([a-z]*\(.*[a-zA-Z]\)*\)$/\1/p' analyze/whatif/what-if.5 |
	tr -d ' ' | sort >"$work/manual"
perl -0777 -ne 'while (/ (\w+_keys)\[\] = \{(.*?)\};/gs) {
		my ($name, $keys) = ($1, $2);
		$keys{$name} = join "", map { ",$_" } $keys =~ /"(\w+)"/g }
	$word{$1} = $2 while /\[(EDIT_\w+)\] = "(\w+)"/g;
	$form{$1} = $2 while /\[(EDIT_\w+)\] = \{ \w+, (\w+_keys) \}/g;
	END { print "$word{$_}$keys{$form{$_}}\n" for keys %word }' \
	analyze/whatif/edit.c analyze/whatif/edits.c | sort >"$work/program"
same "forms of edits"

sed -n '/^\.It Li set ,/,/^\.It Li move/p' analyze/whatif/what-if.5 |
	sed -n '/^regard to case/,/^The value/s/^\.Li \([a-zA-Z-]*\).*/\1/p' \
	>"$work/manual"
perl -0777 -ne 's/\\\n//g;
	print "$1\n" while /ROW\(\w+, \w+, [\w.]+,\s+SETTABLE, \w+,\s+"([\w-]+)"/g' \
	analyze/object/attributes.h >"$work/program"
same "attributes that edits set"

# What stands together in one item is listed together.
sed -n '/^\.Ss findings.ndjson/,/^\.El/s/^\.It Li //p' analyze/findings/findings.5 |
	sed 's/ , /\n/g' >"$work/manual"
"$syncscope" collect import fixtures/import/users-array.json \
	-o "$work/s" >/dev/null &&
	"$syncscope" analyze "$work/s" -o "$work/f" >/dev/null
"$syncscope" report "$work/f" -o "$work" >/dev/null
head -1 "$work/findings.csv" | tr -d '"\r' | tr , '\n' >"$work/program"
same "columns of findings, in order"

formats=$("$syncscope" report --help | tr -s ' \n' ' ' |
	sed 's/.* Of \(.*\); default.*/\1/' |
	sed 's/, \| and /,/g')
{
	sed -n '/^\.Ss syncscope report/,/^\.Ss syncscope show/p' syncscope.1 |
		sed -n '/^\.It Fl -format/,/^\.It Fl -csv/s/^\.Li \([a-z0-9]*\).*/\1/p'
	sed -n '/^\.Ss syncscope report/,/^\.Bl/s/^\.Pa \([a-z.-]*\).*/\1/p' \
		syncscope.1
} | sort -u >"$work/manual"
{
	echo "$formats" | tr , '\n'
	"$syncscope" report "$work/f" -v --format "$formats" --force -o "$work" |
		sed -n '/^Reports/s/.*: //p' | tr ' ' '\n' | sed 's,.*/,,'
} | sort >"$work/program"
same "formats of reports, and their files"

for page in syncscope.1 collect/snapshot/snapshot.5 analyze/findings/findings.5 \
	analyze/policy/policy.5 analyze/waivers/waivers.5 \
	analyze/whatif/what-if.5 analyze/data/data.5; do
	mandoc -T lint -W warning "$page"
done >"$work/program" 2>&1
echo "no more" | tee "$work/manual" >>"$work/program"
same "manuals without warnings"

# What newcomers are told to open: files, functions, and which is where.
cat README.md CONTRIBUTING.md | tr -s ' \n' ' ' >"$work/text"
{
	grep -oE '`[a-z]+/[a-z0-9_./-]+`' "$work/text"
	grep -oE '`[a-z]+(_[a-z]+)+`' "$work/text"
	grep -oE '`[a-z_]+` \(`[a-z_/]+\.c`\)' "$work/text"
} | tr -d '`()' | grep -v '^demo/' | sort -u >"$work/manual"
while read -r name file; do
	case $name in
	*/*) [ -e "$name" ] ;;
	*) git grep -q "^$name(" -- "${file:-*.c}" ;;
	esac && echo "$name${file:+ $file}"
done <"$work/manual" >"$work/program"
same "files and functions that README and CONTRIBUTING name"
