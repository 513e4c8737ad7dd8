/*
 * Finds out what the objects of a file are, and which properties they came
 * with.
 */
#include "collect/import/graph_json.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/record.h"
#include "collect/graph/graph.h"
#include "collect/schema/schema.h"

/* No section: objects that are left out. */
#define LEFT_OUT SECTION_COUNT

struct graph {
	struct parser parser;    /* first: what the importer holds */
	struct split_sink pieces;
	struct json_split *split;
	struct sink *sink;
	char *name;
	struct record *raw, *clean;
	enum section expected;   /* by @odata.context; LEFT_OUT: nothing */
	enum section met;        /* of the answer's last object */
	long objects;            /* in the answer */
	struct name_set covered[SECTION_COUNT];
	bool any[SECTION_COUNT];
};

static struct graph *
of_parser(struct parser *p)
{
	return (struct graph *)p;
}

static struct graph *
of_pieces(struct split_sink *s)
{
	return (struct graph *)(void *)
		((char *)s - offsetof(struct graph, pieces));
}

/* The words of contexts and types, and the properties of bare objects. */
static const struct {
	const char *word;
	enum section section;
} contexts[] = {
	{ "users", TENANT_USERS },
	{ "groups", TENANT_GROUPS },
	{ "contacts", TENANT_CONTACTS },
	{ "domains", TENANT_DOMAINS },
	{ "organization", TENANT_ORGANIZATION },
	{ "subscribedSkus", TENANT_SKUS },
}, types[] = {
	{ "#microsoft.graph.user", TENANT_USERS },
	{ "#microsoft.graph.group", TENANT_GROUPS },
	{ "#microsoft.graph.orgContact", TENANT_CONTACTS },
	{ "#microsoft.graph.domain", TENANT_DOMAINS },
	{ "#microsoft.graph.organization", TENANT_ORGANIZATION },
	{ "#microsoft.graph.subscribedSku", TENANT_SKUS },
}, properties[] = {
	{ "userPrincipalName", TENANT_USERS },
	{ "skuPartNumber", TENANT_SKUS },
	{ "verifiedDomains", TENANT_ORGANIZATION },
	{ "isVerified", TENANT_DOMAINS },
	{ "authenticationType", TENANT_DOMAINS },
	{ "groupTypes", TENANT_GROUPS },
	{ "securityEnabled", TENANT_GROUPS },
	{ "mailEnabled", TENANT_GROUPS },
	{ "phones", TENANT_CONTACTS },
	{ "addresses", TENANT_CONTACTS },
	{ "mailNickname", TENANT_CONTACTS },
	{ "mail", TENANT_CONTACTS },
	{ "companyName", TENANT_CONTACTS },
};

enum {
	CONTEXTS = sizeof(contexts) / sizeof(contexts[0]),
	TYPES = sizeof(types) / sizeof(types[0]),
	PROPERTIES = sizeof(properties) / sizeof(properties[0]),
};

/* "...$metadata#users(id,mail)/$entity" -> users. */
static enum section
by_context(const char *context)
{
	const char *word = context ? strchr(context, '#') : NULL;
	size_t len;

	if (!word)
		return LEFT_OUT;
	if (strstr(word, "microsoft.graph.user"))
		return strstr(word, "deletedItems") ? TENANT_DELETED_USERS
		                                    : TENANT_USERS;
	word++;
	len = strcspn(word, "(/");
	for (size_t i = 0; i < CONTEXTS; i++)
		if (strlen(contexts[i].word) == len &&
		    strncmp(contexts[i].word, word, len) == 0)
			return contexts[i].section;
	return LEFT_OUT;
}

static enum section
by_object(const struct record *r)
{
	const char *type = record_text(r, "@odata.type");

	for (size_t i = 0; type && i < TYPES; i++)
		if (strcmp(types[i].word, type) == 0)
			return types[i].section;
	for (size_t i = 0; !type && i < PROPERTIES; i++)
		if (record_find(r, properties[i].word) >= 0)
			return properties[i].section;
	return LEFT_OUT;
}

