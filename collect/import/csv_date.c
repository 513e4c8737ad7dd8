/* Reading the dates of many cultures, each form for itself. */
#include "collect/import/csv_date.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "collect/import/csv_clock.h"

enum { MINUTE = 60, HOUR = 60 * MINUTE };

/* What stands between numbers; dates and times each keep to one of them. */
struct mark {
	const char *text;
	char kind;
};

static const struct mark date_marks[] = {
	{ "/", '/' }, { "-", '-' }, { ".", '.' },
	{ "年", 'c' }, { "月", 'c' }, { "日", 'c' },
	{ "년", 'c' }, { "월", 'c' }, { "일", 'c' },
};

static const struct mark time_marks[] = {
	{ ":", ':' }, { ".", '.' },
	{ "h", 'h' }, { "min", 'h' }, { "s", 'h' },
	{ "時", 'c' }, { "时", 'c' }, { "시", 'c' },
	{ "分", 'c' }, { "분", 'c' }, { "秒", 'c' }, { "초", 'c' },
};

enum {
	DATE_MARKS = sizeof(date_marks) / sizeof(date_marks[0]),
	TIME_MARKS = sizeof(time_marks) / sizeof(time_marks[0]),
};

/* Blanks of all kinds, and marks of direction that Arabic dates hold. */
static const struct {
	const char *text;
	const char *instead;
} odd_blanks[] = {
	{ "\xc2\xa0", " " }, { "\xe2\x80\xaf", " " }, { "\xe2\x80\x89", " " },
	{ "\xe2\x80\x87", " " }, { "\xe2\x80\x88", " " },
	{ "\xe2\x80\x82", " " }, { "\xe2\x80\x83", " " },
	{ "\xe3\x80\x80", " " },
	{ "\xe2\x80\x8e", "" }, { "\xe2\x80\x8f", "" }, { "\xd8\x9c", "" },
	{ "\xe2\x80\x8b", "" }, { "\xef\xbb\xbf", "" }, { "\t", " " },
	{ ",", " " }, { "، ", " " },
};

/* How much of it is printable ASCII, without commas. */
static size_t
plain_length(const char *text)
{
	size_t n = 0;

	while (isprint((unsigned char)text[n]) && text[n] != ',')
		n++;
	return n;
}

/* Plain blanks between words, none at the ends; a comma is a blank, too. */
static void
even(struct buf *out, const char *text)
{
	size_t n = sizeof(odd_blanks) / sizeof(odd_blanks[0]);

	while (*text) {
		const char *put = NULL;
		size_t plain = plain_length(text);

		/* Most are digits and need no look into the table. */
		if (plain) {
			buf_add(out, text, plain);
			text += plain;
			continue;
		}
		for (size_t i = 0; i < n && !put; i++) {
			size_t len = strlen(odd_blanks[i].text);

			if (strncmp(text, odd_blanks[i].text, len) == 0) {
				put = odd_blanks[i].instead;
				text += len;
			}
		}
		if (put)
			buf_adds(out, put);
		else
			buf_addc(out, *text++);
	}
	while (out->len && out->data[out->len - 1] == ' ')
		out->data[--out->len] = '\0';
}

static void
skip_blanks(const char **at)
{
	while (**at == ' ')
		(*at)++;
}

/* A number; the count of its digits, of which 9 are looked at. */
static int
take_number(const char **at, int *out)
{
	int digits = 0;

	*out = 0;
	while (isdigit((unsigned char)**at) && digits < 9) {
		*out = *out * 10 + (*(*at)++ - '0');
		digits++;
	}
	return digits;
}

/* A mark, with blanks around it; its kind, or 0. */
static char
take_mark(const char **at, const struct mark *marks, size_t n)
{
	const char *from = *at;

	skip_blanks(&from);
	for (size_t i = 0; i < n; i++) {
		size_t len = *from == *marks[i].text
			? strlen(marks[i].text) : 0;

		if (len && strncmp(from, marks[i].text, len) == 0) {
			*at = from + len;
			skip_blanks(at);
			return marks[i].kind;
		}
	}
	return 0;
}

struct parts {
	int first, second, third;
	int first_digits, third_digits;
	char mark;
};

