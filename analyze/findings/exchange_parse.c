/* exchange.json, read again: what reports print without asking is not NULL. */
#include "analyze/findings/exchange_json.h"

#include <string.h>

#include "analyze/findings/exchange_words.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"

/* The file, while it is read. */
struct parse {
	const char *path;
	struct arena *arena;
	struct exchange_told *told;
	struct err *err;
};

static const char *
text(const struct parse *p, const struct json *j, const char *key)
{
	const char *value = json_string(json_get(j, key));

	return value ? arena_strdup(p->arena, value) : NULL;
}

static const char *
must(const struct parse *p, const struct json *j, const char *key)
{
	const char *value = text(p, j, key);

	return value ? value : "";
}

/* The number of a word; -1 with what was wanted in NAME, or at the top. */
static int
word(const struct parse *p, const struct json *j, const char *key,
     enum exchange_words of, const char *name)
{
	const char *have = json_string(json_get(j, key));
	int n = exchange_word(of, have);
	struct buf want = { 0 };

	if (n >= 0)
		return n;
	exchange_words_put(&want, of);
	err_input(p->err, "%s: %s%s%s: want %s, have \"%s\"", p->path,
	          name ? name : "", name ? ": " : "", key, want.data,
	          have ? have : "");
	buf_release(&want);
	return -1;
}

static enum schema_has
has(const struct json *j)
{
	if (json_kind(j) != JSON_BOOL)
		return SCHEMA_UNKNOWN;
	return json_is_true(j) ? SCHEMA_HAS : SCHEMA_LACKS;
}

static void
read_schema(const struct parse *p, const struct json *j)
{
	const struct json *list = json_get(j, "attributes");
	size_t n = json_count(list);
	struct schema_attribute *to =
		arena_alloc(p->arena, n * sizeof(*to) + 1);

	p->told->range_upper = json_count_of(j, "rangeUpper");
	p->told->release = text(p, j, "release");
	p->told->attributes = to;
	p->told->attribute_count = n;
	for (const struct json *e = json_first(list); e; e = json_next(e))
		*to++ = (struct schema_attribute){
			.name = arena_strdup(p->arena, json_key(e)
			                     ? json_key(e) : ""),
			.has = has(e),
		};
}

static int
read_organization(const struct parse *p, const struct json *j)
{
	int state = word(p, j, "state", WORDS_OF_STATE, "organization");
	struct exchange_told *t = p->told;

	if (state < 0)
		return -1;
	t->state = (enum exchange_state)state;
	t->reason = text(p, j, "reason");
	t->name = text(p, j, "name");
	t->dn = text(p, j, "dn");
	t->hybrid = has(json_get(j, "hybrid"));
	t->object_version = json_count_of(j, "objectVersion");
	t->domain_version = json_count_of(j, "domainVersion");
	read_schema(p, json_get(j, "schema"));
	return 0;
}

static void
read_roles(const struct parse *p, const struct json *list,
           struct exchange_told_server *s)
{
	const char **to = arena_alloc(p->arena,
	                              json_count(list) * sizeof(*to) + 1);

	s->roles = to;
	for (const struct json *j = json_first(list); j; j = json_next(j))
		to[s->role_count++] = arena_strdup(p->arena, json_string(j)
		                                   ? json_string(j) : "");
}

static int
read_servers(const struct parse *p, const struct json *list)
{
	struct exchange_told_server *to =
		arena_alloc(p->arena, json_count(list) * sizeof(*to) + 1);

	p->told->servers = to;
	for (const struct json *j = json_first(list); j; j = json_next(j)) {
		const char *name = must(p, j, "name");
		int support = word(p, j, "support", WORDS_OF_SUPPORT, name);

		if (support < 0)
			return -1;
		*to = (struct exchange_told_server){
			.name = name, .dn = text(p, j, "dn"),
			.guid = text(p, j, "guid"),
			.version = text(p, j, "version"),
			.product = text(p, j, "product"),
			.update = text(p, j, "update"),
			.support = (enum exchange_support)support,
			.support_ends = text(p, j, "supportEnds"),
		};
		read_roles(p, json_get(j, "roles"), to++);
		p->told->server_count++;
	}
	return 0;
}

static void
read_evidence(const struct parse *p, const struct json *list,
              struct exchange_condition *c)
{
	struct exchange_evidence *to =
		arena_alloc(p->arena, json_count(list) * sizeof(*to) + 1);

	c->evidence = to;
	c->evidence_count = json_count(list);
	for (const struct json *j = json_first(list); j; j = json_next(j))
		*to++ = (struct exchange_evidence){
			.dn = text(p, j, "dn"), .guid = text(p, j, "guid"),
			.attribute = text(p, j, "attribute"),
			.value = text(p, j, "value"),
		};
}

static int
read_path_names(const struct parse *p, const struct json *list,
                struct exchange_condition *c)
{
	for (const struct json *j = json_first(list); j; j = json_next(j)) {
		int path = exchange_word(WORDS_OF_PATH, json_string(j));

		if (path < 0)
			return err_input(p->err, "%s: %s: paths: there is no "
			                 "path \"%s\"", p->path, c->id,
			                 json_string(j) ? json_string(j) : "");
		c->paths |= PATH_BIT((unsigned)path);
	}
	return 0;
}

