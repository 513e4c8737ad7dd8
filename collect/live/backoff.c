/* Doubles the pause with each try, with some chance in it. */
#include "collect/live/backoff.h"

#include <stdint.h>
#include <sys/random.h>

static const double longest = 60, spread = 0.25;

/* From 0 to 1. */
static double
chance(void)
{
	uint32_t n = 0;

	if (getrandom(&n, sizeof(n), GRND_NONBLOCK) < 0)
		n = UINT32_MAX / 2;
	return (double)n / UINT32_MAX;
}

double
backoff_seconds(long try)
{
	double seconds = 1;

	while (--try > 0 && seconds < longest)
		seconds *= 2;
	if (seconds > longest)
		seconds = longest;
	return seconds * (1 - spread + 2 * spread * chance());
}
