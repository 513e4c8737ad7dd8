/*
 * The list of public suffixes (publicsuffix.org): alone knows libpsl. Of its
 * two parts the names of registries count, not those below which private
 * companies let others have names: such a company can have its own verified.
 */
#include "analyze/data/files.h"

#include <libpsl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/utf8.h"

enum { LIST_MAX = 32 << 20 };

/*
 * libpsl's binary form is taken of the system alone: one that is cut would be
 * read beyond its end.
 */
enum list_origin { LIST_GIVEN, LIST_OF_SYSTEM };

static const char dafsa[] = ".DAFSA@PSL_";

/* The parts of the list that is published: each is marked at both its ends. */
#define REGISTRIES "ICANN DOMAINS"
#define BEGIN(part) "===BEGIN " part "==="
#define END(part) "===END " part "==="

static const struct list_part {
	const char *name, *begin, *end;
} parts[] = {
	{ REGISTRIES, BEGIN(REGISTRIES), END(REGISTRIES) },
	{ "PRIVATE DOMAINS", BEGIN("PRIVATE DOMAINS"), END("PRIVATE DOMAINS") },
};

struct suffix_list {
	psl_ctx_t *psl;              /* NULL: BUILTIN */
	const psl_ctx_t *builtin;    /* libpsl's own, which is not freed */
	int kinds;                   /* of its rules that count */
};

static bool
is_binary(const struct buf *text)
{
	return strncmp(buf_text(text), dafsa, strlen(dafsa)) == 0;
}

static bool
is_label_byte(char c)
{
	unsigned char u = (unsigned char)c;

	return u >= 0x80 || (u >= '0' && u <= '9') || (u >= 'a' && u <= 'z') ||
	       (u >= 'A' && u <= 'Z') || u == '-' || u == '_';
}

/* "com", "*.ck" or "!www.ck", and nothing behind it but blanks or a comment. */
static bool
is_rule(const char *p, const char *end)
{
	if (p < end && *p == '!')
		p++;
	for (;;) {
		const char *label = p;

		if (p < end && *p == '*')
			p++;
		else
			while (p < end && is_label_byte(*p))
				p++;
		if (p == label)
			return false;
		if (p == end || *p != '.')
			break;
		p++;
	}
	while (p < end && strchr(" \t\r", *p))
		p++;
	return p == end || (end - p >= 2 && memcmp(p, "//", 2) == 0);
}

/* What a line says: nothing, or a rule. -1: neither. */
static int
judge_line(const char *p, const char *end)
{
	while (p < end && strchr(" \t\r", *p))
		p++;
	if (p == end || (end - p >= 2 && memcmp(p, "//", 2) == 0))
		return 0;
	return is_rule(p, end) ? 1 : -1;
}

static int
no_list(const char *path, unsigned line, struct err *err)
{
	if (!line)
		return err_usage(err, "%s: want a list of public suffixes "
		                 "(publicsuffix.org), have no rule", path);
	return err_usage(err, "%s:%u: want a rule of a list of public suffixes "
	                 "(publicsuffix.org), such as co.uk or *.ck", path,
	                 line);
}

/* A list that was not read to its end would make its lost names unknown. */
static int
check_ends(const char *path, const struct buf *text, struct err *err)
{
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		const char *at = strstr(buf_text(text), parts[i].begin);

		if (at && !strstr(at, parts[i].end))
			return err_usage(err, "%s: want a whole list of public "
			                 "suffixes, have one whose part %s "
			                 "does not end (\"%s\"): it was cut, "
			                 "fetch it again", path, parts[i].name,
			                 parts[i].end);
	}
	return 0;
}

