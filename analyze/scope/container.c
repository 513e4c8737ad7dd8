/*
 * The containers of a thread, by the text of their DN. Every object asks for
 * its own several times, so they have a table for this alone: one look finds
 * the container, whose DN is compared (base/hash_index is for cold uses).
 */
#include "analyze/scope/scope.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/dn.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/utf8.h"

enum { FIRST_ROOM = 256, PLAIN_MAX = 256 };

struct containers {
	const struct domains *domains;
	enum scope_age age;
	struct arena arena;
	struct container **table;
	size_t count, room;
	struct buf scratch;
};

struct containers *
containers_new(const struct domains *ds, enum scope_age age)
{
	struct containers *cs = xcalloc(1, sizeof(*cs));

	cs->domains = ds;
	cs->age = age;
	cs->room = FIRST_ROOM;
	cs->table = xcalloc(cs->room, sizeof(struct container *));
	return cs;
}

void
containers_free(struct containers *cs)
{
	if (!cs)
		return;
	arena_release(&cs->arena);
	buf_release(&cs->scratch);
	free(cs->table);
	free(cs);
}

const struct container *
containers_next(const struct containers *cs, size_t *at)
{
	while (*at < cs->room && !cs->table[*at])
		++*at;
	return *at < cs->room ? cs->table[(*at)++] : NULL;
}

static struct container **
slot(const struct containers *cs, const char *dn, size_t len)
{
	size_t at = hash_bytes(dn, len) & (cs->room - 1);

	while (cs->table[at] && (cs->table[at]->len != len ||
	                         memcmp(cs->table[at]->dn, dn, len) != 0))
		at = (at + 1) & (cs->room - 1);
	return &cs->table[at];
}

static void
grow(struct containers *cs)
{
	struct containers bigger = *cs;

	bigger.room = 2 * cs->room;
	bigger.table = xcalloc(bigger.room, sizeof(struct container *));
	for (size_t i = 0; i < cs->room; i++)
		if (cs->table[i])
			*slot(&bigger, cs->table[i]->dn,
			      cs->table[i]->len) = cs->table[i];
	free(cs->table);
	*cs = bigger;
}

static const struct scope *
scope_of(const struct containers *cs, const struct domain *d)
{
	const struct forest *f = domains_forest(cs->domains, d);

	if (d && d->unconnected)
		return cs->domains->unconnected;
	return cs->age == SCOPE_OF_PAST && f->past ? f->past : f->scope;
}

static struct container *
make(struct containers *cs, const char *dn)
{
	struct container *c = arena_alloc(&cs->arena, sizeof(*c));
	struct buf domain = { 0 };

	*c = (struct container){
		.dn = arena_strdup(&cs->arena, dn), .len = strlen(dn),
	};
	buf_clear(&cs->scratch);
	/* The top has a hash, too: that of nothing. */
	if (!*dn || dn_normalise(&cs->scratch, dn) == 0)
		c->hash = hash_bytes(buf_text(&cs->scratch), cs->scratch.len)
		          | 1;
	dn_domain(&domain, dn);
	c->domain = arena_strdup(&cs->arena, buf_text(&domain));
	buf_release(&domain);
	c->of = *c->domain ? domains_find(cs->domains, c->domain)
	                   : domains_unknown(cs->domains);
	c->place = scope_children(scope_of(cs, c->of), dn, &c->each);
	/* The policy names places as they are called now. */
	if (c->of && ascii_casecmp(c->of->name, c->domain) != 0) {
		c->place = scope_place(scope_of(cs, c->of), NULL);
		c->each = false;
	}
	return c;
}

const struct container *
container_of(struct containers *cs, const char *dn)
{
	const char *parent = dn_parent(dn);
	struct container **at = slot(cs, parent, strlen(parent));

	if (*at)
		return *at;
	if (2 * cs->count++ > cs->room) {
		grow(cs);
		at = slot(cs, parent, strlen(parent));
	}
	return *at = make(cs, parent);
}

struct scope_verdict
container_place(struct containers *cs, struct object *o)
{
	const struct container *c = o->dn ? container_of(cs, o->dn) : NULL;

	o->domain = c ? c->of : container_domain(cs, o);
	/* Wherever in its domain it lies, it is out of scope. */
	if (!c && o->domain && o->domain->unnamed &&
	    domain_place(o->domain).state != SCOPE_IN)
		return domain_place(o->domain);
	return !c || c->each ? scope_place(scope_of(cs, o->domain), o->dn)
	                     : c->place;
}

/* "corp.example/Accounts/Jan": the domain is what precedes the first slash. */
static const struct domain *
by_canonical_name(const struct containers *cs, const char *name)
{
	const char *end = strchrnul(name, '/');
	char *domain = xstrndup(name, (size_t)(end - name));
	const struct domain *d = domains_find(cs->domains, domain);

	free(domain);
	return d;
}

const struct domain *
container_domain(struct containers *cs, const struct object *o)
{
	if (o->dn)
		return container_of(cs, o->dn)->of;
	return o->ad.canonical_name
		? by_canonical_name(cs, o->ad.canonical_name)
		: domains_unknown(cs->domains);
}

/* What dn_normalise may change in a value, beside its case. */
static const bool odd_in_value[128] = {
	['\\'] = true, ['"'] = true, ['+'] = true, [';'] = true, ['<'] = true,
	['>'] = true, ['='] = true, [','] = true, [0x7f] = true,
};

/*
 * Writes the normal form of a plain RDN to OUT, without dn_normalise: its
 * length, or 0 when it is not so plain.
 */
static size_t
plain_rdn(const char *dn, size_t len, char out[PLAIN_MAX])
{
	size_t eq = 0;

	if (len > PLAIN_MAX || dn[len - 1] == ' ')
		return 0;
	for (size_t i = 0; i < len; i++) {
		char c = dn[i];

		if (c < 0x20 || (c & 0x80))
			return 0;
		if (c == '\\' && eq && i + 1 < len &&
		    odd_in_value[dn[i + 1] & 0x7f] &&
		    dn[i + 1] > 0 && dn[i + 1] < 0x7f) {
			/* Such an escape is the normal form, too. */
			out[i] = c;
			out[i + 1] = dn[i + 1];
			i++;
			continue;
		}
		if (!eq && c == '=')
			eq = i;
		else if (odd_in_value[(unsigned char)c] || (c == ' ' && !eq))
			return 0;
		out[i] = c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
	}
	return eq && eq + 1 < len && dn[eq + 1] != ' ' ? len : 0;
}

uint64_t
container_dn_hash(struct containers *cs, const char *dn)
{
	const struct container *c = container_of(cs, dn);
	size_t len = dn_first_len(dn), plain = 0;
	char small[PLAIN_MAX], *rdn;
	int rc;

	if (!c->hash || !len)
		return 0;
	plain = plain_rdn(dn, len, small);
	if (plain)
		return (hash_bytes(small, plain) ^ c->hash * 31) | 1;
	rdn = xstrndup(dn, len);
	buf_clear(&cs->scratch);
	rc = dn_normalise(&cs->scratch, rdn);
	free(rdn);
	if (rc < 0)
		return 0;
	return (hash_bytes(cs->scratch.data, cs->scratch.len) ^ c->hash * 31)
	       | 1;
}
