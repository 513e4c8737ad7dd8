/* Texts of findings. */
#include "analyze/rules/rule.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "analyze/rules/running.h"
#include "base/buf.h"
#include "base/invisible_text.h"
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

/* It is marked where it is written; what it is decides what to do. */
const char *
check_message(struct check *c, const struct failure *f)
{
	const char *message = f->message;
	struct buf told = { 0 };

	if (message && f->observed && invisible_describe(&told, f->observed))
		message = check_textf(c, "%s (%s)", message, told.data);
	buf_release(&told);
	return message;
}
