/* Joins what the inputs of a section asked for. */
#include "collect/snapshot/cover.h"

#include <stdlib.h>

#include "base/list.h"
#include "base/mem.h"
#include "base/utf8.h"

/* An input that has a name, and what it has. */
struct cover_input {
	char *name;
	size_t number;
	enum cover cover;
	struct name_set names;
};

void
coverage_release(struct coverage *c)
{
	name_set_release(&c->listed);
	name_set_release(&c->seen);
	for (size_t i = 0; i < c->input_count; i++) {
		free(c->inputs[i].name);
		name_set_release(&c->inputs[i].names);
	}
	free(c->inputs);
	free(c->evidence);
}

/* Keeps of S what OTHER has, too. */
static void
intersect(struct name_set *s, const struct name_set *other)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->count; i++) {
		if (name_set_has(other, s->names[i]))
			s->names[kept++] = s->names[i];
		else
			free(s->names[i]);
	}
	s->count = kept;
}

void
coverage_add(struct coverage *c, enum cover cover, const char *const *names,
             size_t n)
{
	struct name_set given = { 0 };
	struct name_set *to = &given;

	c->any = true;
	if (cover == COVER_ALL)
		return;
	if (cover == COVER_SEEN) {
		to = &c->seen;
		c->seen_any = true;
	}
	for (size_t i = 0; i < n; i++)
		name_set_add(to, names[i]);
	if (cover == COVER_LISTED && c->listed_any) {
		intersect(&c->listed, &given);
	} else if (cover == COVER_LISTED) {
		c->listed_any = true;
		c->listed = given;
		given = (struct name_set){ 0 };
	}
	name_set_release(&given);
}

static void
note_evidence(struct coverage *c, const struct snapshot_told *told, size_t i)
{
	const struct reads *r = reads_find(told->section, told->names[i]);
	enum asked_by e = told->each ? told->each[i] : told->evidence;

	if (!c->evidence)
		c->evidence = xcalloc(reads_count(), sizeof(*c->evidence));
	if (r)
		c->evidence[reads_number(r)] |= 1u << e;
}

/* Adds an input without its evidence. */
static void
add_input(struct coverage *c, const struct cover_input *from)
{
	const char *const *names = (const char *const *)from->names.names;
	struct cover_input *in;

	coverage_add(c, from->cover, names, from->names.count);
	LIST_RESERVE(c->inputs, c->input_room, c->input_count + 1);
	in = &c->inputs[c->input_count++];
	*in = (struct cover_input){
		.name = xstrdup(from->name), .number = from->number,
		.cover = from->cover,
	};
	for (size_t i = 0; from->cover != COVER_ALL && i < from->names.count;
	     i++)
		name_set_add(&in->names, names[i]);
}

void
coverage_tell(struct coverage *c, const struct snapshot_told *told)
{
	const struct cover_input in = {
		.name = (char *)told->input, .number = told->number,
		.cover = told->cover,
		.names = { (char **)told->names, told->count, told->count },
	};

	add_input(c, &in);
	if (told->cover == COVER_ALL)
		c->all_evidence |= 1u << told->evidence;
	for (size_t i = 0; told->cover != COVER_ALL && i < told->count; i++)
		note_evidence(c, told, i);
}

void
coverage_select(const struct coverage *c, const bool *of, size_t n,
                struct coverage *out)
{
	for (size_t i = 0; i < c->input_count; i++)
		if (c->inputs[i].number < n && of[c->inputs[i].number])
			add_input(out, &c->inputs[i]);
}

bool
coverage_is_all(const struct coverage *c)
{
	return c->any && !c->listed_any && !c->seen_any;
}

void
coverage_names(const struct coverage *c, struct name_set *out)
{
	const struct name_set *from = c->listed_any ? &c->listed : &c->seen;

	for (size_t i = 0; i < from->count; i++)
		name_set_add(out, from->names[i]);
	if (c->listed_any && c->seen_any)
		intersect(out, &c->seen);
}

/* What inputs do not say, all of them together show. */
static bool
input_has(const struct coverage *c, const struct cover_input *in,
          const char *name)
{
	return in->cover == COVER_ALL ||
	       name_set_has(in->cover == COVER_SEEN ? &c->seen : &in->names,
	                    name);
}

struct snapshot_asking
coverage_asking(const struct coverage *c, const char *name)
{
	struct snapshot_asking is = { .asked = ASKING_ALL };

	for (size_t i = 0; i < c->input_count; i++)
		if (!input_has(c, &c->inputs[i], name)) {
			is.without = is.without ? is.without
			                        : c->inputs[i].name;
			is.inputs++;
		}
	if (is.inputs)
		is.asked = is.inputs < c->input_count ? ASKING_PARTLY
		                                      : ASKING_NONE;
	return is;
}

void
coverage_partly(const struct coverage *c, enum section s,
                struct partly_list *out)
{
	for (size_t i = 0; i < reads_count(); i++) {
		const char *name = reads_at(i)->name;
		struct snapshot_asking is;

		if (!section_set_has(&reads_at(i)->sections, s))
			continue;
		is = coverage_asking(c, name);
		if (is.asked == ASKING_PARTLY)
			partly_add(out, name, is.without, is.inputs);
	}
}

const struct partly *
partly_find(const struct partly_list *l, const char *attribute)
{
	for (size_t i = 0; i < l->count; i++)
		if (ascii_casecmp(l->items[i].attribute, attribute) == 0)
			return &l->items[i];
	return NULL;
}

void
partly_add(struct partly_list *l, const char *attribute, const char *without,
           uint64_t inputs)
{
	LIST_RESERVE(l->items, l->room, l->count + 1);
	l->items[l->count++] = (struct partly){
		.attribute = xstrdup(attribute), .without = xstrdup(without),
		.inputs = inputs,
	};
}

void
partly_release(struct partly_list *l)
{
	for (size_t i = 0; i < l->count; i++) {
		free(l->items[i].attribute);
		free(l->items[i].without);
	}
	free(l->items);
}
