/* The one place that prints warnings: what they quote drives no terminal. */
#include "base/warn.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/err.h"
#include "base/term.h"

static void __attribute__((format(printf, 2, 0)))
say(const char *what, const char *fmt, va_list ap)
{
	char raw[ERR_TEXT_MAX], safe[ERR_TEXT_MAX];

	vsnprintf(raw, sizeof(raw), fmt, ap);
	term_safe(safe, sizeof(safe), raw);
	fprintf(stderr, "syncscope: %s%s\n", what, safe);
}

void
warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say("warning: ", fmt, ap);
	va_end(ap);
}

void
remark(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say("", fmt, ap);
	va_end(ap);
}