/* Three numbers with the same mark between them. */
static bool
take_parts(const char **at, struct parts *p)
{
	int digits;

	p->first_digits = take_number(at, &p->first);
	p->mark = take_mark(at, date_marks, DATE_MARKS);
	digits = take_number(at, &p->second);
	if (!p->first_digits || !p->mark || digits < 1 || digits > 2 ||
	    take_mark(at, date_marks, DATE_MARKS) != p->mark)
		return false;
	p->third_digits = take_number(at, &p->third);
	/* "2024. 01. 31.", and the last sign of Chinese days. */
	if (p->mark == 'c' || (p->mark == '.' && **at == '.'))
		take_mark(at, date_marks, DATE_MARKS);
	return p->third_digits > 0;
}

struct clock {
	int hour, minute, second;
	int ahead;               /* seconds before UTC */
	enum date_zone zone;
};

/* "Z", "UTC", "+02:00" at the end of TEXT, which is cut before it. */
static void
cut_zone(struct buf *text, struct clock *c)
{
	static const char *const names[] = { "Z", "UTC", "GMT" };
	char *end = text->data + text->len, *sign;
	int hours, minutes, used = 0;

	for (size_t i = 0; i < 3; i++) {
		size_t len = strlen(names[i]);

		if (text->len > len && strcmp(end - len, names[i]) == 0) {
			c->zone = ZONE_TOLD;
			text->len -= len;
			text->data[text->len] = '\0';
			return;
		}
	}
	if (text->len < 12)
		return;
	sign = end - 6;
	if ((*sign != '+' && *sign != '-') ||
	    sscanf(sign + 1, "%2d:%2d%n", &hours, &minutes, &used) != 2 ||
	    used != 5)
		return;
	c->zone = ZONE_TOLD;
	c->ahead = (*sign == '-' ? -1 : 1) * (hours * HOUR + minutes * MINUTE);
	*sign = '\0';
	text->len = (size_t)(sign - text->data);
}

/* Hours of twelve in a day of 24; false when there is no such hour. */
static bool
set_half(struct clock *c, enum clock_half half)
{
	if (half == HALF_UNKNOWN || (half == HALF_MORNING && c->hour > 12))
		return false;
	if (half == HALF_AFTERNOON && c->hour < 12)
		c->hour += 12;
	if (half == HALF_MORNING && c->hour == 12)
		c->hour = 0;
	return true;
}

/* "3:00:00 PM", with its word before or behind; all of TEXT. */
static bool
read_clock(const char *text, struct clock *c)
{
	size_t before = strcspn(text, "0123456789");
	enum clock_half half = clock_half(text, before), behind;
	const char *at = text + before, *next;
	char mark;

	if (!*text)
		return true;
	if (take_number(&at, &c->hour) < 1)
		return false;
	mark = take_mark(&at, time_marks, TIME_MARKS);
	if (!mark || take_number(&at, &c->minute) != 2)
		return false;
	next = at;
	if (take_mark(&next, time_marks, TIME_MARKS) == mark &&
	    take_number(&next, &c->second)) {
		at = next;
		if (*at == '.' && isdigit((unsigned char)at[1]))
			at += 1 + strspn(at + 1, "0123456789");
		if (mark == 'h' || mark == 'c')
			take_mark(&at, time_marks, TIME_MARKS);
	}
	behind = clock_half(at, strlen(at));
	if (half != HALF_NONE && behind != HALF_NONE)
		return false;
	return set_half(c, half == HALF_NONE ? behind : half);
}

static int
civil(when_t *out, int year, int month, int day, const struct clock *c)
{
	/* Years of other calendars, such as 2567 or 1402, are none of ours. */
	if (year < 1601 || year > 2400 ||
	    when_from_civil(out, year, month, day, c->hour, c->minute,
	                    c->second) < 0)
		return -1;
	*out -= c->ahead;
	return 0;
}

static void
settle(struct date *d, enum date_order shows, when_t when)
{
	d->form = DATE_ONE;
	d->shows = shows;
	d->day_first = d->month_first = when;
}

