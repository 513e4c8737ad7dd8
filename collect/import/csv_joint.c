/*
 * Addresses of other systems hold every separator there is: "X400:C=US;A= ;",
 * "x500:/o=Contoso, Ltd/cn=a", "NOTES:Ada Lind/Contoso@NOTES". A value ends
 * only where a separator is followed by what begins another: the prefix of an
 * address, a bare address, or a name.
 */
#include "collect/import/csv_joint.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/list.h"
#include "collect/import/address_prefix.h"

static const char separators[] = ";|,+ \t\r\n";
static const char marks[] = ";|,+\t\r\n";
/* Among names only "\\" has a meaning beside them. */
static const char name_marks[] = "\\;|,+ \t\r\n";
/* What people put between as well; only an SMTP or SIP address ends there. */
static const char odd[] = ";|,+ \t\r\n/&#<>\"'";

static bool
begins(const char *text, const char *prefix)
{
	return strncasecmp(text, prefix, strlen(prefix)) == 0;
}

static bool
is_known(const char *text)
{
	return address_prefix_of(text) != NULL;
}

/* The separators at AT, of a value that began at START. */
static size_t
run_of(const char *text, size_t start, size_t at)
{
	bool smtp = begins(text + start, "smtp:") ||
	            begins(text + start, "sip:");
	size_t n = smtp ? strspn(text + at, odd) : 0;

	return n && is_known(text + at + n) ? n : strspn(text + at, separators);
}

/* The length of "RFAX:" at TEXT, or 0. */
static size_t
prefix_length(const char *text)
{
	size_t n = 0;

	if (!isalpha((unsigned char)*text))
		return 0;
	while (isalnum((unsigned char)text[n]) ||
	       (text[n] && strchr("_.-", text[n])))
		n++;
	return text[n] == ':' ? n + 1 : 0;
}

/* One "@" with something on both sides, and no prefix. */
static bool
is_bare(const char *text, size_t len)
{
	const char *at = memchr(text, '@', len);
	size_t local = at ? (size_t)(at - text) : 0;

	return at && local && local + 1 < len &&
	       !memchr(text, ':', local) && !memchr(text, '/', local) &&
	       !memchr(at + 1, '@', len - local - 1);
}

static void
add(struct joints *j, size_t end, size_t next)
{
	LIST_RESERVE(j->items, j->room, j->count + 1);
	j->items[j->count++] = (struct joint){ .end = end, .next = next };
}

/* The text between A's values and B's: the same joint. */
static bool
same_joint(const char *text, const struct joint *a, const struct joint *b)
{
	size_t n = a->next - a->end;

	return n == b->next - b->end &&
	       memcmp(text + a->end, text + b->end, n) == 0;
}

/* Whether a bare address at NEXT ends the value that began at START. */
static bool
is_bare_joint(const char *text, size_t start, size_t end, size_t next)
{
	const char *value = text + start;
	size_t len = end - start;

	if (begins(value, "smtp:") || begins(value, "sip:")) {
		size_t n = prefix_length(value);

		value += n;
		len -= n;
	}
	return is_bare(value, len) &&
	       is_bare(text + next, strcspn(text + next, ";|, \t\r\n"));
}

/*
 * Whether an X.400 address ends in the ";" at AT: a mark follows that parts it
 * from the next, or what parts the first two.
 */
static bool
has_own_end(const struct joints *j, const char *text, size_t at, size_t run)
{
	const struct joint own = { .end = at + 1, .next = at + run };

	return text[at] == ';' && run > 1 &&
	       (strchr(marks, text[at + 1]) ||
	        (j->count && same_joint(text, &own, &j->items[0])));
}

/* Joints before any prefix, and between bare addresses. */
static void
find_candidates(struct joints *j, const char *text)
{
	size_t start = j->begin;
	size_t at = start;

	while ((at += strcspn(text + at, odd)) < j->end) {
		size_t run = run_of(text, start, at);
		size_t next = at + run, end = at;
		bool x400 = begins(text + start, "x400:");

		if (!run) {
			at++;
			continue;
		}
		if (x400 && has_own_end(j, text, at, run))
			end = at + 1;
		if (next < j->end &&
		    ((prefix_length(text + next) &&
		      !(x400 && begins(text + next, "DDA:"))) ||
		     is_bare_joint(text, start, end, next))) {
			add(j, end, next);
			start = next;
		}
		at = next;
	}
}

