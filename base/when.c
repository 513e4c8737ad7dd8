/* Times. */
#include "base/when.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Seconds from 1601-01-01 to 1970-01-01. */
#define FILETIME_EPOCH INT64_C(11644473600)
#define FILETIME_TICKS INT64_C(10000000)

int
when_from_civil(when_t *out, int year, int month, int day, int hour,
                int minute, int second)
{
	struct tm tm = {
		.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day,
		.tm_hour = hour, .tm_min = minute, .tm_sec = second,
	};
	time_t t;

	if (year < 1601 || year > 9999 || month < 1 || month > 12 || day < 1 ||
	    hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
	    second > 60)
		return -1;
	t = timegm(&tm);
	/* timegm turns 31 April into 1 May: such a day does not exist. */
	if (tm.tm_mday != day && second < 60)
		return -1;
	*out = t;
	return 0;
}

/* Reads exactly DIGITS digits and moves *P on; -1 when they are not there. */
static int
number(const char **p, int digits)
{
	int value = 0;

	while (digits-- > 0) {
		if (**p < '0' || **p > '9')
			return -1;
		value = value * 10 + (*(*p)++ - '0');
	}
	return value;
}

static int
skip(const char **p, char c)
{
	if (**p != c)
		return -1;
	(*p)++;
	return 0;
}

static void
skip_fraction(const char **p)
{
	if (**p != '.' && **p != ',')
		return;
	(*p)++;
	while (**p >= '0' && **p <= '9')
		(*p)++;
}

/* "Z", "+01:00", "-0530" or nothing (UTC); the offset in seconds. */
static int
offset(const char **p, int *seconds)
{
	int sign, hours, minutes;

	*seconds = 0;
	if (**p == '\0')
		return 0;
	if (**p == 'Z' || **p == 'z')
		return skip(p, **p);
	if (**p != '+' && **p != '-')
		return -1;
	sign = *(*p)++ == '-' ? -1 : 1;
	hours = number(p, 2);
	if (**p == ':')
		(*p)++;
	minutes = number(p, 2);
	if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
		return -1;
	*seconds = sign * (hours * 3600 + minutes * 60);
	return 0;
}

int
when_from_iso(when_t *out, const char *text)
{
	const char *p = text;
	int year, month, day, hour = 0, minute = 0, second = 0, shift = 0;
	when_t t;

	year = number(&p, 4);
	if (year < 0 || skip(&p, '-') < 0 || (month = number(&p, 2)) < 0 ||
	    skip(&p, '-') < 0 || (day = number(&p, 2)) < 0)
		return -1;
	if (*p == 'T' || *p == 't' || *p == ' ') {
		p++;
		if ((hour = number(&p, 2)) < 0 || skip(&p, ':') < 0 ||
		    (minute = number(&p, 2)) < 0)
			return -1;
		if (*p == ':' && (p++, (second = number(&p, 2)) < 0))
			return -1;
		skip_fraction(&p);
		if (offset(&p, &shift) < 0)
			return -1;
	}
	if (*p || when_from_civil(&t, year, month, day, hour, minute,
	                          second) < 0)
		return -1;
	*out = t - shift;
	return 0;
}

int
when_from_filetime(when_t *out, const char *text)
{
	char *end;
	long long ticks;

	errno = 0;
	ticks = strtoll(text, &end, 10);
	if (errno || end == text || *end || ticks < 0)
		return -1;
	if (ticks == 0 || ticks == INT64_MAX)
		*out = WHEN_NONE;
	else
		*out = ticks / FILETIME_TICKS - FILETIME_EPOCH;
	return 0;
}

int64_t
when_to_filetime(when_t t)
{
	return (t + FILETIME_EPOCH) * FILETIME_TICKS;
}

/* Broken-down UTC; -1 when T is no time. */
static int
broken_down(when_t t, struct tm *out)
{
	time_t seconds = t;

	return t == WHEN_NONE || !gmtime_r(&seconds, out) ? -1 : 0;
}

void
when_format(when_t t, char text[WHEN_TEXT])
{
	struct tm tm;

	if (broken_down(t, &tm) < 0 ||
	    !strftime(text, WHEN_TEXT, "%Y-%m-%dT%H:%M:%SZ", &tm))
		strcpy(text, "unknown");
}

void
when_format_day(when_t t, char text[WHEN_TEXT])
{
	struct tm tm;

	if (broken_down(t, &tm) < 0 ||
	    !strftime(text, WHEN_TEXT, "%Y-%m-%d", &tm))
		strcpy(text, "unknown");
}
