/* Texts of findings. */
#include "analyze/rules/rule.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "analyze/rules/running.h"
#include "base/mem.h"

const char *
check_textf(struct check *c, const char *fmt, ...)
{
	const char *kept;
	char *text = NULL;
	va_list ap;

	if (c->screening)
		return "";
	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		text = NULL;
	va_end(ap);
	kept = arena_strdup(&c->scratch, text ? text : "");
	free(text);
	return kept;
}
