/* Takes joined values apart, or says that nobody can. */
#include "collect/import/joined.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "base/record.h"
#include "collect/import/address_prefix.h"

/* What may stand between two addresses, or around them: "{a, b}". */
static const char separators[] = " ;,|{}\t\r\n";

struct part {
	const char *text;
	size_t len;
};

/* An empty one begins nothing. */
static const struct address_prefix *
prefix_of(struct part p)
{
	const struct address_prefix *kind = address_prefix_of(p.text);

	return kind && p.len > strlen(kind->word) ? kind : NULL;
}

/* Something, one "@", something, and no mark of another syntax. */
static bool
is_address(struct part p)
{
	const char *at = memchr(p.text, '@', p.len);
	size_t before = at ? (size_t)(at - p.text) : 0;

	return before && before + 1 < p.len &&
	       !memchr(at + 1, '@', p.len - before - 1) &&
	       !memchr(p.text, ':', p.len) && !memchr(p.text, '/', p.len);
}

/* The next part, from *AT on, which moves behind it. */
static bool
next_part(const char **at, const char *between, struct part *p)
{
	p->text = *at + strspn(*at, between);
	p->len = strcspn(p->text, between);
	*at = p->text + p->len;
	return p->len > 0;
}

/* What a part is, behind a value of the kind OPEN, or the first one. */
enum part_place { PART_BEGINS, PART_GOES_ON, PART_UNCLEAR };

static enum part_place
place_of(struct part p, const struct address_prefix *open,
         const struct address_prefix **kind)
{
	static const struct address_prefix bare = { "", TEXT_TIGHT };

	*kind = prefix_of(p);
	if (*kind)
		return (*kind)->text == TEXT_TIGHT &&
		       strncasecmp(p.text, "smtp:", 5) == 0 &&
		       !memchr(p.text, '@', p.len)
			? PART_UNCLEAR : PART_BEGINS;
	if (open && open->text == TEXT_LOOSE)
		return memchr(p.text, '@', p.len) ? PART_UNCLEAR
		                                  : PART_GOES_ON;
	*kind = &bare;
	return is_address(p) ? PART_BEGINS : PART_UNCLEAR;
}

/* An X.400 address has a semicolon at its end. */
static void
add_one(struct record *to, const char *name, const char *start,
        const char *end)
{
	if (!to || !start)
		return;
	if (strncasecmp(start, "x400:", 5) == 0 && *end == ';')
		end++;
	record_add(to, name, VALUE_TEXT, start, (size_t)(end - start));
}

/*
 * Goes through the text, and adds to TO if there is one. How many addresses
 * there are, or -1.
 */
static int
each_address(struct record *to, const char *name, const char *text)
{
	const struct address_prefix *open = NULL, *kind;
	const char *start = NULL, *end = NULL;
	struct part p;
	int n = 0;

	while (next_part(&text, separators, &p)) {
		enum part_place place = place_of(p, open, &kind);

		if (place == PART_UNCLEAR)
			return -1;
		if (place == PART_BEGINS) {
			add_one(to, name, start, end);
			start = p.text;
			open = kind;
			n++;
		}
		end = p.text + p.len;
	}
	add_one(to, name, start, end);
	return n;
}

bool
joined_has_several(const char *text)
{
	return strpbrk(text, separators) &&
	       each_address(NULL, NULL, text) > 1;
}

/* PowerShell shows four of many, "{a, b, c, d...}", or "…" since 7. */
static bool
is_cut(const char *text)
{
	size_t len = strlen(text);

	while (len && strchr("} ", text[len - 1]))
		len--;
	return len > 3 && (memcmp(text + len - 3, "...", 3) == 0 ||
	                   memcmp(text + len - 3, "\xe2\x80\xa6", 3) == 0);
}

int
joined_addresses(struct record *to, const char *name, const char *text)
{
	int n = strpbrk(text, separators) ? each_address(NULL, name, text) : 1;

	record_declare(to, name, SHAPE_LIST);
	if (n < 0 || is_cut(text))
		return -1;
	/* One value is one, however it is written: rules tell what is wrong. */
	if (n > 1)
		each_address(to, name, text);
	else if (n && *text)
		record_add_text(to, name, text);
	return 0;
}

int
joined_words(struct record *to, const char *name, const char *text)
{
	struct part p;

	record_declare(to, name, SHAPE_LIST);
	if (is_cut(text))
		return -1;
	while (next_part(&text, separators, &p))
		record_add(to, name, VALUE_TEXT, p.text, p.len);
	return 0;
}

/* "CN=" and its kin: where a distinguished name can begin. */
static bool
begins_name(const char *text)
{
	size_t n = 0;

	while (isalnum((unsigned char)text[n]))
		n++;
	return n && text[n] == '=';
}

/* Whether a name that begins at START is whole at END: "...,DC=com". */
static bool
ends_name(const char *start, const char *end)
{
	const char *last = end;

	while (last > start && !strchr(",+", last[-1]))
		last--;
	return last > start && strncasecmp(last, "DC=", 3) == 0;
}

int
joined_names(struct record *to, const char *name, const char *text)
{
	const char *start = text + strspn(text, "{ ");
	size_t len;

	record_declare(to, name, SHAPE_LIST);
	if (is_cut(text))
		return -1;
	for (const char *at = start; (at = strpbrk(at, " ;|")); at++) {
		const char *end = at;

		while (end > start && strchr(",;| ", end[-1]))
			end--;
		if (!ends_name(start, end) || !begins_name(at + 1))
			continue;
		record_add(to, name, VALUE_TEXT, start, (size_t)(end - start));
		start = at + 1;
	}
	len = strlen(start);
	if (*text == '{' && len && start[len - 1] == '}')
		len--;
	if (len)
		record_add(to, name, VALUE_TEXT, start, len);
	return 0;
}