static int
wrong(const struct graph *g, const struct split_piece *p, size_t offset,
      const char *want, struct err *err)
{
	uint64_t line = p->line, column = p->column;

	for (size_t i = 0; i < offset && i < p->len; i++) {
		column = p->text[i] == '\n' ? 1 : column + 1;
		line += p->text[i] == '\n';
	}
	return err_input(err, "%s:%llu:%llu: want %s", g->name,
	                 (unsigned long long)line, (unsigned long long)column,
	                 want);
}

static int
read_piece(struct graph *g, const struct split_piece *p, struct err *err)
{
	struct json_error e;

	if (json_read_record(p->text, p->len, g->raw, &e) < 0)
		return wrong(g, p, e.offset, e.want, err);
	return 0;
}

/* {"error":{"code":"...","message":"..."}}: what Graph says instead. */
static int
refuse_error(struct graph *g, const struct split_piece *p, struct err *err)
{
	struct json_error e;
	struct json *tree = json_parse(p->text, p->len, &e);
	const struct json *inner = json_get(tree, "error");
	const char *code = json_string(json_get(inner, "code"));
	const char *text = json_string(json_get(inner, "message"));
	const char *old = json_string(json_get(tree, "error_description"));

	err_input(err, "%s:%llu: is an error answer (%s: %.300s), no data; "
	          "collect it again", g->name, (unsigned long long)p->line,
	          code ? code : json_string(inner) ? json_string(inner)
	          : "error", text ? text : old ? old : "no message");
	json_free(tree);
	return -1;
}

/* With $select every object has every property: count what all have. */
static void
note_names(struct graph *g, enum section s, const struct record *r)
{
	struct name_set *c = &g->covered[s];
	size_t kept = 0;

	if (!g->any[s]) {
		for (size_t i = 0; i < record_count(r); i++)
			name_set_add(c, record_name(r, i));
		g->any[s] = true;
		return;
	}
	for (size_t i = 0; i < c->count; i++) {
		if (record_find(r, c->names[i]) >= 0)
			c->names[kept++] = c->names[i];
		else
			free(c->names[i]);
	}
	c->count = kept;
}

static enum section
section_for(const struct graph *g, const struct record *r)
{
	enum section s = by_object(r);
	bool deleted = record_text(r, "deletedDateTime") != NULL;

	if (record_text(r, "@odata.type") == NULL && g->expected != LEFT_OUT)
		s = g->expected;
	if (deleted)
		return s == TENANT_USERS || s == TENANT_DELETED_USERS
			? TENANT_DELETED_USERS : LEFT_OUT;
	return s;
}

static int
leave_out(struct graph *g, const struct split_piece *p, struct err *err)
{
	if (record_find(g->raw, "@removed") >= 0) {
		g->sink->note(g->sink, "objects that a delta answer calls "
		              "removed were left out");
		return 0;
	}
	if (record_text(g->raw, "deletedDateTime")) {
		g->sink->note(g->sink, "deleted objects that are no users were "
		              "left out");
		return 0;
	}
	if (record_text(g->raw, "@odata.type")) {
		g->sink->note(g->sink, "objects of types that syncscope does "
		              "not read were left out");
		return 0;
	}
	return wrong(g, p, 0, "a user, group, contact, domain, organization "
	             "or subscribedSku of Graph", err);
}

static int
take_object(struct split_sink *s, const struct split_piece *p,
            struct err *err)
{
	struct graph *g = of_pieces(s);
	const struct record *object;
	enum section section;

