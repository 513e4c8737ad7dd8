/* The table of AD attributes, and what becomes of raw values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analyze/model/model.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/utf8.h"
#include "collect/schema/ad_attr.h"

static void
test_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < ad_attr_count(); i++) {
		const struct ad_attr *a = ad_attr_at(i);

		assert_ptr_equal(ad_attr_find(a->name), a);
		if (i)
			assert_true(ascii_casecmp(ad_attr_at(i - 1)->name,
			                          a->name) < 0);
		assert_true(a->kind != VALUE_JSON);
	}
	assert_ptr_equal(ad_attr_find("PROXYADDRESSES"),
	                 ad_attr_find("proxyAddresses"));
	assert_null(ad_attr_find("noSuchAttribute"));
	assert_true(ad_attr_order(ad_attr_find("dn")) <
	            ad_attr_order(ad_attr_find("mail")));
	assert_true(ad_attr_order(ad_attr_find("mail")) <
	            ad_attr_order(NULL));
}

/* PowerShell's words lead to one attribute each, and are no other's name. */
static void
test_shown(void **state)
{
	(void)state;
	for (size_t i = 0; i < ad_attr_count(); i++) {
		const struct ad_attr *a = ad_attr_at(i);

		if (!a->shown)
			continue;
		assert_ptr_equal(ad_attr_shown(a->shown), a);
		if (ad_attr_find(a->shown))
			fail_msg("%s is shown as %s, which is another one",
			         a->name, a->shown);
	}
	assert_ptr_equal(ad_attr_shown("emailaddress"), ad_attr_find("mail"));
	assert_null(ad_attr_shown("mail"));
}

/* What the model reads must be spelt as the snapshot spells it. */
static void
test_model(void **state)
{
	(void)state;
	for (int i = 0; i < ATTR_COUNT; i++) {
		const char *name = attr_name(SIDE_AD, (enum attr)i);
		const struct ad_attr *a = name ? ad_attr_find(name) : NULL;

		/* "Enabled" is PowerShell's word, not an attribute. */
		if (!name || strcmp(name, "Enabled") == 0)
			continue;
		if (!a || strcmp(a->name, name) != 0)
			fail_msg("%s", name);
	}
}

static void
test_values(void **state)
{
	struct record *r = record_new();
	struct buf out = { 0 };

	(void)state;
	ad_record_add(r, "PROXYaddresses", "SMTP:a@x.nl", 11);
	ad_record_add(r, "objectguid", "\1\2\3", 3);
	ad_record_add(r, "mail", "a@x.nl", 6);
	ad_record_add(r, "displayName", "\xff", 1);
	ad_record_add(r, "msDS-ReplAttributeMetaData", "<x/>\n\0", 6);
	ad_record_add(r, "ms-Mcs-AdmPwd", "secret", 6);
	json_put_record(&out, r);
	assert_string_equal(out.data,
		"{\"proxyAddresses\":[\"SMTP:a@x.nl\"],\"objectGUID\":\"AQID\","
		"\"mail\":\"a@x.nl\",\"displayName\":{\"base64\":\"/w==\"},"
		"\"msDS-ReplAttributeMetaData\":[\"<x/>\\n\"]}\n");
	buf_release(&out);
	record_free(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table), cmocka_unit_test(test_model),
		cmocka_unit_test(test_values), cmocka_unit_test(test_shown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
