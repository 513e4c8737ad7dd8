/* What rules could not look at, by reason: many rules often share one. */
#include <stdio.h>
#include <string.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/hash_index.h"
#include "base/mem.h"
#include "base/term.h"
#include "base/wrap.h"

enum { FURTHER = 4 };            /* columns in of a sentence's other lines */

bool
rule_result_has_gap(const struct rule_result *r)
{
	return r->outcome == OUTCOME_NOT_ASSESSED ||
	       (r->outcome == OUTCOME_FOUND && r->reason);
}

bool
judged_section_is_asked(const struct judged_section *s)
{
	return strcmp(s->state, "not-asked") != 0;
}

static bool
is_of(const struct rule_result *r, enum gap_kind kind)
{
	return kind == GAP_DATA ? rule_result_has_gap(r)
	                        : r->outcome == OUTCOME_NOT_APPLICABLE;
}

static struct gap *
find(struct gap *gaps, size_t n, const char *reason)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(gaps[i].reason, reason) == 0)
			return &gaps[i];
	return NULL;
}

size_t
gaps_of(const struct rule_result *results, size_t n, enum gap_kind kind,
        struct arena *a, struct gap **out)
{
	struct gap *gaps = arena_alloc(a, n * sizeof(*gaps) + 1);
	size_t count = 0;

	for (size_t i = 0; i < n; i++) {
		const struct rule_result *r = &results[i];
		const char *reason = r->reason ? r->reason
		                               : "no reason was given";
		struct gap *gap = find(gaps, count, reason);

		if (!is_of(r, kind))
			continue;
		if (!gap) {
			gap = &gaps[count++];
			*gap = (struct gap){
				.reason = reason,
				.rules = arena_alloc(a, n *
				                     sizeof(*gap->rules)),
			};
		}
		gap->rules[gap->count++] = r;
	}
	*out = gaps;
	return count;
}

void
gaps_print(const struct rule_result *results, size_t n, enum gap_kind kind,
           const char *head)
{
	struct arena scratch = { 0 };
	struct gap *gaps;
	size_t count = gaps_of(results, n, kind, &scratch, &gaps);

	if (count && head)
		printf("%s\n", head);
	for (size_t i = 0; i < count; i++) {
		struct buf told = { 0 };

		if (gaps[i].count > 1)
			buf_addf(&told, "  %zu rules:", gaps[i].count);
		else
			buf_addf(&told, "  %s:",
			         term_text(gaps[i].rules[0]->id));
		reason_print(told.data, gaps[i].reason);
		buf_release(&told);
	}
	arena_release(&scratch);
}

void
assumed_print(const struct findings *f)
{
	if (f->policy_name || !f->assumed_count)
		return;
	printf("assumed, since there is no policy:\n");
	for (size_t i = 0; i < f->assumed_count; i++)
		wrap_item("  ", FURTHER, f->assumed[i]);
}

static size_t
looked_up(const struct findings *f, const char *id)
{
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(f->rules_by_id, hash_text(id), &at)) >= 0)
		if (strcmp(f->rules[i].id, id) == 0)
			return (size_t)i;
	return f->rule_count;
}

size_t
findings_rule_number(const struct findings *f, const char *id)
{
	size_t i = 0;

	if (f->rules_by_id)
		return looked_up(f, id);
	while (i < f->rule_count && strcmp(f->rules[i].id, id) != 0)
		i++;
	return i;
}

const struct rule_result *
findings_rule(const struct findings *f, const char *id)
{
	size_t i = findings_rule_number(f, id);

	return i < f->rule_count ? &f->rules[i] : NULL;
}
