/* Keeping what is no longer found, and looking for its objects. */
#include "analyze/findings/repairs.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/findings/compared_file.h"
#include "analyze/findings/line.h"
#include "analyze/findings/repair_times.h"
#include "analyze/findings/timeline_lines.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/record.h"
#include "base/utf8.h"

/* ---- keeping ---- */

/* The same text once: rules, attributes and domains are few. */
static const char *
shared_text(struct repairs *r, const char *text)
{
	uint64_t hash = text ? hash_text(text) : 0;
	size_t at = HASH_INDEX_FIRST;
	long i;

	if (!text)
		return NULL;
	while ((i = hash_index_next(&r->by_text, hash, &at)) >= 0)
		if (strcmp(r->texts[i], text) == 0)
			return r->texts[i];
	hash_index_add(&r->by_text, hash, r->text_count);
	LIST_RESERVE(r->texts, r->text_room, r->text_count + 1);
	return r->texts[r->text_count++] = arena_strdup(&r->arena, text);
}

static bool
is_same(const char *a, const char *b)
{
	return a && b ? utf8_same_folded(a, b) : a == b;
}

/* Of what a rule says of an attribute, whatever its value. */
static uint64_t
flaw_hash(const char *rule, const char *object, const char *attribute)
{
	uint64_t h = hash_text(rule) * 31 + hash_folded(object);

	return attribute ? h * 31 + hash_text(attribute) : h;
}

/* NULL: there is none. */
static struct repair_flaw *
find_flaw(const struct repairs *r, const struct finding *f, const char *object)
{
	uint64_t hash = flaw_hash(f->rule, object, f->attribute);
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(&r->by_flaw, hash, &at)) >= 0)
		if (is_same(r->flaws[i]->object, object) &&
		    strcmp(r->flaws[i]->rule, f->rule) == 0 &&
		    is_same(r->flaws[i]->attribute, f->attribute))
			return r->flaws[i];
	return NULL;
}

static struct repair_flaw *
flaw_of(struct repairs *r, const struct finding *f)
{
	const char *object = finding_object(f);
	struct repair_flaw *one;

	object = object ? object : "";
	one = find_flaw(r, f, object);
	if (one)
		return one;
	one = arena_alloc(&r->arena, sizeof(*one));
	*one = (struct repair_flaw){
		.object = arena_strdup(&r->arena, object),
		.rule = shared_text(r, f->rule),
		.attribute = shared_text(r, f->attribute),
	};
	hash_index_add(&r->by_object, hash_folded(object), r->flaw_count);
	hash_index_add(&r->by_flaw, flaw_hash(f->rule, object, f->attribute),
	               r->flaw_count);
	LIST_RESERVE(r->flaws, r->flaw_room, r->flaw_count + 1);
	return r->flaws[r->flaw_count++] = one;
}

size_t
repairs_add(struct repairs *r, const struct finding *f,
            const struct compared_rule *compared, bool sees_event)
{
	struct repair_flaw *flaw = flaw_of(r, f);
	struct repair *one;

	LIST_RESERVE(r->items, r->room, r->count + 1);
	one = &r->items[r->count];
	*one = (struct repair){
		.flaw = flaw, .next = flaw->first,
		.domain = shared_text(r, f->domain),
		.class = shared_text(r, f->class),
		.of_ad = f->domain || f->forest,
		.event = f->event, .sees_event = sees_event,
		.compared = compared, .dated = { WHEN_NONE, WHEN_NONE },
	};
	one->event.from = one->event.to = one->event.address = NULL;
	flaw->first = r->count + 1;
	return r->count++;
}

void
repairs_note_again(struct repairs *r, const struct finding *f)
{
	const char *object = finding_object(f);
	struct repair_flaw *one = object && f->attribute
		? find_flaw(r, f, object) : NULL;

	if (one && !one->again)
		one->again = arena_strdup(&r->arena, f->observed ? f->observed
		                          : "no value");
}

void
repairs_release(struct repairs *r)
{
	free(r->items);
	free(r->flaws);
	free(r->texts);
	hash_index_release(&r->by_object);
	hash_index_release(&r->by_flaw);
	hash_index_release(&r->by_text);
	arena_release(&r->arena);
	*r = (struct repairs){ .count = 0 };
}

