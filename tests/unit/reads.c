/* What is read, as the collector knows it, against those who read it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analyze/object/attr_row.h"
#include "analyze/rules/rules.h"
#include "base/mem.h"
#include "collect/schema/reads.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct arena arena;
static struct rule_choice catalogue;

static bool
holds_objects(enum section s)
{
	return section_of(section_side(s), section_kind(s)) == s ||
	       s == TENANT_DELETED_USERS;
}

/* The form's attribute of that name, or ATTR_COUNT. */
static enum attr
attr_of(enum section s, const char *name)
{
	for (int a = 0; a < ATTR_COUNT; a++) {
		const char *known = attr_rows[a].name[section_form(s)];

		if (known && strcmp(known, name) == 0)
			return (enum attr)a;
	}
	return ATTR_COUNT;
}

/*
 * Only users sign in or have a mailbox elsewhere, only people have such names:
 * a rule of all recipients reads them of these alone.
 */
static bool
never_there(enum section s, enum attr a)
{
	enum kind k = section_kind(s);

	/* Of public folders and dynamic groups only addresses are read. */
	if (k == KIND_OTHER && (a == ATTR_TARGET || a == ATTR_MAIL_NICKNAME))
		return true;
	return ((a == ATTR_UPN || a == ATTR_REMOTE_TYPE) && k != KIND_USER) ||
	       ((a == ATTR_GIVEN_NAME || a == ATTR_SURNAME) &&
	        k != KIND_USER && k != KIND_CONTACT);
}

/* Of the section S, which the rule judges. */
static void
check_rule(const struct rule *r, const struct attr_set *all, enum section s)
{
	for (int a = 0; a < ATTR_COUNT; a++) {
		const char *name = attr_rows[a].name[section_form(s)];

		if (name && attr_set_has(all, (unsigned)a) &&
		    !never_there(s, (enum attr)a) && !reads_has(s, name))
			fail_msg("%s reads %s of %s", r->id, name,
			         section_name(s));
	}
}

/* Who adds an attribute to a rule must say in which sections it is read. */
static void
test_rules(void **state)
{
	(void)state;
	for (size_t i = 0; i < catalogue.count; i++) {
		const struct rule *r = catalogue.rules[i];
		struct attr_set all = r->attrs;

		attr_set_join(&all, &r->any_attr);
		attr_set_join(&all, &r->each_attr);
		for (int k = 0; k < KIND_COUNT; k++)
			if (r->kinds & KIND_BIT(k))
				check_rule(r, &all, section_of(r->side,
				                               (enum kind)k));
	}
}

