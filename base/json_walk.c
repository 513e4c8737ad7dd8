/* The steps that are too long for the header: escapes, numbers, literals. */
#include "base/json_walk.h"

#include <string.h>

#include "base/json_escape.h"
#include "base/json_scan.h"

bool
json_walk_escape(struct json_walk *w)
{
	const char *p = w->base + w->pos, *want;
	uint32_t code;

	if (json_escape(&p, w->base + w->end, &code, &want) < 0)
		return false;
	w->escaped = true;
	w->pos = (size_t)(p - w->base);
	return true;
}

static bool
literal(struct json_walk *w, const char *word, size_t len)
{
	if (memcmp(w->base + w->pos, word, len) != 0)
		return false;
	w->pos += len;
	return true;
}

static bool
digits(struct json_walk *w)
{
	size_t from = w->pos;

	while (w->base[w->pos] >= '0' && w->base[w->pos] <= '9')
		w->pos++;
	return w->pos > from;
}

static bool
number(struct json_walk *w)
{
	if (w->base[w->pos] == '-')
		w->pos++;
	if (w->base[w->pos] == '0')
		w->pos++;
	else if (!digits(w))
		return false;
	if (w->base[w->pos] == '.' && (w->pos++, !digits(w)))
		return false;
	if ((w->base[w->pos] | 32) == 'e') {
		w->pos++;
		if (w->base[w->pos] == '+' || w->base[w->pos] == '-')
			w->pos++;
		return digits(w);
	}
	return true;
}

/* An array or object, from behind its bracket. */
static bool
compound(struct json_walk *w, char close)
{
	if (++w->depth > JSON_DEPTH)
		return false;
	if (json_walk_take(w, close)) {
		w->depth--;
		return true;
	}
	do {
		if (close == '}' &&
		    (!json_walk_take(w, '"') || !json_walk_string(w) ||
		     !json_walk_take(w, ':')))
			return false;
		if (!json_walk_value(w))
			return false;
	} while (json_walk_take(w, ','));
	w->depth--;
	return json_walk_take(w, close);
}

bool
json_walk_value(struct json_walk *w)
{
	json_walk_blanks(w);
	switch (w->base[w->pos]) {
	case '"':
		w->pos++;
		return json_walk_string(w);
	case '{':
		w->pos++;
		return compound(w, '}');
	case '[':
		w->pos++;
		return compound(w, ']');
	case 't':
		return literal(w, "true", 4);
	case 'f':
		return literal(w, "false", 5);
	case 'n':
		return literal(w, "null", 4);
	default:
		return number(w);
	}
}
