/*
 * Fuzzes files of waivers: what is taken can be applied, twice with the same
 * outcome, and what is refused is told in a sentence.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/waivers/waivers.h"
#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct finding example = {
	.rule = "mail-missing", .class = "user", .attribute = "mail",
	.guid = "0f1d4a3e-7c52-4b8e-9a60-5d2e8c7b1f34",
	.dn = "CN=a,OU=A,OU=B,DC=x", .upn = "a@b.example", .message = "m",
	.observed = "\xc3\xa4",
};

static void
apply(struct waivers *w)
{
	struct finding first = example, second = example;
	const struct findings f = { .as_of = 0 };
	struct guid_set none = { 0 };
	struct arena a = { 0 };

	waivers_set_time(w, 1800000000);
	waivers_apply(w, &first);
	waivers_apply(w, &second);
	if (first.status != second.status || first.waiver != second.waiver)
		abort();
	waivers_describe(w, &f, &none, &a);
	arena_release(&a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct waivers *w = waivers_new(NULL);
	struct err err = { 0 };

	if (waivers_parse(w, "waivers", (const char *)data, size, &err) == 0)
		apply(w);
	else if (err.code != EXIT_USAGE || !*err.text)
		abort();
	waivers_free(w);
	return 0;
}
