/*
 * Times: seconds since 1970-01-01 UTC, and the forms in which files hold them.
 */
#ifndef BASE_WHEN_H
#define BASE_WHEN_H

#include <stdbool.h>
#include <stdint.h>

typedef int64_t when_t;

#define WHEN_NONE INT64_MIN    /* no time known */
#define WHEN_LAST INT64_C(253402300799)        /* 9999-12-31T23:59:59Z */
#define WHEN_DAY ((when_t)24 * 60 * 60)

enum { WHEN_TEXT = 32 };

/*
 * Each reads one form and returns 0, or -1 and leaves *OUT alone.
 * iso: "2015-11-02", "2015-11-02T10:12:13Z", with fraction and offset, too.
 * general: "20151102101213.0Z", generalized time as AD writes it (RFC 4517).
 * filetime: 100 ns since 1601-01-01, as text; 0 and 0x7fffffffffffffff, which
 *   AD uses for "never", and what is later than WHEN_LAST, which no form here
 *   can say, give WHEN_NONE.
 */
int when_from_iso(when_t *out, const char *text);
int when_from_general(when_t *out, const char *text);
int when_from_filetime(when_t *out, const char *text);

/*
 * Whether they may be one time that two exports wrote as their own zones have
 * it: zones differ by quarters of an hour, from UTC-12 to UTC+14.
 */
bool when_differs_by_zone(when_t a, when_t b);

/* The FILETIME of a time, as AD attributes hold it. */
int64_t when_to_filetime(when_t t);

/* "2015-11-02T10:12:13Z"; of WHEN_NONE the text "unknown". */
void when_format(when_t t, char text[WHEN_TEXT]);
/* "2015-11-02". */
void when_format_day(when_t t, char text[WHEN_TEXT]);

/* The seconds of a civil time in UTC; -1 when there is no such time. */
int when_from_civil(when_t *out, int year, int month, int day, int hour,
                    int minute, int second);

#endif