/* libpsl takes any text: whether it is a list is seen here. */
static int
check_text(const char *path, const struct buf *text, struct err *err)
{
	const char *p = buf_text(text), *end = p + text->len;
	size_t bad = utf8_bad(p, text->len), rules = 0;

	for (unsigned line = 1; p < end; line++) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));
		int is;

		stop = stop ? stop : end;
		is = judge_line(p, stop);
		if (is < 0 || memchr(p, '\0', (size_t)(stop - p)) ||
		    (size_t)(stop - buf_text(text)) > bad)
			return no_list(path, line, err);
		rules += (size_t)is;
		p = stop + 1;
	}
	return rules ? check_ends(path, text, err) : no_list(path, 0, err);
}

static int
kinds_of(const struct buf *text)
{
	bool parted = strstr(buf_text(text), BEGIN(REGISTRIES)) != NULL;

	return PSL_TYPE_NO_STAR_RULE | (parted || is_binary(text)
	       ? PSL_TYPE_ICANN : PSL_TYPE_ANY);
}

static psl_ctx_t *
parse(const struct buf *text)
{
	FILE *f = text->len ? fmemopen(text->data, text->len, "r") : NULL;
	psl_ctx_t *psl = f ? psl_load_fp(f) : NULL;

	if (f)
		fclose(f);
	return psl;
}

/* A list that was taken; of one that was not nothing is to be left. */
static void
tell_file(struct data_file *about, const char *path, const struct buf *text,
          struct arena *a)
{
	char *base = path_base(path);

	about->name = arena_strdup(a, base);
	digest_of(buf_text(text), text->len, about->digest);
	free(base);
}

static int
load(struct suffix_list *l, const char *path, enum list_origin origin,
     struct data_file *about, struct arena *a, struct err *err)
{
	struct buf text = { .max = LIST_MAX };
	int rc = file_read(path, &text, err);

	if (rc < 0)
		err->code = EXIT_USAGE;
	else if (origin == LIST_GIVEN || !is_binary(&text))
		rc = check_text(path, &text, err);
	if (rc < 0)
		goto out;
	l->psl = parse(&text);
	l->kinds = kinds_of(&text);
	if (l->psl)
		tell_file(about, path, &text, a);
	else
		rc = no_list(path, 0, err);
out:
	buf_release(&text);
	return rc;
}

/* Debian's package publicsuffix; without it, what libpsl was built with. */
static int
load_system(struct suffix_list *l, struct data_file *about, struct arena *a,
            struct err *err)
{
	const char *path = psl_dist_filename();
	struct err none;

	if (path && *path && load(l, path, LIST_OF_SYSTEM, about, a,
	                          &none) == 0)
		return 0;
	l->builtin = psl_builtin();
	l->kinds = PSL_TYPE_NO_STAR_RULE | PSL_TYPE_ICANN;
	if (!l->builtin)
		return err_usage(err, "this system has no list of public "
		                 "suffixes; install publicsuffix, or give one "
		                 "by --public-suffix-list");
	about->name = arena_join(a, "libpsl, ", strlen("libpsl, "),
	                         psl_builtin_sha1sum());
	return 0;
}

struct suffix_list *
suffix_list_open(const char *path, struct data_file *about, struct arena *a,
                 struct err *err)
{
	struct suffix_list *l = xcalloc(1, sizeof(*l));
	int rc;

	*about = (struct data_file){
		.source = "https://publicsuffix.org/", .as_of = WHEN_NONE,
	};
	rc = path ? load(l, path, LIST_GIVEN, about, a, err)
	          : load_system(l, about, a, err);
	if (rc == 0)
		return l;
	suffix_list_free(l);
	return NULL;
}

void
suffix_list_free(struct suffix_list *l)
{
	if (!l)
		return;
	psl_free(l->psl);
	free(l);
}

static bool
is_suffix(const struct suffix_list *l, const char *name)
{
	return psl_is_public_suffix2(l->psl ? l->psl : l->builtin, name,
	                             l->kinds);
}

enum listed
suffix_list_find(const struct suffix_list *l, const char *name)
{
	if (is_suffix(l, name))
		return LISTED_ITSELF;
	while ((name = strchr(name, '.')))
		if (is_suffix(l, ++name))
			return LISTED_BELOW;
	return LISTED_NOT;
}
