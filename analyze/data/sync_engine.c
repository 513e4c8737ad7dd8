/* sync-engine.json: until when builds of the sync engine are supported. */
#include "analyze/data/files.h"

#include <string.h>

#include "analyze/data/reader.h"
#include "base/err.h"

struct engine_reader {
	struct data_reader r;
	struct engine_ages *to;
	struct engine_floor *floor;  /* of stops or flaws, being read */
};

static struct engine_ages *
ages(struct data_reader *r)
{
	return ((struct engine_reader *)r)->to;
}

/* ---- builds ---- */

static struct engine_build *
last_build(struct data_reader *r)
{
	return &ages(r)->builds[ages(r)->build_count - 1];
}

static int
read_build_number(struct data_reader *r, const struct json *j)
{
	return data_build(r, j, &last_build(r)->build);
}

static int
read_released(struct data_reader *r, const struct json *j)
{
	const char *day;

	return data_day(r, j, &day, &last_build(r)->released);
}

static int
read_support_ends(struct data_reader *r, const struct json *j)
{
	struct engine_build *b = last_build(r);

	return data_day(r, j, &b->ends_day, &b->ends);
}

static int
read_withdrawn(struct data_reader *r, const struct json *j)
{
	return data_flag(r, j, &last_build(r)->is_withdrawn);
}

static int
read_remark(struct data_reader *r, const struct json *j)
{
	const char *text;

	return data_text(r, j, &text);
}

/* They come in order, so that a build that is not there has neighbours. */
static int
check_order(struct data_reader *r)
{
	const struct engine_ages *to = ages(r);
	const struct engine_build *b = last_build(r);

	if (to->build_count > 1 && build_compare(&b[-1].build.is,
	                                         &b->build.is) >= 0)
		return data_wrong(r, "builds in ascending order");
	return 0;
}

static int
read_build(struct data_reader *r, const struct json *j)
{
	static const struct data_key keys[] = {
		{ "build", DATA_MUST, read_build_number },
		{ "released", DATA_MAY, read_released },
		{ "supportEnds", DATA_MAY, read_support_ends },
		{ "withdrawn", DATA_MAY, read_withdrawn },
		{ "remark", DATA_MAY, read_remark },
		{ 0 }
	};

	ages(r)->builds[ages(r)->build_count++] = (struct engine_build){
		.released = WHEN_NONE, .ends = WHEN_NONE,
	};
	return data_keys(r, j, keys) < 0 ? -1 : check_order(r);
}

static int
read_builds(struct data_reader *r, const struct json *j)
{
	struct engine_ages *to = ages(r);

	to->builds = arena_alloc(r->arena, json_count(j) *
	                         sizeof(*to->builds) + 1);
	return data_each(r, j, read_build);
}

/* ---- what builds below one do not do, or have ---- */

static struct engine_floor *
floor_at_hand(struct data_reader *r)
{
	return ((struct engine_reader *)r)->floor;
}

static int
read_below(struct data_reader *r, const struct json *j)
{
	return data_build(r, j, &floor_at_hand(r)->below);
}

static int
read_from(struct data_reader *r, const struct json *j)
{
	struct engine_floor *f = floor_at_hand(r);

	return data_day(r, j, &f->day, &f->from);
}

static int
read_floor_source(struct data_reader *r, const struct json *j)
{
	return data_text(r, j, &floor_at_hand(r)->source);
}

static int
read_flaw_id(struct data_reader *r, const struct json *j)
{
	return data_text(r, j, &floor_at_hand(r)->id);
}

static int
read_what(struct data_reader *r, const struct json *j)
{
	return data_text(r, j, &floor_at_hand(r)->what);
}

static int
read_floor(struct data_reader *r, const struct json *j,
           struct engine_floor *to, const struct data_key *keys)
{
	((struct engine_reader *)r)->floor = to;
	return data_keys(r, j, keys);
}