static bool
is_among(const char *const *names, size_t n, const char *name)
{
	for (size_t i = 0; i < n && names[i]; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static bool
needs_account(const struct rule *r)
{
	static const enum section accounts[] = {
		TENANT_USERS, TENANT_GROUPS, TENANT_CONTACTS
	};

	for (size_t i = 0; i < sizeof(accounts) / sizeof(accounts[0]); i++)
		if (section_set_has(&r->sections, accounts[i]) ||
		    section_set_has(&r->wishes, accounts[i]))
			return true;
	return r->needs & (NEED_SYNCED | NEED_UNCLAIMED);
}

static bool
judges(const struct rule *r, enum section s)
{
	for (int k = 0; k < KIND_COUNT; k++)
		if ((r->kinds & KIND_BIT(k)) &&
		    section_of(r->side, (enum kind)k) == s)
			return true;
	return false;
}

/* The rules as the collector knows them, row by row. */
static void
check_reader(const struct rule *r, const struct reader *have)
{
	assert_string_equal(have->rule, r->id);
	if (have->matches != needs_account(r))
		fail_msg("%s: needs the account or does not", r->id);
	assert_int_equal(have->seldom, r->profile == PROFILE_IDFIX);
	for (int k = 0; k < KIND_COUNT; k++) {
		enum section s = section_of(r->side, (enum kind)k);

		/* Those of Exchange only complete what the directory says. */
		if (s != SECTION_COUNT && k != KIND_MAILBOX &&
		    section_set_has(&have->sections, s) != judges(r, s))
			fail_msg("%s: %s", r->id, section_name(s));
	}
	for (int a = 0; a < ATTR_COUNT; a++) {
		const char *name = attr_name(r->side, (enum attr)a);

		if (name && is_among(have->reads, COUNT(have->reads), name) !=
		    attr_set_has(&r->attrs, (unsigned)a))
			fail_msg("%s: reads %s or not", r->id, name);
		if (name && is_among(have->any, 2, name) !=
		    attr_set_has(&r->any_attr, (unsigned)a))
			fail_msg("%s: reads one, %s or not", r->id, name);
		if (name && is_among(have->each, COUNT(have->each), name) !=
		    attr_set_has(&r->each_attr, (unsigned)a))
			fail_msg("%s: reads each, %s or not", r->id, name);
	}
}

static void
test_readers(void **state)
{
	(void)state;
	assert_int_equal(readers_count(), catalogue.count);
	for (size_t i = 0; i < catalogue.count; i++)
		check_reader(catalogue.rules[i], readers_at(i));
	assert_null(readers_at(readers_count()));
}

/* Each name that is read has a row, and each row of objects is read. */
static void
test_attributes(void **state)
{
	bool found[FORM_COUNT][ATTR_COUNT] = { { false } };

	(void)state;
	for (size_t i = 0; i < reads_count(); i++)
		for (int s = 0; s < SECTION_COUNT; s++) {
			const struct reads *r = reads_at(i);
			enum attr a = attr_of((enum section)s, r->name);

			if (!section_set_has(&r->sections, (enum section)s) ||
			    !holds_objects((enum section)s))
				continue;
			if (a == ATTR_COUNT)
				fail_msg("nobody reads %s of %s", r->name,
				         section_name((enum section)s));
			found[section_form((enum section)s)][a] = true;
			assert_ptr_equal(reads_find((enum section)s, r->name),
			                 r);
		}
	for (int f = 0; f < FORM_COUNT; f++)
		for (int a = 0; a < ATTR_COUNT; a++)
			/*
			 * One stands in for the DN, and nobody asks for it;
			 * the other is read of the engines' accounts alone.
			 */
			if (attr_rows[a].name[f] && !found[f][a] &&
			    a != ATTR_CANONICAL_NAME && a != ATTR_DESCRIPTION)
				fail_msg("want a row of %s",
				         attr_rows[a].name[f]);
}

/* What is stopped is counted once, whatever it lacks. */
static void
test_stopped(void **state)
{
	bool *lacks = xcalloc(reads_count(), sizeof(*lacks));

	(void)state;
	assert_int_equal(readers_stopped(AD_USERS, lacks), 0);
	lacks[reads_number(reads_find(AD_USERS, "userAccountControl"))] = true;
	assert_int_equal(readers_stopped(AD_USERS, lacks), 2);
	lacks[reads_number(reads_find(AD_USERS, "Enabled"))] = true;
	assert_int_equal(readers_stopped(AD_USERS, lacks), 11);
	lacks[reads_number(reads_find(AD_USERS, "pwdLastSet"))] = true;
	assert_int_equal(readers_stopped(AD_USERS, lacks), 12);
	assert_int_equal(readers_stopped(AD_GROUPS, lacks), 0);
	assert_int_equal(readers_matching(TENANT_USERS),
	                 readers_matching(AD_USERS) + 1);
	assert_int_equal(reads_number(NULL), reads_count());
	free(lacks);
}

static void
test_find(void **state)
{
	(void)state;
	assert_true(reads_has(AD_USERS, "PROXYADDRESSES"));
	assert_false(reads_has(AD_USERS, "thumbnailPhoto"));
	assert_false(reads_has(AD_GROUPS, "userPrincipalName"));
	assert_false(reads_has(AD_FOREST, "dn"));
	assert_false(reads_has(SECTION_COUNT, "dn"));
	assert_null(reads_at(reads_count()));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_attributes),
		cmocka_unit_test(test_readers),
		cmocka_unit_test(test_stopped),
		cmocka_unit_test(test_find),
	};
	int failed;

	catalogue = rules_all(&arena);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_release(&arena);
	return failed;
}
