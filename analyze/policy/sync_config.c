/* The sync server's export as part of a policy. */
#include "analyze/policy/policy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "analyze/policy/policy_value.h"
#include "analyze/policy/sync_export.h"
#include "analyze/policy/sync_filters.h"
#include "base/dn.h"
#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/utf8.h"
#include "base/warn.h"

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The DNs of L in the form that compares, sorted. */
static struct text_list
sorted(const struct text_list *l, struct arena *a)
{
	struct text_list out = { 0 };
	struct buf one = { 0 };

	for (size_t i = 0; i < l->count; i++) {
		buf_clear(&one);
		dn_normalise(&one, l->texts[i]);
		text_list_add(&out, a, buf_text(&one));
	}
	buf_release(&one);
	if (out.count)
		qsort(out.texts, out.count, sizeof(*out.texts), by_text);
	return out;
}

/* Whether the sorted list has DN. */
static bool
lists(const struct text_list *l, const char *dn)
{
	struct buf one = { 0 };
	const char *key;
	bool found;

	dn_normalise(&one, dn);
	key = buf_text(&one);
	found = l->count && bsearch(&key, l->texts, l->count,
	                            sizeof(*l->texts), by_text);
	buf_release(&one);
	return found;
}

/* Whether the domain as a whole is excluded, save what it includes. */
static bool
excludes_itself(const struct sync_partition *p, struct arena *a)
{
	struct text_list out = sorted(&p->exclude, a);

	return lists(&out, p->dn);
}

/*
 * Whether the policy must name the domains that are whole: as soon as it names
 * anything that is included, or leaves a domain out that may have one below it.
 */
static bool
must_name(const struct sync_export *x)
{
	for (const struct sync_partition *p = x->partitions; p; p = p->next)
		if (!p->selected || p->include.count ||
		    excludes_itself(p, x->arena))
			return true;
	return false;
}

static void
add_all(struct text_list *to, struct arena *a, const struct text_list *from)
{
	for (size_t i = 0; i < from->count; i++)
		text_list_add(to, a, from->texts[i]);
}

static int
take_partitions(struct policy *p, const struct sync_export *x,
                const char *path, struct err *err)
{
	struct text_list in = { 0 }, out = { 0 }, left_out;
	bool name_all = must_name(x);

	for (const struct sync_partition *d = x->partitions; d; d = d->next) {
		if (!d->selected) {
			text_list_add(&out, &p->arena, d->dn);
			continue;
		}
		add_all(&in, &p->arena, &d->include);
		add_all(&out, &p->arena, &d->exclude);
		if (name_all && !d->include.count &&
		    !excludes_itself(d, x->arena))
			text_list_add(&in, &p->arena, d->dn);
	}
	left_out = sorted(&out, &p->arena);
	for (size_t i = 0; i < in.count; i++)
		if (lists(&left_out, in.texts[i]))
			return err_input(err, "%s: both includes and excludes "
			                 "%s", path, in.texts[i]);
	p->include = in.texts;
	p->include_count = in.count;
	p->exclude = out.texts;
	p->exclude_count = out.count;
	p->has_scope = true;
	return 0;
}

static int
take_group(struct policy *p, struct sync_export *x, const char *path,
           struct err *err)
{
	struct text_list one = { 0 };

	if (!x->group)
		return 0;
	if (x->group_filter == SWITCH_OFF) {
		sync_export_strange(x, "filter group %s (group filtering is "
		                    "off)", x->group);
		return 0;
	}
	if (sync_export_dn(&one, &p->arena, x->group) < 0)
		return err_input(err, "%s: Connector.GroupFilteringGroupDn: "
		                 "want " SYNC_DN_WANTED ", have \"%s\"", path,
		                 x->group);
	p->groups = one.texts;
	p->group_count = one.count;
	return 0;
}

static void
take_version(struct policy *p, struct sync_export *x)
{
	if (p->engine == ENGINE_UNKNOWN)
		p->engine = ENGINE_CONNECT;
	if (p->has_version || !x->version)
		return;
	if (build_parse(&p->version, x->version) < 0) {
		sync_export_strange(x, "version %s", x->version);
		return;
	}
	p->has_version = true;
	p->version_text = x->version;
}

