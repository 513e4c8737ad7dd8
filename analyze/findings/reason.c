/* Why rules could not look: what is said of all domains, and of each. */
#include <stdio.h>
#include <string.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/term.h"
#include "base/utf8.h"
#include "base/wrap.h"

/* Of a name that stands before "," or ":"; 0 if it is none of a domain. */
static size_t
name_len(const char *text)
{
	size_t len = strcspn(text, " ,:;");

	return memchr(text, '.', len) ? len : 0;
}

/* How many bytes of names of domains stand before a ": ". */
static size_t
names_len(const char *text)
{
	const char *p = text;
	size_t len = name_len(p);

	while (len && strncmp(p + len, ", ", 2) == 0) {
		p += len + 2;
		len = name_len(p);
	}
	return len && strncmp(p + len, ": ", 2) == 0
		? (size_t)(p - text) + len : 0;
}

bool
reason_next(const char **reason, struct reason_part *out)
{
	const char *text = *reason, *end;

	if (!text || !*text)
		return false;
	end = strstr(text, "; ");
	while (end && !names_len(end + 2))
		end = strstr(end + 2, "; ");
	*out = (struct reason_part){
		.text = text, .names = names_len(text),
		.len = end ? (size_t)(end - text) : strlen(text),
	};
	*reason = end ? end + 2 : text + out->len;
	return true;
}

static bool
is_name(const char *text, size_t len, const char *domain)
{
	struct buf name = { 0 };
	bool same;

	buf_add(&name, text, len);
	same = utf8_same_folded(buf_text(&name), domain);
	buf_release(&name);
	return same;
}

static bool
part_is_about(const struct reason_part *p, const char *domain)
{
	const char *end = p->text + p->names;

	for (const char *at = p->text; domain && at < end; ) {
		size_t len = name_len(at);

		if (is_name(at, len, domain))
			return true;
		at += len + 2;
	}
	return !p->names;
}

bool
reason_is_about(const char *reason, const char *domain)
{
	struct reason_part part;

	while (reason_next(&reason, &part))
		if (part_is_about(&part, domain))
			return true;
	return false;
}

static void
put_part(const char *head, size_t in, const struct reason_part *p)
{
	struct buf text = { 0 };

	buf_add(&text, p->text, p->len);
	wrap_item(head, in, buf_text(&text));
	buf_release(&text);
}

size_t
reason_parts(const char *reason)
{
	struct reason_part part;
	size_t n = 0;

	while (reason_next(&reason, &part))
		n++;
	return n;
}

void
reason_print(const char *head, const char *reason)
{
	enum { OF_ONE = 4, OF_SEVERAL = 6 };
	size_t n = reason_parts(reason);
	struct buf text = { 0 };
	struct reason_part part;

	if (n != 1)
		printf("%s\n", head);
	while (reason_next(&reason, &part)) {
		buf_clear(&text);
		if (n == 1)
			buf_addf(&text, "%s ", head);
		else
			buf_adds(&text, "    ");
		put_part(text.data, n == 1 ? OF_ONE : OF_SEVERAL, &part);
	}
	buf_release(&text);
}
