/* Picked values as C strings, made in place. */
#include <string.h>

#include "base/json_escape.h"
#include "base/json_pick.h"

static char *
finish_text(char *data, size_t len, bool escaped)
{
	if (escaped && memchr(data, '\\', len))
		len = json_unescape(data, len);
	data[len] = '\0';
	return data;
}

/* The end of a string that is known to be right. */
static char *
closing_quote(char *p, size_t left, bool escaped)
{
	if (!escaped)
		return memchr(p, '"', left);
	while (*p != '"')
		p += *p == '\\' ? 2 : 1;
	return p;
}

/* Puts the strings of a list into OUT, at most MAX of them. */
static size_t
split_list(const struct pick *k, const char **out, size_t max)
{
	char *p = k->data, *end = k->data + k->len;
	size_t n = 0;

	while (n < max && p < end && (p = memchr(p, '"', (size_t)(end - p)))) {
		char *from = ++p;

		p = closing_quote(p, (size_t)(end - p), k->escaped);
		out[n++] = finish_text(from, (size_t)(p - from), k->escaped);
		p++;
	}
	return n;
}

char *
pick_text(const struct pick *k)
{
	const char *first = NULL;

	if (k->kind == PICK_TEXT)
		return finish_text(k->data, k->len, k->escaped);
	if (k->kind == PICK_LIST)
		split_list(k, &first, 1);
	return (char *)first;
}

size_t
pick_count(const struct pick *k)
{
	return k->kind == PICK_JSON ? 1 : k->kind == PICK_NULL ? 0 : k->count;
}

size_t
pick_texts(const struct pick *k, const char **out)
{
	if (k->kind == PICK_LIST)
		return split_list(k, out, k->count);
	if (k->kind != PICK_TEXT)
		return 0;
	*out = pick_text(k);
	return 1;
}

char *
pick_json(const struct pick *k)
{
	if (k->kind != PICK_JSON)
		return NULL;
	k->data[k->len] = '\0';
	return k->data;
}
