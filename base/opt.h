/*
 * Command lines, over popt: one table per command gives parsing, environment
 * and help alike.
 */
#ifndef BASE_OPT_H
#define BASE_OPT_H

#include <stdbool.h>
#include <stddef.h>

struct err;

/*
 * The values of an option that may be repeated, in order: kept by opt_args, as
 * long as which they are there.
 */
struct opt_texts {
	const char **texts;
	size_t count, room;
};

/* An option: exactly one of the four targets is set. */
struct opt {
	const char *name;        /* long form, without dashes */
	char letter;             /* short form or 0 */
	const char *arg;         /* what stands for the value in the help */
	const char *help;
	const char **text;       /* target of a value; kept by opt_args */
	bool is_list;            /* which is words with commas between: if it
	                          * is repeated the lists are one */
	struct opt_texts *texts; /* target of one that may be repeated */
	long *number;            /* target of a whole number, 0 or more */
	bool *flag;              /* target of an option without value */
	bool typed_only;         /* never taken from the environment */
};

/* What is left when the options are taken out; release it at the end. */
struct opt_args {
	const char **args;
	size_t count, room;
	char **kept;             /* values that targets point to */
	size_t kept_count, kept_room;
	struct opt_texts **lists;    /* the targets of those that repeat */
	size_t list_count, list_room;
	const char **given;      /* names of options of the command line */
	size_t given_count;
};

/* Two options that do not go together, by name. */
struct opt_clash {
	const char *one, *other;
	const char *why;         /* the end of a sentence; what to do */
};

enum opt_outcome {
	OPT_WRONG = -1,          /* ERR is filled */
	OPT_RUN,
	OPT_HELP,                /* help was asked for and printed */
};

/*
 * Reads ARGV (ARGV[0] is the command's name) by the table OPTS, which ends in
 * a zeroed row. What was not given is taken from the environment: --csv-bom
 * from SYNCSCOPE_CSV_BOM, which says yes or no as syncscope(1) tells. USAGE is
 * the first line of the help: the command's full name, a bar, and its arguments
 * ("syncscope rules|[ID]").
 */
enum opt_outcome opt_parse(int argc, const char **argv,
                           const struct opt *opts, const char *usage,
                           struct opt_args *out, struct err *err);
void opt_release(struct opt_args *out);

/* Whether the option stands on the command line; the environment may, too. */
bool opt_given(const struct opt_args *args, const char *name);

/* The bounds of an option's number. */
struct opt_bounds {
	const char *name;
	long value, least, most;
};

/* 0, or -1 with ERR filled when one of the N values is out of bounds. */
int opt_check_numbers(const struct opt_bounds *all, size_t n,
                      struct err *err);

/*
 * 0, or -1 with ERR filled when two options are set that CLASHES, which ends in
 * a zeroed row, names. What stands on the command line wins over what comes
 * from the environment, and then the target of that is NULL or false.
 */
int opt_exclude(const struct opt *opts, const struct opt_args *args,
                const struct opt_clash *clashes, struct err *err);

#endif
