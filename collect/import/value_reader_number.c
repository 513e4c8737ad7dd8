/* Whole numbers, and the names that they have. */
#include "collect/import/value_reader_number.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "collect/import/value_name.h"
#include "collect/import/value_number.h"

/* Whether the text is a whole number as LDAP writes it, in 18 digits. */
static bool
is_plain(const struct value *v)
{
	size_t negative = v->len && v->data[0] == '-';
	size_t n = v->len - negative;

	return v->kind == VALUE_TEXT && n && n <= 18 &&
	       strspn(v->data + negative, "0123456789") == n;
}

/* Of 32 bits: those above 2^31 may have been written without the sign. */
static bool
fits_32(int64_t *n)
{
	if (*n > UINT32_MAX || *n < INT32_MIN)
		return false;
	if (*n > INT32_MAX)
		*n -= INT64_C(1) << 32;
	return true;
}

static enum value_verdict
read_any_number(const struct value *v, enum value_syntax names,
                struct value_reading *out)
{
	const char *text = reader_is_scalar(v) ? reader_text(out, v) : NULL;
	bool wide = names == AS_NUMBER || names == AS_RECIPIENT_TYPE ||
	            names == AS_REMOTE_TYPE;
	char formatted[32];
	const char *why;
	int64_t n;

	if (!text)
		return reader_unclear(out, "");
	if (!*text)
		return VERDICT_NONE;
	why = number_read(&n, text);
	out->named = why && name_parse(&n, names, text);
	if (why && !out->named)
		return reader_unclear(out, *why ? why : reader_glance(text));
	if (!wide && !fits_32(&n))
		return reader_unclear(out, "is too large");
	snprintf(formatted, sizeof(formatted), "%" PRId64, n);
	if (v->kind == VALUE_TEXT && strcmp(v->data, formatted) == 0)
		return VERDICT_CANONICAL;
	return reader_changed_text(out, formatted);
}

enum value_verdict
read_number(const struct value *v, struct value_reading *out)
{
	return is_plain(v) ? VERDICT_CANONICAL
	                   : read_any_number(v, AS_NUMBER, out);
}

enum value_verdict
read_recipient_type(const struct value *v, struct value_reading *out)
{
	return is_plain(v) ? VERDICT_CANONICAL
	                   : read_any_number(v, AS_RECIPIENT_TYPE, out);
}

enum value_verdict
read_remote_type(const struct value *v, struct value_reading *out)
{
	return is_plain(v) ? VERDICT_CANONICAL
	                   : read_any_number(v, AS_REMOTE_TYPE, out);
}

/* Nine digits are below 2^31. */
static bool
is_short(const struct value *v)
{
	return v->len <= 9 && is_plain(v);
}

enum value_verdict
read_control(const struct value *v, struct value_reading *out)
{
	return is_short(v) ? VERDICT_CANONICAL
	                   : read_any_number(v, AS_CONTROL, out);
}

enum value_verdict
read_group_type(const struct value *v, struct value_reading *out)
{
	return is_short(v) ? VERDICT_CANONICAL
	                   : read_any_number(v, AS_GROUP_TYPE, out);
}

enum value_verdict
read_account_type(const struct value *v, struct value_reading *out)
{
	return is_short(v) ? VERDICT_CANONICAL
	                   : read_any_number(v, AS_ACCOUNT_TYPE, out);
}

enum value_verdict
read_display_type(const struct value *v, struct value_reading *out)
{
	return is_short(v) ? VERDICT_CANONICAL
	                   : read_any_number(v, AS_DISPLAY_TYPE, out);
}