static void
take_anchor(struct policy *p, struct sync_export *x)
{
	if (p->anchor != ANCHOR_UNSAID || !x->anchor)
		return;
	if (ascii_casecmp(x->anchor, "objectGUID") == 0)
		p->anchor = ANCHOR_OBJECT_GUID;
	else if (ascii_casecmp(x->anchor, "mS-DS-ConsistencyGuid") == 0)
		p->anchor = ANCHOR_CONSISTENCY_GUID;
	else
		sync_export_strange(x, "source anchor %s", x->anchor);
}

static void
take_sign_in(struct policy *p, struct sync_export *x)
{
	if (p->has_sign_in || !x->sign_in)
		return;
	if (ascii_casecmp(x->sign_in, "mail") == 0)
		p->sign_in_is_mail = true;
	else if (ascii_casecmp(x->sign_in, "userPrincipalName") != 0)
		sync_export_strange(x, "sign-in name from %s", x->sign_in);
}

static void
take_threshold(struct policy *p, struct sync_export *x)
{
	uint64_t n;

	if (p->deletion_threshold)
		return;
	if (x->deletion_limit == SWITCH_OFF)
		p->deletion_threshold = DELETION_THRESHOLD_OFF;
	if (!x->threshold || x->deletion_limit == SWITCH_OFF)
		return;
	if (number_parse(&n, x->threshold, 1000000000) < 0 || n < 1)
		sync_export_strange(x, "deletion threshold %s", x->threshold);
	else
		p->deletion_threshold = (long)n;
}

/* What was not understood, in one sentence. */
static void
tell_strange(const struct sync_export *x, const char *path)
{
	enum { LENGTH = 800 };
	struct buf out = { 0 };
	size_t i = 0;

	for (; i < x->strange.count && out.len < LENGTH; i++)
		buf_addf(&out, "%s%s", i ? "; " : "", x->strange.texts[i]);
	if (i < x->strange.count)
		buf_addf(&out, "; and %zu more", x->strange.count - i);
	if (i)
		warn("%s: not understood: %s", path, buf_text(&out));
	buf_release(&out);
}

static void
note(struct policy *p, const char *path, const char *text)
{
	warn("%s: %s", path, text);
	if (p->note_count < sizeof(p->notes) / sizeof(p->notes[0]))
		p->notes[p->note_count++] = text;
}

/* What is understood, and that the policy has no other word for. */
static void
note_switches(struct policy *p, const struct sync_export *x, const char *path)
{
	if (x->staging == SWITCH_ON)
		note(p, path, "the sync server is in staging mode: it exports "
		     "nothing");
	if (x->passwords == SWITCH_OFF)
		note(p, path, "password hash synchronization is off: what is "
		     "found about synchronized passwords does not apply");
	if (x->deletion_limit == SWITCH_OFF)
		note(p, path, "the threshold for deletions is off: nothing "
		     "stops an export that deletes too much");
}

static int
read_export(struct sync_export *x, const char *path, struct err *err)
{
	struct stat st;

	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return sync_folder_read(x, path, err);
	return sync_policy_read(x, path, err);
}

/* Only now is all known that was not understood. */
static int
take(struct policy *p, struct sync_export *x, const char *path,
     struct err *err)
{
	struct filter_set *filters = filter_set_new(&p->arena,
	                                            policy_custom(p));

	if (!x->partitions)
		return err_input(err, "%s: want partitionFilters in it, as the "
		                 "sync server exports them", path);
	if (take_partitions(p, x, path, err) < 0 ||
	    take_group(p, x, path, err) < 0)
		return -1;
	sync_filters_add(filters, x);
	if (filters->rules)
		p->filters = filters;
	take_version(p, x);
	take_anchor(p, x);
	take_sign_in(p, x);
	take_threshold(p, x);
	tell_strange(x, path);
	note_switches(p, x, path);
	return 0;
}

static int
load_one(struct policy *p, const char *path, struct err *err)
{
	struct sync_export x = { .arena = &p->arena };
	char *base;

	if (p->scope_name)
		return err_usage(err, "%s and %s both say the scope: want "
		                 "--scope, or a policy with scope", p->name,
		                 path);
	if (read_export(&x, path, err) < 0)
		return -1;
	base = path_base(path);
	p->scope_name = arena_strdup(&p->arena, base);
	free(base);
	return take(p, &x, path, err);
}

int
sync_config_load(struct policy *p, const char *const *paths, size_t n,
                 struct err *err)
{
	for (size_t i = 0; i < n; i++)
		if (load_one(p, paths[i], err) < 0)
			return -1;
	return 0;
}
