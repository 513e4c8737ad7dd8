/* What the parts of the page share: all that is counted and chosen for it. */
#ifndef REPORT_PAGE_PARTS_H
#define REPORT_PAGE_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/mem.h"
#include "report/page/asked.h"
#include "report/page/closed.h"
#include "report/page/cube.h"
#include "report/page/deadlines.h"
#include "report/page/names.h"
#include "report/page/place_tree.h"
#include "report/page/rows.h"
#include "report/view.h"

enum {
	PAGE_ROWS = 6000,        /* findings in the page, and objects */
	PAGE_BYTES = 3000000,    /* of both together */
	PAGE_WHOLE = 4700000,    /* of the page: fewer rows, if need be */
	PAGE_STATIC = 1500000,   /* of the rows of all rules */
	PAGE_PLACES = 300,
	PAGE_CELLS = 100000,     /* of the cubes */
	PAGE_CAUSES = 300,
	PAGE_SHOWN = 25,         /* rows of a table of a rule, and such */
	PAGE_WAIVED = 300,
	PAGE_RUNS = 12, PAGE_PLACES_SHOWN = 20, PAGE_SOON = 30,
};

/* The order of what the script filters by: numbers of a cell's sides. */
enum page_side {
	SIDE_RULE, SIDE_CAUSE, SIDE_SEVERITY, SIDE_STATUS, SIDE_AGE, SIDE_KIND,
	SIDE_PLACE, SIDE_WHERE
};

/* Readiness, and accounts that have no object in AD: worst first. */
enum page_ready {
	READY_BLOCKED, READY_WARNING, READY_TENANT, READY_UNKNOWN, READY_READY,
	READY_OUT, READY_STATES
};

/* What is counted of a rule. */
struct rule_tally {
	uint64_t by_status[STATUS_COUNT];
	uint64_t by_age[ROW_AGES];           /* of all of them */
	uint64_t objects;                    /* with such that count */
	uint32_t last_object;                /* that was counted, + 1 */
	enum severity worst;                 /* of those that count */
};

/* An object with findings. */
struct found_object {
	uint32_t half;           /* of its key; the index has both as one */
	uint32_t place;
	uint32_t open[SEVERITY_COUNT];
	uint32_t row;            /* + 1: among the page's objects; 0: none */
	unsigned kind : 30;
	bool wanted : 1;         /* for a finding that the page holds */
	bool in_forecast : 1;
};

/* What one change cures. */
struct change_count {
	uint32_t half;           /* as that of an object */
	uint32_t first;          /* number of the finding that names it */
	uint32_t cell;           /* of that one */
	uint32_t findings, objects;
	uint32_t last_object;
	unsigned char severity;  /* of that one */
	bool has_value;          /* and whether it has one to write */
};

/* An object that the page holds. */
struct page_object {
	char *name, *sam, *guid;
	char *json;              /* its row, but for its place */
	size_t len;
	uint32_t found;          /* + 1: among those with findings */
	uint32_t place;
	enum page_ready ready;
	uint64_t number;         /* in the forecast */
	bool used;               /* a finding of the page is about it */
};

struct object_list {
	struct page_object *items;
	size_t count, room;
};

/* How many objects of a kind have a readiness. */
struct kind_count {
	uint64_t by[READINESS_COUNT];
};

struct object_reading;
struct outfile;
struct pass_object;
struct wave_plan;

struct report_page {
	struct view_taker taker;             /* first */
	const struct findings *f;
	const struct page_settings *set;
	enum page_audience audience;
	const char *const *notes;
	size_t note_count;
	char *logo;                          /* a data: address, or NULL */
	struct wave_plan *waves;             /* or NULL */
	const struct missing_data *missing;
	size_t missing_count;
	struct arena texts;
	struct name_table kinds;
	struct name_table attributes, fixes, wanted;     /* of printed rows */
	struct place_tree places;

