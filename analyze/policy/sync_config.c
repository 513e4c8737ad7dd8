/* The sync server's exports as part of a policy. */
#include "analyze/policy/policy.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "analyze/policy/policy_value.h"
#include "analyze/policy/sync_export.h"
#include "analyze/policy/sync_forests.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/warn.h"

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
	for (size_t i = 0; i < p->note_count; i++)
		if (strcmp(p->notes[i], text) == 0)
			return;
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

static int
take_group(struct sync_export *x, struct sync_connector *c, const char *path,
           struct err *err)
{
	struct text_list one = { 0 };

	if (!c->group)
		return 0;
	if (x->group_filter == SWITCH_OFF) {
		sync_export_strange(x, "filter group %s (group filtering is "
		                    "off)", c->group);
		c->group = NULL;
		return 0;
	}
	if (sync_export_dn(&one, x->arena, c->group) < 0)
		return err_input(err, "%s: Connector.GroupFilteringGroupDn: "
		                 "want " SYNC_DN_WANTED ", have \"%s\"", path,
		                 c->group);
	return 0;
}

/* A connector without partitions holds nothing. */
static bool
has_partitions(const struct sync_export *x)
{
	const struct sync_connector *c = x->connectors;

	while (c && !c->partitions)
		c = c->next;
	return c != NULL;
}

static int
load(struct sync_source *s, struct arena *a, struct err *err)
{
	s->export = (struct sync_export){ .arena = a };
	if (read_export(&s->export, s->path, err) < 0)
		return -1;
	if (!has_partitions(&s->export))
		return err_input(err, "%s: want partitionFilters in it, as the "
		                 "sync server exports them", s->path);
	for (struct sync_connector *c = s->export.connectors; c; c = c->next)
		if (take_group(&s->export, c, s->path, err) < 0)
			return -1;
	return 0;
}

/* Of several files that say the scope, all. */
static void
name_scope(struct policy *p, const struct sync_source *all, size_t n)
{
	struct buf names = { 0 };

	for (size_t i = 0; i < n; i++) {
		char *base = path_base(all[i].path);

		buf_addf(&names, "%s%s", i ? ", " : "", base);
		free(base);
	}
	p->scope_name = arena_strdup(&p->arena, buf_text(&names));
	buf_release(&names);
}

static void
name_servers(struct policy *p, const struct sync_source *all, size_t n)
{
	static const enum tristate are[] = {
		[SWITCH_UNSAID] = UNKNOWN, [SWITCH_ON] = YES, [SWITCH_OFF] = NO,
	};
	struct sync_server *to = arena_alloc(&p->arena, n * sizeof(*to));

	for (size_t i = 0; i < n; i++) {
		char *base = path_base(all[i].path);

		to[i] = (struct sync_server){
			.name = arena_strdup(&p->arena, base),
			.staging = are[all[i].export.staging],
			.suspended = are[all[i].export.suspended],
			.custom = all[i].export.rules_unread ? UNKNOWN
				: all[i].export.custom_rules ? YES : NO,
			.custom_rules = all[i].export.custom_rules,
			.sign_in = all[i].export.sign_in,
		};
		free(base);
	}
	p->servers = to;
	p->server_count = n;
}

/* Only now is all known that was not understood. */
static void
tell(struct policy *p, struct sync_source *all, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		tell_strange(&all[i].export, all[i].path);
		note_switches(p, &all[i].export, all[i].path);
	}
}

int
sync_config_load(struct policy *p, const char *const *paths, size_t n,
                 struct err *err)
{
	struct sync_source *all;

	if (p->scope_name)
		return err_usage(err, "%s and %s both say the scope: want "
		                 "--scope, or a policy with scope", p->name,
		                 paths[0]);
	policy_custom(p);
	all = arena_alloc(&p->arena, n * sizeof(*all));
	for (size_t i = 0; i < n; i++) {
		all[i].path = paths[i];
		if (load(&all[i], &p->arena, err) < 0)
			return -1;
	}
	if (sync_forests_add(p, all, n, err) < 0)
		return -1;
	name_scope(p, all, n);
	name_servers(p, all, n);
	tell(p, all, n);
	return 0;
}
