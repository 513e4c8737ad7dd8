/*
 * What is told of who owns an attribute: with what it is changed, by the state
 * of Exchange's organization; and AD's values in the line of a forecast, which
 * are read as they were written.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analyze/findings/ad_json.h"
#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/mem.h"

#define NO_SCHEMA "none: without Exchange AD's schema does not have the " \
	"attribute"
#define NO_CMDLET "none: Exchange writes it itself, when a mailbox is made, " \
	"moved or converted"

static const struct {
	enum authority who;
	enum owned what;
	const char *class;
	int64_t type;
	enum exchange_state state;
	const char *tool, *attribute;
} tools[] = {
	{ AUTHORITY_AD, OWNED_IDENTITY, "user", 0, EXCHANGE_SERVERS,
	  "Set-ADUser", NULL },
	{ AUTHORITY_AD, OWNED_ADDRESS, "user", 0, EXCHANGE_NONE,
	  "Set-ADUser, attribute editor", NULL },
	{ AUTHORITY_AD, OWNED_EXCHANGE, "user", 0, EXCHANGE_NONE,
	  NO_SCHEMA, NULL },
	{ AUTHORITY_AD, OWNED_EXCHANGE, "user", 0, EXCHANGE_SCHEMA_ONLY,
	  "Set-ADUser, attribute editor (not supported by Microsoft)", NULL },
	{ AUTHORITY_AD, OWNED_ADDRESS, "group", 0, EXCHANGE_PREPARED,
	  "Set-ADGroup, attribute editor (not supported by Microsoft)", NULL },
	{ AUTHORITY_AD, OWNED_EXCHANGE, "user", 2147483648, EXCHANGE_SERVERS,
	  "Set-RemoteMailbox, EAC of Exchange on-premises", NULL },
	{ AUTHORITY_AD, OWNED_ADDRESS, "user", 1, EXCHANGE_SERVERS,
	  "Set-Mailbox on premises, EAC of Exchange on-premises", NULL },
	{ AUTHORITY_AD, OWNED_ADDRESS, "user", 128, EXCHANGE_SERVERS,
	  "Set-MailUser, EAC of Exchange on-premises", NULL },
	{ AUTHORITY_AD, OWNED_EXCHANGE, "user", 0, EXCHANGE_TOOLS_ONLY,
	  "Set-RemoteMailbox of the Exchange management tools (PowerShell "
	  "only, no EAC)", NULL },
	{ AUTHORITY_AD, OWNED_EXCHANGE, "user", 0, EXCHANGE_UNKNOWN,
	  "Set-RemoteMailbox, EAC of Exchange on-premises; without an "
	  "Exchange organization Set-ADUser", NULL },
	{ AUTHORITY_EXCHANGE_ONLINE, OWNED_EXCHANGE, "user", 0,
	  EXCHANGE_NONE, "Set-Mailbox, EAC", NULL },
	{ AUTHORITY_ENTRA, OWNED_IDENTITY, "group", 0, EXCHANGE_NONE,
	  "Entra, Graph", NULL },
	{ AUTHORITY_NOT_ASSESSED, OWNED_ADDRESS, "user", 0, EXCHANGE_SERVERS,
	  "export Get-Mailbox with IsExchangeCloudManaged first", NULL },
	{ AUTHORITY_NOT_ASSESSED, OWNED_ADDRESS, "group", 0, EXCHANGE_SERVERS,
	  "export onPremisesSyncBehavior first", NULL },
	{ AUTHORITY_NOT_ASSESSED, OWNED_ADDRESS, "contact", 0,
	  EXCHANGE_SERVERS, "export onPremisesSyncBehavior first", NULL },
	/* Without an alias Exchange does not find it. */
	{ AUTHORITY_AD, OWNED_ALIAS, "user", 2147483648, EXCHANGE_SERVERS,
	  "Set-ADUser, attribute editor", NULL },
	{ AUTHORITY_AD, OWNED_ALIAS, "user", 0, EXCHANGE_NONE,
	  NO_SCHEMA, NULL },
	/* What no cmdlet has a parameter for. */
	{ AUTHORITY_AD, OWNED_EXCHANGE, "user", 1, EXCHANGE_SERVERS,
	  NO_CMDLET, "homeMDB" },
	{ AUTHORITY_AD, OWNED_EXCHANGE, "user", 1, EXCHANGE_SERVERS,
	  NO_CMDLET, "msExchMailboxGuid" },
	{ AUTHORITY_AD, OWNED_EXCHANGE, "user", 2147483648, EXCHANGE_SERVERS,
	  "Set-RemoteMailbox, EAC of Exchange on-premises",
	  "msExchMailboxGuid" },
	{ AUTHORITY_AD, OWNED_EXCHANGE, "user", 2147483648, EXCHANGE_PREPARED,
	  "Set-ADUser, attribute editor (not supported by Microsoft)",
	  "legacyExchangeDN" },
	{ AUTHORITY_AD, OWNED_EXCHANGE, "group", 1024, EXCHANGE_TOOLS_ONLY,
	  NO_CMDLET, "msExchRecipientTypeDetails" },
	{ AUTHORITY_EXCHANGE_ONLINE, OWNED_EXCHANGE, "user", 2147483648,
	  EXCHANGE_SERVERS, NO_CMDLET, "targetAddress" },
	{ AUTHORITY_EXCHANGE_ONLINE, OWNED_EXCHANGE, "contact", 64,
	  EXCHANGE_SERVERS, "Set-MailContact, EAC", "targetAddress" },
	{ AUTHORITY_EXCHANGE_ONLINE, OWNED_EXCHANGE, "user", 2147483648,
	  EXCHANGE_SERVERS, "Set-Mailbox, EAC", "extensionAttribute1" },
};

