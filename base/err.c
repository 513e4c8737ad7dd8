/* Failures as values: whoever knows the place fills a struct err once. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/term.h"

static int
fill(struct err *err, enum exit_code code, const char *fmt, va_list ap)
	__attribute__((format(printf, 3, 0)));

static int
fill(struct err *err, enum exit_code code, const char *fmt, va_list ap)
{
	char raw[ERR_TEXT_MAX];

	vsnprintf(raw, sizeof(raw), fmt, ap);
	term_safe(err->text, sizeof(err->text), raw);
	err->code = code;
	return -1;
}

int
err_input(struct err *err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fill(err, EXIT_INPUT, fmt, ap);
	va_end(ap);
	return -1;
}

int
err_usage(struct err *err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fill(err, EXIT_USAGE, fmt, ap);
	va_end(ap);
	return -1;
}

int
err_internal(struct err *err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fill(err, EXIT_INTERNAL, fmt, ap);
	va_end(ap);
	return -1;
}

int
err_auth(struct err *err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fill(err, EXIT_AUTH, fmt, ap);
	va_end(ap);
	return -1;
}

int
err_network(struct err *err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fill(err, EXIT_NETWORK, fmt, ap);
	va_end(ap);
	return -1;
}

int
err_prefix(struct err *err, const char *fmt, ...)
{
	struct err old = *err;
	char head[ERR_TEXT_MAX / 2];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(head, sizeof(head), fmt, ap);
	va_end(ap);
	switch (old.code) {
	case EXIT_INPUT:
		return err_input(err, "%s: %s", head, old.text);
	case EXIT_USAGE:
		return err_usage(err, "%s: %s", head, old.text);
	default:
		err_internal(err, "%s: %s", head, old.text);
		err->code = old.code;
		return -1;
	}
}

int
err_add(struct err *err, const char *fmt, ...)
{
	size_t len = strlen(err->text);
	char tail[ERR_TEXT_MAX / 2];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(tail, sizeof(tail), fmt, ap);
	va_end(ap);
	term_safe(err->text + len, sizeof(err->text) - len, tail);
	return -1;
}
