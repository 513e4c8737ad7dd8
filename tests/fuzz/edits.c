/*
 * Fuzzes the file of edits: what it takes it must be able to apply, and apply
 * again, to an object, whose name the second time stays as it is.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/whatif/whatif.h"
#include "base/buf.h"
#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
apply(const struct edits *e)
{
	struct object o = {
		.side = SIDE_AD, .kind = KIND_USER, .sam = "a",
		.dn = "CN=a,OU=A,OU=B,DC=x",
	};
	struct arena a = { 0 };
	const char *dn;

	edits_apply(e, &o, &a);
	dn = o.dn;
	edits_apply(e, &o, &a);
	if (strcmp(dn, o.dn) != 0)
		abort();
	arena_release(&a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err err = { 0 };
	struct buf text = { 0 };
	struct edits *e;

	buf_add(&text, (const char *)data, size);
	e = edits_parse("edits", &text, &err);
	if (e)
		apply(e);
	else if (err.code != EXIT_USAGE || !*err.text)
		abort();
	edits_free(e);
	buf_release(&text);
	return 0;
}
