/*
 * What reports say, sorted and counted once, so that formats cannot disagree.
 * Findings themselves stream past; of each rule only the first are kept.
 * Everything belongs to the view.
 */
#ifndef REPORT_VIEW_H
#define REPORT_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/findings/findings.h"
#include "report/first_causes.h"
#include "report/forests.h"
#include "report/what_if.h"

struct buf;
struct err;

enum {
	VIEW_SHOWN = 25,         /* findings kept of a rule */
	VIEW_WORST = 5,
	VIEW_SHOWN_EACH = 8,     /* at least, of each forest, if several */
};

/* A rule with open findings, and the first of its findings. */
struct view_rule {
	const struct rule_result *rule;
	const struct finding *shown;
	size_t shown_count;
	uint64_t open, objects;  /* findings that are open, and whose */
	uint64_t *by_forest;     /* the same, by number of the forest */
	enum severity worst;     /* of them */
};

struct view {
	const struct findings *findings;
	struct first_causes causes;
	struct view_rule *rules;         /* worst first */
	size_t rule_count;
	struct finding worst[VIEW_WORST];    /* of different objects */
	size_t worst_count;
	uint64_t objects;        /* of the forecast that are in scope */
	size_t not_assessed, in_part;
	bool ad_alone;           /* nothing of the tenant was collected */
	struct told_forests forests;
	/* the worst findings about objects of two forests, and how many */
	const struct finding *crossing;
	size_t crossing_shown;
	uint64_t crossing_count;
	const struct finding *waived;    /* the worst; and how many */
	size_t waived_shown;
	uint64_t waived_count;
	bool has_forestless;     /* a finding is of no forest */
	struct what_if_sums what_if;
};

/* Who takes all findings as they are read, in their order. Embed it. */
struct view_taker {
	void (*finding)(struct view_taker *t, const struct finding *f);
};

/* Reads all findings once; T, or NULL, gets them. NULL with ERR filled. */
struct view *view_new(const struct findings *f, struct view_taker *t,
                      struct err *err);
void view_free(struct view *v);

/* Whether nothing of the tenant was collected. */
bool view_is_ad_alone(const struct findings *f);

/* What readiness cannot speak of where there is AD alone. */
#define VIEW_AD_ALONE \
	"The tenant was not collected: accounts that are there, conflicts " \
	"with them and matches are not part of it."

/* What is said of "no user" where that is not so in all domains. */
const char *view_of_domains(const struct not_known *k);

/* What the next synchronization deletes, and whether it stops for that. */
struct deletions {
	uint64_t count;          /* accounts of whoever left, and orphans */
	uint64_t threshold;      /* 0: none */
	bool stop;               /* nothing at all is exported */
};

/* Of those that count together. */
struct deletions view_deletions(const struct deletion_run *r);

/* What groups lose, as a sentence without its end; false: nothing to say. */
bool view_members(const struct findings *f, struct buf *out);

/* The title of the rule of that id; the id, where there is no such rule. */
const char *view_rule_title(const struct view *v, const char *id);
/* What the object is called where its place is told; its DN, if it has one. */
const char *view_name(const struct forecast *f);

#endif
