/* Fingerprints: XXH3, and folding that need not look at each letter. */
#include "base/hash.h"

#include <stdbool.h>
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

/* Eight bytes from FROM to TO; the word that they were. */
static inline uint64_t
fold_word(char *to, const char *from)
{
	uint64_t word, low;

	memcpy(&word, from, 8);
	low = lower(word);
	memcpy(to, &low, 8);
	return word;
}

/*
 * LEN bytes in lower case, to where there is room for eight at least; whether
 * they are ASCII.
 */
static bool
fold_ascii(char *to, const char *text, size_t len)
{
	uint64_t word = 0, all = 0;

	for (size_t i = 0; i + 8 <= len; i += 8)
		all |= fold_word(to + i, text + i);
	/* The last eight overlap those before. */
	if (len >= 8)
		return !((all | fold_word(to + len - 8, text + len - 8)) &
		         TOPS);
	memcpy(&word, text, len);
	all = word;
	word = lower(word);
	memcpy(to, &word, 8);
	return !(all & TOPS);
}

uint64_t
hash_folded(const char *text)
{
	return hash_folded_behind("", text);
}

uint64_t
hash_folded_behind(const char *head, const char *text)
{
	size_t first = strlen(head), len = strlen(text);
	struct buf whole = { 0 }, folded = { 0 };
	char small[FOLD_MAX + 8];
	uint64_t hash;

	if (first + len <= FOLD_MAX && fold_ascii(small + first, text, len)) {
		memcpy(small, head, first);
		return checksum_short(small, first + len);
	}
	buf_adds(&whole, head);
	buf_add(&whole, text, len);
	utf8_fold_value(&folded, buf_text(&whole));
	hash = checksum_short(buf_text(&folded), folded.len);
	buf_release(&whole);
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
