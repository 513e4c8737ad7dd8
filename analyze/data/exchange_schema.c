/*
 * exchange-schema.json: which releases of Exchange Server leave which version
 * of its schema behind.
 */
#include "analyze/data/files.h"

#include "analyze/data/reader.h"
#include "base/err.h"

struct schema_reader {
	struct data_reader r;
	struct exchange_releases *to;
};

static struct exchange_releases *
releases(struct data_reader *r)
{
	return ((struct schema_reader *)r)->to;
}

static struct exchange_release *
last(struct data_reader *r)
{
	return &releases(r)->items[releases(r)->count - 1];
}

static int
read_range_upper(struct data_reader *r, const struct json *j)
{
	return data_number(r, j, &last(r)->range_upper);
}

static int
read_release(struct data_reader *r, const struct json *j)
{
	return data_text(r, j, &last(r)->name);
}

static int
read_schema(struct data_reader *r, const struct json *j)
{
	static const struct data_key keys[] = {
		{ "rangeUpper", DATA_MUST, read_range_upper },
		{ "release", DATA_MUST, read_release },
		{ 0 }
	};
	const struct exchange_release *x;

	releases(r)->items[releases(r)->count++] = (struct exchange_release){
		.name = NULL,
	};
	if (data_keys(r, j, keys) < 0)
		return -1;
	x = last(r);
	if (releases(r)->count > 1 && x[-1].range_upper >= x->range_upper)
		return data_wrong(r, "schemas in ascending order of "
		                     "rangeUpper");
	return 0;
}

static int
read_schemas(struct data_reader *r, const struct json *j)
{
	struct exchange_releases *to = releases(r);

	to->items = arena_alloc(r->arena, json_count(j) *
	                        sizeof(*to->items) + 1);
	return data_each(r, j, read_schema);
}

int
exchange_releases_read(struct exchange_releases *to, const char *folder,
                       struct data_file *about, struct arena *a,
                       struct err *err)
{
	static const struct data_key keys[] = {
		{ "schemas", DATA_MUST, read_schemas },
		{ 0 }
	};
	struct schema_reader s = {
		.r = { .arena = a, .about = about, .err = err }, .to = to,
	};
	int rc = data_read(&s.r, folder, "exchange-schema.json", keys);

	data_reader_release(&s.r);
	return rc;
}

const char *
data_exchange_release(const struct data *d, uint64_t range_upper)
{
	for (size_t i = 0; d && i < d->releases.count; i++)
		if (d->releases.items[i].range_upper == range_upper)
			return d->releases.items[i].name;
	return NULL;
}
