/* From the fields of CSV files to values of records. */
#ifndef COLLECT_IMPORT_CSV_VALUE_H
#define COLLECT_IMPORT_CSV_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "collect/import/csv_date.h"
#include "collect/import/csv_split.h"
#include "collect/import/import_map.h"

struct ad_attr;
struct record;

/* Why a cell does not say what the object has. */
enum loss {
	LOSS_NONE,
	LOSS_TYPE,               /* a type name instead of values */
	LOSS_CUT,                /* the shell left values out */
	LOSS_ORDER,              /* day and month cannot be told apart */
	LOSS_DAY,                /* there is no such day */
	LOSS_WORDS,              /* the column's dates have unknown words */
	LOSS_FLAG,               /* neither True nor False */
	LOSS_LETTERS,            /* "?" instead of letters */
	LOSS_COUNT
};

/* Where something was met first. */
struct meeting {
	uint64_t line;           /* 0: nowhere */
	char *value;
};

struct column {
	char *name;              /* as the file spells it */
	char *squeezed;          /* as tables have it; "" without a name */
	const char *attribute;   /* NULL: dropped */
	const struct ad_attr *ad;        /* the same; NULL: none of AD's */
	enum column_treat treat;
	enum split_by by;
	enum date_order order;   /* of its dates so far */
	bool wide;               /* it has letters outside ASCII */
	struct meeting odd;      /* a date with unknown words */
	struct meeting local;    /* a date of the exporting machine's clock */
	struct meeting used;     /* a value in a column without a name */
	struct meeting losses[LOSS_COUNT];
};

/* Notes LINE and VALUE, if it is the first time. */
void meeting_note(struct meeting *m, uint64_t line, const char *value);

/* Whether the column's values have to be seen all together first. */
bool csv_value_is_date(const struct column *c);
/* Looks at one value of such a column. */
void csv_value_look(struct column *c, uint64_t line, const char *text);

/*
 * Adds the field, which stands in LINE, to the record as the column's treatment
 * says; an empty field declares the attribute. Values that cannot be read are
 * handed on as they are; what is lost is left out.
 */
enum loss csv_value_add(struct record *r, struct column *c, uint64_t line,
                        const char *text, size_t len);

#endif
