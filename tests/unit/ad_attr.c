/* The table of AD attributes, and what becomes of raw values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analyze/model/model.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/mem.h"
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

/* "name: value" lines, as they would stand in LDIF. */
static struct record *
record_of(const char *lines)
{
	struct record *r = record_new();
	char *copy = xstrdup(lines), *rest = copy, *line;

	while ((line = strsep(&rest, "\n"))) {
		char *value = strstr(line, ": ");

		assert_non_null(value);
		*value = '\0';
		ad_record_add(r, line, value + 2, strlen(value + 2));
	}
	free(copy);
	return r;
}

static void
test_section(void **state)
{
	static const struct {
		const char *lines;
		enum section section;
		enum ad_class known;
	} vectors[] = {
		/* By objectClass, however its values are joined. */
		{ "objectClass: top\nobjectClass: user", AD_USERS, 0 },
		{ "objectClass: top;person;organizationalPerson;user",
		  AD_USERS, 0 },
		{ "objectClass: top|person|user|inetOrgPerson", AD_USERS, 0 },
		{ "objectClass: top, person, contact", AD_CONTACTS, 0 },
		{ "objectClass: top person user computer", AD_COMPUTERS, 0 },
		{ "objectClass: {top, group}", AD_GROUPS, 0 },
		{ "objectClass: ORGANIZATIONALUNIT", AD_CONTAINERS, 0 },
		{ "objectClass: msDS-GroupManagedServiceAccount", AD_OTHER,
		  0 },
		{ "objectClass: top;leaf;trustedDomain\nuserPrincipalName: "
		  "a@x", AD_OTHER, 0 },
		{ "objectClass: dnsNode", AD_OTHER, 0 },
		/* Settings of a forest: by class and place. */
		{ "dn: CN=O,CN=Microsoft Exchange,CN=Services,CN=Configuration,"
		  "DC=x\nobjectClass: container", AD_EXCHANGE, 0 },
		{ "dn: CN=O, cn=microsoft exchange,CN=Services,"
		  "CN=Configuration,DC=x", AD_EXCHANGE, 0 },
		{ "dn: CN=Microsoft Exchange System Objects,DC=x\n"
		  "objectClass: container;msExchSystemObjectsContainer",
		  AD_CONTAINERS, 0 },
		{ "dn: CN=O,CN=Microsoft Exchange,CN=Services,CN=Configuration,"
		  "DC=x\nisDeleted: TRUE", AD_DELETED, 0 },
		{ "dn: CN=S,CN=Services,CN=Configuration,DC=x\n"
		  "objectClass: container", AD_CONTAINERS, 0 },
		{ "dn: CN=M,CN=Schema,CN=Configuration,DC=x\n"
		  "objectClass: top;attributeSchema", AD_FOREST, 0 },
		{ "dn: CN=M,CN=Schema,CN=Configuration,DC=x\n"
		  "objectClass: top;classSchema", AD_OTHER, 0 },
		{ "dn: CN=M,DC=x\nobjectClass: top;attributeSchema", AD_OTHER,
		  0 },
		{ "objectClass: 1.2.840.113556.1.5.9999", AD_OTHER, 0 },
		/* Of part of the classes: by what else is there. */
		{ "objectClass: top", AD_OTHER, AD_CLASS_UNKNOWN },
		{ "objectClass: top;person;organizat...", AD_OTHER,
		  AD_CLASS_UNKNOWN },
		{ "objectClass: System.Object[]", AD_OTHER,
		  AD_CLASS_UNKNOWN },
		{ "objectClass: top;person;organizationalPerson\n"
		  "userPrincipalName: a@x", AD_USERS, 0 },
		/* Without it. */
		{ "sAMAccountType: 805306368", AD_USERS, 0 },
		{ "sAMAccountType: 0x30000001", AD_COMPUTERS, 0 },
		{ "sAMAccountType: 268435456 = ( GROUP_OBJECT )", AD_GROUPS,
		  0 },
		{ "sAMAccountType: SAM_USER_OBJECT", AD_USERS, 0 },
		{ "sAMAccountType: 805306369\nobjectCategory: CN=ms-DS-Group-"
		  "Managed-Service-Account,CN=Schema,CN=Configuration,DC=x",
		  AD_OTHER, 0 },
		{ "groupType: -2147483646", AD_GROUPS, 0 },
		{ "groupType: 0x80000002", AD_GROUPS, 0 },
		{ "objectCategory: CN=Group,CN=Schema,CN=Configuration,DC=x",
		  AD_GROUPS, 0 },
		{ "objectCategory: CN=Computer,CN=Schema,CN=Configuration,"
		  "DC=x", AD_COMPUTERS, 0 },
		{ "objectCategory: CN=Organizational-Unit,CN=Schema,"
		  "CN=Configuration,DC=x", AD_CONTAINERS, 0 },
		{ "objectCategory: CN=Print-Queue,CN=Schema,CN=Configuration,"
		  "DC=x", AD_OTHER, 0 },
		{ "objectCategory: CN=Person,CN=Schema,CN=Configuration,"
		  "DC=x\nuserAccountControl: 514", AD_USERS, 0 },
		/* A mail user or a contact. */
		{ "objectCategory: CN=Person,CN=Schema,CN=Configuration,"
		  "DC=x\ntargetAddress: SMTP:a@x", AD_OTHER,
		  AD_CLASS_UNKNOWN },
		{ "objectCategory: CN=Person,CN=Schema,CN=Configuration,"
		  "DC=x\ninstanceType: 4\ntargetAddress: SMTP:a@x",
		  AD_CONTACTS, 0 },
		{ "msExchRecipientTypeDetails: 64", AD_CONTACTS, 0 },
		{ "msExchRecipientTypeDetails: 2147483648", AD_USERS, 0 },
		{ "msExchRecipientTypeDetails: 4096", AD_OTHER, 0 },
		{ "userAccountControl: 0x1000", AD_COMPUTERS, 0 },
		{ "userAccountControl: 66048", AD_USERS, 0 },
		{ "userPrincipalName: a@x", AD_USERS, 0 },
		{ "sAMAccountName: a\npwdLastSet: 0", AD_USERS, 0 },
		{ "sAMAccountName: pc$\npwdLastSet: 0", AD_OTHER,
		  AD_CLASS_UNKNOWN },
		{ "sAMAccountName: sales\nmail: sales@x", AD_OTHER,
		  AD_CLASS_UNKNOWN },
		{ "dn: OU=Staff,DC=x\nou: Staff", AD_CONTAINERS, 0 },
		{ "dn: DC=corp,DC=x\ndc: corp", AD_CONTAINERS, 0 },
		{ "dn: DC=x,CN=MicrosoftDNS,CN=System,DC=x\ndc: x", AD_OTHER,
		  AD_CLASS_UNKNOWN },
		/* Deleted ones. */
		{ "objectClass: user\nisDeleted: TRUE", AD_DELETED, 0 },
		{ "dn: CN=a\\, b\\0ADEL:1,CN=Deleted Objects,DC=x\n"
		  "objectClass: user", AD_DELETED, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		struct record *r = record_of(vectors[i].lines);
		enum ad_class known;
		enum section s = ad_section_of(r, &known);

		if (s != vectors[i].section || known != vectors[i].known)
			fail_msg("%s: have %s, %d", vectors[i].lines,
			         section_name(s), (int)known);
		record_free(r);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table), cmocka_unit_test(test_model),
		cmocka_unit_test(test_values), cmocka_unit_test(test_shown),
		cmocka_unit_test(test_section),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