/* ---- forecasts ---- */

/* Attributes of which a forecast has AD's values; the others are in a list. */
enum told_attribute {
	TOLD_MAIL, TOLD_NICKNAME, TOLD_UPN, TOLD_SAM, TOLD_PROXIES, TOLD_OTHER
};

static enum told_attribute
told_attribute(const char *name)
{
	static const char *const names[TOLD_OTHER] = {
		[TOLD_MAIL] = "mail", [TOLD_NICKNAME] = "mailNickname",
		[TOLD_UPN] = "userPrincipalName",
		[TOLD_SAM] = "sAMAccountName",
		[TOLD_PROXIES] = "proxyAddresses",
	};
	int i = 0;

	while (i < TOLD_OTHER && (!name || ascii_casecmp(names[i], name) != 0))
		i++;
	return (enum told_attribute)i;
}

static const char *
other_value(const struct forecast *f, const char *name)
{
	for (size_t i = 0; name && i < f->ad.other_count; i++)
		if (ascii_casecmp(f->ad.others[i].name, name) == 0)
			return f->ad.others[i].text;
	return NULL;
}

/* One text of a list, a value a line. */
static const char *
lines_of(const char *const *list, size_t n, struct arena *a)
{
	struct buf out = { 0 };
	const char *text;

	for (size_t i = 0; i < n; i++)
		buf_addf(&out, "%s%s", i ? "\n" : "", list[i]);
	text = n ? arena_strdup(a, buf_text(&out)) : NULL;
	buf_release(&out);
	return text;
}

static const char *
single_value(const struct forecast *f, enum told_attribute which,
             const char *name)
{
	switch (which) {
	case TOLD_MAIL:
		return f->ad.mail;
	case TOLD_NICKNAME:
		return f->ad.mail_nickname;
	case TOLD_UPN:
		return f->ad_upn;
	case TOLD_SAM:
		return f->sam;
	default:
		return other_value(f, name);
	}
}

/* Without a scope every object counts as in scope, which says nothing. */
static bool
is_scope_known(const struct findings *of, const struct forecast *f)
{
	for (size_t i = 0; i < of->forest_count; i++)
		if (of->forests[i].scopeless && (of->forest_count == 1 ||
		    is_same(of->forests[i].name, f->forest)))
			return false;
	return !f->unplaced;
}

static void
take_told(struct repairs *r, const struct repair_flaw *one,
          struct object_told *to, const struct findings *of,
          const struct forecast *f)
{
	enum told_attribute which = told_attribute(one->attribute);
	bool names = which == TOLD_UPN || which == TOLD_SAM;

	*to = (struct object_told){
		.is = true,
		.in_scope = is_scope_known(of, f) ? f->in_scope : -1,
		.enabled = f->account_enabled == ENABLED_YES ? 1
			: f->account_enabled == ENABLED_NO ? 0 : -1,
		.known = names || f->ad.is,
	};
	if (which == TOLD_PROXIES) {
		to->value = lines_of(f->ad.proxy_addresses, f->ad.proxy_count,
		                     &r->arena);
	} else {
		to->value = single_value(f, which, one->attribute);
		if (to->value)
			to->value = arena_strdup(&r->arena, to->value);
	}
}

static const char *
object_of(const struct record *r)
{
	static const char *const keys[] = { "guid", "dn", "object" };
	const char *text = NULL;

	for (size_t i = 0; !text && i < sizeof(keys) / sizeof(keys[0]); i++)
		text = record_text(r, keys[i]);
	return text;
}

/* The line at hand is of an object that a repair may be of. */
static int
take_forecast(struct repairs *r, enum difference_side side,
              const struct findings *of, const struct compared_file *s,
              struct arena *scratch, struct err *err)
{
	const char *object = object_of(s->record), *want;
	size_t at = HASH_INDEX_FIRST;
	struct forecast f = { .dn = NULL };
	bool taken = false;
	long i;

