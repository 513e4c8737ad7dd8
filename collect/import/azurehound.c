/* Objects of Graph as AzureHound wraps them: without what is empty or false. */
#include "collect/import/azurehound.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/json.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/record.h"
#include "collect/graph/graph.h"
#include "collect/import/hound_head.h"
#include "collect/import/json_items.h"
#include "collect/import/name_log.h"
#include "collect/schema/schema.h"

enum { HELD_MAX = 1000 };

/* A user of whom it is not known yet whether the account is disabled. */
struct held {
	struct record *record;
	uint64_t line;
};

struct azurehound {
	struct parser parser;    /* first */
	struct split_sink pieces;
	struct json_split *split;
	struct sink *sink;
	char *name;
	char kind[64];           /* said before the object that comes */
	struct record *raw, *data, *item, *inner, *scratch, *record;
	struct name_log logs[SECTION_COUNT];
	struct held *held;
	size_t held_count, held_room;
	bool seen_enabled;       /* accountEnabled was asked for */
	bool seen_small;         /* a display name has small letters */
};

static struct azurehound *
of_parser(struct parser *p)
{
	return (struct azurehound *)p;
}

static struct azurehound *
of_pieces(struct split_sink *s)
{
	return (struct azurehound *)(void *)
		((char *)s - offsetof(struct azurehound, pieces));
}

/* Newer versions write IDs in capitals; Graph does not. */
static void
add_id(struct record *r, const char *name, const char *text)
{
	char small[64];
	size_t len = strlen(text);

	if (len >= sizeof(small)) {
		record_add_text(r, name, text);
		return;
	}
	for (size_t i = 0; i <= len; i++)
		small[i] = (char)(text[i] >= 'A' && text[i] <= 'Z'
		                  ? text[i] | 32 : text[i]);
	record_add_text(r, name, small);
}

static void
add_flag(struct record *r, const char *name, bool yes)
{
	record_add(r, name, VALUE_JSON, yes ? "true" : "false", yes ? 4 : 5);
}

/* What belongs to the wrapping, or is an object of Go without members. */
static bool
is_empty(const char *name, const struct value *v)
{
	return strcmp(name, "tenantId") == 0 ||
	       strcmp(name, "tenantName") == 0 ||
	       (v->kind == VALUE_JSON && strcmp(v->data, "{}") == 0);
}

static void
copy_object(const struct azurehound *h, struct record *to)
{
	for (size_t i = 0; i < record_count(h->data); i++) {
		const char *name = record_name(h->data, i);
		struct value v = { 0 };

		if (record_values(h->data, i))
			v = record_value(h->data, i, 0);
		if (v.data && is_empty(name, &v))
			continue;
		if (v.data && strcmp(name, "id") == 0) {
			add_id(to, name, v.data);
			continue;
		}
		record_declare(to, name, record_shape(h->data, i));
		for (size_t k = 0; k < record_values(h->data, i); k++) {
			v = record_value(h->data, i, k);
			record_add(to, name, v.kind, v.data, v.len);
		}
	}
}

static int
put(struct azurehound *h, enum section s, const struct record *r, uint64_t line,
    struct err *err)
{
	const char *shown = record_text(r, "displayName");

	for (; shown && *shown && !h->seen_small; shown++)
		h->seen_small = *shown >= 'a' && *shown <= 'z';
	name_log_add(&h->logs[s], r);
	h->sink->asked(h->sink, s);
	return h->sink->put(h->sink, s, r, line, err);
}

/* Puts those that were held; what Go leaves out of them is false, if asked. */
static int
release_held(struct azurehound *h, struct err *err)
{
	int rc = 0;

	for (size_t i = 0; i < h->held_count; i++) {
		struct held *u = &h->held[i];

		if (h->seen_enabled)
			add_flag(u->record, "accountEnabled", false);
		if (rc == 0)
			rc = put(h, TENANT_USERS, u->record, u->line, err);
		record_free(u->record);
	}
	h->held_count = 0;
	return rc;
}

