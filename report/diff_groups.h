/* Changes of findings by what they have in common, worst first. */
#ifndef REPORT_DIFF_GROUPS_H
#define REPORT_DIFF_GROUPS_H

#include <stddef.h>
#include <stdint.h>

#include "base/hash_index.h"
#include "base/mem.h"
#include "report/diff.h"

/* A rule, or one cause of it; what is not comparable also by why. */
struct diff_group {
	enum change_kind kind;
	enum difference_side side;
	enum severity severity;    /* the worst */
	const char *rule, *title, *why;      /* WHY may be NULL */
	uint64_t count;
	const char **lines;        /* one a finding, as far as they are kept */
	size_t line_count, line_room;
};

/* The end of a cause's title, by its id. */
struct cause_title {
	const char *id, *title;
};

struct diff_groups {
	struct diff_group *items;
	size_t count, room;
	struct hash_index by_key;
	struct cause_title *titles;
	size_t title_count, title_room;
	struct hash_index by_id;
	const struct compared_folders *of;
	size_t keep;               /* lines of each */
	struct arena arena;
};

/* 0, or -1 with ERR filled when the causes cannot be read. */
int diff_groups_init(struct diff_groups *g, const struct compared_folders *of,
                     size_t keep, struct err *err);
void diff_groups_add(struct diff_groups *g, const struct finding_change *c);
void diff_groups_sort(struct diff_groups *g);
void diff_groups_release(struct diff_groups *g);

#endif
