/* Command lines, over popt. */
#include "base/opt.h"

#include <limits.h>
#include <popt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/number.h"

enum { HELP = 1, FIRST = 2 };    /* what popt returns for each row */

static size_t
rows(const struct opt *opts)
{
	size_t n = 0;

	while (opts[n].name)
		n++;
	return n;
}

static struct poptOption *
popt_table(const struct opt *opts)
{
	size_t n = rows(opts);
	struct poptOption *t = xcalloc(n + 2, sizeof(*t));

	for (size_t i = 0; i < n; i++)
		t[i] = (struct poptOption){
			.longName = opts[i].name, .shortName = opts[i].letter,
			.argInfo = opts[i].flag ? POPT_ARG_NONE
			                        : POPT_ARG_STRING,
			.val = FIRST + (int)i, .descrip = opts[i].help,
			.argDescrip = opts[i].arg,
		};
	t[n] = (struct poptOption){
		.longName = "help", .shortName = 'h', .argInfo = POPT_ARG_NONE,
		.val = HELP, .descrip = "Show this help",
	};
	return t;
}

/* A copy that lives as long as OUT. */
static char *
keep(struct opt_args *out, const char *text)
{
	LIST_RESERVE(out->kept, out->kept_room, out->kept_count + 1);
	return out->kept[out->kept_count++] = xstrdup(text);
}

/* The list of O gets one more; OUT frees it at the end. */
static void
add_text(const struct opt *o, struct opt_args *out, const char *text)
{
	struct opt_texts *l = o->texts;

	if (!l->room) {
		LIST_RESERVE(out->lists, out->list_room, out->list_count + 1);
		out->lists[out->list_count++] = l;
	}
	LIST_RESERVE(l->texts, l->room, l->count + 1);
	l->texts[l->count++] = text;
}

/* A list that was given before goes on. */
static const char *
add_words(const struct opt *o, struct opt_args *out, char *kept)
{
	struct buf all = { 0 };

	if (!o->is_list || !*o->text)
		return kept;
	buf_addf(&all, "%s,%s", *o->text, kept);
	kept = keep(out, all.data);
	buf_release(&all);
	return kept;
}

static int
set_value(const struct opt *o, struct opt_args *out, const char *value,
          struct err *err)
{
	uint64_t n;
	char *kept;

	if (o->flag) {
		*o->flag = true;
		return 0;
	}
	kept = keep(out, value);
	if (o->text) {
		*o->text = add_words(o, out, kept);
		return 0;
	}
	if (o->texts) {
		add_text(o, out, kept);
		return 0;
	}
	if (number_parse(&n, kept, LONG_MAX) < 0)
		return err_usage(err, "--%s: want a whole number, have \"%s\"",
		                 o->name, kept);
	*o->number = (long)n;
	return 0;
}

/* SYNCSCOPE_CSV_BOM for csv-bom. */
static void
name_variable(struct buf *out, const char *name)
{
	buf_adds(out, "SYNCSCOPE_");
	for (; *name; name++)
		buf_addc(out, *name == '-' ? '_' :
		         *name >= 'a' && *name <= 'z' ? (char)(*name - 32)
		                                      : *name);
}

/* What a variable says of an option that has no value. */
static const struct {
	const char *word;
	bool on;
} answers[] = {
	{ "1", true }, { "true", true }, { "yes", true }, { "on", true },
	{ "0", false }, { "false", false }, { "no", false }, { "off", false },
};

static int
refuse_answer(const char *variable, const char *word, struct err *err)
{
	struct buf words = { 0 };
	size_t n = sizeof(answers) / sizeof(answers[0]);

	for (size_t i = 0; i < n; i++) {
		bool first = !i || answers[i].on != answers[i - 1].on;
		bool last = i + 1 == n || answers[i].on != answers[i + 1].on;

		buf_adds(&words, !i ? "" : first ? ", or " : last ? " or "
		                                                  : ", ");
		buf_adds(&words, answers[i].word);
	}
	err_usage(err, "%s: want %s, have \"%s\"", variable,
	          buf_text(&words), word);
	buf_release(&words);
	return -1;
}

static int
set_flag(const struct opt *o, const char *variable, const char *word,
         struct err *err)
{
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++)
		if (strcasecmp(answers[i].word, word) == 0) {
			*o->flag = answers[i].on;
			return 0;
		}
	return refuse_answer(variable, word, err);
}

/* An empty variable is as good as none. */
static int
take_variable(const struct opt *o, struct opt_args *out, struct err *err)
{
	struct buf name = { 0 };
	const char *value;
	int rc = 0;

	name_variable(&name, o->name);
	value = getenv(name.data);
	if (value && *value)
		rc = o->flag ? set_flag(o, name.data, value, err)
		             : set_value(o, out, value, err);
	buf_release(&name);
	return rc;
}

static int
take_environment(const struct opt *opts, const bool *given,
                 struct opt_args *out, struct err *err)
{
	for (size_t i = 0; i < rows(opts); i++)
		if (!given[i] && !opts[i].typed_only &&
		    take_variable(&opts[i], out, err) < 0)
			return -1;
	return 0;
}

