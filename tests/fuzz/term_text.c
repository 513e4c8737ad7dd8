/*
 * Fuzzes what goes to a terminal, and into the heads of LDIF and scripts:
 * whatever the text, nothing of it acts, and a comment stays one.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "base/buf.h"
#include "base/invisible.h"
#include "base/mem.h"
#include "base/term.h"
#include "report/repair/files.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROOM = 300 };

static void
check_seen(const char *text)
{
	size_t left = strlen(text);

	while (left > 0) {
		ucs4_t c;
		int n = u8_mbtoucr(&c, (const uint8_t *)text, left);

		if (n < 1 || invisible_is(c))
			abort();
		text += n;
		left -= (size_t)n;
	}
}

/* Lines of a comment, of printable ASCII. */
static void
check_comment(const char *p)
{
	while (*p) {
		size_t len = strcspn(p, "\r\n");

		if (*p != '#' || strncmp(p + len, "\r\n", 2) != 0)
			abort();
		for (size_t i = 0; i < len; i++)
			if (p[i] < ' ' || p[i] > '~')
				abort();
		p += len + 2;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	char out[ROOM];
	struct buf note = { 0 };

	for (size_t room = 20; room <= ROOM; room += 70) {
		term_safe(out, room, text);
		if (strlen(out) >= room)
			abort();
		check_seen(out);
	}
	check_seen(term_text(text));
	repair_note(&note, text);
	repair_note_command(&note, text);
	check_comment(note.data);
	buf_release(&note);
	free(text);
	return 0;
}
