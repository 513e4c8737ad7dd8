/* The calendar and the forms of times, by hand: each object has some. */
#include "base/when.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/number.h"

/* Seconds from 1601-01-01 to 1970-01-01. */
#define FILETIME_EPOCH INT64_C(11644473600)
#define FILETIME_TICKS INT64_C(10000000)
/* As days_before says. */
#define DAYS_BEFORE_1970 719162

static bool
is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int
month_days(int year, int month)
{
	static const int days[] = {
		0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
	};

	return days[month] + (month == 2 && is_leap(year));
}

/* The days before a year, from the year 1. */
static when_t
days_before(int year)
{
	when_t y = year - 1;

	return 365 * y + y / 4 - y / 100 + y / 400;
}

/* By hand: timegm is slow, and there is one in every object. */
int
when_from_civil(when_t *out, int year, int month, int day, int hour,
                int minute, int second)
{
	static const int before[] = {
		0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334,
	};
	when_t days;

	if (year < 1601 || year > 9999 || month < 1 || month > 12 || day < 1 ||
	    day > month_days(year, month) || hour < 0 || hour > 23 ||
	    minute < 0 || minute > 59 || second < 0 || second > 60)
		return -1;
	days = days_before(year) - DAYS_BEFORE_1970 + before[month] + day - 1 +
	       (month > 2 && is_leap(year));
	*out = ((days * 24 + hour) * 60 + minute) * 60 + second;
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
when_from_general(when_t *out, const char *text)
{
	const char *p = text;
	int at[6];

	at[0] = number(&p, 4);
	for (int i = 1; i < 6; i++)
		at[i] = at[i - 1] < 0 ? -1 : number(&p, 2);
	if (at[5] < 0)
		return -1;
	skip_fraction(&p);
	if (strcmp(p, "Z") != 0)
		return -1;
	return when_from_civil(out, at[0], at[1], at[2], at[3], at[4], at[5]);
}

int
when_from_filetime(when_t *out, const char *text)
{
	uint64_t ticks;

	if (number_parse(&ticks, text, INT64_MAX) < 0)
		return -1;
	*out = (when_t)ticks / FILETIME_TICKS - FILETIME_EPOCH;
	if (ticks == 0 || *out > WHEN_LAST)
		*out = WHEN_NONE;
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

bool
when_differs_by_zone(when_t a, when_t b)
{
	enum { MINUTE = 60, QUARTER = 15 * MINUTE, MOST = 26 * 60 * MINUTE };
	when_t apart;

	if (a == WHEN_NONE || b == WHEN_NONE)
		return false;
	apart = a > b ? a - b : b - a;
	return apart && apart <= MOST && apart % QUARTER == 0;
}
