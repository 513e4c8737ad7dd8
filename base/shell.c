/* Single quotes hold all but themselves. */
#include "base/shell.h"

#include <string.h>

#include "base/buf.h"
#include "base/term.h"

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
	/* A hyphen needs no quotes, and they do not help against it. */
	if (shell_is_plain(*word == '-' ? word + 1 : word)) {
		buf_adds(out, word);
		return;
	}
	buf_addc(out, '\'');
	for (; *word; word++) {
		if (*word == '\'')
			buf_adds(out, "'\\''");
		else
			buf_addc(out, *word);
	}
	buf_addc(out, '\'');
}

bool
shell_is_sayable(const char *word)
{
	return strcmp(term_text(word), word) == 0;
}

void
shell_put_path(struct buf *out, const char *path, const char *placeholder)
{
	if (!shell_is_sayable(path)) {
		buf_adds(out, placeholder);
		return;
	}
	/* Behind a folder, a hyphen begins no option. */
	if (*path == '-')
		buf_adds(out, "./");
	shell_quote(out, path);
}

void
shell_put_name(struct buf *out, const char *name, const char *placeholder)
{
	if (!shell_is_sayable(name)) {
		buf_adds(out, placeholder);
		return;
	}
	if (*name == '-')
		buf_adds(out, "-- ");
	shell_quote(out, name);
}
