/* Tells by their types what the objects of a CLIXML file are. */
#include "collect/import/clixml.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/record.h"
#include "base/utf8.h"
#include "base/xml_stream.h"
#include "collect/import/ad_module.h"
#include "collect/import/clixml_maker.h"
#include "collect/import/clixml_object.h"
#include "collect/import/clixml_tree.h"
#include "collect/import/exchange_organization.h"
#include "collect/import/exchange_server.h"
#include "collect/import/exchange_side.h"
#include "collect/import/import_map.h"
#include "collect/import/msonline.h"
#include "collect/import/name_log.h"
#include "collect/import/placeless.h"
#include "collect/schema/schema.h"

enum { LEFT_OUT_MAX = 20, BLOCK = 32 * 1024 };

struct clixml {
	struct parser parser;            /* first */
	struct clixml_tree_sink objects;
	struct xml_stream *xml;
	struct clixml_tree *tree;
	struct sink *sink;
	char *name;
	struct record *record;
	struct clixml_flaws flaws;
	struct name_log logs[SECTION_COUNT];
	enum maker makers[SECTION_COUNT];
	struct name_set lost[SECTION_COUNT];
	struct name_set left_out;        /* types that were told */
	struct buf block;                /* not yet passed on */
	uint64_t line;
};

static struct clixml *
of_parser(struct parser *p)
{
	return (struct clixml *)p;
}

static struct clixml *
of_objects(struct clixml_tree_sink *s)
{
	return (struct clixml *)(void *)
		((char *)s - offsetof(struct clixml, objects));
}

/*
 * Whose recipient it is; SECTION_COUNT: nothing tells. Where an object's server
 * and its name do not agree, the name decides.
 */
static enum section
exchange_section(const struct record *r)
{
	struct exchange_signs signs = { 0 };
	enum exchange_side side;
	const char *dn = record_text(r, "DistinguishedName");

	exchange_weigh_record(&signs, r);
	side = exchange_side_of(&signs);
	if (side == EXCHANGE_BOTH && dn)
		side = exchange_is_online_name(dn) ? EXCHANGE_ONLINE
		                                   : EXCHANGE_ON_PREMISES;
	if (side == EXCHANGE_ON_PREMISES)
		return AD_MAILBOXES;
	return side == EXCHANGE_ONLINE ? TENANT_MAILBOXES : SECTION_COUNT;
}

static void
add_msonline(struct record *r, enum section s, const struct clixml_value *v)
{
	if (clixml_prop(v, "LastDirSyncTime"))
		msonline_add_synced(r, record_text(
			r, "onPremisesLastSyncDateTime"));
	if (s == TENANT_GROUPS)
		msonline_add_group(r);
	if (s == TENANT_DOMAINS)
		msonline_add_domain(r);
}

static void
leave_out(struct clixml *c, const char *what)
{
	char *text;

	if (name_set_has(&c->left_out, what))
		return;
	if (c->left_out.count == LEFT_OUT_MAX) {
		c->sink->note(c->sink, "objects of still more types were left "
		              "out");
		return;
	}
	name_set_add(&c->left_out, what);
	text = xasprintf("%s: objects of the type %.200s were left out",
	                 c->name, what);
	c->sink->note(c->sink, text);
	free(text);
}

static int
wrong(const struct clixml *c, uint64_t line, const char *want,
      struct err *err)
{
	return err_input(err, "%s:%llu: want %s", c->name,
	                 (unsigned long long)line, want);
}

/* The record as the snapshot has servers. */
static enum section
take_server(struct clixml *c, uint64_t line, struct err *err)
{
	struct record *r = record_new();
	const char *bad;

	exchange_server_take(r, c->record);
	bad = exchange_server_wrong(r);
	record_copy(c->record, r);
	record_free(r);
	if (!bad)
		return AD_EXCHANGE;
	wrong(c, line, bad + sizeof("want ") - 1, err);
	return SECTION_COUNT;
}

/* Fills the record; the section, or SECTION_COUNT with ERR filled. */
static enum section
take(struct clixml *c, const struct clixml_value *v, enum maker maker,
     enum section s, uint64_t line, struct err *err)
{
	struct record *r = c->record;

