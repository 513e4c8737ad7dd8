/* What could be the alias of an object. */
#include "analyze/object/object.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/clean_text.h"
#include "base/invisible_text.h"

bool
recipient_is_marked(const struct object *o)
{
	return o->ad.recipient_type || o->ad.remote_type == YES ||
	       o->ad.home_mdb == YES || o->ad.mailbox_guid.is == YES ||
	       o->ad.display_type != DISPLAY_TYPE_NONE;
}

/* What stands before the @; NULL: nothing does. */
static const char *
local_part(const char *address, struct arena *a)
{
	const char *at = address ? strchr(address, '@') : NULL;

	return at && at != address
		? arena_strndup(a, address, (size_t)(at - address)) : NULL;
}

static const char *
cleaned(const char *text, struct arena *a)
{
	struct buf out = { 0 };

	clean_text(&out, text);
	text = arena_strdup(a, buf_text(&out));
	buf_release(&out);
	return text;
}

size_t
recipient_aliases(const struct object *o,
                  const char *candidates[ALIAS_CANDIDATES], struct arena *a)
{
	const char *all[ALIAS_CANDIDATES] = { 0 };
	size_t n = 0;

	if (o->mail_nickname) {
		all[0] = cleaned(o->mail_nickname, a);
	} else if (recipient_is_marked(o) || o->ad.hidden == YES) {
		all[0] = local_part(object_primary(o), a);
		all[1] = local_part(o->mail, a);
		all[2] = o->sam;
	}
	for (size_t i = 0; i < ALIAS_CANDIDATES; i++)
		if (all[i] && *all[i])
			candidates[n++] = all[i];
	return n;
}
