/*
 * Rules say what they lack in sentences: of a section as a whole, of attributes
 * in it, or of something else, with what to do behind a semicolon. What is of
 * one section, or the same sentence, is one of the data that lack.
 */
#include "analyze/findings/missing.h"

#include <ctype.h>
#include <string.h>

#include "analyze/findings/missing_command.h"
#include "base/buf.h"
#include "base/mem.h"

enum { NAMES_MAX = 1024 };

/* A list that grows, in an arena. */
struct name_list {
	const char **items;
	size_t count, room;
};

struct gathered {
	const char *key;
	struct missing_data data;
	struct name_list attributes, domains, rules, partly;
	bool of_all;               /* domains */
};

struct gathering {
	const struct findings *f;
	struct arena *arena;
	struct gathered *items;
	size_t count, room;
};

static void
add_name(struct gathering *g, struct name_list *l, const char *text, size_t len)
{
	for (size_t i = 0; i < l->count; i++)
		if (strlen(l->items[i]) == len &&
		    memcmp(l->items[i], text, len) == 0)
			return;
	if (!len || l->count == NAMES_MAX)
		return;
	if (l->count == l->room) {
		size_t room = l->room ? l->room * 2 : 8;
		const char **more = arena_alloc(g->arena, room * sizeof(*more));

		if (l->count)
			memcpy(more, l->items, l->count * sizeof(*more));
		l->items = more;
		l->room = room;
	}
	l->items[l->count++] = arena_strndup(g->arena, text, len);
}

/* ---- sentences ---- */

/* "; collect its domains ..." is the end of the one before. */
static bool
is_advice(const char *text)
{
	static const char *const begins[] = {
		"ask ", "collect ", "export ", "give ", "say ",
	};

	for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++)
		if (strncmp(text, begins[i], strlen(begins[i])) == 0)
			return true;
	return false;
}

/* The length of the sentence that the LEN bytes of TEXT begin with. */
static size_t
sentence_len(const char *text, size_t len)
{
	for (size_t i = 0; i + 2 < len; i++)
		if (text[i] == ';' && text[i + 1] == ' ' &&
		    !is_advice(text + i + 2))
			return i;
	return len;
}

/*
 * What counts of it: how many accounts it is on differs by rule, and so does
 * what is to be done.
 */
static const char *
key_of(struct gathering *g, const char *sentence)
{
	static const char *const ends[] = { "; ", ": give ", ": export " };
	const char *since = strstr(sentence, ", since ");
	size_t len;

	if (isdigit((unsigned char)*sentence) && since)
		return since + 2;
	len = strlen(sentence);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		const char *end = strstr(sentence, ends[i]);

		if (end && (size_t)(end - sentence) < len)
			len = (size_t)(end - sentence);
	}
	return arena_strndup(g->arena, sentence, len);
}

/* The section whose title it begins with; NULL: none. */
static const struct judged_section *
section_of(const struct findings *f, const char *sentence)
{
	const struct judged_section *found = NULL;
	size_t most = 0;

	for (size_t i = 0; i < f->section_count; i++) {
		const char *title = f->sections[i].title;
		size_t len = title ? strlen(title) : 0;

		if (len > most && strncmp(sentence, title, len) == 0 &&
		    (sentence[len] == ':' || sentence[len] == ' ')) {
			found = &f->sections[i];
			most = len;
		}
	}
	return found;
}

/* Those of "title: a, b or c not collected"; of another sentence none. */
static void
read_attributes(struct gathering *g, struct name_list *to, const char *list)
{
	const char *end = strstr(list, " not collected");

	if (strncmp(list, ": ", 2) != 0 || !end)
		return;
	for (list += 2; list < end; ) {
		size_t len = strcspn(list, " ,");

		add_name(g, to, list, len);
		list += len;
		/* "only in part of the files (b.csv lacks it)" */
		if (strncmp(list, " only", 5) == 0) {
			const char *close = strchr(list, ')');

			list = close && close < end ? close + 1 : end;
		}
		list += list < end ? strspn(list, ", ") : 0;
		if (strncmp(list, "or ", 3) == 0)
			list += 3;
	}
}

