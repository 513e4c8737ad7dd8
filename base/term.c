/* Which characters a terminal may not get, and what stands for them. */
#include "base/term.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistr.h>

/* Characters that drive a terminal or reorder what it shows. */
static int
is_unsafe(ucs4_t uc)
{
	return uc < 0x20 || (uc >= 0x7f && uc <= 0x9f) ||
	       uc == 0x061c || uc == 0x200e || uc == 0x200f ||
	       (uc >= 0x2028 && uc <= 0x202e) ||
	       (uc >= 0x2066 && uc <= 0x2069);
}

void
term_safe(char *out, size_t size, const char *text)
{
	static const char more[] = "...";
	const uint8_t *p = (const uint8_t *)text;
	size_t left = strlen(text), used = 0;

	while (left > 0) {
		ucs4_t uc;
		int n = u8_mbtoucr(&uc, p, left);
		int bad = n < 1 || is_unsafe(uc);
		size_t take = n < 1 ? 1 : (size_t)n;
		size_t need = bad ? 4 * take : take;

		if (used + need + sizeof(more) > size) {
			memcpy(out + used, more, sizeof(more));
			return;
		}
		for (size_t i = 0; i < take; i++) {
			if (bad)
				used += (size_t)sprintf(out + used, "\\x%02x",
				                        p[i]);
			else
				out[used++] = (char)p[i];
		}
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