static int
read_condition(const struct parse *p, const struct json *j,
               struct exchange_condition *c)
{
	const char *id = must(p, j, "id");
	int result = word(p, j, "result", WORDS_OF_RESULT, id);
	int kind = result < 0 ? -1 : word(p, j, "kind", WORDS_OF_KIND, id);
	int owner = kind < 0 ? -1 : word(p, j, "owner", WORDS_OF_OWNER, id);

	if (owner < 0)
		return -1;
	*c = (struct exchange_condition){
		.id = id, .title = must(p, j, "title"),
		.kind = (enum condition_kind)kind,
		.owner = (enum step_owner)owner,
		.fix = must(p, j, "fix"), .source = must(p, j, "source"),
		.undo = text(p, j, "undo"),
		.result = (enum condition_result)result,
		.count = json_count_of(j, "count"),
		.reason = text(p, j, "reason"),
	};
	read_evidence(p, json_get(j, "evidence"), c);
	return read_path_names(p, json_get(j, "paths"), c);
}

static int
read_conditions(const struct parse *p, const struct json *list)
{
	struct exchange_condition *to =
		arena_alloc(p->arena, json_count(list) * sizeof(*to) + 1);

	p->told->conditions = to;
	for (const struct json *j = json_first(list); j; j = json_next(j)) {
		if (read_condition(p, j, to++) < 0)
			return -1;
		p->told->condition_count++;
	}
	if (!p->told->condition_count)
		return err_input(p->err, "%s: has no conditions", p->path);
	return 0;
}

/* Ids to numbers of conditions; how many, or -1. */
static int
read_ids(const struct parse *p, const struct json *list, const size_t **out,
         size_t *count)
{
	const struct exchange_told *t = p->told;
	size_t *to = arena_alloc(p->arena, json_count(list) * sizeof(*to) + 1);

	*out = to;
	*count = json_count(list);
	for (const struct json *j = json_first(list); j; j = json_next(j)) {
		const char *id = json_string(j) ? json_string(j) : "";
		size_t i = 0;

		while (i < t->condition_count &&
		       strcmp(t->conditions[i].id, id) != 0)
			i++;
		if (i == t->condition_count)
			return err_input(p->err, "%s: paths: there is no "
			                 "condition \"%s\"", p->path, id);
		*to++ = i;
	}
	return 0;
}

static int
read_way(const struct parse *p, const struct json *j)
{
	int path = word(p, j, "id", WORDS_OF_PATH, "paths");
	int state = path < 0 ? -1
		: word(p, j, "state", WORDS_OF_PATH_STATE, "paths");
	struct exchange_way *w;

	if (state < 0)
		return -1;
	w = &p->told->ways[path];
	w->state = (enum path_state)state;
	if (read_ids(p, json_get(j, "missing"), &w->missing,
	             &w->missing_count) < 0)
		return -1;
	return read_ids(p, json_get(j, "open"), &w->open, &w->open_count);
}

static int
read_head(const struct parse *p, const struct json *j)
{
	const char *format = json_string(json_get(j, "format"));
	const char *as_of = json_string(json_get(j, "asOf"));
	int verdict;

	if (!format || strcmp(format, EXCHANGE_FORMAT) != 0)
		return err_input(p->err, "%s: want \"format\": \"%s\", have "
		                 "\"%s\"", p->path, EXCHANGE_FORMAT,
		                 format ? format : "");
	if (json_number(json_get(j, "version")) != EXCHANGE_VERSION)
		return err_input(p->err, "%s: has version %g; this program "
		                 "reads version %d", p->path,
		                 json_number(json_get(j, "version")),
		                 EXCHANGE_VERSION);
	verdict = word(p, j, "verdict", WORDS_OF_VERDICT, NULL);
	if (verdict < 0)
		return -1;
	p->told->verdict = (enum exchange_verdict)verdict;
	p->told->as_of = WHEN_NONE;
	if (as_of)
		when_from_iso(&p->told->as_of, as_of);
	return 0;
}

static int
read_all(const struct parse *p, const struct json *j)
{
	if (read_head(p, j) < 0 ||
	    read_organization(p, json_get(j, "organization")) < 0 ||
	    read_servers(p, json_get(j, "servers")) < 0 ||
	    read_conditions(p, json_get(j, "conditions")) < 0)
		return -1;
	for (const struct json *e = json_first(json_get(j, "paths")); e;
	     e = json_next(e))
		if (read_way(p, e) < 0)
			return -1;
	return 0;
}

int
exchange_bytes(const char *path, const char *digest, struct buf *out,
               struct err *err)
{
	char have[DIGEST_TEXT];

	if (file_read(path, out, err) < 0)
		return -1;
	digest_of(buf_text(out), out->len, have);
	if (strcmp(have, digest) != 0)
		return err_input(err, "%s: was changed: its SHA-256 is not the "
		                 "manifest's", path);
	return 0;
}

int
exchange_load(const char *path, const char *digest, struct arena *a,
              struct exchange_told *out, struct err *err)
{
	struct parse p = {
		.path = path, .arena = a, .told = out, .err = err,
	};
	struct buf bytes = { .max = EXCHANGE_MAX };
	struct json *tree = NULL;
	struct json_error e;
	int rc = exchange_bytes(path, digest, &bytes, err);

	*out = (struct exchange_told){ 0 };
	if (rc == 0) {
		tree = json_parse(bytes.data, bytes.len, &e);
		rc = tree ? read_all(&p, tree)
			: err_input(err, "%s: byte %zu: want %s", path,
			            e.offset + 1, e.want);
	}
	json_free(tree);
	buf_release(&bytes);
	return rc;
}
