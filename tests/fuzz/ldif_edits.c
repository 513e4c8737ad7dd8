/*
 * Fuzzes changes in LDIF: what is taken must be applied, and applied again, to
 * an object, whose name stays as it is.
 */
#include "analyze/whatif/ldif_edits.h"

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
	static const char *proxies[] = { "SMTP:a@x.test", "smtp:b@x.test" };
	struct object o = {
		.side = SIDE_AD, .kind = KIND_USER, .sam = "a", .mail = "m",
		.dn = "CN=a,OU=A,DC=x", .proxies = proxies, .proxy_count = 2,
	};
	struct arena a = { 0 };

	edits_apply(e, &o, &a);
	edits_apply(e, &o, &a);
	if (strcmp(o.dn, "CN=a,OU=A,DC=x") != 0)
		abort();
	arena_release(&a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct edits *e = xcalloc(1, sizeof(*e));
	struct err err = { 0 };
	struct buf text = { 0 };
	size_t room = 0;

	buf_add(&text, (const char *)data, size);
	e->is_ldif = true;
	e->path = e->name = "fuzz";
	if (memchr(data, 0, size) == NULL &&
	    ldif_edits_read(e, &room, "fuzz", &text, &err) == 0 &&
	    edits_check(e, &err) == 0) {
		/* Each is of the object, as if it had been found. */
		for (size_t i = 0; i < e->count; i++)
			e->items[i].object_dn = "cn=a,ou=a,dc=x";
		if (edits_found(e, &err) == 0)
			apply(e);
	}
	edits_free(e);
	buf_release(&text);
	return 0;
}