static void
test_tools(void **state)
{
	(void)state;
	/* Exchange's cmdlets do not find who is no recipient. */
	assert_string_equal(tool_name(&(struct tool_asked){
		.what = OWNED_ADDRESS, .as = MANAGED_AS_USER,
		.state = EXCHANGE_SERVERS, .is_no_recipient = true,
	}), "Set-ADUser");
	for (size_t i = 0; i < sizeof(tools) / sizeof(tools[0]); i++)
		assert_string_equal(tool_name(&(struct tool_asked){
			.who = tools[i].who, .what = tools[i].what,
			.as = managed_as(tools[i].class, tools[i].type),
			.state = tools[i].state,
			.attribute = tools[i].attribute }), tools[i].tool);
}

/* Every owner has a tool in every state, whatever the object is. */
static void
test_all_tools(void **state)
{
	(void)state;
	for (int who = 0; who < AUTHORITY_COUNT; who++)
		for (int what = 0; what <= OWNED_ALIAS; what++)
			for (int n = 0; n < MANAGED_AS_COUNT * EXCHANGE_STATES;
			     n++)
				assert_non_null(tool_name(&(struct tool_asked){
					(enum authority)who, (enum owned)what,
					(enum managed_as)(n / EXCHANGE_STATES),
					(enum exchange_state)
						(n % EXCHANGE_STATES),
					false, NULL }));
}

static void
test_writeback(void **state)
{
	static const char *const back[] = {
		"mail", "proxyAddresses", "extensionAttribute15",
		"msExchExtensionCustomAttribute5",
		"msExchRecipientDisplayType", "msExchRecipientTypeDetails",
	};
	static const char *const not_back[] = {
		"mailNickname", "targetAddress", "displayName",
		"msExchHideFromAddressLists", "extensionAttribute",
		"extensionAttribute0", "extensionAttribute16",
		"msExchExtensionCustomAttribute6",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(back) / sizeof(back[0]); i++)
		assert_true(writeback_has(back[i]));
	for (size_t i = 0; i < sizeof(not_back) / sizeof(not_back[0]); i++)
		assert_false(writeback_has(not_back[i]));
}