	if (read_piece(g, p, err) < 0)
		return -1;
	if (record_find(g->raw, "error") >= 0 &&
	    record_find(g->raw, "id") < 0)
		return refuse_error(g, p, err);
	section = section_for(g, g->raw);
	g->objects++;
	if (section == LEFT_OUT || record_find(g->raw, "@removed") >= 0)
		return leave_out(g, p, err);
	if (!record_text(g->raw, "id"))
		return wrong(g, p, 0, "an \"id\" in every object", err);
	g->met = section;
	object = graph_record_strip(g->raw, g->clean);
	note_names(g, section, object);
	g->sink->asked(g->sink, section);
	return g->sink->put(g->sink, section, object, p->line, err);
}

static int
begin_page(struct split_sink *s, const struct split_piece *p, struct err *err)
{
	struct graph *g = of_pieces(s);

	if (read_piece(g, p, err) < 0)
		return -1;
	g->expected = g->met =
		by_context(record_text(g->raw, "@odata.context"));
	g->objects = 0;
	return 0;
}

static long
whole_number(const struct record *r, const char *name)
{
	long at = record_find(r, name);
	struct value v;

	if (at < 0 || !record_values(r, (size_t)at))
		return -1;
	v = record_value(r, (size_t)at, 0);
	return v.kind == VALUE_JSON ? strtol(v.data, NULL, 10) : -1;
}

static int
end_page(struct split_sink *s, const struct split_piece *p, struct err *err)
{
	struct graph *g = of_pieces(s);
	struct page page;

	if (read_piece(g, p, err) < 0)
		return -1;
	/* @odata.context may follow "value"; it mostly stands first. */
	if (g->met == LEFT_OUT)
		g->met = by_context(record_text(g->raw, "@odata.context"));
	page = (struct page){
		.context = record_text(g->raw, "@odata.context"),
		.more = record_text(g->raw, "@odata.nextLink") != NULL,
		.total = whole_number(g->raw, "@odata.count"),
		.objects = g->objects,
	};
	if (g->met != LEFT_OUT) {
		g->sink->asked(g->sink, g->met);
		g->sink->page(g->sink, g->met, &page);
	}
	g->expected = LEFT_OUT;
	return 0;
}

static int
graph_feed(struct parser *p, const char *data, size_t len, struct err *err)
{
	return json_split_feed(of_parser(p)->split, data, len, err);
}

static int
graph_finish(struct parser *p, struct err *err)
{
	struct graph *g = of_parser(p);

	if (json_split_finish(g->split, err) < 0)
		return -1;
	for (int s = 0; s < SECTION_COUNT; s++)
		if (g->any[s])
			g->sink->cover(g->sink, (enum section)s, COVER_LISTED,
			               (const char *const *)g->covered[s].names,
			               g->covered[s].count);
	return 0;
}

static void
graph_free(struct parser *p)
{
	struct graph *g = of_parser(p);

	for (size_t i = 0; i < SECTION_COUNT; i++)
		name_set_release(&g->covered[i]);
	json_split_free(g->split);
	record_free(g->raw);
	record_free(g->clean);
	free(g->name);
	free(g);
}

static struct parser *
graph_open(const char *name, struct sink *sink)
{
	struct graph *g = xcalloc(1, sizeof(*g));

	g->parser = (struct parser){
		.feed = graph_feed, .finish = graph_finish, .free = graph_free
	};
	g->pieces = (struct split_sink){
		.object = take_object, .page_begin = begin_page,
		.page_end = end_page,
	};
	g->split = json_split_new(name, &g->pieces);
	g->sink = sink;
	g->name = xstrdup(name);
	g->raw = record_new();
	g->clean = record_new();
	g->expected = g->met = LEFT_OUT;
	return &g->parser;
}

static bool
graph_recognise(const char *head, size_t len)
{
	size_t i = 0;

	while (i < len && strchr(" \t\r\n", head[i]) && head[i])
		i++;
	return i < len && (head[i] == '{' || head[i] == '[');
}

const struct source graph_json_source = {
	.kind = "graph-json",
	.title = "JSON of Microsoft Graph",
	.recognise = graph_recognise,
	.open = graph_open,
};
