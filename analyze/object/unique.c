/* Fingerprints of what must be unique. */
#include "analyze/object/unique.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "analyze/object/address.h"
#include "base/base64.h"
#include "base/buf.h"
#include "base/guid.h"
#include "base/hash.h"
#include "base/utf8.h"

/* As " \t\r\n" at either edge, or behind "smtp:", which sync takes away. */
static bool
has_edge(const char *value, size_t len)
{
	return len && (isspace((unsigned char)value[0]) ||
	               isspace((unsigned char)value[len - 1]) ||
	               (len > 5 && value[4] == ':' &&
	                isspace((unsigned char)value[5])));
}

static void
add_trimmed(struct buf *out, const char *value)
{
	size_t len = strlen(value);

	for (; len && isspace((unsigned char)*value); len--)
		value++;
	while (len && isspace((unsigned char)value[len - 1]))
		len--;
	if (len > 5 && address_type(value) <= ADDRESS_SECONDARY) {
		buf_adds(out, "smtp:");
		for (value += 5, len -= 5;
		     len && isspace((unsigned char)*value); len--)
			value++;
	}
	buf_add(out, value, len);
}

static uint64_t
hash_plain(enum unique kind, const char *value)
{
	/* An address is the same as a value of proxyAddresses. */
	static const char *const prefixes[] = {
		[UNIQUE_UPN] = "upn:", [UNIQUE_ADDRESS] = "smtp:",
		[UNIQUE_PROXY] = "", [UNIQUE_MAIL] = "mail:",
		[UNIQUE_ANCHOR] = "anchor:", [UNIQUE_JOIN] = "join:",
		[UNIQUE_SAM] = "sam:", [UNIQUE_ALIAS] = "alias:",
	};

	return hash_folded_behind(prefixes[kind], value);
}

static uint64_t
hash_trimmed(enum unique kind, const char *value)
{
	struct buf text = { 0 };
	uint64_t hash;

	add_trimmed(&text, value);
	hash = hash_plain(kind, buf_text(&text));
	buf_release(&text);
	return hash;
}

uint64_t
unique_hash(enum unique kind, const char *value)
{
	return has_edge(value, strlen(value)) ? hash_trimmed(kind, value)
	                                      : hash_plain(kind, value);
}

uint64_t
unique_hash_anchor(const struct guid *g)
{
	struct buf text = { 0 };
	uint64_t hash;

	base64_encode(&text, g->bytes, GUID_BYTES);
	hash = unique_hash(UNIQUE_ANCHOR, buf_text(&text));
	buf_release(&text);
	return hash;
}

bool
unique_is_same(const char *a, const char *b)
{
	struct buf x = { 0 }, y = { 0 };
	bool is;

	if (unique_hash(UNIQUE_PROXY, a) != unique_hash(UNIQUE_PROXY, b))
		return false;
	add_trimmed(&x, a);
	add_trimmed(&y, b);
	is = utf8_same_folded(buf_text(&x), buf_text(&y));
	buf_release(&x);
	buf_release(&y);
	return is;
}
