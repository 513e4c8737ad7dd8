/* What all edits have. */
#include "analyze/whatif/whatif.h"

#include "base/buf.h"
#include "base/dn.h"

const char *
edit_word(enum edit_kind kind)
{
	static const char *const words[EDIT_KINDS] = {
		[EDIT_SET] = "set", [EDIT_MOVE] = "move",
		[EDIT_INCLUDE] = "include", [EDIT_EXCLUDE] = "exclude",
		[EDIT_VERIFY] = "verify", [EDIT_LICENSE] = "license",
	};

	return words[kind];
}

const char *
edit_called(const struct edits *e, const struct edit *x)
{
	if (e->is_ldif)
		return "dn";
	return e->is_plan ? "DISTINGUISHEDNAME" : edit_word(x->kind);
}

const char *
edit_path(const struct edits *e, const struct edit *x)
{
	return x->path ? x->path : e->path;
}

bool
edit_is_of_object(const struct edit *e)
{
	return e->kind == EDIT_SET ||
	       (e->kind == EDIT_LICENSE && !e->everyone && !e->dn);
}

const char *
edit_normal(const char *dn, struct arena *a)
{
	struct buf out = { 0 };
	const char *kept = NULL;

	if (dn_normalise(&out, dn) == 0)
		kept = arena_strndup(a, out.data, out.len);
	buf_release(&out);
	return kept;
}
