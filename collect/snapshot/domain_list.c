/* The domains in the manifest; what is read is not trusted. */
#include "collect/snapshot/domain_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/json.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/sid.h"
#include "collect/snapshot/asking.h"
#include "collect/snapshot/section_json.h"

static void
domain_free(struct manifest_domain *d)
{
	for (int i = 0; i < SECTION_COUNT; i++) {
		struct manifest_section *s = &d->sections[i];

		free(s->reason);
		name_set_release(&s->attributes);
		lack_release(&s->lacks);
		asking_release(s);
	}
	free((char *)d->is.name);
	free((char *)d->is.sid);
	free((char *)d->is.forest);
	free(d);
}

void
domain_list_release(struct domain_list *l)
{
	for (size_t i = 0; i < l->count; i++)
		domain_free(l->items[i]);
	free(l->items);
	*l = (struct domain_list){ 0 };
}

static char *
copy_of(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

struct manifest_domain *
domain_list_add(struct domain_list *l, const struct snapshot_domain *is)
{
	struct manifest_domain *d = xcalloc(1, sizeof(*d));

	d->is = (struct snapshot_domain){
		.name = xstrdup(is->name), .sid = copy_of(is->sid),
		.forest = copy_of(is->forest),
	};
	LIST_RESERVE(l->items, l->room, l->count + 1);
	l->items[l->count++] = d;
	return d;
}

static int
by_name(const void *a, const void *b)
{
	const struct manifest_domain *const *x = a, *const *y = b;

	return strcmp((*x)->is.name, (*y)->is.name);
}

void
domain_list_sort(struct domain_list *l)
{
	if (l->count)
		qsort(l->items, l->count, sizeof(struct manifest_domain *),
		      by_name);
}

/* ---- written ---- */

static void
add_or_null(struct json *to, const char *key, const char *text)
{
	if (text)
		json_add_text(to, key, text);
	else
		json_add_null(to, key);
}

static void
part_to_json(struct json *sections, const struct manifest_domain *d,
             enum section s)
{
	const struct manifest_section *of = &d->sections[s];
	struct json *o;

	if (of->state == SECTION_NOT_ASKED)
		return;
	o = json_add_object(sections, section_name(s));
	json_add_text(o, "state", section_state_name(of->state));
	if (of->reason)
		json_add_text(o, "reason", of->reason);
	json_add_count(o, "count", of->count);
	collected_to_json(o, of);
	if (d->own_attributes[s])
		attributes_to_json(o, of);
}

void
domain_list_to_json(struct json *manifest, const struct domain_list *l)
{
	struct json *list = json_add_array(manifest, "domains");

	for (size_t i = 0; i < l->count; i++) {
		const struct manifest_domain *d = l->items[i];
		struct json *o = json_add_object(list, NULL), *sections;

		json_add_text(o, "name", d->is.name);
		add_or_null(o, "sid", d->is.sid);
		if (d->sid_doubtful)
			json_add_text(o, "sids", "several");
		add_or_null(o, "forest", d->is.forest);
		if (d->forest_doubtful)
			json_add_text(o, "forests", "several");
		sections = json_add_object(o, "sections");
		for (int s = 0; s < SECTION_COUNT; s++)
			part_to_json(sections, d, (enum section)s);
	}
}

/* ---- read ---- */

static int
part_from_json(struct manifest_domain *d, const struct json *j,
               const char *path, struct err *err)
{
	int s = section_find(json_key(j));
	struct manifest_section *of = s < 0 ? NULL : &d->sections[s];
	char where[ERR_TEXT_MAX];

	if (!of || section_side((enum section)s) != SIDE_AD)
		return err_input(err, "%s: domain \"%s\": section \"%s\" is "
		                 "none of AD's in snapshot(5), version %d",
		                 path, d->is.name, json_key(j),
		                 SNAPSHOT_VERSION);
	snprintf(where, sizeof(where), "%s: domain \"%s\": section %s", path,
	         d->is.name, section_name((enum section)s));
	if (of->state != SECTION_NOT_ASKED)
		return err_input(err, "%s stands twice", where);
	if (state_from_json(of, j, where, err) < 0 ||
	    collected_from_json(of, j, where, err) < 0)
		return -1;
	d->own_attributes[s] = json_get(j, "attributes") != NULL;
	return d->own_attributes[s] ? attributes_from_json(of, j, where, err)
	                            : 0;
}

static bool
says(const struct json *j, const char *key, const char *word)
{
	const char *text = json_string(json_get(j, key));

	return text && strcmp(text, word) == 0;
}

/* Names are compared byte by byte from here on. */
static bool
is_lower(const char *name)
{
	for (; *name; name++)
		if (*name >= 'A' && *name <= 'Z')
			return false;
	return true;
}

static int
check_head(const struct domain_list *l, const struct snapshot_domain *is,
           const char *path, struct err *err)
{
	unsigned char bytes[SID_BYTES];
	size_t len;

	if (!is->name || !is_lower(is->name) ||
	    (is->forest && !is_lower(is->forest)))
		return err_input(err, "%s: domains: want a name, and a forest "
		                 "or null, in lower case", path);
	if (is->sid && sid_parse(bytes, &len, is->sid) < 0)
		return err_input(err, "%s: domain \"%s\": want a sid such as "
		                 "S-1-5-21-1-2-3, or null", path, is->name);
	for (size_t i = 0; i < l->count; i++)
		if (strcmp(l->items[i]->is.name, is->name) == 0)
			return err_input(err, "%s: domain \"%s\" stands twice",
			                 path, is->name);
	return l->count < SNAPSHOT_DOMAINS_MAX ? 0
		: err_input(err, "%s: want at most %d domains", path,
		            SNAPSHOT_DOMAINS_MAX);
}

static int
domain_from_json(struct domain_list *l, const struct json *j,
                 const char *path, struct err *err)
{
	const struct snapshot_domain is = {
		.name = json_string(json_get(j, "name")),
		.sid = json_string(json_get(j, "sid")),
		.forest = json_string(json_get(j, "forest")),
	};
	struct manifest_domain *d;

	if (check_head(l, &is, path, err) < 0)
		return -1;
	d = domain_list_add(l, &is);
	d->sid_doubtful = says(j, "sids", "several");
	d->forest_doubtful = says(j, "forests", "several");
	j = json_get(j, "sections");
	if (json_kind(j) != JSON_OBJECT)
		return err_input(err, "%s: domain \"%s\": want sections: an "
		                 "object", path, is.name);
	for (j = json_first(j); j; j = json_next(j))
		if (part_from_json(d, j, path, err) < 0)
			return -1;
	return 0;
}

/* An object lies in one domain at most. */
static int
check_sums(const struct domain_list *l,
           const struct manifest_section *sections, const char *path,
           struct err *err)
{
	for (int s = 0; s < SECTION_COUNT; s++) {
		uint64_t sum = 0;

		for (size_t i = 0; i < l->count; i++)
			sum += l->items[i]->sections[s].count;
		if (sum > sections[s].count)
			return err_input(err, "%s: section %s: its domains "
			                 "have %llu objects, and it has %llu",
			                 path, section_name((enum section)s),
			                 (unsigned long long)sum,
			                 (unsigned long long)
			                 sections[s].count);
	}
	return 0;
}

int
domain_list_from_json(struct domain_list *l, const struct json *domains,
                      const struct manifest_section *sections,
                      const char *path, struct err *err)
{
	if (json_kind(domains) != JSON_ARRAY)
		return err_input(err, "%s: want \"domains\": an array", path);
	for (const struct json *j = json_first(domains); j; j = json_next(j))
		if (domain_from_json(l, j, path, err) < 0)
			return -1;
	domain_list_sort(l);
	return check_sums(l, sections, path, err);
}
