/* Which characters a terminal may not get, and what stands for them. */
#include "base/term.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <unistr.h>

#include "base/invisible.h"

/* Appends what stands for a character that may not be shown, to OUT. */
static size_t
name_character(char out[16], ucs4_t uc, const uint8_t *bytes, size_t n)
{
	size_t used = 0;

	if (uc >= 0xA0)
		return (size_t)snprintf(out, 16, "<U+%04X>", (unsigned)uc);
	for (size_t i = 0; i < n; i++)
		used += (size_t)snprintf(out + used, 16 - used, "\\x%02x",
		                         bytes[i]);
	return used;
}

void
term_safe(char *out, size_t size, const char *text)
{
	static const char more[] = "...";
	const uint8_t *p = (const uint8_t *)text;
	size_t left = strlen(text), used = 0;

	while (left > 0) {
		ucs4_t uc = 0;
		int n = u8_mbtoucr(&uc, p, left);
		size_t take = n < 1 ? 1 : (size_t)n, need = take;
		const char *from = (const char *)p;
		char name[16];

		if (n < 1 || invisible_is(uc)) {
			need = name_character(name, n < 1 ? 0 : uc, p, take);
			from = name;
		}
		if (used + need + sizeof(more) > size) {
			memcpy(out + used, more, sizeof(more));
			return;
		}
		memcpy(out + used, from, need);
		used += need;
		p += take;
		left -= take;
	}
	out[used] = '\0';
}

const char *
term_text(const char *text)
{
	static char slots[4][2048];
	static unsigned next;
	char *slot = slots[next++ % 4];

	term_safe(slot, sizeof(slots[0]), text);
	return slot;
}

static bool
has_styles(void)
{
	const char *off = getenv("NO_COLOR"), *kind = getenv("TERM");

	return isatty(STDOUT_FILENO) == 1 && !(off && *off) && kind &&
	       *kind && strcmp(kind, "dumb") != 0;
}

const char *
term_style(enum term_style s)
{
	/* Select graphic rendition, ECMA-48 8.3.117. */
	static const char *const styles[TERM_STYLES] = {
		[TERM_BAD] = "\033[31m", [TERM_WARN] = "\033[33m",
		[TERM_GOOD] = "\033[32m", [TERM_BOLD] = "\033[1m",
		[TERM_END] = "\033[0m",
	};

	return has_styles() ? styles[s] : "";
}
