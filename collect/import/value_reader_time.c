/* Times of AD and of the tenant. */
#include "collect/import/value_reader_time.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/when.h"
#include "collect/import/value_number.h"
#include "collect/import/value_time.h"

/* The time of a text, or of the /Date()/ in what PowerShell wraps around it. */
static enum value_verdict
read_time(const struct value *v, struct value_reading *out, when_t *t)
{
	const char *text = reader_text(out, v), *date;
	char inner[40];
	size_t len;

	if (!text)
		return reader_unclear(out, "");
	if (!*text)
		return VERDICT_NONE;
	if (!reader_is_scalar(v)) {
		date = strstr(text, "Date(");
		len = date ? strcspn(date, ")") + 1 : 0;
		if (!date || len >= sizeof(inner))
			return reader_unclear(out, "");
		memcpy(inner, date, len);
		inner[len] = '\0';
		text = inner;
	}
	if (time_parse(t, text) < 0) {
		int64_t n;
		const char *why = number_read(&n, text);

		return reader_unclear(out, why && *why
		                      ? why : reader_glance(text));
	}
	return *t == WHEN_NONE ? VERDICT_NONE : VERDICT_CHANGED;
}

enum value_verdict
read_filetime(const struct value *v, struct value_reading *out)
{
	enum value_verdict verdict;
	char formatted[32];
	const char *text;
	int64_t n;
	when_t t;

	if (v->kind == VALUE_TEXT && filetime_is_ours(v->data))
		return VERDICT_CANONICAL;
	text = reader_is_scalar(v) ? reader_text(out, v) : NULL;
	if (text && *text && !number_read(&n, text)) {
		snprintf(formatted, sizeof(formatted), "%" PRId64, n);
		if (!filetime_is_ours(formatted))
			return reader_unclear(out, "is no FILETIME of our "
			                      "time");
		return reader_changed_text(out, formatted);
	}
	verdict = read_time(v, out, &t);
	if (verdict != VERDICT_CHANGED)
		return verdict;
	snprintf(formatted, sizeof(formatted), "%" PRId64,
	         when_to_filetime(t));
	if (!filetime_is_ours(formatted))
		return reader_unclear(out, "is no date of our time");
	return reader_changed_text(out, formatted);
}

enum value_verdict
read_general_time(const struct value *v, struct value_reading *out)
{
	char iso[WHEN_TEXT], formatted[2 * WHEN_TEXT];
	enum value_verdict verdict;
	when_t t;

	if (v->kind == VALUE_TEXT && when_from_general(&t, v->data) == 0)
		return VERDICT_CANONICAL;
	verdict = read_time(v, out, &t);
	if (verdict != VERDICT_CHANGED)
		return verdict;
	when_format(t, iso);
	snprintf(formatted, sizeof(formatted), "%.4s%.2s%.2s%.2s%.2s%.2s.0Z",
	         iso, iso + 5, iso + 8, iso + 11, iso + 14, iso + 17);
	return reader_changed_text(out, formatted);
}

enum value_verdict
read_iso_time(const struct value *v, struct value_reading *out)
{
	char formatted[WHEN_TEXT];
	enum value_verdict verdict;
	when_t t;

	if (v->kind == VALUE_TEXT && when_from_iso(&t, v->data) == 0)
		return VERDICT_CANONICAL;
	verdict = read_time(v, out, &t);
	if (verdict != VERDICT_CHANGED)
		return verdict;
	when_format(t, formatted);
	return reader_changed_text(out, formatted);
}

