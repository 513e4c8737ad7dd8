/* From what SharpHound made of AD's attributes back to those. */
#include "collect/import/sharphound.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/record.h"
#include "base/utf8.h"
#include "base/when.h"
#include "collect/graph/graph.h"
#include "collect/import/ad_typed.h"
#include "collect/import/hound_head.h"
#include "collect/import/json_items.h"
#include "collect/import/name_log.h"
#include "collect/schema/schema.h"

#define LEFT_OUT SECTION_COUNT

struct sharphound {
	struct parser parser;    /* first */
	struct split_sink pieces;
	struct json_split *split;
	struct sink *sink;
	char *name;
	struct record *raw, *props, *scratch, *record;
	struct name_log logs[SECTION_COUNT];
	uint64_t objects;        /* of the answer */
	enum section met;        /* of its last object */
	bool in_capitals;        /* the names of objects are */
};

static struct sharphound *
of_parser(struct parser *p)
{
	return (struct sharphound *)p;
}

static struct sharphound *
of_pieces(struct split_sink *s)
{
	return (struct sharphound *)(void *)
		((char *)s - offsetof(struct sharphound, pieces));
}

/* How a property was made of the attribute. */
enum treat {
	TREAT_AS_IS,
	TREAT_EPOCH,             /* seconds since 1970; -1: no value */
	TREAT_SIDS,
	TREAT_GUID,
	TREAT_SET,               /* true: the number is not 0 */
	TREAT_NONE,              /* is about the object, or a secret */
};

/* SharpHoundCommon, LdapPropertyProcessor; other names are LDAP's. */
static const struct {
	const char *property, *attribute;
	enum treat treat;
} properties[] = {
	{ "distinguishedname", AD_DN, TREAT_AS_IS },
	{ "email", "mail", TREAT_AS_IS },
	{ "enabled", "Enabled", TREAT_AS_IS },
	{ "admincount", "adminCount", TREAT_SET },
	{ "pwdlastset", "pwdLastSet", TREAT_EPOCH },
	{ "whencreated", "whenCreated", TREAT_EPOCH },
	{ "lastlogon", "lastLogon", TREAT_EPOCH },
	{ "lastlogontimestamp", "lastLogonTimestamp", TREAT_EPOCH },
	{ "badpasswordtime", "badPasswordTime", TREAT_EPOCH },
	{ "sidhistory", "sIDHistory", TREAT_SIDS },
	{ "serviceprincipalnames", "servicePrincipalName", TREAT_AS_IS },
	{ "logonscript", "scriptPath", TREAT_AS_IS },
	{ "objectguid", "objectGUID", TREAT_GUID },
	{ "name", NULL, TREAT_NONE },
	{ "userpassword", NULL, TREAT_NONE },
	{ "unixpassword", NULL, TREAT_NONE },
	{ "unicodepassword", NULL, TREAT_NONE },
	{ "sfupassword", NULL, TREAT_NONE },
};

/* The members that only objects of one kind have, the surest first. */
static const struct {
	const char *member;
	enum section section;
} kinds[] = {
	{ "Members", AD_GROUPS },
	{ "Sessions", AD_COMPUTERS },
	{ "LocalGroups", AD_COMPUTERS },
	{ "SPNTargets", AD_USERS },
	{ "PrimaryGroupSID", AD_USERS },
	{ "ChildObjects", AD_CONTAINERS },
};

/* The words of meta's type, for files without objects. */
static const struct {
	const char *type;
	enum section section;
} types[] = {
	{ "users", AD_USERS }, { "groups", AD_GROUPS },
	{ "computers", AD_COMPUTERS }, { "ous", AD_CONTAINERS },
	{ "containers", AD_CONTAINERS }, { "domains", AD_CONTAINERS },
};

static bool
is_true(const struct record *r, const char *name)
{
	long at = record_find(r, name);

	return at >= 0 && record_values(r, (size_t)at) &&
	       strcmp(record_value(r, (size_t)at, 0).data, "true") == 0;
}

static enum section
section_of_object(const struct sharphound *h)
{
	if (is_true(h->raw, "IsDeleted"))
		return AD_DELETED;
	if (is_true(h->props, "gmsa") || is_true(h->props, "msa"))
		return AD_OTHER;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (record_find(h->raw, kinds[i].member) >= 0)
			return kinds[i].section;
	return LEFT_OUT;
}

static void
add_text(struct record *r, const char *attribute, const char *text,
         size_t len)
{
	if (len)
		ad_record_add(r, attribute, text, len);
}

/* 0 is a time that never was, but for whenCreated: then none was read. */
static void
add_epoch(struct record *r, const char *attribute,
          const struct json_item *item)
{
	long long seconds = strtoll(item->text, NULL, 10);

	if (seconds < 0 || seconds >= INT64_C(253402300800))
		return;
	if (seconds || ad_is_filetime(attribute))
		ad_add_time(r, attribute, seconds ? seconds : WHEN_NONE);
}

