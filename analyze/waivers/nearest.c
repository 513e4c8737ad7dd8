/* What somebody may have meant who named a rule that there is not. */
#include "analyze/waivers/waiver.h"

#include <string.h>

enum { NEAR_MAX = 64, NEAR_ENOUGH = 4 };

static size_t
least(size_t a, size_t b, size_t c)
{
	size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/* How many letters have to be changed, put in or left out. */
static size_t
distance(const char *a, const char *b)
{
	size_t costs[NEAR_MAX + 1], n = strlen(b);

	for (size_t k = 0; k <= n; k++)
		costs[k] = k;
	for (size_t i = 0; a[i]; i++) {
		size_t corner = costs[0];

		costs[0] = i + 1;
		for (size_t k = 1; k <= n; k++) {
			size_t above = costs[k];

			costs[k] = least(above + 1, costs[k - 1] + 1,
			                 corner + (a[i] != b[k - 1]));
			corner = above;
		}
	}
	return costs[n];
}

const char *
nearest_rule(const struct waivable_rules *rules, const char *word)
{
	size_t best = NEAR_ENOUGH;
	const char *found = NULL;

	if (strlen(word) > NEAR_MAX)
		return NULL;
	for (size_t i = 0; i < rules->count; i++) {
		const char *id = rules->ids[i];
		size_t far = strlen(id) > NEAR_MAX ? best : distance(word, id);

		if (far < best && far < strlen(word)) {
			best = far;
			found = id;
		}
	}
	return found;
}
