/* Reading one value of the policy file, for policy_file.c. */
#ifndef ANALYZE_POLICY_POLICY_VALUE_H
#define ANALYZE_POLICY_POLICY_VALUE_H

#include <stddef.h>

struct err;
struct json;
struct policy;

struct policy_reader {
	struct policy *p;
	const char *path, *text;
	const char *section;     /* the key of the object being read */
	struct err *err;
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

/* The line of KEY inside the section, or of the section itself; NULL: none. */
unsigned policy_line(const struct policy_reader *r, const char *key);
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
/*
 * What the text J means by WORDS, which end with an empty row and have fewer
 * than POLICY_WORDS; or -1 with the error filled.
 */
enum { POLICY_WORDS = 8 };
int policy_meaning(struct policy_reader *r, const struct json *j,
                   const struct policy_word *words);

#endif
