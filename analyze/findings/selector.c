/* Which findings options choose. */
#include "analyze/findings/findings.h"

#include <fnmatch.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/dn.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/hash_index.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/utf8.h"

enum { WORD_BYTES = 128 };

struct finding_selector {
	struct finding_selection of;
	bool severities[SEVERITY_COUNT];
	struct buf suffix, dn;     /* normalised; empty: none */
	/* Objects that are ready in the chosen way; if one was chosen. */
	struct hash_index index;
	const char **objects;
	size_t object_count, object_room;
	struct arena arena;
};

/* Takes the word that *LIST begins with; false at its end. */
static bool
next_word(const char **list, char word[WORD_BYTES])
{
	size_t len, kept;

	if (!*list)
		return false;
	len = strcspn(*list, ",");
	kept = len < WORD_BYTES ? len : WORD_BYTES - 1;
	memcpy(word, *list, kept);
	word[kept] = '\0';
	*list = (*list)[len] ? *list + len + 1 : NULL;
	return true;
}

static bool
names_rule(const char *list, const char *id)
{
	char word[WORD_BYTES];

	while (next_word(&list, word))
		if (fnmatch(word, id, 0) == 0)
			return true;
	return false;
}

/* Those that found something, in a list. */
static void
list_rules(struct buf *out, const struct findings *f)
{
	const char *before = "";

	for (size_t i = 0; i < f->rule_count; i++)
		if (f->rules[i].findings) {
			buf_addf(out, "%s%s", before, f->rules[i].id);
			before = ", ";
		}
}

static int
check_rules(const struct findings *f, const struct finding_selection *of,
            struct err *err)
{
	const char *word_of = of->rule, *said = of->said;
	char word[WORD_BYTES];

	while (f->finding_count && next_word(&word_of, word)) {
		struct buf have = { 0 };
		size_t i = 0;

		while (i < f->rule_count && (!f->rules[i].findings ||
		       fnmatch(word, f->rules[i].id, 0) != 0))
			i++;
		if (i < f->rule_count)
			continue;
		list_rules(&have, f);
		err_usage(err, "%srule: nothing was found by \"%s\"; there "
		          "are findings of %s", said, word, buf_text(&have));
		buf_release(&have);
		return -1;
	}
	return 0;
}

/* One: it, and all worse; several: these. */
static int
take_severities(struct finding_selector *s, struct err *err)
{
	const char *list = s->of.severity;
	bool one = list && !strchr(list, ',');
	char word[WORD_BYTES];
	enum severity at;

	while (next_word(&list, word)) {
		if (severity_parse(&at, word) < 0)
			return err_usage(err, "%sseverity: want critical, "
			                 "high, medium, low or info, have "
			                 "\"%s\"", s->of.said, word);
		for (int i = one ? 0 : (int)at; i <= (int)at; i++)
			s->severities[i] = true;
	}
	return 0;
}

static int
take_places(struct finding_selector *s, struct err *err)
{
	if (s->of.ou && dn_normalise(&s->suffix, s->of.ou) < 0)
		return err_usage(err, "%sou: want a distinguished name such "
		                 "as OU=Staff,DC=corp,DC=example, have \"%s\"",
		                 s->of.said, s->of.ou);
	if (s->of.object && dn_normalise(&s->dn, s->of.object) < 0)
		buf_clear(&s->dn);
	return 0;
}

static int
no_word(const struct finding_selector *s, const char *key, const char *want,
        const char *have, struct err *err)
{
	return err_usage(err, "%s%s: want a list of %s, have \"%s\"",
	                 s->of.said, key, want, have);
}

/* ---- who is how ready ---- */

static bool
lists(const char *list, const char *name)
{
	char word[WORD_BYTES];

	while (next_word(&list, word))
		if (strcmp(word, name) == 0)
			return true;
	return false;
}

static int
check_readiness(const struct finding_selector *s, struct err *err)
{
	const char *list = s->of.readiness;
	char word[WORD_BYTES];

	while (next_word(&list, word)) {
		int i = 0;

		while (i < READINESS_COUNT &&
		       strcmp(readiness_name((enum readiness)i), word) != 0)
			i++;
		if (i == READINESS_COUNT)
			return no_word(s, "readiness", "ready, warning, "
			               "blocked, not-known and out-of-scope",
			               word, err);
	}
	return 0;
}

static int
check_authority(const struct finding_selector *s, struct err *err)
{
	const char *list = s->of.authority;
	char word[WORD_BYTES];

	while (next_word(&list, word))
		if (authority_parse(word) < 0)
			return no_word(s, "authority", "ad, exchange-online, "
			               "entra and not-assessed", word, err);
	return 0;
}

