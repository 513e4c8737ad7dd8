/* XML in pieces: what is passed on, and what is refused, in any pieces. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/xml.h"
#include "base/xml_stream.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

struct printer {
	struct xml_stream_sink sink;
	struct buf out;
};

static struct printer *
of_sink(struct xml_stream_sink *s)
{
	return (struct printer *)s;
}

static int
on_begin(struct xml_stream_sink *s, const struct xml_tag *t, struct err *err)
{
	struct buf value = { 0 };

	if (strcmp(t->name, "stop") == 0)
		return err_input(err, "stopped");
	buf_addf(&of_sink(s)->out, "\n%llu <%s%s%s",
	         (unsigned long long)t->line, t->name, *t->space ? " " : "",
	         t->space);
	if (xml_tag_get(t, "x", &value))
		buf_addf(&of_sink(s)->out, " x=%s", buf_text(&value));
	buf_release(&value);
	return 0;
}

static int
on_text(struct xml_stream_sink *s, const char *text, size_t len,
        struct err *err)
{
	(void)err;
	buf_add(&of_sink(s)->out, text, len);
	return 0;
}

static int
on_end(struct xml_stream_sink *s, struct err *err)
{
	(void)err;
	buf_addc(&of_sink(s)->out, '>');
	return 0;
}

/* What came, and the error as the last line; the caller frees it. */
static char *
run(const char *text, size_t chunk)
{
	struct printer p = {
		.sink = { .begin = on_begin, .text = on_text, .end = on_end },
	};
	struct xml_stream *s = xml_stream_new("t", &p.sink);
	size_t len = strlen(text);
	struct err err;
	int rc = 0;

	for (size_t at = 0; at < len && rc == 0; at += chunk)
		rc = xml_stream_feed(s, text + at,
		                     len - at < chunk ? len - at : chunk,
		                     &err);
	if (rc == 0)
		rc = xml_stream_finish(s, &err);
	if (rc < 0)
		buf_addf(&p.out, "\nerror %s", err.text);
	buf_add(&p.out, "", 0);
	xml_stream_free(s);
	return buf_detach(&p.out);
}

/* Checks that TEXT gives WANT, or what contains it, in pieces of any size. */
static void
check(const char *text, const char *want)
{
	char *whole = run(text, strlen(text) + 1);

	if (!strstr(whole, want))
		fail_msg("%s:\nwant %s\nhave %s", text, want, whole);
	for (size_t chunk = 1; chunk <= strlen(text); chunk++) {
		char *have = run(text, chunk);

		if (strcmp(have, whole) != 0)
			fail_msg("%s, in pieces of %zu:\nwant %s\nhave %s",
			         text, chunk, whole, have);
		free(have);
	}
	free(whole);
}

static void
test_events(void **state)
{
	(void)state;
	check("<?xml version=\"1.0\" encoding=\"utf-16\"?>\n<!-- c -->\n"
	      "<a xmlns=\"u\" x=\"&lt;1&#x41;\">\n<b>one &amp; "
	      "<![CDATA[<two>]]>&#10;</b>\n<p:c xmlns:p=\"v\"/>\n</a>\n",
	      "\n3 <a u x=<1A\n\n4 <b uone & <two>\n>\n\n5 <c v>\n>");
	check("<a>\xc3\xa4</a>", "\n1 <a\xc3\xa4>");
}

static void
test_wrong(void **state)
{
	static const struct {
		const char *text, *want;
	} vectors[] = {
		{ "", "error t:1: want well-formed XML: " },
		{ "{}", "error t:1: want well-formed XML: " },
		{ "<a>\n<b>", "error t:2: want the end of the XML document" },
		{ "<a>\n<b", "; is the file cut?" },
		{ "<", "error t:1: want well-formed XML: " },
		{ "<a>\n</b>", "error t:2: want well-formed XML: Opening" },
		{ "<a/><b/>", "error t:1: want well-formed XML: Extra" },
		{ "<a>\n&x;</a>", "error t:2: want well-formed XML: Entity" },
		{ "<a>\n<stop/><b></a>", "error stopped" },
		{ "\n<!DOCTYPE a []><a/>", "error t:2: want no document type" },
		{ "<!DOCTYPE a [<!ENTITY x 'y'>]>\n<a>&x;</a>",
		  "error t:1: want no document type" },
		{ "<!DOCTYPE a SYSTEM 'http://127.0.0.1/a.dtd'><a/>",
		  "error t:1: want no document type" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(vectors); i++)
		check(vectors[i].text, vectors[i].want);
}

/* XML_DEPTH elements may be open at once, and no more. */
static void
test_depth(void **state)
{
	(void)state;
	for (int n = XML_DEPTH; n <= XML_DEPTH + 1; n++) {
		struct buf text = { 0 };

		for (int i = 0; i < n; i++)
			buf_adds(&text, "<a>");
		for (int i = 0; i < n; i++)
			buf_adds(&text, "</a>");
		check(text.data, n == XML_DEPTH ? "<a>" :
		      "error t:1: want elements nested less deep");
		buf_release(&text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_events), cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_depth),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
