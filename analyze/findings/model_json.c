/* What the forecast explains of accounts that are in sync. */
#include "analyze/findings/model_json.h"

#include <inttypes.h>

#include "base/buf.h"
#include "base/json.h"

void
findings_put_explained(struct findings_batch *b)
{
	b->model.in_sync++;
	b->model.explained++;
}

void
findings_put_erring(struct findings_batch *b)
{
	b->model.erring++;
}

void
findings_put_differing(struct findings_batch *b, enum differing in)
{
	b->model.in_sync++;
	b->model.differing[in]++;
}

void
model_move(struct model_sums *to, struct model_sums *from)
{
	to->in_sync += from->in_sync;
	to->explained += from->explained;
	to->erring += from->erring;
	for (int i = 0; i < DIFFERING_COUNT; i++)
		to->differing[i] += from->differing[i];
	*from = (struct model_sums){ 0 };
}

void
model_to_json(struct json *o, const struct model_sums *of)
{
	struct json *e;

	if (!of->in_sync)
		return;
	e = json_add_object(o, "model");
	json_add_count(e, "inSync", of->in_sync);
	json_add_count(e, "explained", of->explained);
	if (of->erring)
		json_add_count(e, "erring", of->erring);
	e = json_add_object(e, "differing");
	for (int i = 0; i < DIFFERING_COUNT; i++)
		if (of->differing[i])
			json_add_count(e, differing_name((enum differing)i),
			               of->differing[i]);
}

struct model_sums
model_from_json(const struct json *tree)
{
	const struct json *differing = json_get(tree, "differing");
	struct model_sums of = {
		.in_sync = json_count_of(tree, "inSync"),
		.explained = json_count_of(tree, "explained"),
		.erring = json_count_of(tree, "erring"),
	};

	for (int i = 0; i < DIFFERING_COUNT; i++)
		of.differing[i] = json_count_of(
			differing, differing_name((enum differing)i));
	return of;
}

/* Never 100 % where something differs, nor nought where something agrees. */
static void
add_share(struct buf *out, uint64_t part, uint64_t whole)
{
	uint64_t tenths = (uint64_t)((double)part * 1000 / (double)whole);

	if (part && !tenths)
		tenths = 1;
	buf_addf(out, "%" PRIu64 ".%" PRIu64 " %%", tenths / 10, tenths % 10);
}

bool
model_tell(const struct model_sums *s, struct buf *out)
{
	const char *before = "; the others differ first in ";

	if (!s->in_sync)
		return false;
	buf_adds(out, "it explains ");
	add_share(out, s->explained, s->in_sync);
	buf_addf(out, " of %" PRIu64 " object%s that %s in sync", s->in_sync,
	         s->in_sync == 1 ? "" : "s", s->in_sync == 1 ? "is" : "are");
	for (int i = 0; i < DIFFERING_COUNT; i++) {
		if (!s->differing[i])
			continue;
		buf_addf(out, "%s%s (%" PRIu64 ")", before,
		         differing_name((enum differing)i), s->differing[i]);
		before = ", ";
	}
	if (s->erring)
		buf_addf(out, "; %" PRIu64 " more are left out, of which the "
		         "tenant reports errors", s->erring);
	return true;
}