/* ---- gathering ---- */

static struct gathered *
place_of(struct gathering *g, const char *key)
{
	for (size_t i = 0; i < g->count; i++)
		if (strcmp(g->items[i].key, key) == 0)
			return &g->items[i];
	if (g->count == g->room) {
		size_t room = g->room ? g->room * 2 : 16;
		struct gathered *more = arena_alloc(g->arena,
		                                    room * sizeof(*more));

		if (g->count)
			memcpy(more, g->items, g->count * sizeof(*more));
		g->items = more;
		g->room = room;
	}
	g->items[g->count] = (struct gathered){ .key = key };
	return &g->items[g->count++];
}

/* Names of domains, joined by ", ". */
static void
take_domains(struct gathering *g, struct gathered *to,
             const struct reason_part *p)
{
	to->of_all = to->of_all || !p->names;
	for (size_t i = 0; i < p->names; ) {
		size_t len = strcspn(p->text + i, ",:");

		add_name(g, &to->domains, p->text + i, len);
		i += len + 2;
	}
}

/* Of an attribute, or of the sentence. */
static const char *
key_in(struct gathering *g, const struct judged_section *s,
       const char *attribute, const char *sentence)
{
	struct buf key = { 0 };
	const char *out;

	if (!s)
		return key_of(g, sentence);
	if (attribute)
		buf_addf(&key, "%s of %s", attribute, s->section);
	else
		buf_addf(&key, "section %s", sentence);
	out = arena_strdup(g->arena, key.data);
	buf_release(&key);
	return out;
}

static void
take_lack(struct gathering *g, const struct rule_result *r,
          const struct reason_part *p, const struct judged_section *s,
          const char *attribute, const char *sentence)
{
	struct gathered *to = place_of(g, key_in(g, s, attribute, sentence));
	const char **section;

	if (!to->data.reason && s) {
		section = arena_alloc(g->arena, sizeof(*section));
		*section = s->section;
		to->data.sections = (struct told_names){ section, 1 };
	}
	if (!to->data.reason)
		to->data.reason = sentence;
	if (attribute)
		add_name(g, &to->attributes, attribute, strlen(attribute));
	take_domains(g, to, p);
	add_name(g, r->outcome == OUTCOME_NOT_ASSESSED ? &to->rules
	         : &to->partly, r->id, strlen(r->id));
}

static void
take_sentence(struct gathering *g, const struct rule_result *r,
              const struct reason_part *p, const char *sentence)
{
	const struct judged_section *s = section_of(g->f, sentence);
	struct name_list attributes = { NULL, 0, 0 };

	if (s)
		read_attributes(g, &attributes, sentence + strlen(s->title));
	if (!attributes.count)
		take_lack(g, r, p, s, NULL, sentence);
	for (size_t i = 0; i < attributes.count; i++)
		take_lack(g, r, p, s, attributes.items[i], sentence);
}

static void
take_rule(struct gathering *g, const struct rule_result *r)
{
	const char *reason = r->reason;
	struct reason_part p;

	while (reason_next(&reason, &p)) {
		size_t at = p.names ? p.names + 2 : 0;

		while (at < p.len) {
			size_t len = sentence_len(p.text + at, p.len - at);

			take_sentence(g, r, &p, arena_strndup(
				g->arena, p.text + at, len));
			at += len + 2;
		}
	}
}

/* ---- what lacks in the same domains ---- */

static void
add_names(struct gathering *g, struct name_list *to,
          const struct name_list *from)
{
	for (size_t i = 0; i < from->count; i++)
		add_name(g, to, from->items[i], strlen(from->items[i]));
}

static bool
has_name(const struct name_list *l, const char *name)
{
	for (size_t i = 0; i < l->count; i++)
		if (strcmp(l->items[i], name) == 0)
			return true;
	return false;
}