enum { KNOWN_MAX = 64 };         /* different joints that are looked at */

static bool
has_joint(const struct joints *common, const struct joint *one,
          const char *text)
{
	for (size_t i = 0; i < common->count; i++)
		if (same_joint(text, &common->items[i], one))
			return true;
	return false;
}

/* The joints before prefixes that are known, each once. */
static void
find_known(struct joints *common, const struct joints *all, const char *text)
{
	for (size_t i = 0; i < all->count && common->count < KNOWN_MAX; i++)
		if (is_known(text + all->items[i].next) &&
		    !has_joint(common, &all->items[i], text))
			add(common, all->items[i].end, all->items[i].next);
}

/*
 * A prefix that nobody knows begins a value where the same joint as between
 * others stands: in "SMTP:a, x500:/o=A;b:c" there is none before "b:".
 */
static bool
is_believed(const struct joints *all, const struct joints *common, size_t i,
            const char *text)
{
	const struct joint *one = &all->items[i];

	if (!prefix_length(text + one->next) || is_known(text + one->next))
		return true;
	return common->count ? has_joint(common, one, text)
	                    : same_joint(text, one, &all->items[0]);
}

static void
find_addresses(struct joints *j, const char *text)
{
	struct joints all = { .begin = j->begin, .end = j->end };
	struct joints common = { 0 };

	find_candidates(&all, text);
	find_known(&common, &all, text);
	for (size_t i = 0; i < all.count; i++)
		if (is_believed(&all, &common, i, text))
			add(j, all.items[i].end, all.items[i].next);
	free(all.items);
	free(common.items);
}

/* The length of "CN" of "CN=" at TEXT, or 0. */
static size_t
type_length(const char *text)
{
	size_t n = 0;

	while (isalnum((unsigned char)text[n]) ||
	       (text[n] && strchr(".-", text[n])))
		n++;
	return n && text[n] == '=' ? n : 0;
}

static bool
is_dc(const char *text)
{
	return type_length(text) == 2 && begins(text, "DC");
}

/* What no name has unescaped. */
static bool
is_hard(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (strchr(";|\r\n", text[i]))
			return true;
	return false;
}

/*
 * Names joined by what no name has unescaped; or by commas or blanks, where a
 * domain's component is followed by another type.
 */
static void
find_names(struct joints *j, const char *text)
{
	bool dc = is_dc(text + j->begin);
	size_t at = j->begin;

	while ((at += strcspn(text + at, name_marks)) < j->end) {
		size_t run = strspn(text + at, separators);
		size_t next = at + run;

		if (!run) {
			at += text[at + 1] ? 2 : 1;
			continue;
		}
		if (next < j->end && type_length(text + next)) {
			if (is_hard(text + at, run) ||
			    (dc && !is_dc(text + next)))
				add(j, at, next);
			dc = is_dc(text + next);
		}
		at = next;
	}
}

/* From the first value to the last, without separators around them. */
static void
set_ends(struct joints *j, const char *text)
{
	j->end = strlen(text);
	j->begin = strspn(text, separators);
	while (j->end > j->begin && strchr(separators, text[j->end - 1]))
		j->end--;
}

void
joints_of_names(struct joints *j, const char *text)
{
	set_ends(j, text);
	find_names(j, text);
}

/* Each address may stand in quotes, and so the first and the last. */
static void
skip_quotes(struct joints *j, const char *text)
{
	char quote = text[j->begin];

	if ((quote != '"' && quote != '\'') || j->end - j->begin < 2 ||
	    text[j->end - 1] != quote || !is_known(text + j->begin + 1))
		return;
	j->begin++;
	j->end--;
}

void
joints_of_addresses(struct joints *j, const char *text)
{
	size_t last;

	set_ends(j, text);
	skip_quotes(j, text);
	find_addresses(j, text);
	last = j->count ? j->items[j->count - 1].next : j->begin;
	/* An X.400 address ends in a ";" of its own. */
	if (begins(text + last, "x400:") && text[j->end] == ';')
		j->end++;
}

void
joints_release(struct joints *j)
{
	free(j->items);
	*j = (struct joints){ 0 };
}
