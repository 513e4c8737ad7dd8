/* By the action: of most objects no more than that has been read. */
#include "report/object_told.h"

#include "base/buf.h"
#include "base/number.h"
#include "report/pass.h"

bool
object_is_told(const struct pass_object *o)
{
	static const bool changes[ACTION_COUNT] = {
		[ACTION_MATCH] = true, [ACTION_UPDATE] = true,
		[ACTION_DELETE] = true, [ACTION_RESTORE] = true,
		[ACTION_BLOCKED] = true,
	};

	return o->work || (o->forecast && changes[o->forecast->action]);
}

void
object_tell_left(struct buf *out, const char *files, uint64_t n)
{
	char count[NUMBER_TEXT];

	if (n && out)
		buf_addf(out, "Not in %s: %s object%s without news; see "
		         "--all\n", files, number_grouped(n, count),
		         n == 1 ? "" : "s");
}