static void
take_object(struct finding_selector *s, const struct forecast *o)
{
	const char *name = o->guid ? o->guid : o->dn ? o->dn : o->object;

	if (!name || !lists(s->of.readiness, readiness_name(o->readiness)))
		return;
	hash_index_add(&s->index, hash_folded(name), s->object_count);
	LIST_RESERVE(s->objects, s->object_room, s->object_count + 1);
	s->objects[s->object_count++] = arena_strdup(&s->arena, name);
}

static int
take_readiness(struct finding_selector *s, const struct findings *f,
               struct err *err)
{
	struct findings_reader *r;
	struct forecast o;
	int rc;

	if (check_readiness(s, err) < 0 || check_authority(s, err) < 0)
		return -1;
	if (!s->of.readiness || !f->forecast_count)
		return 0;
	r = forecast_read(f, err);
	rc = r ? 1 : -1;
	while (rc > 0 && (rc = forecast_skim(r, &o, err)) > 0)
		take_object(s, &o);
	findings_reader_close(r);
	return rc;
}

/* ---- the selector ---- */

bool
finding_selection_is_any(const struct finding_selection *s)
{
	return s->rule || s->severity || s->ou || s->class || s->object ||
	       s->attribute || s->value || s->cause || s->authority ||
	       s->readiness;
}

struct finding_selector *
finding_selector_new(const struct finding_selection *of,
                     const struct findings *f, struct err *err)
{
	struct finding_selector *s = xcalloc(1, sizeof(*s));

	s->of = *of;
	if (check_rules(f, of, err) == 0 && take_severities(s, err) == 0 &&
	    take_places(s, err) == 0 && take_readiness(s, f, err) == 0)
		return s;
	finding_selector_free(s);
	return NULL;
}

void
finding_selector_free(struct finding_selector *s)
{
	if (!s)
		return;
	buf_release(&s->suffix);
	buf_release(&s->dn);
	hash_index_release(&s->index);
	arena_release(&s->arena);
	free(s->objects);
	free(s);
}

static bool
is_below(const char *dn, const char *suffix)
{
	struct buf norm = { 0 };
	bool is = false;

	if (dn && dn_normalise(&norm, dn) == 0)
		for (const char *at = norm.data; *at && !is;
		     at = dn_parent(at))
			is = strcmp(at, suffix) == 0;
	buf_release(&norm);
	return is;
}

static bool
is_text(const char *want, const char *have)
{
	return have && utf8_same_folded(want, have);
}

static bool
is_object(const struct finding_selector *s, const struct finding *f)
{
	const char *want = s->of.object;

	return is_text(want, f->guid) || is_text(want, f->upn) ||
	       is_text(want, f->object) ||
	       (finding_is_of_mail_domain(f) && f->object &&
	        utf8_same_domain(want, f->object)) ||
	       (f->class && strcmp(f->class, "domain") == 0 &&
	        is_text(want, f->domain)) ||
	       (s->dn.len && f->dn && dn_same(want, f->dn));
}

static bool
is_value(const char *want, const struct finding *f)
{
	return is_text(want, finding_print_value(f)) ||
	       is_text(want, f->observed);
}

static bool
is_so_ready(const struct finding_selector *s, const struct finding *f)
{
	const char *name = f->guid ? f->guid : f->dn ? f->dn : f->object;
	size_t at = HASH_INDEX_FIRST;
	long i;

	if (!name)
		return false;
	while ((i = hash_index_next(&s->index, hash_folded(name), &at)) >= 0)
		if (utf8_same_folded(s->objects[i], name))
			return true;
	return false;
}

/* A cause by its id, as much of it as is said. */
static bool
is_cause(const char *list, const char *id)
{
	char word[WORD_BYTES];

	while (next_word(&list, word))
		if (*word && id && strncmp(id, word, strlen(word)) == 0)
			return true;
	return false;
}

bool
finding_selector_has(const struct finding_selector *s,
                     const struct finding *f)
{
	const struct finding_selection *of = &s->of;

	return (!of->rule || names_rule(of->rule, f->rule)) &&
	       (!of->severity || s->severities[f->severity]) &&
	       (!of->ou || is_below(f->dn, s->suffix.data)) &&
	       (!of->class || is_text(of->class, f->class)) &&
	       (!of->object || is_object(s, f)) &&
	       (!of->attribute || is_text(of->attribute, f->attribute)) &&
	       (!of->value || is_value(of->value, f)) &&
	       (!of->cause || is_cause(of->cause, f->cause)) &&
	       (!of->authority || (f->authority &&
	                           lists(of->authority, f->authority))) &&
	       (!of->readiness || is_so_ready(s, f));
}
