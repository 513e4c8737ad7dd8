/* What the terminal says of itself goes before what the environment says. */
#include "base/term_width.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Narrower than that nothing can be read; wider is no terminal. */
enum { WIDTH_DEFAULT = 80, WIDTH_MIN = 20, WIDTH_MAX = 1000 };

static size_t
within(unsigned long columns)
{
	return columns < WIDTH_MIN ? WIDTH_MIN
		: columns > WIDTH_MAX ? WIDTH_MAX : (size_t)columns;
}

static bool
is_number(const char *text)
{
	return *text >= '1' && *text <= '9' &&
	       text[strspn(text, "0123456789")] == '\0';
}

/* 0: nothing says it. */
static size_t
told(void)
{
	const char *set = getenv("COLUMNS");
	struct winsize is = { 0 };

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &is) == 0 && is.ws_col)
		return within(is.ws_col);
	return set && is_number(set) ? within(strtoul(set, NULL, 10)) : 0;
}

size_t
term_width(void)
{
	size_t width = told();

	return width ? width : WIDTH_DEFAULT;
}

bool
term_width_is_told(void)
{
	return told() > 0;
}