	struct cube findings, objects;
	uint64_t number;                     /* of findings taken */
	uint64_t by_status[STATUS_COUNT];
	uint64_t counted[SEVERITY_COUNT];    /* open and planned */
	uint64_t by_age[ROW_AGES];
	struct rule_tally *rules;
	struct row_pick *by_rule, waived, rest;
	struct found_object *found;
	size_t found_count, found_room;
	struct slim_index found_by_key;
	struct change_count *changes;
	size_t change_count, change_room;
	struct slim_index changes_by_key;
	uint64_t crossing;                   /* about two forests */

	struct first_causes causes;
	struct hash_index causes_by_id;

	struct kind_count *by_kind;          /* by number of the kind */
	size_t kind_room;
	struct object_list chosen;           /* objects, when all are read */
	uint64_t object_total;               /* of the list of objects */
	uint64_t tenant_only;
	struct trend trend;
	struct closed_told closed;
	struct deadlines deadlines;
};

/* ---- intake ---- */

/* Whether the status counts: open, or planned. */
bool page_counts(enum status s);
uint64_t page_counted(const struct rule_tally *r);
uint64_t page_rule_all(const struct rule_tally *r);
/* What is the page's word for a class or kind. */
const char *page_kind(const char *kind, const char *class, const char *dn);
/* The object of that key with findings, or NULL. */
struct found_object *page_found(struct report_page *p, uint64_t key);
void page_take(struct view_taker *t, const struct finding *f);
/* Gives the cubes their changes, when all findings are taken. */
void page_take_end(struct report_page *p);

/*
 * The row number AT of a list that is kept, or NULL: those of a rule by its
 * number, then what is waived, then the rest.
 */
struct page_row *page_row_at(const struct report_page *p, size_t list,
                             size_t at);

int page_read_causes(struct report_page *p, struct err *err);
/* Objects as they pass by, when all findings are taken. */
struct object_reading *page_begin_objects(struct report_page *p);
int page_take_object(struct object_reading *r, struct pass_object *of,
                     struct err *err);
void page_end_objects(struct object_reading *r);
/* With what the page did not get, if the reading broke off. */
void page_free_objects(struct object_reading *r);
/* The whole page, when all is read. */
void page_print(struct report_page *p, const struct view *v,
                struct outfile *out);
void page_objects_release(struct report_page *p);
/* A name for people, of the first RDN; the caller frees it. */
char *page_name(const char *dn, const char *label);
/* Whether the row names its change on the page. */
bool page_names_change(const struct report_page *p, const struct page_row *row);

/* ---- output ---- */

/* Each appends its section, or nothing where there is nothing to say. */
void part_head(struct buf *out, const struct report_page *p,
               const struct view *v);
void part_summary(struct buf *out, const struct report_page *p,
                  const struct view *v);
void part_causes(struct buf *out, const struct report_page *p);
void part_explore(struct buf *out);
void part_places(struct buf *out, const struct report_page *p,
                 const struct view *v);
void part_waves(struct buf *out, const struct report_page *p);
void part_exchange(struct buf *out, const struct report_page *p);
void part_change(struct buf *out, const struct report_page *p);
void part_coverage(struct buf *out, const struct report_page *p,
                   const struct view *v);
void part_waivers(struct buf *out, const struct report_page *p);
void part_rules(struct buf *out, const struct report_page *p);
void part_evidence(struct buf *out, const struct report_page *p,
                   const struct view *v);
void part_glossary(struct buf *out);

/* Pieces that more than one section has. */
void part_exchange_brief(struct buf *out, const struct report_page *p);
void part_trend(struct buf *out, const struct report_page *p);
void part_dates(struct buf *out, const struct report_page *p);
void part_row_name(struct buf *out, const struct report_page *p,
                   const struct page_row *row);
/* Whether there is an earlier run, or a plan of waves ... */
bool page_has_change(const struct report_page *p);
/* Whether objects are blocked, and each cause says how many stay so. */
bool page_has_blocked(const struct report_page *p);
bool page_has_waivers(const struct report_page *p);
/* Whether the text is marked as internal, and the page is for others. */
bool page_hides(const struct report_page *p, const char *text);
/* "AD", by the word of the findings; nothing for NULL. */
void part_where(struct buf *out, const char *authority);
/* Whether the section stands in the page. */
bool page_has_section(const struct report_page *p, const char *id);

#endif
