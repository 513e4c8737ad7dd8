/* Which findings the options choose. */
#include "analyze/waivers/waivers.h"

#include <fnmatch.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/dn.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/utf8.h"

enum { WORD_BYTES = 128 };

struct finding_selector {
	struct waiver_selection of;
	bool severities[SEVERITY_COUNT];
	struct buf suffix, dn;     /* normalised; empty: none */
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
check_rules(const struct findings *f, const char *list, struct err *err)
{
	const char *word_of = list;
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
		err_usage(err, "--rule: nothing was found by \"%s\"; there "
		          "are findings of %s", word, buf_text(&have));
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
			return err_usage(err, "--severity: want critical, "
			                 "high, medium, low or info, have "
			                 "\"%s\"", word);
		for (int i = one ? 0 : (int)at; i <= (int)at; i++)
			s->severities[i] = true;
	}
	return 0;
}

static int
take_places(struct finding_selector *s, struct err *err)
{
	if (s->of.suffix && dn_normalise(&s->suffix, s->of.suffix) < 0)
		return err_usage(err, "--ou: want a distinguished name such "
		                 "as OU=Staff,DC=corp,DC=example, have \"%s\"",
		                 s->of.suffix);
	if (s->of.object && dn_normalise(&s->dn, s->of.object) < 0)
		buf_clear(&s->dn);
	return 0;
}

static bool
says_anything(const struct waiver_selection *s)
{
	return s->rule || s->severity || s->suffix || s->class || s->object ||
	       s->attribute || s->value;
}

struct finding_selector *
finding_selector_new(const struct waiver_selection *of,
                     const struct findings *f, struct err *err)
{
	struct finding_selector *s = xcalloc(1, sizeof(*s));

	s->of = *of;
	if (!says_anything(of))
		err_usage(err, "waive: want which findings, by --rule, "
		          "--severity, --ou, --class, --object, --attribute "
		          "or --value; --rule '*' is all");
	else if (check_rules(f, of->rule, err) == 0 &&
	         take_severities(s, err) == 0 && take_places(s, err) == 0)
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

bool
finding_selector_has(const struct finding_selector *s,
                     const struct finding *f)
{
	const struct waiver_selection *of = &s->of;

	return (!of->rule || names_rule(of->rule, f->rule)) &&
	       (!of->severity || s->severities[f->severity]) &&
	       (!of->suffix || is_below(f->dn, s->suffix.data)) &&
	       (!of->class || is_text(of->class, f->class)) &&
	       (!of->object || is_object(s, f)) &&
	       (!of->attribute || is_text(of->attribute, f->attribute)) &&
	       (!of->value || is_value(of->value, f));
}
