/* What scripts share: see files.h. */
#include <string.h>

#include "base/buf.h"
#include "base/powershell.h"
#include "report/repair/files.h"

void
script_put_mark(struct buf *out)
{
	buf_adds(out, "\xef\xbb\xbf");
}

void
script_put_fixed(struct buf *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\n')
			buf_addc(out, '\r');
		buf_addc(out, text[i]);
	}
}

void
script_put_member(struct buf *out, const char *indent, const char *name,
                  const char *value)
{
	buf_addf(out, "%s%s = ", indent, name);
	if (value)
		powershell_quote(out, value);
	else
		buf_adds(out, "$null");
	buf_adds(out, "\r\n");
}