static void
add_item(struct record *r, const char *attribute, enum treat treat,
         const struct json_item *item)
{
	bool yes = item->len == 4 && strncmp(item->text, "true", 4) == 0;
	bool no = item->len == 5 && strncmp(item->text, "false", 5) == 0;

	if (treat == TREAT_EPOCH)
		add_epoch(r, attribute, item);
	else if (treat == TREAT_SIDS && ad_add_sid(r, attribute,
	                                           item->text) == 0)
		return;
	else if (treat == TREAT_GUID && ad_add_guid(r, attribute,
	                                            item->text) == 0)
		return;
	else if (treat == TREAT_SET)
		add_text(r, attribute, "1", yes ? 1 : 0);
	else if (!item->is_string && (yes || no))
		add_text(r, attribute, yes ? "TRUE" : "FALSE", yes ? 4 : 5);
	else if (item->is_string || (*item->text != '{' && *item->text != '['))
		add_text(r, attribute, item->text, item->len);
}

/* The attribute and how to take it; NULL: the property is none. */
static const char *
attribute_of(const char *property, enum treat *treat)
{
	const struct ad_attr *a;

	for (size_t i = 0; i < sizeof(properties) / sizeof(properties[0]);
	     i++) {
		if (ascii_casecmp(properties[i].property, property) != 0)
			continue;
		*treat = properties[i].treat;
		return properties[i].attribute;
	}
	a = ad_attr_find(property);
	*treat = TREAT_AS_IS;
	/* -CollectAllProperties writes octets as if they were text. */
	return !a || a->treat == TREAT_SECRET || a->kind == VALUE_BYTES
		? NULL : a->name;
}

static void
take_property(struct sharphound *h, const char *property)
{
	enum treat treat;
	const char *attribute = attribute_of(property, &treat);
	const struct ad_attr *a = attribute ? ad_attr_find(attribute) : NULL;
	struct json_items it = json_items_of(h->props, property);
	struct json_item item;

	if (!attribute || record_find(h->record, attribute) >= 0)
		return;
	while (json_items_next(&it, h->scratch, &item))
		add_item(h->record, attribute, treat, &item);
	/* Every object was created: a time that is not there is not known. */
	if (treat == TREAT_EPOCH && !ad_is_filetime(attribute))
		return;
	if (record_find(h->record, attribute) < 0)
		record_declare(h->record, attribute, a ? a->shape
		                                       : SHAPE_SINGLE);
}

/* "S-1-5-21-...", "CONTOSO.COM-S-1-5-32-544", or a GUID. */
static void
take_identifier(struct sharphound *h)
{
	const char *id = record_text(h->raw, "ObjectIdentifier");
	const char *sid = id ? strstr(id, "S-1-") : NULL;

	if (sid)
		ad_add_sid(h->record, "objectSid", sid);
	else if (id)
		ad_add_guid(h->record, "objectGUID", id);
}

static bool
has_small(const char *text)
{
	for (; *text; text++)
		if (*text >= 'a' && *text <= 'z')
			return true;
	return false;
}

static int
leave_out(struct sharphound *h)
{
	h->sink->note(h->sink, "objects of types that syncscope does not read, "
	              "such as group policies and certificate templates, "
	              "were left out");
	return 0;
}

static int
take_object(struct split_sink *s, const struct split_piece *p,
            struct err *err)
{
	struct sharphound *h = of_pieces(s);
	enum section section;

	if (json_piece_read(h->name, p, h->raw, err) < 0)
		return -1;
	if (!record_text(h->raw, "ObjectIdentifier") ||
	    !json_inner(h->raw, "Properties", h->props))
		return json_piece_wrong(h->name, p, "\"Properties\" and "
		                        "\"ObjectIdentifier\" in every "
		                        "object, as SharpHound writes them",
		                        err);
	h->objects++;
	section = section_of_object(h);
	if (section == LEFT_OUT)
		return leave_out(h);
	record_clear(h->record);
	for (size_t i = 0; i < record_count(h->props); i++)
		take_property(h, record_name(h->props, i));
	take_identifier(h);
	/* Principals that stand for no object of the domain have no name. */
	if (!record_text(h->record, AD_DN))
		return 0;
	h->in_capitals |= !has_small(record_text(h->record, AD_DN));
	if (record_find(h->props, "whencreated") >= 0 &&
	    record_find(h->record, "whenCreated") < 0)
		h->sink->lack(h->sink, section, "whenCreated",
		              "SharpHound could not read it");
	h->met = section;
	name_log_add(&h->logs[section], h->record);
	h->sink->asked(h->sink, section);
	return h->sink->put(h->sink, section, h->record, p->line, err);
}

static int
too_large(struct split_sink *s, const struct split_piece *p, struct err *err)
{
	struct sharphound *h = of_pieces(s);
	char *text = xasprintf("%s:%llu: an object of more than 16 MiB was "
	                       "left out, most likely a group of very many "
	                       "members", h->name, (unsigned long long)p->line);

	(void)err;
	h->objects++;
	h->sink->note(h->sink, text);
	h->sink->partial(h->sink, AD_GROUPS, "an object of more than 16 MiB "
	                 "was left out");
	free(text);
	return 0;
}

