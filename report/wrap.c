/* Lines end at blanks; characters count, not bytes. */
#include "report/wrap.h"

#include <stdio.h>
#include <string.h>

#include "base/term.h"

enum { WRAP_WIDTH = 80 };

/* Of UTF-8, which text is once it is made safe. */
static size_t
characters(const char *text, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += (text[i] & 0xc0) != 0x80;
	return n;
}

void
wrap_print(const char *head, const char *text)
{
	size_t in = strlen(head), at = in;
	const char *word = term_text(text);

	printf("%s", head);
	while (*word) {
		size_t len = strcspn(word, " ");
		size_t need = characters(word, len);

		if (at > in && at + 1 + need > WRAP_WIDTH) {
			printf("\n%*s", (int)in, "");
			at = in;
		} else if (at > in) {
			printf(" ");
			at++;
		}
		printf("%.*s", (int)len, word);
		at += need;
		word += len;
		word += strspn(word, " ");
	}
	printf("\n");
}