static int
take_user(struct azurehound *h, const struct split_piece *p, struct err *err)
{
	bool told = record_find(h->data, "accountEnabled") >= 0;
	struct record *r;

	h->seen_enabled |= told;
	if ((told || h->held_count == HELD_MAX) && release_held(h, err) < 0)
		return -1;
	if (told || h->seen_enabled) {
		record_clear(h->record);
		copy_object(h, h->record);
		if (!told)
			add_flag(h->record, "accountEnabled", false);
		return put(h, TENANT_USERS, h->record, p->line, err);
	}
	r = record_new();
	copy_object(h, r);
	LIST_RESERVE(h->held, h->held_room, h->held_count + 1);
	h->held[h->held_count++] = (struct held){ r, p->line };
	return 0;
}

static int
take_group(struct azurehound *h, const struct split_piece *p, struct err *err)
{
	record_clear(h->record);
	copy_object(h, h->record);
	if (record_find(h->record, "mailEnabled") < 0)
		add_flag(h->record, "mailEnabled", false);
	return put(h, TENANT_GROUPS, h->record, p->line, err);
}

/* The tenant that was collected; others are only known to it. */
static int
take_tenant(struct azurehound *h, const struct split_piece *p, struct err *err)
{
	const char *id = record_text(h->data, "tenantId");

	if (record_find(h->data, "verifiedDomains") < 0) {
		h->sink->note(h->sink, "AzureHound does not say which domains "
		              "of the tenant are verified: export /domains of "
		              "Graph, too");
		return 0;
	}
	record_clear(h->record);
	copy_object(h, h->record);
	record_reset(h->record, "id");
	add_id(h->record, "id", id);
	return put(h, TENANT_ORGANIZATION, h->record, p->line, err);
}

/* {"members": [{"member": {"id": "..."}, "groupId": "..."}]} */
static int
take_members(struct azurehound *h, const struct split_piece *p, struct err *err)
{
	struct json_items it = json_items_of(h->data, "members");
	const char *group = record_text(h->data, "groupId");
	struct json_item item;

	h->sink->asked(h->sink, TENANT_GROUP_MEMBERS);
	while (json_items_next(&it, h->scratch, &item)) {
		const char *id, *type;

		if (!json_item_object(&item, h->item) ||
		    !json_inner(h->item, "member", h->inner))
			continue;
		id = record_text(h->inner, "id");
		type = graph_record_type(h->inner);
		if (!id || !group)
			continue;
		record_clear(h->record);
		add_id(h->record, "groupId", group);
		add_id(h->record, "id", id);
		if (type)
			record_add_text(h->record, "type", type);
		if (put(h, TENANT_GROUP_MEMBERS, h->record, p->line, err) < 0)
			return -1;
	}
	return 0;
}

static int
take_role(struct azurehound *h, const struct split_piece *p, struct err *err)
{
	const char *id = record_text(h->data, "id");
	const char *name = record_text(h->data, "displayName");
	const char *template = record_text(h->data, "templateId");

	record_clear(h->record);
	add_id(h->record, "id", id);
	if (name)
		record_add_text(h->record, "displayName", name);
	if (template)
		add_id(h->record, "roleTemplateId", template);
	return put(h, TENANT_ROLES, h->record, p->line, err);
}

/* Those for the whole tenant, as Graph lists the members of its roles. */
static int
take_assignments(struct azurehound *h, const struct split_piece *p,
                 struct err *err)
{
	struct json_items it = json_items_of(h->data, "roleAssignments");
	const char *role = record_text(h->data, "roleDefinitionId");
	struct json_item item;

	h->sink->asked(h->sink, TENANT_ROLE_MEMBERS);
	while (json_items_next(&it, h->scratch, &item)) {
		const char *scope, *id;

		if (!json_item_object(&item, h->item))
			continue;
		scope = record_text(h->item, "directoryScopeId");
		id = record_text(h->item, "principalId");
		if (!id || !role || (scope && strcmp(scope, "/") != 0))
			continue;
		record_clear(h->record);
		add_id(h->record, "roleId", role);
		add_id(h->record, "id", id);
		if (put(h, TENANT_ROLE_MEMBERS, h->record, p->line, err) < 0)
			return -1;
	}
	return 0;
}

