/* Fingerprints of what must be unique. */
#include "analyze/object/unique.h"

#include <string.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/guid.h"
#include "base/hash.h"

enum { SHORT = 248 };

uint64_t
unique_hash(enum unique kind, const char *value)
{
	/* An address is the same as a value of proxyAddresses. */
	static const char *const prefixes[] = {
		[UNIQUE_UPN] = "upn:", [UNIQUE_ADDRESS] = "smtp:",
		[UNIQUE_PROXY] = "", [UNIQUE_MAIL] = "mail:",
		[UNIQUE_ANCHOR] = "anchor:", [UNIQUE_JOIN] = "join:",
		[UNIQUE_SAM] = "sam:",
	};
	const char *prefix = prefixes[kind];
	size_t head = strlen(prefix), len = strlen(value);
	char small[SHORT + 8];
	struct buf text = { 0 };
	uint64_t hash;

	if (!head)
		return hash_folded(value);
	if (len <= SHORT) {
		memcpy(small, prefix, head);
		memcpy(small + head, value, len + 1);
		return hash_folded(small);
	}
	buf_adds(&text, prefix);
	buf_add(&text, value, len);
	hash = hash_folded(text.data);
	buf_release(&text);
	return hash;
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
