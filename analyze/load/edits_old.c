/* The values that edits replace: see edits_old.h. */
#include "analyze/load/edits_old.h"

#include "analyze/object/object.h"
#include "analyze/whatif/whatif.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/warn.h"

struct held_value
held_value(const struct edits *e, const struct edit *edit,
           const struct object *o, struct arena *a)
{
	struct held_value out = { .text = edit->old };

	if (!edit->by_value)
		return out;
	out.is = e->is_plan ? setting_meant(edit->setting, o, &out.text)
	                    : setting_has(edit->setting, o, edit->old);
	if (out.text)
		out.text = arena_strdup(a, out.text);
	return out;
}

/* What is replaced has to be there. */
static int
not_held(const struct edits *e, const struct edit *edit, const char *label,
         struct err *err)
{
	if (!edit->old)
		return err_usage(err, "%s:%u: old: %s has a value in the place "
		                 "of which \"value\" would come: want that "
		                 "one", e->path, edit->line, label);
	return err_usage(err, "%s:%u: old: %s has no value \"%s\" there",
	                 e->path, edit->line, label, edit->old);
}

/* As a directory would refuse it, and go on. */
static void
tell_stale(const struct edits *e, const struct edit *edit, const char *label)
{
	if (edit->old)
		warn(EDIT_PLACE ": %s has no %s \"%s\" any more: nothing is "
		     "changed there", EDIT_AT(e, edit), label,
		     setting_name(edit->setting), edit->old);
	else
		warn(EDIT_PLACE ": %s has a value of %s by now: nothing is "
		     "changed there", EDIT_AT(e, edit), label,
		     setting_name(edit->setting));
}

int
held_value_settle(struct edits *e, struct edit *edit,
                  const struct held_value *own,
                  const struct held_value *completing, const char *label,
                  struct err *err)
{
	/* That a list of others lacks it says nothing of the object. */
	bool other = completing->is && completing->text;
	const char *text = own->is ? own->text : completing->text;

	if (!edit->by_value)
		return 0;
	edit->stale = !own->is && !other;
	if (edit->stale && e->is_ldif)
		tell_stale(e, edit, label);
	if (edit->stale)
		return e->is_plan || e->is_ldif ? 0
			: not_held(e, edit, label, err);
	if (text)
		edit->old = arena_strdup(&e->arena, text);
	return 0;
}
