/* What is told of a difference, on the terminal. */
#include "analyze/findings/findings.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/term.h"

/* The words that may be met, as findings(5) lists them. */
void
difference_init(struct difference *d)
{
	static const char *const actions[] = {
		"create", "match", "update", "none", "delete", "restore",
		"blocked"
	};

	*d = (struct difference){ 0 };
	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++)
		d->actions[i].word = actions[i];
	for (int i = 0; i < READINESS_COUNT; i++)
		d->readiness[i].word = readiness_name((enum readiness)i);
}

void
difference_release(struct difference *d)
{
	arena_release(&d->arena);
	free(d->rules);
}

static unsigned long long
number(uint64_t n)
{
	return n;
}

static void
print_rules(const struct difference *d)
{
	if (!d->rule_count)
		printf("  no finding is fixed or new\n");
	for (size_t i = 0; i < d->rule_count; i++)
		printf("  %s: %llu fixed, %llu new\n",
		       term_text(d->rules[i].rule), number(d->rules[i].cured),
		       number(d->rules[i].fresh));
}

static void
print_words(const char *title, const struct difference_word *words)
{
	size_t printed = 0;

	for (; words->word; words++) {
		if (!words->count[BEFORE] && !words->count[AFTER])
			continue;
		if (!printed++)
			printf("%s:\n", title);
		printf("  %s: %llu -> %llu\n", words->word,
		       number(words->count[BEFORE]),
		       number(words->count[AFTER]));
	}
}

void
difference_print(const struct difference *d)
{
	printf("what the edits change:\n");
	printf("  causes: %llu fixed, %llu new\n", number(d->causes_cured),
	       number(d->causes_fresh));
	print_rules(d);
	print_words("objects by action", d->actions);
	print_words("objects by readiness", d->readiness);
	printf("forecasts that differ: %llu\n", number(d->forecasts));
	for (size_t i = 0; i < d->example_count; i++)
		printf("  %s\n", term_text(d->examples[i]));
	if (d->forecasts > d->example_count)
		printf("  and %llu more, in difference.ndjson\n",
		       number(d->forecasts - d->example_count));
}