	if (maker == MAKER_AD) {
		clixml_take_ad(r, v, &c->flaws);
		if (!record_text(r, AD_DN) && !placeless_is_object(r)) {
			wrong(c, line, "a DistinguishedName in every object "
			      "of AD, or at least ObjectGUID, SID or "
			      "SamAccountName; export it, too", err);
			return SECTION_COUNT;
		}
		if (!record_text(r, AD_DN))
			placeless_tell(c->sink);
		return s == SECTION_COUNT || record_text(r, "objectClass")
			? ad_module_section(r) : s;
	}
	if (maker == MAKER_EXCHANGE) {
		clixml_take_exchange(r, v, &c->flaws);
		if (record_find(r, SERVER_VERSION) >= 0 &&
		    record_find(r, SERVER_ROLE) >= 0)
			return take_server(c, line, err);
		s = record_find(r, EXCHANGE_BLOCKS) >= 0 ||
		    record_find(r, ORGANIZATION_EITHER) >= 0
			? TENANT_EXCHANGE : exchange_section(r);
		if (s == SECTION_COUNT)
			wrong(c, line, "a DistinguishedName in every "
			      "recipient, or it is not known whether Exchange "
			      "Online or a server of your own has it", err);
		return s;
	}
	clixml_take_tenant(r, s, v, &c->flaws);
	add_msonline(r, s, v);
	if (record_text(r, "id"))
		return s;
	wrong(c, line, "an Id or ObjectId in every object of a tenant; export "
	      "it, too", err);
	return SECTION_COUNT;
}

/* Whether rules read the attribute, as far as this side of us knows. */
static bool
matters(enum section s, const char *name)
{
	const struct ad_attr *a = ad_attr_find(name);

	if (s == TENANT_EXCHANGE)
		return strcmp(name, EXCHANGE_BLOCKS) == 0;
	if (s == AD_MAILBOXES || s == TENANT_MAILBOXES)
		return column_find(&exchange_columns, name) != NULL;
	if (section_side(s) == SIDE_AD)
		return a && a->rank;
	return tenant_attr_order(name) < tenant_attr_order("");
}

static void
tell_lost(struct clixml *c, enum section s)
{
	const struct name_set *lost = &c->flaws.lost;

	for (size_t i = 0; i < lost->count; i++) {
		char *text;

		name_set_add(&c->lost[s], lost->names[i]);
		if (!matters(s, lost->names[i]))
			continue;
		text = xasprintf("%s: %s: the export did not write its values; "
		                 "export again with -Depth 4", c->name,
		                 lost->names[i]);
		c->sink->note(c->sink, text);
		free(text);
		c->sink->lack(c->sink, s, lost->names[i],
		              "the export did not write its values");
	}
}

static int
put(struct clixml *c, enum section s, enum maker maker, uint64_t line,
    struct err *err)
{
	bool deleted = record_text(c->record, "deletedDateTime") != NULL;

	if (deleted && s == TENANT_USERS)
		s = TENANT_DELETED_USERS;
	else if (deleted && section_side(s) == SIDE_TENANT) {
		c->sink->note(c->sink, "deleted objects that are no users were "
		              "left out");
		return 0;
	}
	name_log_add(&c->logs[s], c->record);
	c->makers[s] = maker;
	tell_lost(c, s);
	c->sink->asked(c->sink, s);
	return c->sink->put(c->sink, s, c->record, line, err);
}

static int
take_object(struct clixml_tree_sink *sink, const struct clixml_value *v,
            uint64_t line, struct err *err)
{
	struct clixml *c = of_objects(sink);
	enum section s = SECTION_COUNT;
	enum maker maker = clixml_maker_of(v, &s);

	if (maker == MAKER_NONE) {
		leave_out(c, v->type ? v->type : "that is not said");
		return 0;
	}
	record_clear(c->record);
	name_set_release(&c->flaws.lost);
	c->flaws.lost = (struct name_set){ 0 };
	s = take(c, v, maker, s, line, err);
	if (s == SECTION_COUNT)
		return -1;
	return put(c, s, maker, line, err);
}

static int
not_utf8(const struct clixml *c, struct err *err)
{
	return err_input(err, "%s:%llu: is not UTF-8; want UTF-8, UTF-16 with "
	                 "a byte-order mark, or --encoding windows-1252",
	                 c->name, (unsigned long long)c->line);
}

/*
 * Passes on whole characters of the block, and keeps one that is cut. Blocks
 * are of one size, whatever size the input comes in: libxml2 looks ahead, and
 * which of two faults it tells hangs on what it was given.
 */
