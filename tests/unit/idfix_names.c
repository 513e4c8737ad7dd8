/* The table of IdFix's words: of each rule that judges what IdFix judges. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analyze/object/object.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/rules.h"
#include "base/mem.h"
#include "report/idfix_names.h"

static const enum attr judged[] = {
	ATTR_DISPLAY_NAME, ATTR_GIVEN_NAME, ATTR_MAIL, ATTR_MAIL_NICKNAME,
	ATTR_PROXIES, ATTR_SAM, ATTR_TARGET, ATTR_UPN,
};

static bool
reads_judged(const struct rule *r)
{
	for (size_t i = 0; i < sizeof(judged) / sizeof(judged[0]); i++)
		if (attr_set_has(&r->attrs, judged[i]) ||
		    attr_set_has(&r->any_attr, judged[i]) ||
		    attr_set_has(&r->each_attr, judged[i]))
			return true;
	return false;
}

static void
test_each_rule_is_decided(void **state)
{
	struct arena a = { 0 };
	struct rule_choice all = rules_all(&a);
	size_t n = 0, lacking = 0;

	(void)state;
	for (size_t i = 0; i < all.count; i++) {
		const struct rule *r = all.rules[i];

		if (r->side != SIDE_AD || !reads_judged(r))
			continue;
		n++;
		if (idfix_judged(r->id))
			continue;
		print_error("%s: wants a row in report/idfix_names.c\n",
		            r->id);
		lacking++;
	}
	assert_int_equal(lacking, 0);
	assert_true(n > 40);
	assert_false(idfix_judged("orphan"));
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_rule_is_decided),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
