/*
 * The table: as wide as its values, which stand below each other where they
 * are too long for a terminal.
 */
#include "report/owners_table.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/term.h"
#include "base/term_width.h"
#include "base/wrap.h"

/* A value of more goes below the other. */
enum { VALUE_MAX = 32 };

static enum authority
who_owns(const struct owners *t, const struct owned_row *r)
{
	return r->what == OWNED_IDENTITY ? t->of->authority.identity
	                                 : t->of->authority.exchange;
}

static const char *
tool_of(const struct owners *t, const struct owned_row *r)
{
	return tool_name(&(struct tool_asked){
		.who = who_owns(t, r), .what = r->what, .as = t->as,
		.state = t->state, .attribute = r->name,
		.is_no_recipient = t->is_no_recipient,
	});
}

/* The first one's name; what is no name stands below the table. */
static void
put_tool(const struct owners *t, const struct owned_row *r)
{
	const char *tool = tool_of(t, r);

	if (who_owns(t, r) == AUTHORITY_NOT_ASSESSED)
		printf("see below\n");
	else
		printf("%.*s\n", (int)strcspn(tool, ",;:("), tool);
}

static bool
is_long(const struct owned_row *r)
{
	return wrap_columns(term_text(r->ad)) > VALUE_MAX ||
	       wrap_columns(term_text(r->tenant)) > VALUE_MAX;
}

/* Longer names push the others, which stand as wide as most are. */
enum { NAME = 17 };

struct widths {
	int ad, tenant, who;
};

static void
widen(int *width, const char *value)
{
	size_t columns = wrap_columns(term_text(value));

	if (columns > (size_t)*width)
		*width = (int)columns;
}

/* printf counts bytes. */
static void
put_padded(const char *value, int width)
{
	const char *text = term_text(value);
	size_t columns = wrap_columns(text);

	printf("  %s%*s", text, columns < (size_t)width
	       ? width - (int)columns : 0, "");
}

static struct widths
measure(const struct owners *t)
{
	struct widths w = { 4, 6, 9 };

	for (size_t i = 0; i < t->count; i++) {
		widen(&w.who, authority_name(who_owns(t, &t->rows[i])));
		if (is_long(&t->rows[i]))
			continue;
		widen(&w.ad, t->rows[i].ad);
		widen(&w.tenant, t->rows[i].tenant);
	}
	return w;
}

static void
put_row(const struct owners *t, const struct owned_row *r,
        const struct widths *w)
{
	const char *who = authority_name(who_owns(t, r));

	if (is_long(r)) {
		printf("  %-*s  AD      %s\n", NAME, r->name,
		       term_text(r->ad));
		printf("  %-*s  tenant  %s\n", NAME, "",
		       term_text(r->tenant));
		printf("  %-*s  %s  ", NAME, "", who);
	} else {
		printf("  %-*s", NAME, r->name);
		put_padded(r->ad, w->ad);
		put_padded(r->tenant, w->tenant);
		printf("  %-*s  ", w->who, who);
	}
	put_tool(t, r);
}

/* Words below each other, behind a label of LABEL columns. */
enum { LABEL = 17 };

static void
put_wrapped(const char *label, const char *text)
{
	char head[LABEL + 1];

	snprintf(head, sizeof(head), "    %-*s", LABEL - 4, label);
	wrap_print(head, text);
}

static bool
is_same(const struct owners *t, size_t i, size_t k)
{
	return who_owns(t, &t->rows[i]) == who_owns(t, &t->rows[k]) &&
	       strcmp(tool_of(t, &t->rows[i]), tool_of(t, &t->rows[k])) == 0;
}

static bool
is_first_of(const struct owners *t, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (is_same(t, k, i))
			return false;
	return true;
}

/* Names that are changed as that of row I is, each once, as far as they fit. */
static void
put_names(const struct owners *t, size_t i)
{
	const char *last = NULL;
	int at = printf("  %s:", authority_name(who_owns(t, &t->rows[i])));

	for (size_t k = i; k < t->count; k++) {
		const char *name = t->rows[k].name;
		int len = (int)strlen(name) + 2;

		if (!is_same(t, i, k) || (last && strcmp(last, name) == 0))
			continue;
		if (at + len > (int)term_width())
			at = printf(",\n   ") - 2;
		else if (last)
			printf(",");
		at += printf(" %s", name) + 1;
		last = name;
	}
	printf("\n");
}

/* AD's value is a copy of what Exchange Online has. */
static bool
is_replica(const struct owners *t, size_t i)
{
	if (t->of->authority.writeback != WRITEBACK_RUNS ||
	    who_owns(t, &t->rows[i]) != AUTHORITY_EXCHANGE_ONLINE)
		return false;
	for (size_t k = i; k < t->count; k++)
		if (is_same(t, i, k) &&
		    (strcmp(t->rows[k].name, "primary SMTP") == 0 ||
		     writeback_has(t->rows[k].name)))
			return true;
	return false;
}

static void
put_answer(const struct owners *t, size_t i)
{
	const struct owned_row *r = &t->rows[i];
	const char *refusal = refusal_of(who_owns(t, r), r->what);

	put_names(t, i);
	put_wrapped("change with", tool_of(t, r));
	put_wrapped("elsewhere", refusal ? refusal : "-");
	if (is_replica(t, i))
		put_wrapped("write-back", "AD's mail, proxyAddresses and types "
		            "of recipient are replicas: a difference is no "
		            "error of AD");
}

void
owners_put(const struct owners *t)
{
	struct widths w = measure(t);

	printf("\nWho owns what\n  %-*s  %-*s  %-*s  %-*s  %s\n", NAME,
	       "attribute", w.ad, "AD", w.tenant, "tenant", w.who, "authority",
	       "change it with");
	for (size_t i = 0; i < t->count; i++)
		put_row(t, &t->rows[i], &w);
	printf("\nHow to change it, and what the other places answer\n");
	for (size_t i = 0; i < t->count; i++)
		if (is_first_of(t, i))
			put_answer(t, i);
}
