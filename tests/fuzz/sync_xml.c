/*
 * Fuzzes the sync server's XML: every document is read as each of the kinds
 * that there are, and what was taken must make filters.
 */
#include <stdint.h>
#include <stdlib.h>

#include "analyze/policy/filter_value.h"
#include "analyze/policy/sync_export.h"
#include "analyze/policy/sync_filters.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
take_all(struct sync_export *x, const struct xml_node *root)
{
	struct custom_attributes custom = { 0 };
	struct err err;

	/* Rules are those of a connector that is known. */
	sync_export_connector(x, "{1}", "x");
	if (sync_connector_take(x, "fuzz", root, &err) < 0 &&
	    err.code != EXIT_INPUT)
		abort();
	if (sync_rule_take(x, "fuzz", root, &err) < 0 &&
	    err.code != EXIT_INPUT)
		abort();
	sync_globals_take(x, root);
	sync_filters_add(filter_set_new(x->arena, &custom), x, NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct sync_export x = { .arena = &arena };
	struct err err = { 0 };
	struct xml *tree = xml_parse("fuzz", (const char *)data, size, &err);

	if (tree)
		take_all(&x, xml_root(tree));
	else if (err.code != EXIT_INPUT || !*err.text)
		abort();
	xml_free(tree);
	arena_release(&arena);
	return 0;
}