static const struct {
	const char *kind, *key;  /* KEY: what each of them has */
	int (*take)(struct azurehound *h, const struct split_piece *p,
	            struct err *err);
} kinds[] = {
	{ "AZUser", "id", take_user },
	{ "AZGroup", "id", take_group },
	{ "AZTenant", "tenantId", take_tenant },
	{ "AZGroupMember", "groupId", take_members },
	{ "AZRole", "id", take_role },
	{ "AZRoleAssignment", "roleDefinitionId", take_assignments },
};

/* H->data is the object of that kind. */
static int
take(struct azurehound *h, const char *kind, const struct split_piece *p,
     struct err *err)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		char want[80];

		if (strcmp(kinds[i].kind, kind) != 0)
			continue;
		if (record_text(h->data, kinds[i].key))
			return kinds[i].take(h, p, err);
		snprintf(want, sizeof(want), "\"%s\" in every %s",
		         kinds[i].key, kind);
		return json_piece_wrong(h->name, p, want, err);
	}
	h->sink->note(h->sink, "kinds that syncscope does not read, such as "
	              "applications and subscriptions, were left out");
	return 0;
}

static int
take_object(struct split_sink *s, const struct split_piece *p,
            struct err *err)
{
	struct azurehound *h = of_pieces(s);
	const char *kind;

	if (json_piece_read(h->name, p, h->raw, err) < 0)
		return -1;
	kind = record_text(h->raw, "kind");
	if (h->kind[0]) {
		/* The object stands alone, and its kind was said before. */
		if (json_piece_read(h->name, p, h->data, err) < 0)
			return -1;
		return take(h, h->kind, p, err);
	}
	if (!kind || !json_inner(h->raw, "data", h->data))
		return json_piece_wrong(h->name, p, "\"kind\" and \"data\" "
		                        "in every object, as AzureHound writes "
		                        "them", err);
	return take(h, kind, p, err);
}

static int
begin_page(struct split_sink *s, const struct split_piece *p, struct err *err)
{
	struct azurehound *h = of_pieces(s);
	const char *kind;

	if (json_piece_read(h->name, p, h->raw, err) < 0)
		return -1;
	kind = record_text(h->raw, "kind");
	snprintf(h->kind, sizeof(h->kind), "%s", kind ? kind : "");
	return 0;
}

static int
end_page(struct split_sink *s, const struct split_piece *p, struct err *err)
{
	struct azurehound *h = of_pieces(s);

	h->kind[0] = '\0';
	return json_piece_read(h->name, p, h->raw, err);
}

static int
too_large(struct split_sink *s, const struct split_piece *p, struct err *err)
{
	struct azurehound *h = of_pieces(s);
	char *text = xasprintf("%s:%llu: an object of more than 16 MiB was "
	                       "left out, such as the members of a large group",
	                       h->name, (unsigned long long)p->line);

	(void)err;
	h->sink->note(h->sink, text);
	h->sink->partial(h->sink, TENANT_GROUP_MEMBERS, "an object of more "
	                 "than 16 MiB was left out");
	free(text);
	return 0;
}

static int
hound_feed(struct parser *p, const char *data, size_t len, struct err *err)
{
	return json_split_feed(of_parser(p)->split, data, len, err);
}

/* cmd/list-users.go: what it selects, since it selects. */
static const char *const of_users[] = {
	"id", "accountEnabled", "createdDateTime", "displayName", "jobTitle",
	"mail", "onPremisesSecurityIdentifier", "onPremisesSyncEnabled",
	"userPrincipalName", "userType", NULL
};

