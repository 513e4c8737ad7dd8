/*
 * Dates as PowerShell writes them: in the culture of the exporting machine, of
 * which only a whole column can tell whether the day or the month stands first.
 */
#ifndef COLLECT_IMPORT_CSV_DATE_H
#define COLLECT_IMPORT_CSV_DATE_H

#include "base/when.h"

/* The order of day and month, as far as a column has shown. */
enum date_order {
	ORDER_UNKNOWN, ORDER_DAY_FIRST, ORDER_MONTH_FIRST,
	ORDER_MIXED,             /* some dates show one, some the other */
};

enum date_form {
	DATE_NONE,               /* is no date */
	DATE_WRONG,              /* no such day, or a short year */
	DATE_ODD,                /* has words that are not understood, such as
	                            the name of a month */
	DATE_ONE,                /* can only be read in one way */
	DATE_EITHER,             /* day and month may change places */
};

/* Whether the text says where its clock stands. */
enum date_zone { ZONE_LOCAL, ZONE_TOLD };

struct date {
	enum date_form form;
	enum date_order shows;   /* of DATE_ONE: the order that it proves */
	/* Of DATE_EITHER: what its separator suggests, or ORDER_UNKNOWN. */
	enum date_order suggests;
	enum date_zone zone;
	when_t day_first, month_first;   /* of DATE_ONE both are the same */
};

/* All of TEXT must be the date, or it is odd. */
void date_read(struct date *d, const char *text);

/* What the dates of a column show, and then one more. */
enum date_order date_order_learn(enum date_order so_far, const struct date *d);

/* Reads D in the order of its column; 0, or -1 when that leaves it open. */
int date_when(const struct date *d, enum date_order order, when_t *out);

#endif
