/* Which domains the internet can know. */
#include "analyze/data/data.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/data/files.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"

static struct routed
of_special(const struct special_name *is)
{
	static const enum routing by_use[] = {
		[USE_RESERVED] = ROUTING_RESERVED,
		[USE_PRIVATE] = ROUTING_PRIVATE,
		[USE_DOCUMENTATION] = ROUTING_PUBLIC,
	};

	return (struct routed){
		.routing = by_use[is->use], .name = is->name,
		.source = is->source,
	};
}

static struct routed
of_listed(const struct suffix_list *l, const char *name)
{
	static const enum routing by_list[] = {
		[LISTED_NOT] = ROUTING_UNLISTED,
		[LISTED_BELOW] = ROUTING_PUBLIC,
		[LISTED_ITSELF] = ROUTING_SUFFIX,
	};

	struct routed is = { by_list[suffix_list_find(l, name)], NULL, NULL };

	if (is.routing == ROUTING_SUFFIX && !strchr(name, '.'))
		is.routing = ROUTING_TOP;
	return is;
}

bool
suffix_is_possible(struct routed s)
{
	return s.routing == ROUTING_PUBLIC || s.routing == ROUTING_SUFFIX;
}

struct routed
suffix_judge(const struct data *d, const char *domain)
{
	struct buf name = { 0 };
	const struct special_name *special;
	struct routed is = { .routing = ROUTING_PUBLIC };

	if (!d)
		return is;
	utf8_fold(&name, domain, strlen(domain));
	special = special_names_find(&d->special, buf_text(&name));
	is = special ? of_special(special)
	             : of_listed(d->suffixes, buf_text(&name));
	buf_release(&name);
	return is;
}

const char *
suffix_reason(struct routed s, struct arena *a)
{
	struct buf text = { 0 };
	const char *out;

	switch (s.routing) {
	case ROUTING_RESERVED:
		buf_addf(&text, "%s is reserved for special use (%s)", s.name,
		         s.source);
		break;
	case ROUTING_PRIVATE:
		buf_addf(&text, "%s is used in private networks only (%s)",
		         s.name, s.source);
		break;
	case ROUTING_SUFFIX:
		return "it is a public suffix, below which others have names";
	case ROUTING_TOP:
		return "it is a top-level domain";
	case ROUTING_UNLISTED:
		return "it lies under no public suffix of the internet";
	case ROUTING_PUBLIC:
		return "it is a name of the internet";
	}
	out = arena_strdup(a, buf_text(&text));
	buf_release(&text);
	return out;
}

/* ---- memory ---- */

enum { REMEMBERED = 1024 };

/* One domain for a fingerprint; who comes later takes the place. */
struct met_suffix {
	char *domain;
	struct routed is;
};

struct suffix_memory {
	const struct data *d;
	struct met_suffix *last;     /* neighbours have the same */
	struct met_suffix slots[REMEMBERED];
};

struct suffix_memory *
suffix_memory_new(const struct data *d)
{
	struct suffix_memory *m = xcalloc(1, sizeof(*m));

	m->d = d;
	m->last = &m->slots[0];
	return m;
}

void
suffix_memory_free(struct suffix_memory *m)
{
	if (!m)
		return;
	for (size_t i = 0; i < REMEMBERED; i++)
		free(m->slots[i].domain);
	free(m);
}

static bool
holds(const struct met_suffix *slot, const char *domain)
{
	return slot->domain && strcmp(slot->domain, domain) == 0;
}

struct routed
suffix_find(struct suffix_memory *m, const char *domain)
{
	if (holds(m->last, domain))
		return m->last->is;
	m->last = &m->slots[hash_text(domain) % REMEMBERED];
	if (!holds(m->last, domain)) {
		free(m->last->domain);
		m->last->domain = xstrdup(domain);
		m->last->is = suffix_judge(m->d, domain);
	}
	return m->last->is;
}
