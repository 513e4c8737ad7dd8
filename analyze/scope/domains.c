/* Domains and forests, by name. */
#include "analyze/scope/scope.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

const struct domain *
domains_find(const struct domains *ds, const char *name)
{
	size_t low = 0, high = ds->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int rc = ascii_casecmp(ds->items[mid].name, name);

		if (rc == 0)
			return &ds->items[mid];
		if (rc < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (size_t i = 0; i < ds->name_count; i++)
		if (ascii_casecmp(ds->names[i].name, name) == 0)
			return ds->names[i].domain;
	return NULL;
}

const struct domain *
domains_unknown(const struct domains *ds)
{
	return domains_find(ds, "");
}

const struct forest *
domains_forest(const struct domains *ds, const struct domain *d)
{
	return d ? d->forest : &ds->rest;
}

const char *
domain_name(const struct domain *d)
{
	return d && *d->name ? d->name : NULL;
}

const char *
domain_forest_name(const struct domain *d)
{
	return d && *d->forest->name ? d->forest->name : NULL;
}

/* A DNS name has no character to escape. */
void
domain_dn(const struct domain *d, struct buf *out)
{
	const char *name = d->name;

	while (*name) {
		size_t len = strcspn(name, ".");

		buf_addf(out, "%sDC=%.*s", out->len ? "," : "", (int)len, name);
		name += len + (name[len] == '.');
	}
}

struct scope_verdict
domain_place(const struct domain *d)
{
	struct scope_verdict v;
	struct buf dn = { 0 };
	bool each;

	domain_dn(d, &dn);
	v = scope_children(d->forest->scope, buf_text(&dn), &each);
	buf_release(&dn);
	return v;
}

void
domains_release(struct domains *ds)
{
	for (size_t i = 0; i < ds->forest_count; i++) {
		scope_free(ds->forests[i].scope);
		scope_free(ds->forests[i].past);
	}
	scope_free(ds->rest.scope);
	scope_free(ds->rest.past);
	scope_free(ds->unconnected);
	free(ds->unread);
}
