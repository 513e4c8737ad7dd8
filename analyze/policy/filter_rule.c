/* Whether the conditions of custom attribute filters hold. */
#include "analyze/policy/filter_rule.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/policy/filter_value.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

/* A value of the object, and what the condition compares it with. */
typedef bool (*compare)(const char *have, const char *want);

struct folded {
	struct buf have, want;
};

static void
fold_both(struct folded *f, const char *have, const char *want)
{
	*f = (struct folded){ 0 };
	utf8_fold(&f->have, have, strlen(have));
	utf8_fold(&f->want, want, strlen(want));
}

static bool
folded_done(struct folded *f, bool answer)
{
	buf_release(&f->have);
	buf_release(&f->want);
	return answer;
}

static bool
starts(const char *have, const char *want)
{
	struct folded f;

	fold_both(&f, have, want);
	return folded_done(&f, strncmp(buf_text(&f.have), buf_text(&f.want),
	                               f.want.len) == 0);
}

static bool
ends(const char *have, const char *want)
{
	struct folded f;

	fold_both(&f, have, want);
	return folded_done(&f, f.have.len >= f.want.len &&
	                   strcmp(buf_text(&f.have) + f.have.len -
	                          f.want.len, buf_text(&f.want)) == 0);
}

static bool
contains(const char *have, const char *want)
{
	struct folded f;

	fold_both(&f, have, want);
	return folded_done(&f, strstr(buf_text(&f.have), buf_text(&f.want)));
}

/* Both as whole numbers; false when one is none. */
static bool
numbers(const char *have, const char *want, long long out[2])
{
	const char *texts[] = { have, want };

	for (int i = 0; i < 2; i++) {
		size_t digits = strspn(texts[i] + (*texts[i] == '-'),
		                       "0123456789");

		if (!digits || digits > 18 ||
		    texts[i][digits + (*texts[i] == '-')])
			return false;
		out[i] = strtoll(texts[i], NULL, 10);
	}
	return true;
}

static bool
less(const char *have, const char *want)
{
	long long n[2];

	return numbers(have, want, n) && n[0] < n[1];
}

static bool
greater(const char *have, const char *want)
{
	return less(want, have);
}

static bool
less_or_equal(const char *have, const char *want)
{
	long long n[2];

	return numbers(have, want, n) && n[0] <= n[1];
}

static bool
greater_or_equal(const char *have, const char *want)
{
	return less_or_equal(want, have);
}

/* The value is a mask: userAccountControl ISBITSET 2 is ACCOUNTDISABLE. */
static bool
has_bit(const char *have, const char *want)
{
	long long n[2];

	return numbers(have, want, n) && (n[0] & n[1]) != 0;
}

/* COMPARE: NULL where there need only be a value. */
static const struct operator_row {
	const char *name;
	compare compare;
	bool negated;
	enum filter_operator opposite;   /* itself: there is none */
} operators[FILTER_OPERATORS] = {
	[FILTER_EQUAL] = { "EQUAL", utf8_same_folded, false,
	                   FILTER_NOT_EQUAL },
	[FILTER_NOT_EQUAL] = { "NOTEQUAL", utf8_same_folded, true,
	                       FILTER_EQUAL },
	[FILTER_NULL] = { "ISNULL", NULL, true, FILTER_NOT_NULL },
	[FILTER_NOT_NULL] = { "ISNOTNULL", NULL, false, FILTER_NULL },
	[FILTER_STARTS] = { "STARTSWITH", starts, false, FILTER_NOT_STARTS },
	[FILTER_NOT_STARTS] = { "NOTSTARTSWITH", starts, true, FILTER_STARTS },
	[FILTER_ENDS] = { "ENDSWITH", ends, false, FILTER_NOT_ENDS },
	[FILTER_NOT_ENDS] = { "NOTENDSWITH", ends, true, FILTER_ENDS },
	[FILTER_CONTAINS] = { "CONTAINS", contains, false,
	                      FILTER_NOT_CONTAINS },
	[FILTER_NOT_CONTAINS] = { "NOTCONTAINS", contains, true,
	                          FILTER_CONTAINS },
	/* Where the attribute is missing neither of two numbers is less. */
	[FILTER_LESS] = { "LESSTHAN", less, false, FILTER_LESS },
	[FILTER_GREATER] = { "GREATERTHAN", greater, false, FILTER_GREATER },
	[FILTER_LESS_OR_EQUAL] = { "LESSTHAN_OR_EQUAL", less_or_equal, false,
	                           FILTER_LESS_OR_EQUAL },
	[FILTER_GREATER_OR_EQUAL] = { "GREATERTHAN_OR_EQUAL",
	                              greater_or_equal, false,
	                              FILTER_GREATER_OR_EQUAL },
	[FILTER_BIT_SET] = { "ISBITSET", has_bit, false, FILTER_BIT_NOT_SET },
	[FILTER_BIT_NOT_SET] = { "ISBITNOTSET", has_bit, true,
	                         FILTER_BIT_SET },
};

