/*
 * Who has a value, by IdFix's six spaces: mail, mailNickname, proxyAddresses,
 * sAMAccountName, targetAddress and userPrincipalName, each by itself, of all
 * classes and all forests, without the objects that it leaves out.
 */
#ifndef ANALYZE_RULES_IDFIX_HOLDERS_H
#define ANALYZE_RULES_IDFIX_HOLDERS_H

#include <stdbool.h>

#include "analyze/rules/idfix_value.h"

struct err;
struct idfix_holders;
struct model;
struct reading;

/* Goes through AD once more; NULL with ERR filled. Free it. */
struct idfix_holders *idfix_holders_new(const struct model *m,
                                        struct err *err);
void idfix_holders_free(struct idfix_holders *h);

/* Who else has a value that an object has. */
struct idfix_found {
	const struct object *other;        /* the first of them; NULL: nobody */
	bool several;                      /* of them */
	bool is_first;                     /* the object comes before all */
};

/*
 * Of V, at its test for duplicates: others whose value is the same there. They
 * are read into R's arena.
 */
struct idfix_found idfix_holders_find(const struct idfix_holders *h,
                                      struct reading *r,
                                      const struct idfix_value *v);
/* Whether an earlier value of the object itself is the same there. */
bool idfix_is_repeated(const struct idfix_value *v);

/* How many values O has of the attribute, and the value number I of them. */
size_t idfix_count(const struct object *o, enum idfix_attribute of);
const char *idfix_value_of(const struct object *o, enum idfix_attribute of,
                           size_t i);

#endif
