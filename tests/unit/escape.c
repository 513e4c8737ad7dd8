/*
 * The escapes of the page: what may end a context does not, and what nobody
 * sees is named, by the vectors that its script is tested with, too.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <unistr.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "report/page/escape.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void
html(void **state)
{
	struct buf out = { 0 };

	(void)state;
	esc_html(&out, "<b a=\"x\" c='y'>&amp;</b>\x01\xff\xc2\x85z");
	assert_string_equal(buf_text(&out), "&lt;b a=&quot;x&quot; c=&#39;y"
	                    "&#39;&gt;&amp;amp;&lt;/b&gt;\xef\xbf\xbd"
	                    "\xef\xbf\xbd\xef\xbf\xbdz");
	buf_clear(&out);
	esc_html(&out, NULL);
	assert_string_equal(buf_text(&out), "");
	buf_release(&out);
}

static void
urls(void **state)
{
	static const char *const wrong[] = {
		"", "https://", "http://a.b", "javascript:alert(1)",
		"https:///a", "https://a b", "https://a\"b", "https://a'b",
		"https://a<b", "https://a>b", "https://a\\b", "https://a\tb",
		" https://a", "HTTPS://a", "https://a`b", "https://a{b",
		"//a", "https:a",
	};
	struct buf out = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++)
		if (esc_url(&out, wrong[i], strlen(wrong[i])) || out.len)
			fail_msg("\"%s\" is taken", wrong[i]);
	assert_true(esc_url(&out, "https://a.b/c?d=1&e", 19));
	assert_string_equal(buf_text(&out), "https://a.b/c?d=1&amp;e");
	buf_release(&out);
}

static void
json(void **state)
{
	struct buf out = { 0 };

	(void)state;
	esc_json(&out, "</script><!--&\"\\\n\xe2\x80\xa8\xe2\x80\xa9\xff");
	assert_string_equal(buf_text(&out), "\"\\u003c/script\\u003e\\u003c!--"
	                    "\\u0026\\\"\\\\\\n\\u2028\\u2029\xef\xbf\xbd\"");
	buf_clear(&out);
	esc_json(&out, NULL);
	assert_string_equal(buf_text(&out), "\"\"");
	buf_release(&out);
}

static void
fragments(void **state)
{
	struct buf out = { 0 };

	(void)state;
	esc_frag(&out, "rule", "a-b.c_d~e f&g=h#\"'<>%\xc3\xbc");
	assert_string_equal(buf_text(&out), "rule=a-b.c_d~e%20f%26g%3Dh%23%22"
	                    "%27%3C%3E%25%C3%BC");
	buf_release(&out);
}

/* ---- visible characters ---- */

static enum esc_mode
mode_of(const char *name)
{
	return strcmp(name, "upn") == 0 ? ESC_UPN
		: strcmp(name, "addr") == 0 ? ESC_ADDRESS : ESC_TEXT;
}

static void
put_mark(struct buf *want, const char *text)
{
	ucs4_t code;

	assert_true(u8_mbtoucr(&code, (const uint8_t *)text,
	                       strlen(text)) > 0);
	buf_addf(want, "<mark title=\"U+%04X%s\">", (unsigned)code, code > 126
	         ? ", not ASCII" : ", not allowed here");
	esc_html(want, text);
	buf_adds(want, "</mark>");
}

static void
put_segment(struct buf *want, const struct json *segment)
{
	const struct json *first = json_first(segment);
	const char *kind = json_string(first);
	const char *text = json_string(json_next(first));

	if (strcmp(kind, "invisible") == 0) {
		buf_addf(want, "<span class=\"inv\">%s</span>", text);
	} else if (strcmp(kind, "mark") == 0) {
		put_mark(want, text);
	} else {
		esc_html(want, text);
	}
}

static void
drop(struct buf *b, const char *what)
{
	char *at;

	while (b->len && (at = strstr(b->data, what))) {
		size_t rest = strlen(at + strlen(what));

		memmove(at, at + strlen(what), rest + 1);
		b->len -= strlen(what);
	}
}

static void
vectors(void **state)
{
	struct buf text = { 0 };
	struct err err = { 0 };
	struct json *all = json_load("tests/visible-vectors.json", &text,
	                             &err);
	size_t n = 0;

	(void)state;
	assert_non_null(all);
	for (const struct json *v = json_first(all); v; v = json_next(v)) {
		const char *value = json_string(json_get(v, "value"));
		struct buf want = { 0 }, got = { 0 };
		const struct json *s;

		for (s = json_first(json_get(v, "segments")); s;
		     s = json_next(s))
			put_segment(&want, s);
		esc_visible(&got, value, strlen(value),
		            mode_of(json_string(json_get(v, "mode"))));
		drop(&got, "<wbr>");
		/* No text of C has this one. */
		if (!strstr(buf_text(&want), "U+0000"))
			assert_string_equal(buf_text(&got), buf_text(&want));
		buf_release(&want);
		buf_release(&got);
		n++;
	}
	assert_true(n > 50);
	json_free(all);
	buf_release(&text);
}

static void
values(void **state)
{
	char longer[ESC_LONG + 2];
	struct buf out = { 0 };

	(void)state;
	esc_value(&out, NULL, ESC_TEXT);
	assert_string_equal(buf_text(&out), "");
	esc_value(&out, "a@b", ESC_ADDRESS);
	assert_string_equal(buf_text(&out), "<bdi>a@<wbr>b</bdi>");
	memset(longer, 'x', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	buf_clear(&out);
	esc_value(&out, longer, ESC_TEXT);
	assert_non_null(strstr(out.data, " 301 characters in all</span>"));
	assert_int_equal(strspn(out.data + 5, "x"), ESC_LONG);
	buf_clear(&out);
	esc_visible(&out, "a\0b", 3, ESC_TEXT);
	assert_string_equal(buf_text(&out), "a<span class=\"inv\">U+0000 null"
	                    "</span>b");
	assert_int_equal(esc_mode_of("userPrincipalName"), ESC_UPN);
	assert_int_equal(esc_mode_of("targetAddress"), ESC_ADDRESS);
	assert_int_equal(esc_mode_of("displayName"), ESC_TEXT);
	assert_int_equal(esc_mode_of(NULL), ESC_TEXT);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(html), cmocka_unit_test(urls),
		cmocka_unit_test(json), cmocka_unit_test(fragments),
		cmocka_unit_test(vectors), cmocka_unit_test(values),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
