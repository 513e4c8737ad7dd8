/* From the fields of CSV files to values. */
#include "collect/import/csv_value.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/guid.h"
#include "base/record.h"
#include "base/sid.h"
#include "base/when.h"
#include "collect/schema/schema.h"

static const char *const type_names[] = {
	"Microsoft.ActiveDirectory.Management.", "Microsoft.Exchange.",
	"Microsoft.Graph.PowerShell.", "System.Collections.",
	"System.Byte[]", "System.String[]", "System.Object[]",
	"Deserialized.Microsoft.Exchange.",
};

bool
csv_value_is_type_name(const char *text)
{
	size_t n = sizeof(type_names) / sizeof(type_names[0]);

	if (strpbrk(text, " @,;"))
		return false;
	for (size_t i = 0; i < n; i++)
		if (strncmp(text, type_names[i], strlen(type_names[i])) == 0)
			return true;
	return false;
}

static const char *const prefixes[] = {
	"smtp:", "sip:", "x500:", "x400:", "eum:", "notes:", "spo:", "ms:",
	"ccmail:", "gwise:", "msmail:", "tel:", "fax:", "invalid:",
};

static bool
is_prefix(const char *text)
{
	size_t n = sizeof(prefixes) / sizeof(prefixes[0]);

	for (size_t i = 0; i < n; i++)
		if (strncasecmp(text, prefixes[i], strlen(prefixes[i])) == 0)
			return true;
	return false;
}

/*
 * Splits joined addresses: a new one begins where a separator is followed by a
 * known prefix.
 */
static void
split_addresses(struct record *r, const char *attribute, const char *text)
{
	static const char separators[] = ";|,+ \t\r\n{}";
	const char *start = text + strspn(text, separators);
	const char *end = start;

	record_declare(r, attribute, SHAPE_LIST);
	while (*start) {
		size_t gap = strspn(end, separators);

		if (*end && (!gap || !is_prefix(end + gap)) && end[gap]) {
			end += gap ? gap : 1;
			continue;
		}
		record_add(r, attribute, VALUE_TEXT, start,
		           (size_t)(end - start));
		start = end += gap;
	}
}