static int
read_stop(struct data_reader *r, const struct json *j)
{
	static const struct data_key keys[] = {
		{ "below", DATA_MUST, read_below },
		{ "from", DATA_MUST, read_from },
		{ "source", DATA_MUST, read_floor_source },
		{ 0 }
	};

	return read_floor(r, j, &ages(r)->stops[ages(r)->stop_count++], keys);
}

static int
read_flaw(struct data_reader *r, const struct json *j)
{
	static const struct data_key keys[] = {
		{ "below", DATA_MUST, read_below },
		{ "from", DATA_MUST, read_from },
		{ "id", DATA_MUST, read_flaw_id },
		{ "what", DATA_MUST, read_what },
		{ "source", DATA_MUST, read_floor_source },
		{ 0 }
	};

	return read_floor(r, j, &ages(r)->flaws[ages(r)->flaw_count++], keys);
}

static struct engine_floor *
floors_new(struct data_reader *r, const struct json *j)
{
	size_t size = json_count(j) * sizeof(struct engine_floor);

	return memset(arena_alloc(r->arena, size + 1), 0, size);
}

static int
read_stops(struct data_reader *r, const struct json *j)
{
	ages(r)->stops = floors_new(r, j);
	return data_each(r, j, read_stop);
}

static int
read_flaws(struct data_reader *r, const struct json *j)
{
	ages(r)->flaws = floors_new(r, j);
	return data_each(r, j, read_flaw);
}

/* ---- what features want ---- */

static struct engine_minimum *
last_minimum(struct data_reader *r)
{
	return &ages(r)->minima[ages(r)->minimum_count - 1];
}

static int
read_feature(struct data_reader *r, const struct json *j)
{
	static const char *const words[] = {
		[FEATURE_USER_AUTHORITY] = "user-authority",
		[FEATURE_EXCHANGE_AUTHORITY] = "exchange-authority",
	};
	const char *text = json_string(j);

	for (size_t i = 0; text && i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i], text) == 0) {
			last_minimum(r)->feature = (enum engine_feature)i;
			return 0;
		}
	return data_wrong(r, "user-authority or exchange-authority");
}

static int
read_connect(struct data_reader *r, const struct json *j)
{
	return data_build(r, j, &last_minimum(r)->connect);
}

static int
read_cloud_sync(struct data_reader *r, const struct json *j)
{
	return data_build(r, j, &last_minimum(r)->agent);
}

static int
read_minimum(struct data_reader *r, const struct json *j)
{
	static const struct data_key keys[] = {
		{ "feature", DATA_MUST, read_feature },
		{ "connect", DATA_MUST, read_connect },
		{ "cloudSync", DATA_MAY, read_cloud_sync },
		{ 0 }
	};

	ages(r)->minima[ages(r)->minimum_count++] =
		(struct engine_minimum){ .feature = 0 };
	return data_keys(r, j, keys);
}

static int
read_minima(struct data_reader *r, const struct json *j)
{
	struct engine_ages *to = ages(r);

	to->minima = arena_alloc(r->arena, json_count(j) *
	                         sizeof(*to->minima) + 1);
	return data_each(r, j, read_minimum);
}

int
engine_ages_read(struct engine_ages *to, const char *folder,
                 struct data_file *about, struct arena *a, struct err *err)
{
	static const struct data_key keys[] = {
		{ "builds", DATA_MUST, read_builds },
		{ "stops", DATA_MUST, read_stops },
		{ "flaws", DATA_MUST, read_flaws },
		{ "minima", DATA_MUST, read_minima },
		{ 0 }
	};
	struct engine_reader e = {
		.r = { .arena = a, .about = about, .err = err }, .to = to,
	};
	int rc = data_read(&e.r, folder, "sync-engine.json", keys);

	data_reader_release(&e.r);
	to->as_of = about->as_of;
	to->day = about->day;
	return rc;
}

const struct engine_ages *
data_engine(const struct data *d)
{
	return d ? &d->engine : NULL;
}
