/*
 * IdFix's judgement of one value, by its multi-tenant rules as of version
 * 2.6.0.3: the tests of the attribute one after the other, each on what the one
 * before made of the value.
 */
#ifndef ANALYZE_RULES_IDFIX_VALUE_H
#define ANALYZE_RULES_IDFIX_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "analyze/object/object.h"
#include "analyze/rules/idfix_address.h"
#include "base/buf.h"

struct data;

enum idfix_attribute {
	IDFIX_DISPLAY_NAME, IDFIX_GIVEN_NAME,
	IDFIX_MAIL, IDFIX_NICKNAME, IDFIX_PROXIES, IDFIX_SAM, IDFIX_TARGET,
	IDFIX_UPN,
	IDFIX_ATTRIBUTES
};

/* No attribute has more tests. */
enum { IDFIX_TESTS_MAX = 8 };

/* A value on its way through the tests; release it. */
struct idfix_value {
	const struct object *o;
	enum idfix_attribute of;
	const struct data *data;   /* for domains; or NULL */
	const char *was;           /* as AD has it; NULL: absent */
	struct buf now;            /* what the tests made of it */
	unsigned found[IDFIX_TESTS_MAX];     /* by each that failed, in order */
	size_t found_count;
};

/* The attribute's name in AD. */
const char *idfix_attribute_name(enum idfix_attribute a);
/* How long it may be, in units of UTF-16. */
unsigned idfix_limit(const struct idfix_value *v);

void idfix_begin(struct idfix_value *v, const struct object *o,
                 enum idfix_attribute of, const char *value);
void idfix_release(struct idfix_value *v);
/*
 * Runs the tests from number AT on, up to the one for duplicates: true, and *AT
 * behind it, when V->now is what is compared there. False at the end.
 */
bool idfix_next(struct idfix_value *v, size_t *at);
/* A test failed with these errors, as bits. */
void idfix_found(struct idfix_value *v, unsigned errors);
/* Whether any test failed with the error. */
bool idfix_has(const struct idfix_value *v, enum idfix_error e);
/* Appends "Length, Character": as IdFix lists them. */
void idfix_errors(const struct idfix_value *v, struct buf *out);

/*
 * Why what IdFix would write does harm, as the end of "no value is proposed: "
 * ; NULL: it does none, as far as the value itself tells.
 */
const char *idfix_harm(const struct idfix_value *v);

/* The name of the object: its cn, or what its DN says, in OUT. */
const char *idfix_cn(const struct object *o, struct buf *out);
/* Whether IdFix leaves the object out (idfix_filter.c). */
bool idfix_skips(const struct object *o);

#endif
