/* Puts the ranges of an attribute together and finds the gaps. */
#include "collect/import/range.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/mem.h"
#include "base/utf8.h"

struct range {
	char *attribute;
	unsigned long low, next; /* of the piece that came last */
	bool gap;                /* a piece is missing before it */
	bool last;               /* it goes to the end */
};

void
range_set_clear(struct range_set *s)
{
	for (size_t i = 0; i < s->count; i++)
		free(s->ranges[i].attribute);
	s->count = 0;
}

void
range_set_release(struct range_set *s)
{
	range_set_clear(s);
	free(s->ranges);
}

static struct range *
find_or_make(struct range_set *s, const char *attribute)
{
	for (size_t i = s->count; i-- > 0;)
		if (ascii_casecmp(s->ranges[i].attribute, attribute) == 0)
			return &s->ranges[i];
	LIST_RESERVE(s->ranges, s->room, s->count + 1);
	s->ranges[s->count] = (struct range){
		.attribute = xstrdup(attribute),
	};
	return &s->ranges[s->count++];
}

int
range_set_add(struct range_set *s, const char *attribute, const char *range)
{
	unsigned long low, high = 0;
	struct range *r;
	int used = 0;
	bool last;

	/* Nine digits: no overflow. */
	sscanf(range, "%9lu-%n", &low, &used);
	if (!used || strspn(range, "0123456789") + 1 != (size_t)used)
		return -1;
	range += used;
	last = strcmp(range, "*") == 0;
	if (!last && (strlen(range) > 9 || !*range ||
	              range[strspn(range, "0123456789")]))
		return -1;
	if (!last)
		high = strtoul(range, NULL, 10);
	if (!last && high < low)
		return -1;
	r = find_or_make(s, attribute);
	r->gap = r->gap || (low != r->next && low != r->low);
	r->low = low;
	r->next = high + 1;
	r->last = last;
	return 0;
}

char *
range_set_lack(const struct range_set *s, size_t *i, const char **attribute)
{
	while (*i < s->count) {
		const struct range *r = &s->ranges[(*i)++];

		*attribute = r->attribute;
		if (r->gap)
			return xasprintf("the ranges of the values of %s have "
			                 "a gap", r->attribute);
		if (!r->last)
			return xasprintf("only values 0-%lu of %s were "
			                 "exported, and there are more",
			                 r->next - 1, r->attribute);
	}
	return NULL;
}
