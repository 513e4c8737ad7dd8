/* Single quotes hold all but themselves. */
#include "base/shell.h"

#include <string.h>

#include "base/buf.h"

static const char plain[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	"@%+=:,./_-";

bool
shell_is_plain(const char *word)
{
	return *word && *word != '-' && word[strspn(word, plain)] == '\0';
}

void
shell_quote(struct buf *out, const char *word)
{
	if (shell_is_plain(word)) {
		buf_adds(out, word);
		return;
	}
	/* Behind a path, a hyphen begins no option. */
	buf_adds(out, *word == '-' ? "./'" : "'");
	for (; *word; word++) {
		if (*word == '\'')
			buf_adds(out, "'\\''");
		else
			buf_addc(out, *word);
	}
	buf_addc(out, '\'');
}
