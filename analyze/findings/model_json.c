/* What the forecast explains of accounts that are in sync. */
#include "analyze/findings/model_json.h"

#include "base/json.h"

void
findings_put_explained(struct findings_batch *b)
{
	b->model.in_sync++;
	b->model.explained++;
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
	};

	for (int i = 0; i < DIFFERING_COUNT; i++)
		of.differing[i] = json_count_of(
			differing, differing_name((enum differing)i));
	return of;
}
