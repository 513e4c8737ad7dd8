/* In what two runs differ beside what was found. */
#include "report/diff.h"

#include <string.h>

#include "base/buf.h"

struct note_list {
	struct arena *a;
	const char **items;
	size_t count, room;
};

static void
note(struct note_list *n, const char *text)
{
	if (n->count < n->room)
		n->items[n->count++] = arena_strdup(n->a, text);
}

static bool
is_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static const struct judged_section *
section_like(const struct findings *f, const struct judged_section *s)
{
	for (size_t i = 0; i < f->section_count; i++)
		if (strcmp(f->sections[i].section, s->section) == 0)
			return &f->sections[i];
	return NULL;
}

static bool
was_read(const struct findings *f, const struct judged_section *s)
{
	const struct judged_section *o = section_like(f, s);

	return o && (strcmp(o->state, "complete") == 0 ||
	             strcmp(o->state, "partial") == 0);
}

/* Sections that HERE has and THERE lacks, by their titles. */
static void
note_sections(struct note_list *n, const char *head,
              const struct findings *here, const struct findings *there)
{
	struct buf text = { 0 };

	buf_adds(&text, head);
	for (size_t i = 0; i < here->section_count; i++) {
		const struct judged_section *s = &here->sections[i];

		if (section_like(here, s) == s && was_read(here, s) &&
		    !was_read(there, s))
			buf_addf(&text, "%s%s", text.len > strlen(head)
			         ? ", " : "", s->title);
	}
	if (text.len > strlen(head))
		note(n, text.data);
	buf_release(&text);
}

static void
note_texts(struct note_list *n, const char *what, const char *was,
           const char *is)
{
	struct buf text = { 0 };

	if (!is_same(was, is)) {
		buf_addf(&text, "%s: was %s; is %s", what, was ? was : "none",
		         is ? is : "none");
		note(n, buf_text(&text));
	}
	buf_release(&text);
}

static bool
is_same_choice(const struct selection *a, const struct selection *b)
{
	return is_same(a->profile, b->profile) && is_same(a->rules, b->rules) &&
	       is_same(a->skip, b->skip) && is_same(a->severity, b->severity) &&
	       is_same(a->category, b->category);
}

size_t
diff_notes(const struct compared_folders *of, struct arena *a,
           const char *notes[], size_t room)
{
	const struct findings *old = of->findings[BEFORE];
	const struct findings *new = of->findings[AFTER];
	struct note_list n = { .a = a, .items = notes, .room = room };

	note_texts(&n, "the program", old->tool_version, new->tool_version);
	if (!is_same(old->policy_digest, new->policy_digest))
		note(&n, "the policy is another one, or its text is");
	note_texts(&n, "sync scope", old->scope_text, new->scope_text);
	note_texts(&n, "sync engine", old->engine_text, new->engine_text);
	if (!is_same_choice(&old->selection, &new->selection))
		note(&n, "other rules were chosen to run");
	if (old->edits_name || new->edits_name)
		note(&n, "one was judged as if edits were made (--what-if)");
	note_sections(&n, "read before, and not now: ", old, new);
	note_sections(&n, "read now, and not before: ", new, old);
	return n.count;
}
