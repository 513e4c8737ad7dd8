/* Forms of times that say themselves which part is which. */
#include "collect/import/value_time.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/number.h"

/* DateTime.MinValue of .NET, "no time", and a day for zones; in ms. */
#define NO_TIME_MS (INT64_C(-62135596800000) + 86400000)
/* What when.h takes: from 1601 to the end of 9999. */
#define FIRST_TIME INT64_C(-11644473600)
#define LAST_TIME INT64_C(253402300799)

/* One to MAX digits; *P moves on. -1: there is none. */
static int
digits(const char **p, int max)
{
	int value = 0, n = 0;

	for (; n < max && **p >= '0' && **p <= '9'; n++)
		value = value * 10 + (*(*p)++ - '0');
	return n ? value : -1;
}

static void
blanks(const char **p)
{
	while (**p == ' ' || **p == '\t')
		(*p)++;
}

/* "Z", "UTC", "+01:00", "-0530" or nothing; the offset in seconds. */
static int
zone(const char **p, int *seconds)
{
	int sign, hours, minutes = 0;

	*seconds = 0;
	blanks(p);
	if (!**p)
		return 0;
	if (strcasecmp(*p, "Z") == 0 || strcasecmp(*p, "UTC") == 0 ||
	    strcasecmp(*p, "GMT") == 0) {
		*p += strlen(*p);
		return 0;
	}
	if (**p != '+' && **p != '-')
		return -1;
	sign = *(*p)++ == '-' ? -1 : 1;
	hours = digits(p, 2);
	if (**p == ':')
		(*p)++;
	if (**p)
		minutes = digits(p, 2);
	if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
		return -1;
	*seconds = sign * (hours * 3600 + minutes * 60);
	return 0;
}

/* "10:00", "10:00:00.123"; hour, minute, second. */
static int
clock_time(const char **p, int at[3])
{
	at[0] = digits(p, 2);
	if (at[0] < 0 || **p != ':')
		return -1;
	(*p)++;
	at[1] = digits(p, 2);
	if (at[1] < 0)
		return -1;
	if (**p != ':')
		return 0;
	(*p)++;
	at[2] = digits(p, 2);
	if (at[2] < 0)
		return -1;
	if (**p == '.' || **p == ',')
		(*p)++;
	while (**p >= '0' && **p <= '9')
		(*p)++;
	return 0;
}

/* The date in order, whatever is between its parts. */
static int
civil_date(const char **p, int at[3])
{
	char between;
	bool year_first;

	at[0] = digits(p, 4);
	between = **p;
	year_first = at[0] > 31;
	if (at[0] < 0 || !between || !strchr("-/.", between) ||
	    (!year_first && between != '.'))
		return -1;
	(*p)++;
	at[1] = digits(p, 2);
	if (at[1] < 0 || **p != between)
		return -1;
	(*p)++;
	at[2] = digits(p, year_first ? 2 : 4);
	if (at[2] < 0)
		return -1;
	if (!year_first) {
		int day = at[0];

		at[0] = at[2];
		at[2] = day;
	}
	return at[0] < 1601 ? -1 : 0;
}

static int
civil(when_t *out, const char *text)
{
	int date[3] = { 0 }, clock[3] = { 0 }, shift;
	when_t t;

	if (civil_date(&text, date) < 0)
		return -1;
	/* PowerShell's round-trip form has a T, others a blank or more. */
	if (*text == 'T' || *text == 't')
		text++;
	else
		blanks(&text);
	if (*text && clock_time(&text, clock) < 0)
		return -1;
	if (zone(&text, &shift) < 0 || *text ||
	    when_from_civil(&t, date[0], date[1], date[2], clock[0], clock[1],
	                    clock[2]) < 0)
		return -1;
	*out = t - shift;
	return 0;
}

/*
 * "/Date(1700000000000)/" and with "+0100", which only says where it was
 * written (the milliseconds are UTC); "\/Date(...)\/" where an escape was left.
 */
static int
json_date(when_t *out, const char *text)
{
	const char *p = strstr(text, "Date(");
	char *end;
	long long ms;

	if (!p || (p != text && (p[-1] != '/' ||
	                         strspn(text, "\\/") + text != p)))
		return -1;
	p += strlen("Date(");
	ms = strtoll(p, &end, 10);
	if (end == p || ms < -(INT64_C(1) << 52) || ms > (INT64_C(1) << 52))
		return -1;
	if (*end == '+' || *end == '-')
		end += 1 + strspn(end + 1, "0123456789");
	if (*end++ != ')' || end[strspn(end, "\\/")])
		return -1;
	*out = ms <= NO_TIME_MS ? WHEN_NONE
		: (when_t)(ms >= 0 ? ms / 1000 : -((999 - ms) / 1000));
	return 0;
}

/* Generalized time with an offset, as RFC 4517 allows it. */
static int
general(when_t *out, const char *text)
{
	int at[6], shift;
	const char *p = text;
	when_t t;

	if (strspn(text, "0123456789") != 14)
		return -1;
	at[0] = digits(&p, 4);
	for (int i = 1; i < 6; i++)
		at[i] = digits(&p, 2);
	if (*p == '.' || *p == ',')
		p += 1 + strspn(p + 1, "0123456789");
	if (!*p || zone(&p, &shift) < 0 || *p ||
	    when_from_civil(&t, at[0], at[1], at[2], at[3], at[4], at[5]) < 0)
		return -1;
	*out = t - shift;
	return 0;
}

bool
filetime_is_ours(const char *text)
{
	uint64_t n;

	return number_parse(&n, text, INT64_MAX) == 0 &&
	       (!n || n == INT64_MAX || (n >= UINT64_C(10000000000000000) &&
	                                 n < UINT64_C(500000000000000000)));
}

int
time_parse(when_t *out, const char *text)
{
	size_t n = strspn(text, "0123456789");

	if (when_from_iso(out, text) == 0 || general(out, text) == 0 ||
	    json_date(out, text) == 0 || civil(out, text) == 0)
		return *out == WHEN_NONE || (*out >= FIRST_TIME &&
		                             *out <= LAST_TIME) ? 0 : -1;
	if (strncmp(text, "0001-01-01", 10) == 0 ||
	    strncmp(text, "1/1/0001", 8) == 0) {
		*out = WHEN_NONE;
		return 0;
	}
	if (n < 15 || text[n] || !filetime_is_ours(text))
		return -1;
	return when_from_filetime(out, text);
}
