/* Fingerprints: XXH3, and folding that need not look at each letter. */
#include "base/hash.h"

#include <string.h>

#include "base/buf.h"
#include "base/checksum.h"
#include "base/utf8.h"

enum { FOLD_MAX = 256 };

uint64_t
hash_bytes(const void *data, size_t len)
{
	return checksum_short(data, len);
}

uint64_t
hash_text(const char *text)
{
	return checksum_short(text, strlen(text));
}

#define EACH UINT64_C(0x0101010101010101)
#define TOPS UINT64_C(0x8080808080808080)

/* Eight letters of ASCII in lower case. */
static uint64_t
lower(uint64_t word)
{
	uint64_t from_a = word + EACH * (0x80 - 'A');
	uint64_t after_z = word + EACH * (0x80 - 'Z' - 1);

	return word | ((from_a ^ after_z) & TOPS) >> 2;
}

uint64_t
hash_folded(const char *text)
{
	size_t len = strlen(text);
	struct buf folded = { 0 };
	char small[FOLD_MAX + 8];
	uint64_t word, all = 0, hash;

	for (size_t i = 0; i < len && len <= FOLD_MAX; i += 8) {
		word = 0;
		memcpy(&word, text + i, len - i < 8 ? len - i : 8);
		all |= word;
		word = lower(word);
		memcpy(small + i, &word, 8);
	}
	if (len <= FOLD_MAX && !(all & TOPS))
		return checksum_short(small, len);
	utf8_fold_value(&folded, text);
	hash = checksum_short(buf_text(&folded), folded.len);
	buf_release(&folded);
	return hash;
}

uint64_t
hash_domain(const char *domain)
{
	struct buf folded = { 0 };
	uint64_t hash;

	if (utf8_is_ascii(domain, strlen(domain)))
		return hash_folded(domain);
	utf8_fold_domain(&folded, domain);
	hash = hash_folded(buf_text(&folded));
	buf_release(&folded);
	return hash;
}
