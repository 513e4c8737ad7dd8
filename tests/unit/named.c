/*
 * What nobody would find by the words alone is named: the character that an
 * address or a name may not have, and a space in a sentence that is a value's.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analyze/object/object.h"
#include "base/buf.h"
#include "base/invisible_text.h"
#include "base/mem.h"

enum judged_as { AN_ADDRESS, A_PROXY, A_TARGET, A_UPN, AN_ALIAS };

typedef bool judge_flaws(const char *value, struct flaws *out);

static judge_flaws *const judges[] = {
	[AN_ADDRESS] = address_flaws, [A_PROXY] = proxy_flaws,
	[A_TARGET] = target_flaws, [A_UPN] = upn_flaws,
	[AN_ALIAS] = alias_flaws,
};

static const struct {
	enum judged_as as;
	const char *value;
	enum flaw flaw;
	const char *told;
} vectors[] = {
	{ AN_ADDRESS, "j\xc3\xbcrgen@x.de", FLAW_LETTER,
	  "has a non-ASCII letter before the @: \xc3\xbc (U+00FC)" },
	/* No letter; a mark that would sit on what stands before; one twice. */
	{ A_PROXY, "smtp:\xf0\x9f\x8e\x89@x.de", FLAW_LETTER,
	  "has a non-ASCII character before the @: "
	  "\xf0\x9f\x8e\x89 (U+1F389)" },
	{ A_UPN, "u\xcc\x88u\xcc\x88@x.de", FLAW_FORM,
	  "has a non-ASCII character: U+0308" },
	{ A_UPN, "\xe5\xb1\xb1\xe7\x94\xb0\xc3\xa9\xc3\xbc@x.de", FLAW_FORM,
	  "has a non-ASCII letter: \xe5\xb1\xb1 (U+5C71), "
	  "\xe7\x94\xb0 (U+7530), \xc3\xa9 (U+00E9) and more" },
	{ A_UPN, "a@k\xc3\xb6ntoso.de", FLAW_FORM,
	  "has a non-ASCII letter after the @: \xc3\xb6 (U+00F6)" },
	{ AN_ADDRESS, "a@k\xc3\xb6ntoso.de", FLAW_IDN,
	  "has a non-ASCII letter in its domain: \xc3\xb6 (U+00F6)" },
	{ A_UPN, "a(b)@x.de", FLAW_FORM,
	  "has a character that is not allowed in a UPN: "
	  "\"(\" (U+0028), \")\" (U+0029)" },
	{ A_UPN, "a@x_y.de", FLAW_FORM,
	  "has a character after the @ that is not allowed in a "
	  "domain: \"_\" (U+005F)" },
	{ AN_ADDRESS, "a;b@x.de", FLAW_FORM,
	  "has a character that is not allowed in an address: "
	  "\";\" (U+003B)" },
	{ A_TARGET, "SMTP:a,b@x.de", FLAW_FORM,
	  "has a character that is not allowed in an address: "
	  "\",\" (U+002C)" },
	{ AN_ADDRESS, "a@x_y.de", FLAW_FORM,
	  "has a character in its domain that is not allowed in a domain: "
	  "\"_\" (U+005F)" },
	{ AN_ALIAS, "odd,ali\xc3\xa9\xc5\x82", FLAW_FORM,
	  "has a character that is not allowed in an alias: "
	  "\",\" (U+002C), "
	  "\xc5\x82 (U+0142)" },
	/* What nobody sees is named elsewhere; what is no character stays. */
	{ A_UPN, "a\xc2\xa0\xc3\xbc@x.de", FLAW_FORM,
	  "has a non-ASCII letter: \xc3\xbc (U+00FC)" },
	{ AN_ADDRESS, "a@@x.de", FLAW_FORM, "has more than one @" },
};

static void
test_flaws(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		struct arena a = { 0 };
		struct flaws f;

		assert_true(judges[vectors[i].as](vectors[i].value, &f));
		assert_non_null(f.of[vectors[i].flaw]);
		assert_string_equal(flaw_named(address_body(vectors[i].value),
		                               f.of[vectors[i].flaw], &a),
		                    vectors[i].told);
		arena_release(&a);
	}
}

static void
test_account_name(void **state)
{
	struct arena a = { 0 };

	(void)state;
	assert_string_equal(flaw_named("ada*byron", flaw_account_sign, &a),
	                    "has a character that is not allowed in an account "
	                    "name: \"*\" (U+002A)");
	arena_release(&a);
}

static void
test_spaces(void **state)
{
	static const struct {
		const char *text, *told;
	} sentences[] = {
		{ "a has mail b@x, not c@x ", "a has mail b@x, not c@x<U+0020>"
		},
		{ "a has b@x , too", "a has b@x<U+0020>, too" },
		{ "Ann  (ann )", "Ann <U+0020>(ann<U+0020>)" },
		{ " a: b", "<U+0020>a: b" },
		{ "b\xc2\xa0: c", "b<U+00A0>: c" },
		{ "x: \",\" (U+002C), \")\" (U+0029)", NULL },
		{ "of .NET, and -Clear x; a (b) c.", NULL },
		{ "\"... out of scope ...\"", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(sentences) / sizeof(sentences[0]); i++) {
		struct buf out = { 0 };

		invisible_mark_told(&out, sentences[i].text);
		assert_string_equal(out.data, sentences[i].told
		                    ? sentences[i].told : sentences[i].text);
		buf_release(&out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_flaws),
		cmocka_unit_test(test_account_name),
		cmocka_unit_test(test_spaces),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("named", tests, NULL, NULL);
}
