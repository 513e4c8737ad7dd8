#!/bin/sh
# What the house asks of every file and a script can see; who may include whom
# is for rooms.t.
cd "$(dirname "$0")/.."
sources=$(git ls-files '*.[ch]' | grep -v ^tests/)
n=0

# The sources of a stage, sub-folders included.
of() {
	echo "$sources" | grep -E "^$1/"
}

# Nothing may be printed by the command that follows the name.
none() {
	name=$1
	shift
	n=$((n + 1))
	out=$("$@" 2>&1)
	if [ -z "$out" ]; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		echo "$out" | head -20 | sed 's/^/# /'
	fi
}

find_in() {
	pattern=$1
	shift
	grep -nE "$pattern" "$@"
}

wide() {
	for f in $sources tests/unit/*.c tests/fuzz/*.c tests/bench/*.c; do
		expand -t 8 "$f" | awk -v f="$f" \
			'length($0) > 80 { print f ":" NR ": " length($0) }'
	done
}

long_files() {
	wc -l $sources | awk '$1 > 500 && $2 != "total"'
}

long_functions() {
	for f in $(echo "$sources" | grep '\.c$'); do
		awk -v f="$f" '/^\{/ { start = NR }
			/^\}/ && start { if (NR - start - 1 > 60)
				print f ":" start ": " NR - start - 1 " lines"
				start = 0 }' "$f"
	done
}

own_header_first() {
	for f in $(echo "$sources" | grep '\.c$'); do
		h=${f%.c}.h
		[ -e "$h" ] || continue
		first=$(grep -m1 '^#include' "$f")
		[ "$first" = "#include \"$h\"" ] || echo "$f: $first"
	done
}

# Tags that more than one file defines.
tags_twice() {
	grep -noE '\b(struct|union|enum) [a-z_0-9]+ \{' $sources |
		awk -F'[: ]' '{ n[$4]++; at[$4] = at[$4] " " $1 ":" $2 }
			END { for (tag in n) if (n[tag] > 1) print tag at[tag] }'
}

# What rules read of the model, or hand it to, that is not there before objects
# are read and screened.
# Those on the tenant alone run when all is there.
late_reads() {
	rules=$(grep -l '^const struct family' $(of analyze) |
		xargs grep -lE '\.check(_domain)? =')
	before='policy|data|as_of|history(_count)?|tenant|tenant_domains|features|admins|holders|privileged|domains|default_domain|initial_domain|domains_known|verified_(domains|count)|sync|organization|cloud_managed'
	given='anchor_(of|differs)|model_(collected|complete|is_verified|is_unverifiable|is_federated|lines|policy|covers)|mailbox_list_(is|has|is_narrowed)|rollout_of|guid_set_has|suggest_address'
	later='tables|supplements|history_rows|history_tables|claims|facts|seen_places'
	[ -n "$rules" ] || echo "there are no rules"
	grep -noE '\b(fact_|facts_|seen_places_|fetch_|keys_|scan_)[a-z_]+\(' \
		$rules /dev/null
	grep -noE -- "->($later)\b" $rules /dev/null
	grep -noE '(\bm|check_model\(c\))->[a-z_]+' $rules /dev/null |
		grep -vE -- "->($before)\$"
	grep -noE '\b[a-z_]+\((m|check_model\(c\))\b' $rules /dev/null |
		grep -vE ":($given)\("
}

echo 1..20
none "80 columns" wide
none "files under 500 lines" long_files
none "functions under 60 lines" long_functions
none "a file includes its own header first" own_header_first
none "judging has no clock, locale, environment or network" find_in \
	'\b(time|clock|gettimeofday|clock_gettime|localtime|setlocale|getenv|socket|connect)\(' \
	$(of '(analyze|report)' | grep '\.c$')
none "only main.c and the allocators exit" sh -c \
	"grep -nE '\b_?exit\(' $(echo $sources) |
	grep -vE '^(main|base/mem|base/digest)\.c'"
none "banned functions" find_in \
	'\b(strcat|strncat|gets|vsprintf|strtok|atoi|atol|alloca|system|popen|tmpnam|mktemp)\(' \
	$sources
none "one module each knows cJSON, libcsv, popt and libxml2" sh -c \
	"grep -lE '#include <(cjson/cJSON\.h|csv\.h|popt\.h|libxml/.*)>' \
	$(echo $sources) | grep -vE '^base/(json|csv|opt|xml|xml_stream)\.c$'"
none "only collect/import/archive.c knows libarchive" sh -c \
	"grep -lE '#include <archive' $(echo $sources) |
	grep -vx collect/import/archive.c"
none "only base/idn.c knows libidn2" sh -c \
	"grep -lE '#include <idn2' $(echo $sources) | grep -vx base/idn.c"
none "only analyze/data/public_suffix.c knows libpsl" sh -c \
	"grep -lE '#include <libpsl' $(echo $sources) |
	grep -vx analyze/data/public_suffix.c"
none "only collect/ldap/ldap_*.c know libldap" sh -c \
	"grep -lE '#include <(ldap|lber|sasl/.*)\.h>' $(echo $sources) |
	grep -vE '^collect/ldap/ldap_[a-z]*\.c$'"
none "nothing is asked of LDAP servers but to sign in and search" find_in \
	'\bldap_(add|modify|modrdn|delete|rename|compare|passwd|passwordpolicy|extended|refresh|txn|cancel|turn|sync|str2)[a-z_]*\(' \
	$sources
none "only collect/graph/http*.c know libcurl" sh -c \
	"grep -lE '#include <curl/' $(echo $sources) |
	grep -vE '^collect/graph/http(_[a-z]*)?\.c$'"
none "HTTP can do nothing but GET, and POST of a form" find_in \
	'CURLOPT_(CUSTOMREQUEST|UPLOAD|PUT|POST|MIMEPOST|HTTPPOST|COPYPOSTFIELDS|NOBODY)\b' \
	collect/graph/http*.c
none "only signing in posts" sh -c \
	"grep -nE '\bhttp_post\(' $(echo $sources) |
	grep -vE '^collect/graph/(http|http_request|graph_auth)\.[ch]:'"
none "rules read of the model what is there before its objects" late_reads
none "no trailing blanks" find_in '[[:blank:]]$' $sources
none "no typedef of a struct" find_in 'typedef +struct' $sources
none "no two structs of one name" tags_twice
