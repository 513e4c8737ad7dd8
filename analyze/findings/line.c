/* Pieces of lines. */
#include "analyze/findings/line.h"

#include <string.h>

#include "base/buf.h"
#include "base/json.h"

enum { TEXT_MAX_BYTES = 64 << 10 };      /* of one value in a line */

const struct finding_key finding_texts[FINDING_TEXTS] = {
	{ "class", offsetof(struct finding, class) },
	{ "dn", offsetof(struct finding, dn) },
	{ "guid", offsetof(struct finding, guid) },
	{ "upn", offsetof(struct finding, upn) },
	{ "attribute", offsetof(struct finding, attribute) },
	{ "observed", offsetof(struct finding, observed) },
	{ "expected", offsetof(struct finding, expected) },
	{ "message", offsetof(struct finding, message) },
	{ "fix", offsetof(struct finding, fix) },
	{ "source", offsetof(struct finding, source) },
	{ "snapshot", offsetof(struct finding, snapshot) },
	{ "fingerprint", offsetof(struct finding, fingerprint) },
};

const char **
finding_text(struct finding *f, size_t i)
{
	return (const char **)((char *)f + finding_texts[i].member);
}

/* Keys are ours and plain; each but the first comes after a comma. */
static void
put_key(struct buf *out, const char *key)
{
	buf_adds(out, ",\"");
	buf_adds(out, key);
	buf_adds(out, "\":");
}

/* Where TEXT is cut if it is monstrous: before a character. */
static size_t
bounded(const char *text)
{
	size_t len = strlen(text);

	if (len <= TEXT_MAX_BYTES)
		return len;
	len = TEXT_MAX_BYTES;
	while (len > 0 && (text[len] & 0xc0) == 0x80)
		len--;
	return len;
}

static void
put_value(struct buf *out, const char *text)
{
	if (text)
		json_put_string(out, text, bounded(text));
	else
		buf_adds(out, "null");
}

void
line_text(struct buf *out, const char *key, const char *text)
{
	put_key(out, key);
	put_value(out, text);
}

void
line_first(struct buf *out, const char *key, const char *text)
{
	buf_addf(out, "{\"%s\":", key);
	put_value(out, text);
}

void
line_word(struct buf *out, const char *key, const char *word)
{
	put_key(out, key);
	buf_adds(out, word);
}

void
line_list(struct buf *out, const char *key, const char *const *list, size_t n)
{
	put_key(out, key);
	buf_addc(out, '[');
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_addc(out, ',');
		json_put_string(out, list[i], strlen(list[i]));
	}
	buf_addc(out, ']');
}
