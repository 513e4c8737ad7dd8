/*
 * AD's mail attributes in the line of a forecast. Most of them are what the
 * line says anyway: only what differs from that is written, so that the file of
 * a large organization stays small.
 */
#include "analyze/findings/ad_json.h"

#include <stdio.h>
#include <string.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/mem.h"

/* Longer lists are written whole: to compare them takes too long. */
enum { COMPARED_MAX = 200 };

static bool
same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* Whether ORIGINS says where the value comes from: not from proxyAddresses. */
static bool
has_origin(const struct forecast *f, const char *value)
{
	for (size_t i = 0; i < f->origin_count; i++)
		if (strcmp(f->origins[i].value, value) == 0)
			return true;
	return false;
}

static bool
is_known(const char *const *list, size_t n, const char *value)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i], value) == 0)
			return true;
	return false;
}

/*
 * The values that AD's proxyAddresses has by the rest of the line: those that
 * stay and those that are dropped, each once. TO has room for both.
 */
static size_t
proxies_of_line(const struct forecast *f, const char **to)
{
	size_t n = 0;

	for (size_t i = 0; i < f->proxy_count; i++)
		if (!has_origin(f, f->proxy_addresses[i]))
			to[n++] = f->proxy_addresses[i];
	for (size_t i = 0; i < f->dropped_count; i++) {
		const char *value = f->dropped[i].value;

		if (value && strchr(value, ':') && !is_known(to, n, value))
			to[n++] = value;
	}
	return n;
}

/* Whether the rest of the line says the same of proxyAddresses. */
static bool
proxies_are_told(const struct forecast *f)
{
	const struct ad_told *ad = &f->ad;
	const char *line[COMPARED_MAX];
	size_t n;

	if (f->proxy_count + f->dropped_count > COMPARED_MAX)
		return false;
	n = proxies_of_line(f, line);
	if (n != ad->proxy_count)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!is_known(ad->proxy_addresses, n, line[i]) ||
		    !is_known(line, n, ad->proxy_addresses[i]))
			return false;
	return true;
}

/* ---- writing ---- */

struct ad_members {
	struct buf *out;
	size_t count;
};

static void
put_key(struct ad_members *m, const char *name)
{
	if (m->count++)
		buf_addc(m->out, ',');
	buf_addc(m->out, '"');
	buf_adds(m->out, name);
	buf_adds(m->out, "\":");
}

static void
put_text(struct ad_members *m, const char *name, const char *text)
{
	put_key(m, name);
	if (text)
		json_put_string(m->out, text, strlen(text));
	else
		buf_adds(m->out, "null");
}

static void
put_proxies(struct ad_members *m, const struct ad_told *ad)
{
	put_key(m, "proxyAddresses");
	buf_addc(m->out, '[');
	for (size_t i = 0; i < ad->proxy_count; i++) {
		const char *value = ad->proxy_addresses[i];

		if (i)
			buf_addc(m->out, ',');
		json_put_string(m->out, value, strlen(value));
	}
	buf_addc(m->out, ']');
}

/* The copies of what the tenant owns have keys of their own. */
static void
put_names(struct ad_members *m, const struct forecast *f)
{
	if (f->ad_copy.is)
		return;
	if (!same(f->ad.mail, f->mail))
		put_text(m, "mail", f->ad.mail);
	if (!same(f->ad.mail_nickname, f->mail_nickname))
		put_text(m, "mailNickname", f->ad.mail_nickname);
	if (!proxies_are_told(f))
		put_proxies(m, &f->ad);
}

void
ad_json_put(struct buf *out, const struct forecast *f)
{
	struct ad_members m = { .out = out };

	if (!f->ad.is)
		return;
	buf_adds(out, ",\"adAttributes\":{");
	put_names(&m, f);
	for (size_t i = 0; i < f->ad.other_count; i++) {
		const struct ad_value *v = &f->ad.others[i];

		if (!v->is_word) {
			put_text(&m, v->name, v->text);
			continue;
		}
		put_key(&m, v->name);
		buf_adds(out, v->text);
	}
	buf_addc(out, '}');
}

/* ---- reading ---- */

static const char *
text_of(const struct json *j, struct arena *a)
{
	const char *text = json_string(j);

	return text ? arena_strdup(a, text) : NULL;
}

/* That of the object, or, if it does not name it, of the line. */
static const char *
name_of(const struct json *tree, const char *key, const char *line,
        struct arena *a)
{
	const struct json *j = json_get(tree, key);

	return j ? text_of(j, a) : line;
}

static void
take_proxies(const struct json *list, struct arena *a, struct forecast *f)
{
	size_t room = list ? json_count(list)
	                   : f->proxy_count + f->dropped_count;
	const char **to = arena_alloc(a, room * sizeof(*to) + 1);
	size_t n = 0;

	if (!list)
		n = proxies_of_line(f, to);
	for (const struct json *j = json_first(list); j; j = json_next(j)) {
		const char *text = text_of(j, a);

		if (text)
			to[n++] = text;
	}
	f->ad.proxy_addresses = to;
	f->ad.proxy_count = n;
}

static void
take_names(const struct json *tree, struct arena *a, struct forecast *f)
{
	const struct ad_copy *c = &f->ad_copy;

	if (c->is) {
		f->ad.mail = c->mail;
		f->ad.mail_nickname = c->mail_nickname;
		f->ad.proxy_addresses = c->proxy_addresses;
		f->ad.proxy_count = c->proxy_count;
		return;
	}
	f->ad.mail = name_of(tree, "mail", f->mail, a);
	f->ad.mail_nickname = name_of(tree, "mailNickname", f->mail_nickname,
	                              a);
	take_proxies(json_get(tree, "proxyAddresses"), a, f);
}

static bool
is_name(const char *key)
{
	return strcmp(key, "mail") == 0 || strcmp(key, "mailNickname") == 0 ||
	       strcmp(key, "proxyAddresses") == 0;
}

static bool
is_value(const struct json *j)
{
	return json_kind(j) == JSON_STRING || json_kind(j) == JSON_BOOL ||
	       json_kind(j) == JSON_NUMBER;
}

static struct ad_value
value_of(const struct json *j, struct arena *a)
{
	struct ad_value v = {
		.name = arena_strdup(a, json_key(j)), .text = text_of(j, a),
	};
	char number[32];

	if (json_kind(j) == JSON_BOOL)
		v.text = json_is_true(j) ? "true" : "false";
	if (json_kind(j) == JSON_NUMBER) {
		snprintf(number, sizeof(number), "%.0f", json_number(j));
		v.text = arena_strdup(a, number);
	}
	v.is_word = json_kind(j) != JSON_STRING;
	return v;
}

void
ad_json_take(const struct json *tree, struct arena *a, struct forecast *out)
{
	struct ad_value *to;

	if (json_kind(tree) != JSON_OBJECT)
		return;
	to = arena_alloc(a, json_count(tree) * sizeof(*to) + 1);
	out->ad.is = true;
	take_names(tree, a, out);
	out->ad.others = to;
	for (const struct json *j = json_first(tree); j; j = json_next(j))
		if (json_key(j) && !is_name(json_key(j)) && is_value(j))
			to[out->ad.other_count++] = value_of(j, a);
}
