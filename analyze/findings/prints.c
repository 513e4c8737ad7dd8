/* Fingerprints, read and found. */
#include "analyze/findings/prints.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/findings/compared_file.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/record.h"

enum { HALF_DIGITS = 16 };

int
print_parse(struct print *out, const char *text)
{
	static const char digits[] = "0123456789abcdefABCDEF";
	char half[HALF_DIGITS + 1] = "";

	*out = (struct print){ .state = 0 };
	if (!text || strlen(text) != 2 * HALF_DIGITS ||
	    strspn(text, digits) != 2 * HALF_DIGITS)
		return -1;
	for (int i = 0; i < 2; i++) {
		memcpy(half, text + i * HALF_DIGITS, HALF_DIGITS);
		out->half[i] = strtoull(half, NULL, 16);
	}
	return 0;
}

int
print_take(const struct compared_file *s, struct print *out, struct err *err)
{
	return print_parse(out, record_text(s->record, "fingerprint")) == 0
		? 0 : compared_wrong(s, "a fingerprint of 32 hexadecimal "
		                     "digits", err);
}

int
print_take_raw(const struct compared_file *s, struct print *out,
               struct err *err)
{
	char digits[2 * HALF_DIGITS + 1] = "";
	size_t len = 0;
	const char *text = compared_text(s, "\"fingerprint\":\"", &len);

	if (text && len == 2 * HALF_DIGITS)
		memcpy(digits, text, len);
	return print_parse(out, digits) == 0 ? 0
		: compared_wrong(s, "a fingerprint of 32 hexadecimal digits",
		                 err);
}

static int
by_print(const void *a, const void *b)
{
	const struct print *x = a, *y = b;

	for (int i = 0; i < 2; i++)
		if (x->half[i] != y->half[i])
			return x->half[i] < y->half[i] ? -1 : 1;
	return 0;
}

void
prints_init(struct prints *p, uint64_t room)
{
	/* A manifest may say any number: memory comes with the lines. */
	enum { AT_ONCE = 1 << 20 };

	*p = (struct prints){ .count = 0 };
	LIST_RESERVE(p->items, p->room,
	             (size_t)(room < AT_ONCE ? room : AT_ONCE));
}

void
prints_add(struct prints *p, const struct print *one)
{
	LIST_RESERVE(p->items, p->room, p->count + 1);
	p->items[p->count++] = *one;
}

void
prints_sort(struct prints *p)
{
	if (p->count)
		qsort(p->items, p->count, sizeof(*p->items), by_print);
}

struct print *
prints_find(const struct prints *p, const struct print *one)
{
	return p->count ? bsearch(one, p->items, p->count, sizeof(*one),
	                          by_print) : NULL;
}

void
prints_release(struct prints *p)
{
	free(p->items);
	*p = (struct prints){ .count = 0 };
}
