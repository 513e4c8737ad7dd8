/* How each syntax is read; see value_read.h. */
#include "collect/import/value_read.h"

enum value_verdict
value_read(enum value_syntax syntax, const struct value *v,
           struct value_reading *out)
{
	(void)syntax;
	(void)v;
	(void)out;
	return VERDICT_CANONICAL;
}

void
value_reading_release(struct value_reading *r)
{
	buf_release(&r->value);
	buf_release(&r->text);
}
