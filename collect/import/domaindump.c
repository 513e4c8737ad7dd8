/* From what ldap3 made of AD's values back to those. */
#include "collect/import/domaindump.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/record.h"
#include "base/when.h"
#include "collect/graph/graph.h"
#include "collect/import/ad_typed.h"
#include "collect/import/json_items.h"
#include "collect/import/name_log.h"
#include "collect/schema/schema.h"

enum layout {
	LAYOUT_UNKNOWN,          /* more must be read to tell */
	LAYOUT_OTHER,
	LAYOUT_OBJECTS,
	LAYOUT_GROUPS,           /* [{"NAME":[objects]}]: the same, again */
};

struct dump {
	struct parser parser;    /* first */
	struct split_sink pieces;
	struct json_split *split;
	struct sink *sink;
	char *name;
	enum layout layout;
	struct buf head;         /* while the layout is not known */
	struct record *raw, *attributes, *inner, *scratch, *record;
	struct name_log logs[SECTION_COUNT];
};

static struct dump *
of_parser(struct parser *p)
{
	return (struct dump *)p;
}

static struct dump *
of_pieces(struct split_sink *s)
{
	return (struct dump *)(void *)
		((char *)s - offsetof(struct dump, pieces));
}

/* Steps over blanks and then C; NULL when something else is there. */
static const char *
step(const char *p, const char *end, char c)
{
	while (p < end && (*p == ' ' || *p == '\t' || *p == '\r' ||
	                   *p == '\n'))
		p++;
	return p == end ? end : *p == c ? p + 1 : NULL;
}

/* The end of the name that begins at P, behind its quote. */
static const char *
name_end(const char *p, const char *end)
{
	while (p < end && *p != '"')
		p += *p == '\\' && p + 1 < end ? 2 : 1;
	return p;
}

/* By the first name, and what is under it. */
static enum layout
layout_of(const char *head, size_t len)
{
	const char *end = head + len, *p = head, *name;
	size_t n;

	if (!(p = step(p, end, '[')) || !(p = step(p, end, '{')) ||
	    !(p = step(p, end, '"')))
		return LAYOUT_OTHER;
	name = p;
	p = name_end(p, end);
	n = (size_t)(p - name);
	if (p == end || (p = step(p + 1, end, ':')) == end)
		return LAYOUT_UNKNOWN;
	if (!p || step(p, end, '[') == end || step(p, end, '{') == end)
		return p ? LAYOUT_UNKNOWN : LAYOUT_OTHER;
	if (step(p, end, '{') && n == 10 && strncmp(name, "attributes", n) == 0)
		return LAYOUT_OBJECTS;
	p = step(p, end, '[');
	p = p ? step(p, end, '{') : NULL;
	p = p ? step(p, end, '"') : NULL;
	if (p && end - p < 10)
		return LAYOUT_UNKNOWN;
	return p && strncmp(p, "attributes", 10) == 0 ? LAYOUT_GROUPS
	                                              : LAYOUT_OTHER;
}

/* "2022-05-28 11:12:00.977707+00:00", as Python prints times. */
static int
add_time(struct record *r, const char *attribute, const char *text)
{
	size_t len = strlen(text);
	when_t when;

	if (len < 25 || text[10] != ' ' || text[len - 3] != ':' ||
	    when_from_iso(&when, text) < 0)
		return -1;
	ad_add_time(r, attribute, when);
	return 0;
}

/* Octets come as text when they happen to be UTF-8. */
static void
add_string(struct record *r, const char *attribute,
           const struct json_item *item)
{
	const struct ad_attr *a = ad_attr_find(attribute);
	bool octets = a && a->kind == VALUE_BYTES;

	if (octets && (ad_add_guid(r, attribute, item->text) == 0 ||
	               ad_add_sid(r, attribute, item->text) == 0))
		return;
	if (!octets && add_time(r, attribute, item->text) == 0)
		return;
	ad_record_add(r, attribute, item->text, item->len);
}

/* {"encoded": "...", "encoding": "base64"} */
static void
add_encoded(struct dump *d, const char *attribute,
            const struct json_item *item)
{
	const char *text = json_item_object(item, d->inner)
		? record_text(d->inner, "encoded") : NULL;

	if (!text || ad_add_base64(d->record, attribute, text) < 0)
		ad_record_add(d->record, attribute, item->text, item->len);
}

static void
add_item(struct dump *d, const char *attribute, const struct json_item *item)
{
	if (item->is_string)
		add_string(d->record, attribute, item);
	else if (*item->text == '{')
		add_encoded(d, attribute, item);
	else if (item->len == 4 && strncmp(item->text, "true", 4) == 0)
		ad_record_add(d->record, attribute, "TRUE", 4);
	else if (item->len == 5 && strncmp(item->text, "false", 5) == 0)
		ad_record_add(d->record, attribute, "FALSE", 5);
	else
		ad_record_add(d->record, attribute, item->text, item->len);
}

static void
take_attribute(struct dump *d, const char *attribute)
{
	const struct ad_attr *a = ad_attr_find(attribute);
	struct json_items it = json_items_of(d->attributes, attribute);
	struct json_item item;

	if (a && a->treat == TREAT_SECRET)
		return;
	while (json_items_next(&it, d->scratch, &item))
		add_item(d, attribute, &item);
	if (record_find(d->record, attribute) < 0)
		record_declare(d->record, a ? a->name : attribute,
		               a ? a->shape : SHAPE_SINGLE);
}

