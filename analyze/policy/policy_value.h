/*
 * Reading one value of the policy file, for policy_file.c and those that read
 * its sections.
 */
#ifndef ANALYZE_POLICY_POLICY_VALUE_H
#define ANALYZE_POLICY_POLICY_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "analyze/object/object.h"

struct err;
struct json;
struct policy;

enum { POLICY_DEPTH = 3 };

struct policy_reader {
	struct policy *p;        /* the whole policy, or that of a forest */
	struct policy *top;      /* the whole one, whose arena is used */
	const char *path, *text;
	/* The keys of the objects being read: forests, contoso.com, scope. */
	const char *sections[POLICY_DEPTH];
	size_t depth;
	struct err *err;
};

/* A key of a section: where it goes, and how it is read. */
struct policy_setting {
	const char *name;
	int (*read)(struct policy_reader *r, const struct json *j);
};

/*
 * A word of the policy. In errors one that means what the one before does is
 * left out.
 */
struct policy_word {
	const char *text;
	int meaning;
};

/* The table of the attributes that P names, made when it is needed. */
struct custom_attributes *policy_custom(struct policy *p);

void policy_enter(struct policy_reader *r, const char *section);
void policy_leave(struct policy_reader *r);
/*
 * All keys of the object J by KEYS, which end with an empty row; one that they
 * do not have is an error. Where J is not the whole file it is entered.
 */
int policy_keys(struct policy_reader *r, const struct policy_setting *keys,
                const struct json *j);

/*
 * The line of NAME, a key or a value inside the section, or of the section
 * itself; NULL: none.
 */
unsigned policy_line(const struct policy_reader *r, const char *name);
/* -1, with the error that the value J is not what is wanted. */
int policy_wrong(struct policy_reader *r, const struct json *j,
                 const char *want);

/*
 * Put the text J, or the array of texts, into *OUT, of the policy's arena; null
 * leaves it as it is. 0, or -1 with the error filled.
 */
int policy_text(struct policy_reader *r, const struct json *j,
                const char **out);
int policy_texts(struct policy_reader *r, const struct json *j,
                 const char ***out, size_t *count);
/* Likewise true or false. */
int policy_yes_no(struct policy_reader *r, const struct json *j,
                  enum tristate *out);
/*
 * Whether *NAME, a text of J, is written as a domain of the internet is, of
 * several labels in ASCII; -1 with the error filled: it is not. Whether one can
 * be verified is for others to say. *NAME loses the root's dot at its end.
 */
int policy_domain(struct policy_reader *r, const struct json *j,
                  const char **name);
/*
 * What the text J means by WORDS, which end with an empty row and have fewer
 * than POLICY_WORDS; or -1 with the error filled.
 */
enum { POLICY_WORDS = 8 };
int policy_meaning(struct policy_reader *r, const struct json *j,
                   const struct policy_word *words);
/*
 * Whether NAME can be a domain's or forest's of AD, which takes letters of any
 * language, and names without a dot.
 */
bool policy_is_dns_name(const char *name);

#endif
