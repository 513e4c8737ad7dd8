/* GUIDs, SIDs and other octets, as octets or as any text of them. */
#include "collect/import/value_reader_octets.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/base64.h"
#include "base/guid.h"
#include "base/sid.h"
#include "collect/import/value_octets.h"

/* "GUID" without braces or parentheses. */
static bool
parse_guid(struct guid *g, const char *text)
{
	size_t len = strlen(text);
	char inner[GUID_TEXT];

	if (guid_parse(g, text) == 0)
		return true;
	if (len != GUID_TEXT + 1 || text[0] != '(' || text[len - 1] != ')')
		return false;
	memcpy(inner, text + 1, GUID_TEXT - 1);
	inner[GUID_TEXT - 1] = '\0';
	return guid_parse(g, inner) == 0;
}

/* Octets of some form in out->value, WANT of them if that is not 0. */
static enum value_verdict
read_list(struct value_reading *out, const char *text, size_t want)
{
	out->kind = VALUE_BYTES;
	switch (octets_parse(&out->value, text, strlen(text), want)) {
	case OCTETS_READ:
		if (!want || out->value.len == want)
			return VERDICT_CHANGED;
		snprintf(out->why, sizeof(out->why), "has %zu byte%s, not %zu",
		         out->value.len, out->value.len == 1 ? "" : "s", want);
		return VERDICT_UNCLEAR;
	case OCTETS_CUT:
		return reader_unclear(out, "was cut by the program that wrote "
		                      "it");
	case OCTETS_TWOFOLD:
		return reader_unclear(out, "may be decimal or hexadecimal");
	default:
		return reader_unclear(out, reader_glance(text));
	}
}

/* Base64 of at most MAX octets; the length, or -1. */
static long
read_base64(struct value_reading *out, const char *text, size_t max)
{
	buf_clear(&out->value);
	if (base64_decode(&out->value, text, strlen(text)) < 0 ||
	    !out->value.len || out->value.len > max)
		return -1;
	out->kind = VALUE_BYTES;
	return (long)out->value.len;
}

/* A GUID as text, in the octets that AD has of it. */
static enum value_verdict
guid_octets(struct value_reading *out, const char *text)
{
	enum value_verdict verdict;
	struct guid g;

	if (parse_guid(&g, text))
		return reader_changed(out, VALUE_BYTES, (const char *)g.bytes,
		               GUID_BYTES);
	if (guid_from_base64(&g, text, strlen(text)) == 0)
		return reader_changed(out, VALUE_BYTES, (const char *)g.bytes,
		               GUID_BYTES);
	verdict = read_list(out, text, GUID_BYTES);
	if (verdict == VERDICT_UNCLEAR && !*out->why &&
	    strchr(text, '=') && read_base64(out, text, 256) > 0)
		snprintf(out->why, sizeof(out->why), "has %zu bytes, not %d",
		         out->value.len, GUID_BYTES);
	return verdict;
}

static enum value_verdict
raw_octets(struct value_reading *out, const struct value *v)
{
	out->why[0] = '\0';
	if (v->kind == VALUE_BYTES)
		snprintf(out->why, sizeof(out->why), "has %zu byte%s", v->len,
		         v->len == 1 ? "" : "s");
	return VERDICT_UNCLEAR;
}

enum value_verdict
read_guid(const struct value *v, struct value_reading *out)
{
	const char *text;

	if (v->kind == VALUE_BYTES && v->len == GUID_BYTES)
		return VERDICT_CANONICAL;
	text = reader_is_scalar(v) ? reader_text(out, v) : NULL;
	if (!text)
		return raw_octets(out, v);
	return *text ? guid_octets(out, text) : VERDICT_NONE;
}

/* Shorter lists may be text that is meant. */
enum { FEW_OCTETS = 4 };

/*
 * AD takes any octets; only what is plainly the text of a GUID, or a list of
 * octets, is read as such (snapshot(5)).
 */
enum value_verdict
read_anchor(const struct value *v, struct value_reading *out)
{
	const char *text;
	struct guid g;

	if (v->kind == VALUE_BYTES && v->len == GUID_BYTES)
		return VERDICT_CANONICAL;
	text = reader_is_scalar(v) ? reader_text(out, v) : NULL;
	if (!text)
		return v->kind == VALUE_BYTES ? VERDICT_CANONICAL
		                              : raw_octets(out, v);
	if (!*text)
		return v->len ? VERDICT_CANONICAL : VERDICT_NONE;
	if (parse_guid(&g, text) ||
	    guid_from_base64(&g, text, strlen(text)) == 0)
		return reader_changed(out, VALUE_BYTES, (const char *)g.bytes,
		               GUID_BYTES);
	if (read_list(out, text, strlen(text) == 2 * GUID_BYTES
	              ? GUID_BYTES : 0) == VERDICT_CHANGED &&
	    (out->value.len >= FEW_OCTETS || !isdigit((unsigned char)*text)))
		return VERDICT_CHANGED;
	if (*out->why)
		return VERDICT_UNCLEAR;
	return v->kind == VALUE_BYTES ? VERDICT_CANONICAL
		: reader_changed(out, VALUE_BYTES, v->data, v->len);
}