static int
begin_file(struct split_sink *s, const struct split_piece *p, struct err *err)
{
	struct sharphound *h = of_pieces(s);

	(void)p;
	(void)err;
	h->objects = 0;
	h->met = LEFT_OUT;
	return 0;
}

static enum section
by_type(const char *type)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (type && strcmp(types[i].type, type) == 0)
			return types[i].section;
	return LEFT_OUT;
}

/* Its end says what the file is about, and how many objects it has. */
static int
end_file(struct split_sink *s, const struct split_piece *p, struct err *err)
{
	struct sharphound *h = of_pieces(s);
	struct json_items count;
	struct json_item item;
	enum section section;

	if (json_piece_read(h->name, p, h->raw, err) < 0)
		return -1;
	if (!json_inner(h->raw, "meta", h->props))
		return 0;
	section = by_type(record_text(h->props, "type"));
	if (section == LEFT_OUT)
		section = h->met;
	if (section == LEFT_OUT)
		return 0;
	h->sink->asked(h->sink, section);
	count = json_items_of(h->props, "count");
	if (json_items_next(&count, h->scratch, &item) &&
	    strtoull(item.text, NULL, 10) > h->objects)
		h->sink->partial(h->sink, section, "the file says that it has "
		                 "more objects than are in it");
	return 0;
}

/* With -CollectAllProperties attributes without a value are left out. */
static void
tell_cover(struct sharphound *h, enum section s)
{
	const struct name_log *log = &h->logs[s];
	bool all = name_log_all(log, "instanceType");
	struct name_set names = { 0 };

	name_log_names(log, all ? NAME_OF_SOME : NAME_OF_ALL, &names);
	h->sink->cover(h->sink, s, COVER_LISTED,
	               (const char *const *)names.names, names.count);
	if (s == AD_USERS && !name_set_has(&names, "proxyAddresses"))
		h->sink->note(h->sink, "SharpHound collects no proxyAddresses, "
		              "mailNickname, userPrincipalName, objectGUID or "
		              "mS-DS-ConsistencyGuid of users: addresses, "
		              "sign-in names and anchors are not assessed");
	if (s == AD_GROUPS)
		h->sink->note(h->sink, "SharpHound does not say what kind of "
		              "group one is, and names its members by SID: "
		              "members are not read");
	if (s == AD_DELETED)
		h->sink->partial(h->sink, s, "SharpHound reads few attributes "
		                 "of deleted objects, and not all of them");
	if (s == AD_OTHER)
		h->sink->partial(h->sink, s, "SharpHound reads no other "
		                 "objects than managed service accounts");
	name_set_release(&names);
}

static int
hound_feed(struct parser *p, const char *data, size_t len, struct err *err)
{
	return json_split_feed(of_parser(p)->split, data, len, err);
}

static int
hound_finish(struct parser *p, struct err *err)
{
	struct sharphound *h = of_parser(p);

	if (json_split_finish(h->split, err) < 0)
		return -1;
	for (int s = 0; s < SECTION_COUNT; s++)
		if (h->logs[s].objects)
			tell_cover(h, (enum section)s);
	if (h->in_capitals)
		h->sink->note(h->sink, "SharpHound writes distinguished names "
		              "in capitals, and so they are shown; whenCreated "
		              "may be off by its machine's time zone");
	return 0;
}

static void
hound_free(struct parser *p)
{
	struct sharphound *h = of_parser(p);

	for (int s = 0; s < SECTION_COUNT; s++)
		name_log_release(&h->logs[s]);
	json_split_free(h->split);
	record_free(h->raw);
	record_free(h->props);
	record_free(h->scratch);
	record_free(h->record);
	free(h->name);
	free(h);
}

static struct parser *
hound_open(const char *name, struct sink *sink)
{
	struct sharphound *h = xcalloc(1, sizeof(*h));

	h->parser = (struct parser){
		.feed = hound_feed, .finish = hound_finish, .free = hound_free
	};
	h->pieces = (struct split_sink){
		.object = take_object, .page_begin = begin_file,
		.page_end = end_file, .too_large = too_large,
	};
	h->split = json_split_new(name, &h->pieces);
	json_split_member(h->split, "data");
	h->sink = sink;
	h->name = xstrdup(name);
	h->raw = record_new();
	h->props = record_new();
	h->scratch = record_new();
	h->record = record_new();
	h->met = LEFT_OUT;
	return &h->parser;
}

/* A file without objects is told by the type in its "meta". */
static bool
hound_recognise(const char *head, size_t len)
{
	if (hound_begins_with(head, len, "ObjectIdentifier", NULL) ||
	    hound_begins_with(head, len, "Properties", NULL))
		return true;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (hound_begins_with(head, len, "type", types[i].type) &&
		    hound_head_has(head, len, "methods", NULL))
			return true;
	return false;
}

const struct source sharphound_source = {
	.kind = "sharphound",
	.recognise = hound_recognise,
	.open = hound_open,
};
