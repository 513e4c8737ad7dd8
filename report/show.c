/* The command show: one object of the findings. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/command.h"
#include "base/dn.h"
#include "base/err.h"
#include "base/invisible_text.h"
#include "base/mem.h"
#include "base/opt.h"
#include "base/term.h"
#include "base/utf8.h"
#include "report/story.h"
#include "report/story_past.h"
#include "report/view.h"

/* So many stories are told; of more there is a list. */
enum { STORIES_MAX = 5, LISTED_MAX = 20 };

/* What is looked for, as it was typed. */
struct sought {
	const char *text;
	struct buf dn;               /* normalised; empty: it is no DN */
};

static bool
is_same(const struct sought *s, const char *value)
{
	return value && utf8_same_folded(value, s->text);
}

static bool
is_address(const struct sought *s, const char *proxy)
{
	const char *colon = strchr(proxy, ':');

	return is_same(s, proxy) || (colon && is_same(s, colon + 1));
}

static bool
is_dn(const struct sought *s, const char *dn)
{
	struct buf norm = { 0 };
	bool same = s->dn.len && dn && dn_normalise(&norm, dn) == 0 &&
	            strcmp(norm.data, s->dn.data) == 0;

	buf_release(&norm);
	return same;
}

static bool
is_it(const struct sought *s, const struct forecast *o)
{
	const char *const names[] = {
		o->guid, o->object, o->sam, o->ad_upn,
		o->upn, o->mail, o->matched_id, o->ad.mail,
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (is_same(s, names[i]))
			return true;
	for (size_t i = 0; i < o->proxy_count; i++)
		if (is_address(s, o->proxy_addresses[i]))
			return true;
	/* What is out of scope has these alone. */
	for (size_t i = 0; i < o->ad.proxy_count; i++)
		if (is_address(s, o->ad.proxy_addresses[i]))
			return true;
	for (size_t i = 0; i < o->dropped_count; i++)
		if (o->dropped[i].value && is_address(s, o->dropped[i].value))
			return true;
	/* What the tenant has today, and soon will not. */
	for (size_t i = 0; i < o->change_count; i++)
		if (o->changes[i].from && is_address(s, o->changes[i].from))
			return true;
	return is_dn(s, o->dn);
}

/* ---- as people call it ---- */

/* Itself, or as sentences have it, with what nobody sees by its number. */
static bool
is_name(const char *text, const char *name)
{
	struct buf marked = { 0 };
	bool is;

	if (!name || !*name)
		return false;
	is = utf8_same_folded(name, text);
	if (!is && invisible_any(name)) {
		invisible_mark(&marked, name);
		is = utf8_same_folded(marked.data, text);
	}
	buf_release(&marked);
	return is;
}

/* By its cn, which AD shows, or as "corp.example/Staff/Ann Lee". */
static bool
is_placed(const char *text, const char *dn)
{
	struct buf cn = { 0 }, path = { 0 };
	bool is;

	dn_first_value(&cn, dn);
	dn_canonical(&path, dn);
	is = is_name(text, buf_text(&cn)) || is_name(text, buf_text(&path));
	buf_release(&cn);
	buf_release(&path);
	return is;
}

static bool
is_called(const struct sought *s, const struct forecast *o)
{
	return is_name(s->text, o->display_name.text) ||
	       (o->dn && is_placed(s->text, o->dn));
}

/* "Ann Lee (alee)", as messages call those of whom there are several. */
static bool
is_told(const struct sought *s, const struct forecast *o)
{
	const char *open = strrchr(s->text, '(');
	size_t len = strlen(s->text);
	struct sought name = { .text = NULL }, key = { .text = NULL };
	bool is = false;

	if (!open || open == s->text || open[-1] != ' ' ||
	    s->text[len - 1] != ')')
		return false;
	name.text = xstrndup(s->text, (size_t)(open - s->text) - 1);
	key.text = xstrndup(open + 1, strlen(open) - 2);
	is = is_called(&name, o) && is_it(&key, o);
	free((char *)name.text);
	free((char *)key.text);
	return is;
}

static bool
is_called_so(const struct sought *s, const struct forecast *o)
{
	return is_called(s, o) || is_told(s, o);
}

typedef bool is_sought(const struct sought *s, const struct forecast *o);

/* Goes through the forecast; EACH is called for what is sought. */
static int
look(const struct findings *f, const struct sought *s, is_sought *is,
     int (*each)(const struct findings *f, const struct forecast *o,
                 size_t n, struct err *err),
     size_t *found, struct err *err)
{
	struct findings_reader *r = forecast_read(f, err);
	struct forecast o;
	int rc = r ? 1 : -1;

	*found = 0;
	while (rc > 0 && (rc = forecast_next(r, &o, err)) > 0)
		if (is(s, &o) && each(f, &o, (*found)++, err) < 0)
			rc = -1;
	findings_reader_close(r);
	return rc;
}

static int
count_one(const struct findings *f, const struct forecast *o, size_t n,
          struct err *err)
{
	(void)f;
	(void)o;
	(void)n;
	(void)err;
	return 0;
}

static int
tell_one(const struct findings *f, const struct forecast *o, size_t n,
         struct err *err)
{
	if (n)
		printf("\n----\n\n");
	return story_print(f, o, err);
}

static int
list_one(const struct findings *f, const struct forecast *o, size_t n,
         struct err *err)
{
	(void)f;
	(void)err;
	if (n < LISTED_MAX)
		printf("  %s  %s\n", o->guid ? term_text(o->guid) : "-",
		       term_text(view_name(o)));
	return 0;
}

/* A domain or the tenant as a whole, by its name, its DN or its id. */
static bool
is_whole(const struct sought *s, const struct finding *f)
{
	return (strcmp(f->class, "domain") == 0 ||
	        strcmp(f->class, "tenant") == 0 ||
	        strcmp(f->class, "server") == 0) &&
	       (is_same(s, f->domain) || is_same(s, f->object) ||
	        is_dn(s, f->dn));
}

/* What is gone, or never was in AD: its timeline alone tells of it. */
struct sought_past {
	struct past_sought past;
	const struct sought *of;
};

static bool
is_in_past(const struct past_sought *s, const struct timeline *t)
{
	const struct sought *of = ((const struct sought_past *)s)->of;

	return is_same(of, t->guid) || is_same(of, t->upn) ||
	       is_same(of, t->sam) || is_same(of, t->mail) ||
	       is_same(of, t->object) || is_dn(of, t->dn);
}

static int
look_in_past(const struct findings *f, const struct sought *s,
             struct err *err)
{
	const struct sought_past past = { { is_in_past }, s };
	long found = story_past_print(f, &past.past, PAST_HEADED, err);

	if (found)
		return found < 0 ? -1 : 0;
	return err_usage(err, "%s: no object of these findings has this GUID, "
	                 "DN, UPN, sAMAccountName, address or name", s->text);
}

/* An account without an object in AD, or those: only findings know them. */
static int
look_in_findings(const struct findings *f, const struct sought *s,
                 struct err *err)
{
	struct findings_reader *r = findings_read(f, err);
	struct finding one, first;
	struct arena arena = { 0 };
	bool found = false;
	int rc = r ? 1 : -1;

	while (rc > 0 && !found && (rc = findings_next(r, &one, err)) > 0) {
		found = is_whole(s, &one) ||
			(one.guid && (is_same(s, one.guid) ||
			              is_same(s, one.upn) || is_dn(s, one.dn)));
		if (found)
			first = finding_copy(&one, &arena);
	}
	findings_reader_close(r);
	if (found)
		rc = story_print_findings(f, &first, err);
	else if (rc == 0)
		rc = look_in_past(f, s, err);
	arena_release(&arena);
	return rc;
}

static int
list(const struct findings *f, const struct sought *s, is_sought *is,
     size_t found, struct err *err)
{
	printf("%zu objects are called so; ask for one by its GUID or DN:\n",
	       found);
	if (look(f, s, is, list_one, &found, err) < 0)
		return -1;
	if (found > LISTED_MAX)
		printf("  and %zu more\n", found - LISTED_MAX);
	return 0;
}

/* A name that several have tells of none: which of them is meant? */
static int
show_called(const struct findings *f, const struct sought *s, struct err *err)
{
	size_t found;

	if (look(f, s, is_called_so, count_one, &found, err) < 0)
		return -1;
	if (found > 1)
		return list(f, s, is_called_so, found, err);
	return found ? look(f, s, is_called_so, tell_one, &found, err)
		: look_in_findings(f, s, err);
}

static int
show(const struct findings *f, const struct sought *s, struct err *err)
{
	size_t found;

	if (look(f, s, is_it, count_one, &found, err) < 0)
		return -1;
	if (!found)
		return show_called(f, s, err);
	if (found <= STORIES_MAX)
		return look(f, s, is_it, tell_one, &found, err);
	return list(f, s, is_it, found, err);
}

static int
run(const char *path, const char *text, struct err *err)
{
	struct sought s = { .text = text };
	struct findings *f = findings_open(path, err);
	int rc = -1;

	if (dn_normalise(&s.dn, text) < 0)
		buf_clear(&s.dn);
	if (f && !f->forecast_count)
		err_usage(err, "%s: has no forecast; it was made with --rules",
		          path);
	else if (f)
		rc = show(f, &s, err);
	findings_close(f);
	buf_release(&s.dn);
	return rc;
}

enum exit_code
cmd_show(int argc, const char **argv, struct err *err)
{
	const struct opt opts[] = { { 0 } };
	struct opt_args args;
	enum opt_outcome got = opt_parse(argc, argv, opts,
	                                 "syncscope show|FINDINGS OBJECT",
	                                 &args, err);
	int rc = got == OPT_WRONG ? -1 : 0;

	if (got == OPT_RUN && args.count != 2)
		rc = err_usage(err, "show: want a folder of findings and an "
		               "object: its GUID, DN, UPN, sAMAccountName, "
		               "an address or its name");
	else if (got == OPT_RUN)
		rc = run(args.args[0], args.args[1], err);
	opt_release(&args);
	return rc < 0 ? err->code : EXIT_DONE;
}