static void
note_given(struct opt_args *out, const struct opt *opts, const bool *given)
{
	out->given = xcalloc(rows(opts) + 1, sizeof(*out->given));
	for (size_t i = 0; i < rows(opts); i++)
		if (given[i])
			out->given[out->given_count++] = opts[i].name;
}

static enum opt_outcome
take_flags(poptContext ctx, const struct opt *opts, bool *given,
           struct opt_args *out, struct err *err)
{
	int rc;

	while ((rc = poptGetNextOpt(ctx)) > 0) {
		char *value;

		if (rc == HELP) {
			poptPrintHelp(ctx, stdout, 0);
			return OPT_HELP;
		}
		value = poptGetOptArg(ctx);
		given[rc - FIRST] = true;
		rc = set_value(&opts[rc - FIRST], out, value, err);
		free(value);
		if (rc < 0)
			return OPT_WRONG;
	}
	if (rc < -1) {
		err_usage(err, "%s: %s", poptBadOption(ctx, 0),
		          poptStrerror(rc));
		return OPT_WRONG;
	}
	return OPT_RUN;
}

static void
take_arguments(poptContext ctx, struct opt_args *out)
{
	const char *arg;

	while ((arg = poptGetArg(ctx))) {
		LIST_RESERVE(out->args, out->room, out->count + 1);
		out->args[out->count++] = keep(out, arg);
	}
}

/* ARGV under the command's full name, which popt prints in the help. */
static const char **
name_command(int argc, const char **argv, const char *usage)
{
	const char **named = xcalloc((size_t)argc + 1, sizeof(*named));

	memcpy(named, argv, (size_t)argc * sizeof(*named));
	named[0] = xstrndup(usage, strcspn(usage, "|"));
	return named;
}

enum opt_outcome
opt_parse(int argc, const char **argv, const struct opt *opts,
          const char *usage, struct opt_args *out, struct err *err)
{
	struct poptOption *table = popt_table(opts);
	const char **named = name_command(argc, argv, usage);
	poptContext ctx = poptGetContext(NULL, argc, named, table,
	                                 POPT_CONTEXT_NO_EXEC);
	bool *given = xcalloc(rows(opts), sizeof(*given));
	enum opt_outcome rc;

	*out = (struct opt_args){ 0 };
	poptSetOtherOptionHelp(ctx, strchr(usage, '|') + 1);
	rc = take_flags(ctx, opts, given, out, err);
	if (rc == OPT_RUN)
		take_arguments(ctx, out);
	if (rc == OPT_RUN && take_environment(opts, given, out, err) < 0)
		rc = OPT_WRONG;
	note_given(out, opts, given);
	free(given);
	poptFreeContext(ctx);
	free(table);
	free((char *)named[0]);
	free(named);
	return rc;
}

void
opt_release(struct opt_args *out)
{
	for (size_t i = 0; i < out->kept_count; i++)
		free(out->kept[i]);
	for (size_t i = 0; i < out->list_count; i++) {
		free(out->lists[i]->texts);
		*out->lists[i] = (struct opt_texts){ 0 };
	}
	free(out->lists);
	free(out->kept);
	free(out->args);
	free(out->given);
	*out = (struct opt_args){ 0 };
}

/* ---- options that do not go together ---- */

bool
opt_given(const struct opt_args *args, const char *name)
{
	for (size_t i = 0; i < args->given_count; i++)
		if (strcmp(args->given[i], name) == 0)
			return true;
	return false;
}

static const struct opt *
find(const struct opt *opts, const char *name)
{
	while (strcmp(opts->name, name) != 0)
		opts++;
	return opts;
}

static bool
is_set(const struct opt *o, const struct opt_args *args)
{
	return opt_given(args, o->name) || (o->text && *o->text) ||
	       (o->texts && o->texts->count) || (o->flag && *o->flag);
}

/* Only what a variable set; numbers of variables clash with nothing. */
static void
unset(const struct opt *o)
{
	if (o->text)
		*o->text = NULL;
	else if (o->texts)
		o->texts->count = 0;
	else if (o->flag)
		*o->flag = false;
}

/* What a variable set goes where a typed option does not bear it. */
static void
unset_clashing(const struct opt *opts, const struct opt_args *args,
               const struct opt_clash *clashes)
{
	for (const struct opt_clash *c = clashes; c->one; c++) {
		bool one = opt_given(args, c->one);
		bool other = opt_given(args, c->other);

		if (one != other)
			unset(find(opts, one ? c->other : c->one));
	}
}

int
opt_exclude(const struct opt *opts, const struct opt_args *args,
            const struct opt_clash *clashes, struct err *err)
{
	unset_clashing(opts, args, clashes);
	for (const struct opt_clash *c = clashes; c->one; c++)
		if (is_set(find(opts, c->one), args) &&
		    is_set(find(opts, c->other), args))
			return err_usage(err, "--%s does not go with --%s: %s",
			                 c->one, c->other, c->why);
	return 0;
}

int
opt_check_numbers(const struct opt_bounds *all, size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i++)
		if (all[i].value < all[i].least || all[i].value > all[i].most)
			return err_usage(err, "--%s: want %ld to %ld, have "
			                 "%ld", all[i].name, all[i].least,
			                 all[i].most, all[i].value);
	return 0;
}
