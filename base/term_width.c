/* What the terminal says of itself goes before what the environment says. */
#include "base/term_width.h"

#include <stdlib.h>
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

size_t
term_width(void)
{
	const char *set = getenv("COLUMNS");
	unsigned long columns = set && *set >= '1' && *set <= '9'
		? strtoul(set, NULL, 10) : 0;
	struct winsize is = { 0 };

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &is) == 0 && is.ws_col)
		return within(is.ws_col);
	return columns ? within(columns) : WIDTH_DEFAULT;
}
