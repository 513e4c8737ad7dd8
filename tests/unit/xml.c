/* XML trees, and the encodings that exports come in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/utf8.h"
#include "base/xml.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void
test_tree(void **state)
{
	static const char text[] =
		"<?xml version=\"1.0\"?>\n<!-- c -->\n<a x=\"1\" y=\"&lt;2\">\n"
		" <b> one &amp; <![CDATA[<two>]]>\n </b>\n"
		" <c/><b/>\n <b z=''>3</b>\n <n:d xmlns:n='u'><e>f</e></n:d>\n"
		"</a>\n";
	struct err err;
	struct xml *x = xml_parse("t", text, strlen(text), &err);
	const struct xml_node *root, *b;

	(void)state;
	assert_non_null(x);
	root = xml_root(x);
	assert_string_equal(xml_name(root), "a");
	assert_int_equal(xml_line(root), 3);
	assert_string_equal(xml_attribute(root, "x"), "1");
	assert_string_equal(xml_attribute(root, "y"), "<2");
	assert_null(xml_attribute(root, "z"));
	b = xml_child(root, "b");
	assert_string_equal(xml_text(b), "one & <two>");
	b = xml_again(b);
	assert_string_equal(xml_text(b), "");
	assert_int_equal(xml_line(b), 6);
	b = xml_again(b);
	assert_string_equal(xml_text(b), "3");
	assert_string_equal(xml_attribute(b, "z"), "");
	assert_null(xml_again(b));
	assert_string_equal(xml_text(xml_at(root, "d/e")), "f");
	assert_null(xml_at(root, "d/e/f"));
	assert_null(xml_at(root, "dd"));
	assert_string_equal(xml_text(NULL), "");
	assert_string_equal(xml_name(NULL), "");
	assert_null(xml_child(NULL, "a"));
	assert_null(xml_again(NULL));
	assert_null(xml_attribute(NULL, "a"));
	assert_int_equal(xml_line(NULL), 0);
	xml_free(x);
}

static void
test_wrong(void **state)
{
	static const struct {
		const char *text, *want;
	} vectors[] = {
		{ "", "t:1: want well-formed XML: " },
		{ " ", "t:1: want well-formed XML: " },
		{ "{}", "t:1: want well-formed XML: " },
		{ "<a>", "t:1: want well-formed XML: " },
		{ "<a>\n</b>", "t:2: want well-formed XML: Opening and" },
		{ "<a/><b/>", "t:1: want well-formed XML: Extra content" },
		{ "<a>\n&x;</a>", "t:2: want well-formed XML: Entity 'x'" },
		{ "<a>\xff</a>", "t:1: want well-formed XML: Input is not" },
		{ "\n<!DOCTYPE a []><a/>", "want no document type" },
		{ "<!DOCTYPE a [<!ENTITY x 'y'>]>\n<a>&x;</a>",
		  "t:1: want no document type" },
		{ "<!DOCTYPE a SYSTEM 'http://127.0.0.1/a.dtd'><a/>",
		  "t:1: want no document type" },
	};
	struct err err;

	(void)state;
	for (size_t i = 0; i < COUNT(vectors); i++) {
		const char *text = vectors[i].text;

		if (xml_parse("t", text, strlen(text), &err))
			fail_msg("taken: %s", text);
		assert_int_equal(err.code, EXIT_INPUT);
		if (!strstr(err.text, vectors[i].want))
			fail_msg("%s: %s", text, err.text);
	}
}

/* XML_DEPTH elements may be open at once, and no more. */
static void
test_depth(void **state)
{
	struct err err;

	(void)state;
	for (int n = XML_DEPTH; n <= XML_DEPTH + 1; n++) {
		struct buf text = { 0 };
		struct xml *x;

		for (int i = 0; i < n; i++)
			buf_adds(&text, "<a>");
		for (int i = 0; i < n; i++)
			buf_adds(&text, "</a>");
		x = xml_parse("t", text.data, text.len, &err);
		assert_int_equal(x != NULL, n == XML_DEPTH);
		xml_free(x);
		buf_release(&text);
	}
	assert_string_equal(err.text, "t:1: want elements nested less deep");
}

static void
test_utf16(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *want;        /* NULL: refused */
	} vectors[] = {
		{ "\xff\xfe" "a\0\xac\x20", 6, "a\xe2\x82\xac" },
		{ "\xfe\xff\0a\x20\xac", 6, "a\xe2\x82\xac" },
		{ "\xff\xfe", 2, "" },
		{ "\xff\xfe\x3d\xd8\x00\xde", 6, "\xf0\x9f\x98\x80" },
		{ "\xff\xfe\x3d\xd8", 4, NULL },
		{ "\xff\xfe" "a", 3, NULL },
		{ "a\0", 2, NULL }, { "", 0, NULL }, { "\xff", 1, NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(vectors); i++) {
		struct buf out = { 0 };
		int rc = utf8_from_utf16(&out, vectors[i].bytes,
		                         vectors[i].len);

		assert_int_equal(rc, vectors[i].want ? 0 : -1);
		if (vectors[i].want)
			assert_string_equal(buf_text(&out), vectors[i].want);
		buf_release(&out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tree), cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_depth), cmocka_unit_test(test_utf16),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
