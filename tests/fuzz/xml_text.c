/*
 * Fuzzes the escape of XML: whatever the text, a parser takes the document, and
 * reads the same of an attribute and of an element.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/xml.h"
#include "report/export/xml_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct buf out = { 0 };
	struct err err;
	const struct xml_node *root;
	struct xml *x;

	buf_adds(&out, "<a");
	xml_put_attribute(&out, "b", text);
	/* Blanks at the ends of an element are not for its reader. */
	buf_adds(&out, ">.");
	xml_put_text(&out, text);
	buf_adds(&out, ".</a>");
	x = xml_parse("fuzz", out.data, out.len, &err);
	root = x ? xml_root(x) : NULL;
	if (!x || !xml_attribute(root, "b") ||
	    strlen(xml_text(root)) != strlen(xml_attribute(root, "b")) + 2 ||
	    strncmp(xml_text(root) + 1, xml_attribute(root, "b"),
	            strlen(xml_attribute(root, "b"))) != 0)
		abort();
	xml_free(x);
	buf_release(&out);
	free(text);
	return 0;
}