static bool
holds_sid(const struct buf *b)
{
	return sid_is_valid((const unsigned char *)b->data, b->len);
}

static enum value_verdict
sid_octets(struct value_reading *out, const char *text)
{
	unsigned char bytes[SID_BYTES];
	char upper[SID_TEXT];
	enum value_verdict verdict;
	size_t n;

	snprintf(upper, sizeof(upper), "%s%s", *text == 's' ? "S" : "",
	         *text == 's' ? text + 1 : text);
	if (strlen(text) < sizeof(upper) && sid_parse(bytes, &n, upper) == 0)
		return reader_changed(out, VALUE_BYTES, (const char *)bytes, n);
	verdict = read_list(out, text, 0);
	if (verdict == VERDICT_UNCLEAR && !*out->why &&
	    read_base64(out, text, SID_BYTES) > 0 && holds_sid(&out->value))
		return VERDICT_CHANGED;
	if (verdict != VERDICT_CHANGED || holds_sid(&out->value))
		return verdict;
	snprintf(out->why, sizeof(out->why), "has %zu bytes that are no SID",
	         out->value.len);
	return VERDICT_UNCLEAR;
}

enum value_verdict
read_sid(const struct value *v, struct value_reading *out)
{
	const char *text;

	if (v->kind == VALUE_BYTES &&
	    sid_is_valid((const unsigned char *)v->data, v->len))
		return VERDICT_CANONICAL;
	text = reader_is_scalar(v) ? reader_text(out, v) : NULL;
	if (!text)
		return raw_octets(out, v);
	return *text ? sid_octets(out, text) : VERDICT_NONE;
}

/* Version 1 in its first four octets (MS-DRSR, PROPERTY_META_DATA_VECTOR). */
static bool
is_metadata(const char *data, size_t len)
{
	return len >= 16 && memcmp(data, "\1\0\0\0", 4) == 0;
}

enum value_verdict
read_metadata(const struct value *v, struct value_reading *out)
{
	const char *text;

	if (v->kind == VALUE_BYTES && is_metadata(v->data, v->len))
		return VERDICT_CANONICAL;
	text = reader_is_scalar(v) ? reader_text(out, v) : NULL;
	if (!text)
		return raw_octets(out, v);
	if (!*text)
		return VERDICT_NONE;
	if (read_list(out, text, 0) != VERDICT_CHANGED &&
	    (*out->why || read_base64(out, text, SIZE_MAX) < 0))
		return VERDICT_UNCLEAR;
	if (!is_metadata(buf_text(&out->value), out->value.len))
		return reader_unclear(out, "is of another version");
	return VERDICT_CHANGED;
}

/* Any octets: only what says by its marks that it is a text of them is one. */
enum value_verdict
read_octets(const struct value *v, struct value_reading *out)
{
	if (v->kind == VALUE_BYTES && (v->len < 4 || v->data[1] != '\''))
		return VERDICT_CANONICAL;
	if ((v->data[0] | 32) != 'x' || memchr(v->data, '\0', v->len) ||
	    octets_parse(&out->value, v->data, v->len, 0) != OCTETS_READ)
		return VERDICT_CANONICAL;
	out->kind = VALUE_BYTES;
	return VERDICT_CHANGED;
}

/* ---- GUIDs and SIDs that a snapshot has as text ---- */

enum value_verdict
read_guid_text(const struct value *v, struct value_reading *out)
{
	const char *text;
	char formatted[GUID_TEXT];
	enum value_verdict verdict;
	struct guid g;

	if (v->kind == VALUE_TEXT &&
	    (!v->len || (v->len == GUID_TEXT - 1 &&
	                 guid_parse(&g, v->data) == 0)))
		return VERDICT_CANONICAL;
	text = reader_is_scalar(v) ? reader_text(out, v) : NULL;
	if (!text)
		return raw_octets(out, v);
	if (!*text)
		return VERDICT_NONE;
	verdict = guid_octets(out, text);
	if (verdict != VERDICT_CHANGED)
		return verdict;
	memcpy(g.bytes, out->value.data, GUID_BYTES);
	guid_format(&g, formatted);
	return reader_changed_text(out, formatted);
}

enum value_verdict
read_sid_text(const struct value *v, struct value_reading *out)
{
	unsigned char bytes[SID_BYTES];
	char formatted[SID_TEXT];
	enum value_verdict verdict;
	const char *text;
	size_t n;

	if (v->kind == VALUE_TEXT &&
	    (!v->len || sid_parse(bytes, &n, v->data) == 0))
		return VERDICT_CANONICAL;
	text = reader_is_scalar(v) ? reader_text(out, v) : NULL;
	if (!text)
		return raw_octets(out, v);
	if (!*text)
		return VERDICT_NONE;
	verdict = sid_octets(out, text);
	if (verdict != VERDICT_CHANGED)
		return verdict;
	sid_format((const unsigned char *)out->value.data, out->value.len,
	           formatted);
	return reader_changed_text(out, formatted);
}