/* Learn, "Properties of group that are returned by default", as far as kept. */
static const char *const of_groups[] = {
	"id", "createdDateTime", "description", "displayName", "groupTypes",
	"mail", "mailEnabled", "mailNickname", "onPremisesLastSyncDateTime",
	"onPremisesSamAccountName", "onPremisesSecurityIdentifier",
	"onPremisesSyncEnabled", "proxyAddresses", "securityEnabled",
	"visibility", NULL
};

/* The lists that stand for what was asked, and how they are known. */
static const struct {
	enum section section;
	const char *sign;        /* every object has it, if it was asked */
	const char *const *names;
} asked[] = {
	{ TENANT_USERS, "accountEnabled", of_users },
	{ TENANT_GROUPS, "mailNickname", of_groups },
};

static void
tell_cover(struct azurehound *h, enum section s)
{
	const struct name_log *log = &h->logs[s];
	struct name_set names = { 0 };

	name_log_names(log, NAME_VALUED, &names);
	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++)
		for (const char *const *n = asked[i].names;
		     asked[i].section == s && name_log_all(log, asked[i].sign)
		     && *n; n++)
			name_set_add(&names, *n);
	h->sink->cover(h->sink, s, COVER_LISTED,
	               (const char *const *)names.names, names.count);
	if (s == TENANT_USERS && !name_set_has(&names, "proxyAddresses"))
		h->sink->note(h->sink, "AzureHound collects no proxyAddresses, "
		              "onPremisesImmutableId or assignedPlans of "
		              "users: addresses, anchors and licenses are not "
		              "assessed");
	name_set_release(&names);
}

static int
hound_finish(struct parser *p, struct err *err)
{
	static const enum section partly[] = {
		TENANT_GROUPS, TENANT_GROUP_MEMBERS,
	};
	struct azurehound *h = of_parser(p);

	if (json_split_finish(h->split, err) < 0 || release_held(h, err) < 0)
		return -1;
	for (int s = 0; s < SECTION_COUNT; s++)
		if (h->logs[s].objects)
			tell_cover(h, (enum section)s);
	if (h->logs[TENANT_USERS].objects && !h->seen_small)
		h->sink->note(h->sink, "AzureHound writes display names in "
		              "capitals, and so they are shown");
	for (size_t i = 0; i < sizeof(partly) / sizeof(partly[0]); i++)
		if (h->logs[partly[i]].objects)
			h->sink->partial(h->sink, partly[i], "AzureHound lists "
			                 "only groups that are security "
			                 "enabled");
	return 0;
}

static void
hound_free(struct parser *p)
{
	struct azurehound *h = of_parser(p);

	for (int s = 0; s < SECTION_COUNT; s++)
		name_log_release(&h->logs[s]);
	for (size_t i = 0; i < h->held_count; i++)
		record_free(h->held[i].record);
	free(h->held);
	json_split_free(h->split);
	record_free(h->raw);
	record_free(h->data);
	record_free(h->item);
	record_free(h->inner);
	record_free(h->scratch);
	record_free(h->record);
	free(h->name);
	free(h);
}

static struct parser *
hound_open(const char *name, struct sink *sink)
{
	struct azurehound *h = xcalloc(1, sizeof(*h));

	h->parser = (struct parser){
		.feed = hound_feed, .finish = hound_finish, .free = hound_free
	};
	h->pieces = (struct split_sink){
		.object = take_object, .page_begin = begin_page,
		.page_end = end_page, .too_large = too_large,
	};
	h->split = json_split_new(name, &h->pieces);
	json_split_member(h->split, "data");
	h->sink = sink;
	h->name = xstrdup(name);
	h->raw = record_new();
	h->data = record_new();
	h->item = record_new();
	h->inner = record_new();
	h->scratch = record_new();
	h->record = record_new();
	return &h->parser;
}

/* In a file, in an array, or one object a line. */
static bool
hound_recognise(const char *head, size_t len)
{
	return hound_head_has(head, len, "kind", "AZ") ||
	       hound_begins_with(head, len, "type", "azure");
}

const struct source azurehound_source = {
	.kind = "azurehound",
	.recognise = hound_recognise,
	.open = hound_open,
};