static const struct {
	const char *name;
	enum kind kind;
} classes[] = {
	{ "user", KIND_USER },
	{ "group", KIND_GROUP }, { "contact", KIND_CONTACT },
	{ "computer", KIND_COMPUTER },
};

const char *
filter_operator_name(enum filter_operator op)
{
	return operators[op].name;
}

int
filter_operator_parse(enum filter_operator *op, const char *name)
{
	for (int i = 0; i < FILTER_OPERATORS; i++)
		if (ascii_casecmp(operators[i].name, name) == 0) {
			*op = (enum filter_operator)i;
			return 0;
		}
	return -1;
}

bool
filter_operator_wants_value(enum filter_operator op)
{
	return operators[op].compare != NULL;
}

int
filter_operator_negate(enum filter_operator *out, enum filter_operator op)
{
	*out = operators[op].opposite;
	return *out == op ? -1 : 0;
}

int
filter_class_parse(enum kind *kind, const char *name)
{
	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (ascii_casecmp(classes[i].name, name) == 0) {
			*kind = classes[i].kind;
			return 0;
		}
	return -1;
}

bool
filter_condition_holds(const struct filter_condition *c,
                       const char *const *values, size_t n)
{
	const struct operator_row *op = &operators[c->operator];
	bool any = !op->compare && n > 0;

	for (size_t i = 0; op->compare && i < n && !any; i++)
		any = op->compare(values[i], c->value);
	return any != op->negated;
}

/* A DN that an object does not say it has all the same. */
static bool
is_collected(const struct filter_condition *c, const struct object *o,
             const struct attr_set *covered)
{
	unsigned attr = filter_source_attr(c->source);

	return attr_set_has(covered, attr) && (attr != ATTR_DN || o->dn);
}

/* One condition that does not hold is enough, whatever others read. */
enum tristate
filter_rule_says(const struct filter_rule *r, const struct object *o,
                 const struct attr_set *covered)
{
	enum tristate says = YES;

	for (size_t i = 0; i < r->count; i++) {
		struct filter_value v;

		if (!is_collected(&r->where[i], o, covered)) {
			says = UNKNOWN;
			continue;
		}
		filter_value_of(&v, o, r->where[i].source);
		if (!filter_condition_holds(&r->where[i], v.texts, v.count))
			return NO;
	}
	return says;
}

static const char *
describe(const struct filter_rule *r, struct arena *a)
{
	struct buf out = { 0 };
	const char *text;

	buf_adds(&out, r->count ? "filtered: " : "filtered: all are");
	for (size_t i = 0; i < r->count; i++) {
		const struct filter_condition *c = &r->where[i];

		buf_addf(&out, "%s%s %s%s%s", i ? " and " : "", c->attribute,
		         filter_operator_name(c->operator),
		         c->value ? " " : "", c->value ? c->value : "");
	}
	text = arena_strdup(a, buf_text(&out));
	buf_release(&out);
	return text;
}

/* "no flow: custom rule \"Pilot\" (cloudNoFlow); Cloud Sync has it". */
static const char *
describe_no_flow(const char *name, struct arena *a)
{
	struct buf out = { 0 };
	const char *text;

	buf_addf(&out, "no flow: custom rule \"%s\" (cloudNoFlow); Cloud Sync "
	         "has it", name);
	text = arena_strdup(a, buf_text(&out));
	buf_release(&out);
	return text;
}

static void
set_reason(struct filter_rule *r, const char *reason, struct arena *a)
{
	char *text = xasprintf("not known whether %s", reason);

	r->reason = reason;
	r->unknown = arena_strdup(a, text);
	free(text);
}

struct filter_set *
filter_set_new(struct arena *a, struct custom_attributes *custom)
{
	struct filter_set *set = arena_alloc(a, sizeof(*set));

	*set = (struct filter_set){ .end = &set->rules, .custom = custom };
	return set;
}

/* Adds the rule, but for its reason; NULL when it names too much. */
static struct filter_rule *
add(struct filter_set *set, struct arena *a, enum kind kind,
    struct filter_condition *where, size_t count)
{
	struct filter_rule *r = arena_alloc(a, sizeof(*r));

	*r = (struct filter_rule){ .kind = kind, .where = where,
	                           .count = count };
	for (size_t i = 0; i < count; i++) {
		if (filter_source_find(where[i].attribute, set->custom,
		                       &where[i].source) < 0)
			return NULL;
		attr_set_add(&r->needs, filter_source_attr(where[i].source));
	}
	*set->end = r;
	set->end = &r->next;
	return r;
}

int
filter_set_add(struct filter_set *set, struct arena *a, enum kind kind,
               struct filter_condition *where, size_t count)
{
	struct filter_rule *r = add(set, a, kind, where, count);

	if (!r)
		return -1;
	set_reason(r, describe(r, a), a);
	return 0;
}

int
filter_set_add_no_flow(struct filter_set *set, struct arena *a,
                       enum kind kind, struct filter_condition *where,
                       size_t count, const char *name)
{
	struct filter_rule *r = add(set, a, kind, where, count);

	if (!r)
		return -1;
	r->effect = FILTER_NO_FLOW;
	set_reason(r, describe_no_flow(name, a), a);
	return 0;
}
