/* Bits of the bytes to stop at: plain C, SSE2 and AVX2. */
#include "base/json_mask.h"

#include <string.h>

#ifdef __x86_64__
#include <immintrin.h>
#endif

#define EACH UINT64_C(0x0101010101010101)
#define TOPS UINT64_C(0x8080808080808080)

/* Gathers the top bits of eight bytes into one byte, the first byte lowest. */
static uint64_t
gather(uint64_t tops)
{
	return (tops >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

/* The top bit of each byte of WORD that is zero; exact in every byte. */
static uint64_t
zero_bytes(uint64_t word)
{
	return ~(((word & ~TOPS) + ~TOPS) | word) & TOPS;
}

static uint64_t
stops_of(uint64_t word)
{
	uint64_t quote = zero_bytes(word ^ EACH * '"');
	uint64_t slash = zero_bytes(word ^ EACH * '\\');
	uint64_t control = zero_bytes(word & EACH * 0xe0);

	return quote | slash | control;
}

static void
mask_plain(const char *text, size_t groups, uint64_t *stop, uint64_t *high)
{
	for (size_t g = 0; g < groups; g++) {
		stop[g] = high[g] = 0;
		for (unsigned i = 0; i < JSON_GROUP; i += 8) {
			uint64_t word = 0;

			for (unsigned k = 0; k < 8; k++)
				word |= (uint64_t)(unsigned char)*text++
				        << 8 * k;
			stop[g] |= gather(stops_of(word)) << i;
			high[g] |= gather(word & TOPS) << i;
		}
	}
}

#ifdef __x86_64__

static void
mask_sse2(const char *text, size_t groups, uint64_t *stop, uint64_t *high)
{
	const __m128i quote = _mm_set1_epi8('"'), slash = _mm_set1_epi8('\\');
	const __m128i control = _mm_set1_epi8(0x1f);

	for (size_t g = 0; g < groups; g++) {
		stop[g] = high[g] = 0;
		for (unsigned i = 0; i < JSON_GROUP; i += 16, text += 16) {
			__m128i v = _mm_loadu_si128((const __m128i *)text);
			__m128i s = _mm_or_si128(
				_mm_or_si128(_mm_cmpeq_epi8(v, quote),
				             _mm_cmpeq_epi8(v, slash)),
				_mm_cmpeq_epi8(_mm_min_epu8(v, control), v));

			stop[g] |= (uint64_t)(unsigned)_mm_movemask_epi8(s)
			           << i;
			high[g] |= (uint64_t)(unsigned)_mm_movemask_epi8(v)
			           << i;
		}
	}
}

__attribute__((target("avx2"))) static void
mask_avx2(const char *text, size_t groups, uint64_t *stop, uint64_t *high)
{
	const __m256i quote = _mm256_set1_epi8('"');
	const __m256i slash = _mm256_set1_epi8('\\');
	const __m256i control = _mm256_set1_epi8(0x1f);

	for (size_t g = 0; g < groups; g++) {
		stop[g] = high[g] = 0;
		for (unsigned i = 0; i < JSON_GROUP; i += 32, text += 32) {
			__m256i v = _mm256_loadu_si256((const __m256i *)text);
			__m256i s = _mm256_or_si256(
				_mm256_or_si256(_mm256_cmpeq_epi8(v, quote),
				                _mm256_cmpeq_epi8(v, slash)),
				_mm256_cmpeq_epi8(_mm256_min_epu8(v, control),
				                  v));

			stop[g] |= (uint64_t)(unsigned)_mm256_movemask_epi8(s)
			           << i;
			high[g] |= (uint64_t)(unsigned)_mm256_movemask_epi8(v)
			           << i;
		}
	}
}

#else

#define mask_sse2 mask_plain
#define mask_avx2 mask_plain

#endif

bool
json_way_works(enum json_way way)
{
#ifdef __x86_64__
	return way != JSON_AVX2 || __builtin_cpu_supports("avx2");
#else
	return way == JSON_PLAIN;
#endif
}

enum json_way
json_best_way(void)
{
	enum json_way way = JSON_AVX2;

	while (!json_way_works(way))
		way--;
	return way;
}

void
json_mask(enum json_way way, const char *text, size_t groups, uint64_t *stop,
          uint64_t *high)
{
	static void (*const ways[JSON_WAYS])(const char *, size_t, uint64_t *,
	                                     uint64_t *) = {
		[JSON_PLAIN] = mask_plain, [JSON_SSE2] = mask_sse2,
		[JSON_AVX2] = mask_avx2,
	};

	ways[way](text, groups, stop, high);
}
