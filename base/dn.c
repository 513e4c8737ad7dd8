/* Where RDNs begin and end, and the one way to write them that compares. */
#include "base/dn.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/hex.h"
#include "base/invisible_text.h"
#include "base/list.h"
#include "base/utf8.h"

/*
 * Whether ";" at P separates, as RFC 1779 has it: a type and "=" follow. Within
 * a name AD escapes it.
 */
static bool
is_old_separator(const char *p)
{
	size_t len;

	if (*p++ != ';')
		return false;
	while (*p == ' ')
		p++;
	len = strspn(p, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	             "0123456789.-");
	p += len;
	while (*p == ' ')
		p++;
	return len && *p == '=';
}

/* The end of the RDN that begins at P: its separator or the final NUL. */
static const char *
rdn_end(const char *p)
{
	bool quoted = false;

	for (;; p++) {
		p += strcspn(p, "\\\",;");
		if (*p == '\\' && p[1])
			p++;
		else if (*p == '"')
			quoted = !quoted;
		else if (!*p || (!quoted && (*p == ',' || is_old_separator(p))))
			return p;
	}
}

/* Appends the bytes that the escaped text from P to END stands for. */
static void
unescape(struct buf *out, const char *p, const char *end)
{
	for (; p < end; p++) {
		if (*p == '\\' && end - p > 2 &&
		    hex_decode(out, p + 1, 2) == 0) {
			p += 2;
		} else if (*p == '\\' && end - p > 1) {
			buf_addc(out, *++p);
		} else {
			buf_addc(out, *p);
		}
	}
}

static const char *
skip_blanks(const char *p, const char *end)
{
	while (p < end && *p == ' ')
		p++;
	return p;
}

/* The end of a value without its trailing blanks; an escaped one stays. */
static const char *
trim_end(const char *p, const char *end)
{
	while (end > p && end[-1] == ' ') {
		const char *slash = end - 1;

		while (slash > p && slash[-1] == '\\')
			slash--;
		if ((end - 1 - slash) % 2)
			break;
		end--;
	}
	return end;
}

size_t
dn_trimmed_len(const char *dn, size_t len)
{
	return (size_t)(trim_end(dn, dn + len) - dn);
}

/* Appends the value from P to END, in quotes (RFC 1779) or not, unescaped. */
static void
put_value(struct buf *out, const char *p, const char *end)
{
	p = skip_blanks(p, end);
	end = trim_end(p, end);
	if (end - p > 1 && *p == '"' && end[-1] == '"' && end[-2] != '\\') {
		p++;
		end--;
	}
	unescape(out, p, end);
}

static void
put_escaped(struct buf *out, const struct buf *value)
{
	for (size_t i = 0; i < value->len; i++) {
		unsigned char c = (unsigned char)value->data[i];

		if (c < 0x20 || c == 0x7f)
			buf_addf(out, "\\%02x", c);
		else if (strchr(",\\\"+;<>=", c))
			buf_addf(out, "\\%c", c);
		else
			buf_addc(out, (char)c);
	}
}

/* One RDN, "type=value"; -1 when there is no type or no "=". */
static int
put_rdn(struct buf *out, const char *p, const char *end)
{
	struct buf value = { 0 }, folded = { 0 };
	const char *eq, *stop;

	p = skip_blanks(p, end);
	eq = memchr(p, '=', (size_t)(end - p));
	if (!eq)
		return -1;
	stop = trim_end(p, eq);
	if (stop == p)
		return -1;
	utf8_fold(out, p, (size_t)(stop - p));
	buf_addc(out, '=');
	put_value(&value, eq + 1, end);
	utf8_fold(&folded, buf_text(&value), value.len);
	put_escaped(out, &folded);
	buf_release(&value);
	buf_release(&folded);
	return 0;
}

int
dn_normalise(struct buf *out, const char *text)
{
	for (;;) {
		const char *end = rdn_end(text);

		if (put_rdn(out, text, end) < 0)
			return -1;
		if (!*end)
			return 0;
		buf_addc(out, ',');
		text = end + 1;
	}
}

const char *
dn_parent(const char *dn)
{
	const char *end = rdn_end(dn);

	if (!*end)
		return end;
	end++;
	while (*end == ' ')
		end++;
	return end;
}

size_t
dn_first_len(const char *dn)
{
	return (size_t)(rdn_end(dn) - dn);
}