/* Values joined by ";", which csvde escapes with a backslash. */
static void
split_ad(struct record *r, const char *attribute, const char *text)
{
	struct buf value = { 0 };

	for (;; text++) {
		if (*text == '\\' && (text[1] == ';' || text[1] == '\\')) {
			buf_addc(&value, *++text);
		} else if (*text && *text != ';') {
			buf_addc(&value, *text);
		} else {
			if (value.len)
				ad_record_add(r, attribute, value.data,
				              value.len);
			buf_clear(&value);
			if (!*text)
				break;
		}
	}
	buf_release(&value);
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 32;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* csvde's X'0a1b...' as octets; 1 when it was one, 0 when not. */
static int
add_hex(struct record *r, const char *attribute, const char *text, size_t len)
{
	struct buf bytes = { 0 };
	int rc = 0;

	if (len < 3 || len % 2 == 0 || (text[0] | 32) != 'x' ||
	    text[1] != '\'' || text[len - 1] != '\'')
		return 0;
	for (size_t i = 2; i + 1 < len; i += 2) {
		int high = hex_digit(text[i]), low = hex_digit(text[i + 1]);

		if (high < 0 || low < 0)
			goto out;
		buf_addc(&bytes, (char)(high << 4 | low));
	}
	ad_record_add(r, attribute, buf_text(&bytes), bytes.len);
	rc = 1;
out:
	buf_release(&bytes);
	return rc;
}

static int
add_ad(struct record *r, struct column *c, const char *text, size_t len)
{
	const struct ad_attr *a = ad_attr_find(c->attribute);

	if (add_hex(r, c->attribute, text, len))
		return 0;
	/* A DN may hold ";" only escaped, an object class never. */
	if (a && a->shape == SHAPE_LIST && a->kind == VALUE_TEXT)
		split_ad(r, c->attribute, text);
	else
		ad_record_add(r, c->attribute, text, len);
	return 0;
}

static int
add_guid(struct record *r, struct column *c, const char *text, size_t len)
{
	struct guid g;

	if (guid_parse(&g, text) < 0)
		return add_hex(r, c->attribute, text, len) ? 0 : -1;
	ad_record_add(r, c->attribute, (char *)g.bytes, GUID_BYTES);
	return 0;
}

static int
add_sid(struct record *r, struct column *c, const char *text, size_t len)
{
	unsigned char bytes[SID_BYTES];
	size_t n;

	if (sid_parse(bytes, &n, text) < 0)
		return add_hex(r, c->attribute, text, len) ? 0 : -1;
	ad_record_add(r, c->attribute, (char *)bytes, n);
	return 0;
}

static int
add_flag(struct record *r, const struct column *c, const char *text)
{
	bool yes = !strcasecmp(text, "true") || !strcasecmp(text, "yes");
	bool no = !strcasecmp(text, "false") || !strcasecmp(text, "no");

	if (!yes && !no)
		return -1;
	if (c->treat == COLUMN_FLAG_INVERTED)
		yes = !yes;
	record_add(r, c->attribute, VALUE_JSON, yes ? "true" : "false",
	           yes ? 4 : 5);
	return 0;
}

/* " 3:04:05 PM" in 24 hours. */
static int
clock_of(const char *text, int *hour, int *minute, int *second)
{
	char half[3] = "";
	int n = sscanf(text, " %d:%d:%d %2s", hour, minute, second, half);

	if (n < 3) {
		*second = 0;
		n = sscanf(text, " %d:%d %2s", hour, minute, half);
		if (n < 2)
			return -1;
	}
	if (strcasecmp(half, "PM") == 0 && *hour < 12)
		*hour += 12;
	if (strcasecmp(half, "AM") == 0 && *hour == 12)
		*hour = 0;
	return 0;
}

/*
 * Reads a date as PowerShell writes it in some culture, in UTC. 0, or -1 when
 * day and month cannot be told apart or it is no date. *ORDER is learnt.
 */
static int
date_value(when_t *out, const char *text, enum date_order *order)
{
	enum date_order shown = ORDER_UNKNOWN;
	int a, b, year, used = 0, hour, minute, second;
	char sep;

	if (when_from_iso(out, text) == 0)
		return 0;
	if (sscanf(text, "%2d%c%2d%*c%4d%n", &a, &sep, &b, &year, &used) != 4 ||
	    !used || !strchr("/.-", sep) || year < 1601)
		return -1;
	if (text[used] == '\0')
		hour = minute = second = 0;
	else if (clock_of(text + used, &hour, &minute, &second) < 0)
		return -1;
	/* Only cultures that write a slash put the month first. */
	if (sep != '/' || a > 12)
		shown = ORDER_DAY_FIRST;
	else if (b > 12)
		shown = ORDER_MONTH_FIRST;
	if (*order == ORDER_UNKNOWN)
		*order = shown;
	if ((shown != ORDER_UNKNOWN && shown != *order) ||
	    (*order == ORDER_UNKNOWN && a != b))
		return -1;
	if (*order == ORDER_MONTH_FIRST)
		return when_from_civil(out, year, a, b, hour, minute, second);
	return when_from_civil(out, year, b, a, hour, minute, second);
}

/* A date that cannot be read is kept under the column's own name. */
static int
add_date(struct record *r, struct column *c, const char *text)
{
	char out[WHEN_TEXT];
	when_t when;

	if (date_value(&when, text, &c->order) < 0) {
		c->unclear = true;
		record_add_text(r, c->name, text);
		return 0;
	}
	if (c->treat == COLUMN_TIME)
		when_format(when, out);
	else
		snprintf(out, sizeof(out), "%lld",
		         (long long)when_to_filetime(when));
	record_add_text(r, c->attribute, out);
	return 0;
}

/* An attribute that was asked for and has no value. */
static void
declare(struct record *r, const struct column *c)
{
	const struct ad_attr *a = ad_attr_find(c->attribute);
	enum attr_shape shape = SHAPE_SINGLE;

	if (c->treat == COLUMN_ADDRESSES ||
	    (c->treat == COLUMN_AD && a && a->shape == SHAPE_LIST))
		shape = SHAPE_LIST;
	if (record_find(r, c->attribute) < 0)
		record_declare(r, c->attribute, shape);
}

int
csv_value_add(struct record *r, struct column *c, const char *text,
              size_t len)
{
	if (c->treat == COLUMN_JUNK)
		return 0;
	if (!len) {
		declare(r, c);
		return 0;
	}
	switch (c->treat) {
	case COLUMN_AD:
		return add_ad(r, c, text, len);
	case COLUMN_ADDRESSES:
		split_addresses(r, c->attribute, text);
		return 0;
	case COLUMN_GUID:
		return add_guid(r, c, text, len);
	case COLUMN_SID:
		return add_sid(r, c, text, len);
	case COLUMN_FLAG:
	case COLUMN_FLAG_INVERTED:
		return add_flag(r, c, text);
	case COLUMN_DATE:
	case COLUMN_TIME:
		return add_date(r, c, text);
	default:
		record_add(r, c->attribute, VALUE_TEXT, text, len);
		return 0;
	}
}