static void
test_bare(void **state)
{
	struct buf b = { 0 };

	(void)state;
	fix_put_bare(&b, "say it (Set-ADUser -Clear x), or (RFC 1) not "
	             "(Set-Mailbox -Type Room), else (Set-RemoteMailbox");
	assert_string_equal(b.data, "say it, or (RFC 1) not (Set-Mailbox "
	                    "-Type Room), else (Set-RemoteMailbox");
	buf_release(&b);
}

static const char *const line_proxies[] = {
	"SMTP:a@x.nl", "smtp:b@x.nl", "smtp:a@t.onmicrosoft.com",
};
static const struct origin origins[] = {
	{ .value = "smtp:a@t.onmicrosoft.com", .from = "MOERA" },
};
static const char *const same[] = { "smtp:b@x.nl", "SMTP:a@x.nl" };
static const char *const other[] = { "SMTP:A@x.nl", "smtp:b@x.nl" };
static const struct ad_value others[] = {
	{ "targetAddress", "SMTP:a@\"y.nl", false },
	{ "msExchRecipientTypeDetails", "35184372088832", true },
	{ "msExchRecipientDisplayType", "-2147483642", true },
	{ "homeMDB", "true", true },
};

/* What AD has, and how much of that the line need not say. */
static const struct {
	struct ad_told ad;
	const char *written;
} lines[] = {
	{ { true, "a@x.nl", "a", same, 2, NULL, 0 }, "{}" },
	{ { true, NULL, NULL, NULL, 0, NULL, 0 },
	  "{\"mail\":null,\"mailNickname\":null,\"proxyAddresses\":[]}" },
	{ { true, "a@x.nl", "A", other, 2, others, 4 },
	  "{\"mailNickname\":\"A\",\"proxyAddresses\":[\"SMTP:A@x.nl\","
	  "\"smtp:b@x.nl\"],\"targetAddress\":\"SMTP:a@\\\"y.nl\","
	  "\"msExchRecipientTypeDetails\":35184372088832,"
	  "\"msExchRecipientDisplayType\":-2147483642,\"homeMDB\":true}" },
};

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static void
compare(const struct ad_told *is, const struct ad_told *want)
{
	assert_true(is->is);
	assert_true(same_text(is->mail, want->mail));
	assert_true(same_text(is->mail_nickname, want->mail_nickname));
	assert_int_equal(is->proxy_count, want->proxy_count);
	for (size_t i = 0; i < want->proxy_count; i++) {
		bool has = false;

		for (size_t k = 0; k < is->proxy_count; k++)
			has |= strcmp(is->proxy_addresses[k],
			              want->proxy_addresses[i]) == 0;
		assert_true(has);
	}
	assert_int_equal(is->other_count, want->other_count);
	for (size_t i = 0; i < want->other_count; i++) {
		assert_string_equal(is->others[i].name, want->others[i].name);
		assert_string_equal(is->others[i].text, want->others[i].text);
	}
}

static void
test_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct forecast f = {
			.mail = "a@x.nl", .mail_nickname = "a",
			.proxy_addresses = line_proxies, .proxy_count = 3,
			.origins = origins, .origin_count = 1,
			.ad = lines[i].ad,
		};
		struct forecast back = f;
		struct arena a = { 0 };
		struct json_error e;
		struct buf b = { 0 };
		struct json *tree;

		ad_json_put(&b, &f);
		assert_memory_equal(b.data, ",\"adAttributes\":", 16);
		assert_string_equal(b.data + 16, lines[i].written);
		tree = json_parse(b.data + 16, b.len - 16, &e);
		back.ad = (struct ad_told){ 0 };
		ad_json_take(tree, &a, &back);
		compare(&back.ad, &lines[i].ad);
		json_free(tree);
		arena_release(&a);
		buf_release(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tools),
		cmocka_unit_test(test_all_tools),
		cmocka_unit_test(test_writeback),
		cmocka_unit_test(test_bare),
		cmocka_unit_test(test_line),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("told", tests, NULL, NULL);
}