void
dn_first_value(struct buf *out, const char *dn)
{
	const char *end = rdn_end(dn);
	const char *eq = memchr(dn, '=', (size_t)(end - dn));

	if (eq)
		put_value(out, eq + 1, end);
}

bool
dn_first_is(const char *dn, const char *type)
{
	size_t len = strlen(type);

	while (*dn == ' ')
		dn++;
	if (strncasecmp(dn, type, len) != 0)
		return false;
	for (dn += len; *dn == ' '; dn++)
		;
	return *dn == '=';
}

void
dn_domain(struct buf *out, const char *dn)
{
	const char *run = NULL;

	/* A node of DNS has DC before its partition's, too: the last ones. */
	for (const char *at = dn; *at; at = dn_parent(at))
		if (!dn_first_is(at, "DC"))
			run = NULL;
		else if (!run)
			run = at;
	for (dn = run; dn && *dn; dn = dn_parent(dn)) {
		struct buf label = { 0 };

		if (dn != run)
			buf_addc(out, '.');
		dn_first_value(&label, dn);
		utf8_fold(out, buf_text(&label), label.len);
		buf_release(&label);
	}
}

/* A value as one part of a canonical name, which people read. */
static void
put_part(struct buf *out, const char *dn)
{
	struct buf value = { 0 }, escaped = { 0 };

	dn_first_value(&value, dn);
	for (size_t i = 0; i < value.len; i++) {
		if (value.data[i] == '/')
			buf_addc(&escaped, '\\');
		buf_addc(&escaped, value.data[i]);
	}
	invisible_mark_bytes(out, buf_text(&escaped), escaped.len);
	buf_release(&value);
	buf_release(&escaped);
}

void
dn_canonical(struct buf *out, const char *dn)
{
	const char **parts = NULL;
	size_t count = 0, room = 0, from = out->len;
	struct buf domain = { 0 };

	dn_domain(&domain, dn);
	invisible_mark_bytes(out, buf_text(&domain), domain.len);
	buf_release(&domain);
	/* Behind the last that is no DC the domain begins. */
	for (const char *at = dn; *at; at = dn_parent(at)) {
		LIST_RESERVE(parts, room, count + 1);
		parts[count++] = at;
	}
	while (count && out->len > from && dn_first_is(parts[count - 1], "DC"))
		count--;
	while (count) {
		if (out->len > from)
			buf_addc(out, '/');
		put_part(out, parts[--count]);
	}
	free(parts);
}

bool
dn_is_in_domain(const char *dn, const char *domain)
{
	struct buf of = { 0 };
	bool is;

	dn_domain(&of, dn);
	is = ascii_casecmp(buf_text(&of), domain) == 0;
	buf_release(&of);
	return is;
}

/* Whether the bytes behind one of the line feeds in the name are MARK. */
static bool
is_marked(const struct buf *name, const char *mark)
{
	size_t len = strlen(mark);

	for (size_t i = 0; i + 1 + len <= name->len; i++)
		if (name->data[i] == '\n' &&
		    strncasecmp(name->data + i + 1, mark, len) == 0)
			return true;
	return false;
}

enum dn_mark
dn_mark(const char *dn)
{
	struct buf name = { 0 };
	enum dn_mark mark = DN_PLAIN;

	/* Nearly every name is told at a glance. */
	if (!strpbrk(dn, "\\\n"))
		return DN_PLAIN;
	dn_first_value(&name, dn);
	if (is_marked(&name, "DEL:"))
		mark = DN_DELETED;
	else if (is_marked(&name, "CNF:"))
		mark = DN_CONFLICT;
	buf_release(&name);
	return mark;
}

bool
dn_same(const char *a, const char *b)
{
	struct buf x = { 0 }, y = { 0 };
	bool same = a && b && dn_normalise(&x, a) == 0 &&
	            dn_normalise(&y, b) == 0 && x.len == y.len &&
	            memcmp(x.data, y.data, x.len) == 0;

	buf_release(&x);
	buf_release(&y);
	return same;
}

uint64_t
dn_hash(const char *dn)
{
	struct buf out = { 0 };
	uint64_t hash = dn_normalise(&out, dn) == 0
		? hash_bytes(out.data, out.len) : hash_folded(dn);

	buf_release(&out);
	return hash;
}