static size_t
count_domains(const struct findings *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->forest_count; i++)
		n += f->forests[i].domain_count;
	return n;
}

static bool
is_same_place(const struct gathered *a, const struct gathered *b)
{
	if (a->of_all || b->of_all)
		return a->of_all == b->of_all;
	for (size_t i = 0; i < a->domains.count; i++)
		if (!has_name(&b->domains, a->domains.items[i]))
			return false;
	return a->domains.count == b->domains.count;
}

/* Attributes of a section that the same domains lack are one. */
static bool
is_joined(const struct gathered *a, const struct gathered *b)
{
	return a->attributes.count && b->attributes.count &&
	       strcmp(a->data.sections.items[0],
	              b->data.sections.items[0]) == 0 && is_same_place(a, b);
}

static void
join_all(struct gathering *g)
{
	size_t all = count_domains(g->f), n = 0;

	for (size_t i = 0; i < g->count; i++)
		if (g->items[i].domains.count == all)
			g->items[i].of_all = true;
	for (size_t i = 0; i < g->count; i++) {
		const struct gathered one = g->items[i];
		size_t k = 0;

		while (k < n && !is_joined(&g->items[k], &one))
			k++;
		if (k == n) {
			g->items[n++] = one;
			continue;
		}
		add_names(g, &g->items[k].attributes, &one.attributes);
		add_names(g, &g->items[k].rules, &one.rules);
		add_names(g, &g->items[k].partly, &one.partly);
	}
	g->count = n;
}

/* ---- telling ---- */

static struct told_names
names_of(const struct name_list *l)
{
	return (struct told_names){ l->items, l->count };
}

/* Of several rules the attributes together. */
static const char *
tell_attributes(struct gathering *g, const struct gathered *of)
{
	struct buf text = { 0 };
	const char *out;

	buf_add(&text, of->data.reason, strcspn(of->data.reason, ":"));
	for (size_t i = 0; i < of->attributes.count; i++)
		buf_addf(&text, "%s%s", i ? ", " : ": ",
		         of->attributes.items[i]);
	buf_adds(&text, " not collected");
	out = arena_strdup(g->arena, text.data);
	buf_release(&text);
	return out;
}

static struct missing_data
told(struct gathering *g, const struct gathered *of)
{
	struct missing_data d = of->data;

	d.attributes = names_of(&of->attributes);
	d.rules = names_of(&of->rules);
	d.partly = names_of(&of->partly);
	if (!of->of_all)
		d.domains = names_of(&of->domains);
	if (d.attributes.count)
		d.reason = tell_attributes(g, of);
	d.command = missing_command(&d, g->arena);
	return d;
}

size_t
missing_of(const struct findings *f, struct arena *a,
           struct missing_data **out)
{
	struct gathering g = { .f = f, .arena = a };

	for (size_t i = 0; i < f->rule_count; i++)
		if (rule_result_has_gap(&f->rules[i]))
			take_rule(&g, &f->rules[i]);
	join_all(&g);
	*out = arena_alloc(a, g.count * sizeof(**out) + 1);
	for (size_t i = 0; i < g.count; i++)
		(*out)[i] = told(&g, &g.items[i]);
	return g.count;
}

void
missing_put(struct buf *out, const struct missing_data *d)
{
	enum { NAMED = 3 };
	size_t n = d->domains.count;

	for (size_t i = 0; i < n && n <= NAMED; i++)
		buf_addf(out, "%s%s", i ? ", " : "", d->domains.items[i]);
	if (n > NAMED)
		buf_addf(out, "%zu domains", n);
	buf_addf(out, "%s%s", n ? ": " : "", d->reason);
}

size_t
missing_told(const struct findings *f, struct arena *a,
             const struct missing_data **out)
{
	struct missing_data *found;
	size_t n;

	*out = f->missing;
	if (f->missing_count)
		return f->missing_count;
	n = missing_of(f, a, &found);
	*out = found;
	return n;
}
