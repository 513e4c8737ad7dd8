/* The one place that prints warnings: what they quote drives no terminal. */
#include "base/warn.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/err.h"
#include "base/term.h"

void
warn(const char *fmt, ...)
{
	char raw[ERR_TEXT_MAX], safe[ERR_TEXT_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(raw, sizeof(raw), fmt, ap);
	va_end(ap);
	term_safe(safe, sizeof(safe), raw);
	fprintf(stderr, "syncscope: warning: %s\n", safe);
}
