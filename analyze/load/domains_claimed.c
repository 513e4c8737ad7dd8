/*
 * Holds what manifests claim of domains, their SIDs and forests, against what
 * objects say of themselves: a few of each domain, as a manifest that tells a
 * SID vouches that all have it.
 */
#include "analyze/load/present.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/object/object.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/err.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/sid.h"
#include "base/utf8.h"
#include "base/warn.h"

/* Of a domain that many objects may not show it. */
enum { TRIED = 4 };
/* Bytes of S-1-5-21-a-b-c, and of that with a RID. */
enum { DOMAIN_SID_BYTES = 24, ACCOUNT_SID_BYTES = 28 };

struct claimed {
	const struct model *m;
	struct fetch *fetch;
	unsigned char *tried;        /* by the numbers of domains, from 1 */
	bool *placed;                /* the forest was compared */
	struct err *err;
};

/* What the manifest of its present says of the domain; NULL: it has none. */
static const struct snapshot_domain *
claim_of(const struct domain *d)
{
	if (!*d->name || !d->present || d->at == ALL_DOMAINS)
		return NULL;
	return snapshot_domain_at(d->present, d->at);
}

/* The SID of an account's domain; -1 where it is none of a domain. */
static int
domain_sid(const struct object *o, char text[SID_TEXT])
{
	unsigned char sid[DOMAIN_SID_BYTES];

	if (!o->ad.sid || o->ad.sid_len != ACCOUNT_SID_BYTES ||
	    o->ad.sid[1] != (ACCOUNT_SID_BYTES - 8) / 4)
		return -1;
	memcpy(sid, o->ad.sid, sizeof(sid));
	sid[1] = (DOMAIN_SID_BYTES - 8) / 4;
	return sid_format(sid, sizeof(sid), text);
}

static int
check_sid(struct claimed *c, const struct domain *d, const struct object *o)
{
	const char *told = claim_of(d)->sid;
	char is[SID_TEXT];

	if (domain_sid(o, is) < 0 || strncmp(is, "S-1-5-21-", 9) != 0)
		return 0;
	c->tried[d->index + 1] = TRIED;
	if (!told || snapshot_domain_sid_doubtful(d->present, d->at) ||
	    strcmp(told, is) == 0)
		return 0;
	return err_input(c->err, "%s/" SNAPSHOT_MANIFEST ": domains: %s has "
	                 "the SID %s, but %s has one of %s; is it damaged?",
	                 snapshot_name(d->present), d->name, told,
	                 object_label(o), is);
}

/* The line there, whose end is not known; lines mostly are short. */
static int
read_line(struct claimed *c, struct blob_reader *reader, uint64_t place,
          struct blob_text *out)
{
	enum { SHORT = 16 << 10 };
	size_t want = SHORT;

	for (;; want *= 4) {
		const char *end;

		if (blob_read_line(reader, place, want, 1, out, c->err) < 0)
			return -1;
		end = memchr(out->data, '\n', out->len);
		if (end)
			out->len = (size_t)(end - out->data);
		if (end || out->len < want || want >= SNAPSHOT_LINE_MAX)
			return 0;
	}
}

/* The forest in whose schema the line's class is, in OUT; empty: not told. */
static int
read_forest(struct claimed *c, const struct table *t, uint64_t place,
            struct buf *out)
{
	static const char schema[] = "CN=Schema,CN=Configuration,";
	const struct table_file *file = table_file_at(t, place);
	struct blob_reader *reader = fetch_reader(c->fetch, file, c->err);
	struct blob_text text = { 0 };
	const char *category;
	struct json_error e;
	struct json *line = NULL;
	int rc = -1;

	if (!reader || read_line(c, reader, place - file->first, &text) < 0)
		goto out;
	line = json_parse(text.data, text.len, &e);
	category = json_string(json_get(line, "objectCategory"));
	category = category ? strcasestr(category, schema) : NULL;
	if (category)
		dn_domain(out, category + strlen(schema));
	rc = 0;
out:
	json_free(line);
	blob_text_release(&text);
	return rc;
}

/* The partitions of the forest know better, where they were collected. */
static int
check_forest(struct claimed *c, const struct table *t, const struct row *r,
             const struct domain *d, const struct object *o)
{
	const char *told = claim_of(d)->forest;
	struct buf is = { 0 };
	int rc = 0;

	if (!told || c->placed[d->index] ||
	    snapshot_state(d->present, AD_FOREST) != SECTION_NOT_ASKED)
		return 0;
	c->placed[d->index] = true;
	rc = read_forest(c, t, r->place, &is);
	if (rc == 0 && is.len && ascii_casecmp(buf_text(&is), told) != 0)
		warn("%s/" SNAPSHOT_MANIFEST ": domains: %s is of the forest "
		     "%s, but by objectCategory %s is of %s; is it damaged?",
		     snapshot_name(d->present), d->name, told,
		     object_label(o), buf_text(&is));
	buf_release(&is);
	return rc;
}

static int
check_row(struct claimed *c, enum section s, uint32_t i)
{
	const struct table *t = &c->m->tables[s];
	const struct domain *d = model_domain(c->m, &t->rows[i]);
	struct arena scratch = { 0 };
	struct object o;
	int rc;

	/* Of objects that a list renews the place is another snapshot's. */
	if (table_file_at(t, t->rows[i].place)->from != d->present)
		return 0;
	c->tried[d->index + 1]++;
	rc = fetch_own_line(c->fetch, s, i, &scratch, &o, c->err);
	if (rc == 0)
		rc = check_forest(c, t, &t->rows[i], d, &o);
	if (rc == 0)
		rc = check_sid(c, d, &o);
	arena_release(&scratch);
	return rc;
}

static int
check_section(struct claimed *c, enum section s)
{
	const struct table *t = &c->m->tables[s];

	memset(c->tried, 0, c->m->domains.count + 1);
	c->tried[0] = TRIED;
	for (size_t i = 0; i < c->m->domains.count; i++)
		if (!claim_of(&c->m->domains.items[i]))
			c->tried[i + 1] = TRIED;
	for (size_t i = 0; i < t->count; i++)
		if (c->tried[t->rows[i].domain] < TRIED &&
		    check_row(c, s, (uint32_t)i) < 0)
			return -1;
	return 0;
}

int
domains_claimed(const struct model *m, struct err *err)
{
	static const enum section sections[] = {
		AD_USERS, AD_GROUPS, AD_COMPUTERS
	};
	struct claimed c = {
		.m = m, .fetch = fetch_new(m), .err = err,
		.tried = xcalloc(m->domains.count + 1, sizeof(*c.tried)),
		.placed = xcalloc(m->domains.count + 1, sizeof(*c.placed)),
	};
	int rc = 0;

	/* Edits may set SIDs. */
	for (size_t i = 0; !m->edits && rc == 0 &&
	     i < sizeof(sections) / sizeof(sections[0]); i++)
		rc = check_section(&c, sections[i]);
	fetch_free(c.fetch);
	free(c.tried);
	free(c.placed);
	return rc;
}