static int
feed_block(struct clixml *c, struct err *err)
{
	const char *text = buf_text(&c->block);
	size_t good = utf8_bad(text, c->block.len);
	size_t left = c->block.len - good;
	char cut[4];

	for (size_t i = 0; i < good; i++)
		c->line += text[i] == '\n';
	if (good && xml_stream_feed(c->xml, text, good, err) < 0)
		return -1;
	if (left >= sizeof(cut))
		return not_utf8(c, err);
	memcpy(cut, text + good, left);
	buf_clear(&c->block);
	buf_add(&c->block, cut, left);
	return 0;
}

static int
clixml_feed(struct parser *p, const char *data, size_t len, struct err *err)
{
	struct clixml *c = of_parser(p);

	while (len) {
		size_t n = BLOCK - c->block.len < len ? BLOCK - c->block.len
		                                      : len;

		buf_add(&c->block, data, n);
		data += n;
		len -= n;
		if (c->block.len == BLOCK && feed_block(c, err) < 0)
			return -1;
	}
	return 0;
}

/*
 * What counts as asked for: Get-ADUser and its kin leave out attributes without
 * a value, so that one object is enough to show it.
 */
static const enum name_want wants[] = {
	[MAKER_NONE] = NAME_OF_ALL,
	[MAKER_AD] = NAME_OF_SOME,
	[MAKER_GRAPH] = NAME_VALUED,
	[MAKER_OLDER] = NAME_OF_ALL,
	[MAKER_EXCHANGE] = NAME_OF_ALL,
};

/* What was lost counts as not asked for. */
static void
tell_cover(struct clixml *c, enum section s)
{
	bool all = c->makers[s] == MAKER_AD && name_log_whole(&c->logs[s]);
	enum name_want want = wants[c->makers[s]];
	struct name_set names = { 0 };
	const char **kept;
	size_t n = 0;

	name_log_names(&c->logs[s], want, &names);
	kept = xcalloc(names.count + 1, sizeof(*kept));
	for (size_t i = 0; i < names.count; i++)
		if (!name_set_has(&c->lost[s], names.names[i]))
			kept[n++] = names.names[i];
	c->sink->cover(c->sink, s, all && !c->lost[s].count ? COVER_ALL
	               : COVER_LISTED, kept, n);
	free(kept);
	name_set_release(&names);
}

static int
clixml_finish(struct parser *p, struct err *err)
{
	struct clixml *c = of_parser(p);

	if (feed_block(c, err) < 0)
		return -1;
	if (c->block.len)
		return not_utf8(c, err);
	if (xml_stream_finish(c->xml, err) < 0)
		return -1;
	for (int s = 0; s < SECTION_COUNT; s++)
		if (c->logs[s].objects)
			tell_cover(c, (enum section)s);
	return 0;
}

static void
clixml_free(struct parser *p)
{
	struct clixml *c = of_parser(p);

	for (int s = 0; s < SECTION_COUNT; s++) {
		name_log_release(&c->logs[s]);
		name_set_release(&c->lost[s]);
	}
	name_set_release(&c->left_out);
	buf_release(&c->block);
	xml_stream_free(c->xml);
	clixml_tree_free(c->tree);
	name_set_release(&c->flaws.lost);
	record_free(c->record);
	free(c->name);
	free(c);
}

static struct parser *
clixml_open(const char *name, struct sink *sink)
{
	struct clixml *c = xcalloc(1, sizeof(*c));

	c->parser = (struct parser){
		.feed = clixml_feed, .finish = clixml_finish,
		.free = clixml_free,
	};
	c->objects.object = take_object;
	c->tree = clixml_tree_new(name, &c->objects);
	c->xml = xml_stream_new(name, clixml_tree_events(c->tree));
	c->sink = sink;
	c->name = xstrdup(name);
	c->record = record_new();
	c->line = 1;
	return &c->parser;
}

static bool
clixml_recognise(const char *head, size_t len)
{
	size_t i = 0;

	while (i < len && head[i] && strchr(" \t\r\n", head[i]))
		i++;
	return i < len && head[i] == '<' &&
	       memmem(head + i, len - i, "<Objs", 5) != NULL;
}

const struct source clixml_source = {
	.kind = "clixml",
	.recognise = clixml_recognise,
	.open = clixml_open,
};