static int
take_object(struct split_sink *s, const struct split_piece *p,
            struct err *err)
{
	struct dump *d = of_pieces(s);
	const char *dn;
	enum section section;

	if (json_piece_read(d->name, p, d->raw, err) < 0)
		return -1;
	dn = record_text(d->raw, AD_DN);
	if (!dn || !*dn || !json_inner(d->raw, "attributes", d->attributes))
		return json_piece_wrong(d->name, p, "\"attributes\" and "
		                        "\"dn\" in every object, as "
		                        "ldapdomaindump writes them", err);
	record_clear(d->record);
	ad_record_add(d->record, AD_DN, dn, strlen(dn));
	for (size_t i = 0; i < record_count(d->attributes); i++)
		take_attribute(d, record_name(d->attributes, i));
	section = ad_section(d->record);
	name_log_add(&d->logs[section], d->record);
	d->sink->asked(d->sink, section);
	return d->sink->put(d->sink, section, d->record, p->line, err);
}

/* No answer of this tool has pages. */
static int
on_page(struct split_sink *s, const struct split_piece *p, struct err *err)
{
	return json_piece_wrong(of_pieces(s)->name, p, "objects as "
	                        "ldapdomaindump writes them", err);
}

static int
dump_feed(struct parser *p, const char *data, size_t len, struct err *err)
{
	struct dump *d = of_parser(p);

	if (d->layout == LAYOUT_GROUPS)
		return 0;
	if (d->layout != LAYOUT_UNKNOWN)
		return json_split_feed(d->split, data, len, err);
	buf_add(&d->head, data, len);
	d->layout = layout_of(buf_text(&d->head), d->head.len);
	if (d->layout == LAYOUT_UNKNOWN && d->head.len < SOURCE_HEAD)
		return 0;
	if (d->layout == LAYOUT_GROUPS)
		return 0;
	d->layout = LAYOUT_OBJECTS;
	return json_split_feed(d->split, d->head.data, d->head.len, err);
}

static void
tell_cover(struct dump *d, enum section s)
{
	const struct name_log *log = &d->logs[s];
	bool all = name_log_whole(log);
	struct name_set names = { 0 };

	name_log_names(log, NAME_OF_SOME, &names);
	d->sink->cover(d->sink, s, all ? COVER_ALL : COVER_LISTED,
	               (const char *const *)names.names, names.count);
	name_set_release(&names);
	if (s == AD_CONTAINERS)
		d->sink->partial(d->sink, s, "ldapdomaindump reads the domain "
		                 "and no OUs or containers");
	if (s == AD_OTHER)
		d->sink->partial(d->sink, s, "ldapdomaindump reads no other "
		                 "objects than trusts");
	if (s == AD_USERS)
		d->sink->note(d->sink, "ldapdomaindump reads users, groups, "
		              "computers and the domain: contacts, OUs and "
		              "deleted objects are not known");
}

static void
tell_groups(struct dump *d)
{
	char *text = xasprintf("%s: ldapdomaindump lists the same objects "
	                       "again, by group or system; nothing of it is "
	                       "read", d->name);

	d->sink->note(d->sink, text);
	free(text);
}

static int
dump_finish(struct parser *p, struct err *err)
{
	struct dump *d = of_parser(p);

	if (d->layout == LAYOUT_GROUPS) {
		tell_groups(d);
		return 0;
	}
	if (d->layout == LAYOUT_UNKNOWN &&
	    json_split_feed(d->split, buf_text(&d->head), d->head.len,
	                    err) < 0)
		return -1;
	if (json_split_finish(d->split, err) < 0)
		return -1;
	for (int s = 0; s < SECTION_COUNT; s++)
		if (d->logs[s].objects)
			tell_cover(d, (enum section)s);
	return 0;
}

static void
dump_free(struct parser *p)
{
	struct dump *d = of_parser(p);

	for (int s = 0; s < SECTION_COUNT; s++)
		name_log_release(&d->logs[s]);
	json_split_free(d->split);
	record_free(d->raw);
	record_free(d->attributes);
	record_free(d->inner);
	record_free(d->scratch);
	record_free(d->record);
	buf_release(&d->head);
	free(d->name);
	free(d);
}

static struct parser *
dump_open(const char *name, struct sink *sink)
{
	struct dump *d = xcalloc(1, sizeof(*d));

	d->parser = (struct parser){
		.feed = dump_feed, .finish = dump_finish, .free = dump_free
	};
	d->pieces = (struct split_sink){
		.object = take_object, .page_begin = on_page,
		.page_end = on_page,
	};
	d->split = json_split_new(name, &d->pieces);
	d->sink = sink;
	d->name = xstrdup(name);
	d->raw = record_new();
	d->attributes = record_new();
	d->inner = record_new();
	d->scratch = record_new();
	d->record = record_new();
	return &d->parser;
}

static bool
dump_recognise(const char *head, size_t len)
{
	enum layout l = layout_of(head, len);

	return l == LAYOUT_OBJECTS || l == LAYOUT_GROUPS;
}

const struct source domaindump_source = {
	.kind = "ldapdomaindump",
	.recognise = dump_recognise,
	.open = dump_open,
};