static void
set_date(struct date *d, const struct parts *p, const struct clock *c)
{
	bool day, month;
	when_t when;

	if (p->first_digits == 4) {
		if (p->third_digits <= 2 &&
		    civil(&when, p->first, p->second, p->third, c) == 0)
			settle(d, ORDER_UNKNOWN, when);
		return;
	}
	if (p->first_digits > 2 || p->third_digits != 4)
		return;
	day = civil(&d->day_first, p->third, p->second, p->first, c) == 0;
	/* Nobody writes dots and begins with the month. */
	month = p->mark != '.' && p->mark != 'c' &&
	        civil(&d->month_first, p->third, p->first, p->second, c) == 0;
	if (day && month && p->first != p->second) {
		d->form = DATE_EITHER;
		/* Cultures that begin with the month have slashes. */
		if (p->mark != '/')
			d->suggests = ORDER_DAY_FIRST;
	} else if (day) {
		settle(d, month ? ORDER_UNKNOWN : ORDER_DAY_FIRST,
		       d->day_first);
	} else if (month) {
		settle(d, ORDER_MONTH_FIRST, d->month_first);
	}
}

/* What ends in a time: a date's own word may stand before it. */
static void
read_even(struct date *d, struct buf *text)
{
	struct clock c = { .zone = ZONE_LOCAL };
	const char *at, *rest;
	struct parts p;

	cut_zone(text, &c);
	at = buf_text(text);
	skip_blanks(&at);
	if (!take_parts(&at, &p))
		return;
	d->form = DATE_ODD;
	rest = at;
	if (*rest == 'T' && isdigit((unsigned char)rest[1]))
		rest++;
	skip_blanks(&rest);
	if (!read_clock(rest, &c))
		return;
	d->form = DATE_WRONG;
	d->zone = c.zone;
	set_date(d, &p, &c);
}

/*
 * "31-Jan-2024 15:00", "Wednesday, January 31, 2024": a word apart from the
 * numbers, of which one is a year; not "1.32E+17", and no "########".
 */
static bool
has_month_name(const char *text)
{
	bool year = false, word = false;
	size_t numbers = 0;

	while (*text) {
		size_t digits = strspn(text, "0123456789"), letters = 0;

		text += digits;
		numbers += digits > 0;
		year = year || digits == 4;
		while (isalpha((unsigned char)text[letters]) ||
		       (unsigned char)text[letters] >= 0x80)
			letters++;
		word = word || (!digits && letters >= 3 &&
		                !isdigit((unsigned char)text[letters]));
		text += letters;
		if (!digits && !letters)
			text++;
	}
	return word && year && numbers > 1;
}

void
date_read(struct date *d, const char *text)
{
	struct buf even_text = { 0 };
	when_t when;

	*d = (struct date){ .form = DATE_NONE };
	/* The fraction's comma is no blank. */
	if (when_from_iso(&when, text) == 0 ||
	    when_from_general(&when, text) == 0) {
		settle(d, ORDER_UNKNOWN, when);
		d->zone = strpbrk(text, "Z+") || strrchr(text, '-') > text + 9
			? ZONE_TOLD : ZONE_LOCAL;
		return;
	}
	/* FILETIMEs: only dates of other forms have marks between numbers. */
	if (!text[strspn(text, "0123456789")])
		return;
	even(&even_text, text);
	read_even(d, &even_text);
	if (d->form == DATE_NONE && has_month_name(text))
		d->form = DATE_ODD;
	buf_release(&even_text);
}

enum date_order
date_order_learn(enum date_order so_far, const struct date *d)
{
	if (d->form != DATE_ONE || d->shows == ORDER_UNKNOWN)
		return so_far;
	if (so_far == ORDER_UNKNOWN)
		return d->shows;
	return so_far == d->shows ? so_far : ORDER_MIXED;
}

int
date_when(const struct date *d, enum date_order order, when_t *out)
{
	if (order == ORDER_UNKNOWN)
		order = d->suggests;
	if (d->form == DATE_ONE)
		*out = d->day_first;
	else if (d->form == DATE_EITHER && order == ORDER_DAY_FIRST)
		*out = d->day_first;
	else if (d->form == DATE_EITHER && order == ORDER_MONTH_FIRST)
		*out = d->month_first;
	else
		return -1;
	return 0;
}