	if (!object)
		return 0;
	arena_clear(scratch);
	while ((i = hash_index_next(&r->by_object, hash_folded(object),
	                            &at)) >= 0) {
		struct repair_flaw *one = r->flaws[i];

		if (!is_same(one->object, object))
			continue;
		if (!taken && forecast_take(s->record, scratch, &f, &want) < 0)
			return compared_wrong(s, want, err);
		taken = true;
		take_told(r, one, &one->told[side], of, &f);
	}
	return 0;
}

/*
 * Whether the line may be of an object that is wanted: most are not, and are
 * not parsed. GUIDs have one spelling; of who has none all lines are looked at.
 */
static bool
may_be_wanted(const struct repairs *r, const struct compared_file *s)
{
	enum { GUID_LEN = 36 };
	char guid[GUID_LEN + 1] = "";
	size_t len = 0, at = HASH_INDEX_FIRST;
	const char *text = compared_text(s, "\"guid\":\"", &len);

	if (!text || len != GUID_LEN)
		return true;
	memcpy(guid, text, len);
	return hash_index_next(&r->by_object, hash_folded(guid), &at) >= 0;
}

static int
look_in_forecast(struct repairs *r, enum difference_side side,
                 const struct diff_side *of, struct err *err)
{
	struct compared_file s = { .path = NULL };
	struct arena scratch = { 0 };
	int rc;

	if (!of->counts->forecasts)
		return 0;
	rc = compared_open(&s, of->folder, FORECAST_FILE, err);
	while (rc == 0 && (rc = compared_next(&s, err)) > 0) {
		rc = 0;
		if (may_be_wanted(r, &s) &&
		    (rc = compared_parse(&s, err)) == 0)
			rc = take_forecast(r, side, of->f, &s, &scratch, err);
	}
	if (rc == 0)
		rc = compared_check(&s, of->counts->forecasts,
		                    of->counts->forecast_digest, err);
	compared_close(&s);
	arena_release(&scratch);
	return rc;
}

/* ---- the timeline ---- */

static void
take_events(struct repairs *r, const struct timeline *t, when_t since)
{
	const char *object = t->guid ? t->guid : t->dn ? t->dn : t->object;
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(&r->by_object, hash_folded(object),
	                            &at)) >= 0) {
		const struct repair_flaw *flaw = r->flaws[i];

		if (!is_same(flaw->object, object))
			continue;
		for (size_t k = flaw->first; k; k = r->items[k - 1].next)
			repair_take_times(&r->items[k - 1], t, since);
	}
}

static int
take_timeline(struct repairs *r, struct compared_file *s, struct arena *scratch,
              when_t since, struct err *err)
{
	struct timeline t;

	if (!may_be_wanted(r, s))
		return 0;
	arena_clear(scratch);
	if (compared_parse(s, err) < 0)
		return -1;
	if (timeline_take(s->record, scratch, &t) < 0)
		return compared_wrong(s, "an object, and events with what, by "
		                      "and sure", err);
	take_events(r, &t, since);
	return 0;
}

/* Where nothing happened there is no such file. */
static int
look_in_timeline(struct repairs *r, const struct diff_side *of, when_t since,
                 struct err *err)
{
	const struct findings_counts *c = of->counts;
	struct compared_file s = { .path = NULL };
	struct arena scratch = { 0 };
	int rc;

	if (!*c->timeline_digest)
		return 0;
	rc = compared_open(&s, of->folder, TIMELINE_FILE, err);
	while (rc == 0 && (rc = compared_next(&s, err)) > 0)
		rc = take_timeline(r, &s, &scratch, since, err);
	if (rc == 0)
		rc = compared_check(&s, c->timelines, c->timeline_digest, err);
	compared_close(&s);
	arena_release(&scratch);
	return rc;
}

int
repairs_look(struct repairs *r, const struct diff_side sides[DIFFERENCE_SIDES],
             struct err *err)
{
	if (!r->count)
		return 0;
	for (int i = 0; i < DIFFERENCE_SIDES; i++)
		if (look_in_forecast(r, (enum difference_side)i, &sides[i],
		                     err) < 0)
			return -1;
	return look_in_timeline(r, &sides[AFTER], sides[BEFORE].f->as_of, err);
}
