/* exchange-builds.json: versions of Exchange, until when they are supported. */
#include "analyze/data/files.h"

#include <stdio.h>
#include <string.h>

#include "analyze/data/reader.h"
#include "base/err.h"

struct exchange_reader {
	struct data_reader r;
	struct exchange_ages *to;
};

static struct exchange_ages *
ages(struct data_reader *r)
{
	return ((struct exchange_reader *)r)->to;
}

static struct exchange_product *
last(struct data_reader *r)
{
	return &ages(r)->products[ages(r)->count - 1];
}

static int
read_name(struct data_reader *r, const struct json *j)
{
	return data_text(r, j, &last(r)->name);
}

static int
read_from(struct data_reader *r, const struct json *j)
{
	return data_build(r, j, &last(r)->from);
}

static int
read_ends(struct data_reader *r, const struct json *j)
{
	return data_day(r, j, &last(r)->ends_day, &last(r)->ends);
}

static int
read_paid(struct data_reader *r, const struct json *j)
{
	return data_day(r, j, &last(r)->paid_day, &last(r)->paid_until);
}

static int
read_mail_floor(struct data_reader *r, const struct json *j)
{
	return data_build(r, j, &last(r)->mail_floor);
}

static int
read_mail_floor_from(struct data_reader *r, const struct json *j)
{
	return data_day(r, j, &last(r)->mail_floor_day,
	                &last(r)->mail_floor_from);
}

static int
check_product(struct data_reader *r)
{
	const struct exchange_product *p = last(r);

	if (ages(r)->count > 1 &&
	    build_compare(&p[-1].from.is, &p->from.is) >= 0)
		return data_wrong(r, "products in ascending order of from");
	if (!p->mail_floor.text != (p->mail_floor_from == WHEN_NONE))
		return data_wrong(r, "both mailFloor and mailFloorFrom, or "
		                     "neither");
	if (p->paid_day && !p->ends_day)
		return data_wrong(r, "supportEnds beside paidUntil");
	return 0;
}

static int
read_product(struct data_reader *r, const struct json *j)
{
	static const struct data_key keys[] = {
		{ "product", DATA_MUST, read_name },
		{ "from", DATA_MUST, read_from },
		{ "supportEnds", DATA_MAY, read_ends },
		{ "paidUntil", DATA_MAY, read_paid },
		{ "mailFloor", DATA_MAY, read_mail_floor },
		{ "mailFloorFrom", DATA_MAY, read_mail_floor_from },
		{ 0 }
	};

	ages(r)->products[ages(r)->count++] = (struct exchange_product){
		.ends = WHEN_NONE, .paid_until = WHEN_NONE,
		.mail_floor_from = WHEN_NONE,
	};
	return data_keys(r, j, keys) < 0 ? -1 : check_product(r);
}

static int
read_products(struct data_reader *r, const struct json *j)
{
	struct exchange_ages *to = ages(r);

	to->products = arena_alloc(r->arena, json_count(j) *
	                           sizeof(*to->products) + 1);
	return data_each(r, j, read_product);
}

static struct exchange_update *
last_update(struct data_reader *r)
{
	return &ages(r)->updates[ages(r)->update_count - 1];
}

/* A security update changes the fourth number alone. */
static int
read_update_build(struct data_reader *r, const struct json *j)
{
	const char *text = json_string(j);
	char whole[sizeof("65535.65535.65535.0")];

	if (text && strlen(text) + strlen(".0") < sizeof(whole)) {
		snprintf(whole, sizeof(whole), "%s.0", text);
		if (build_parse(&last_update(r)->build, whole) == 0)
			return 0;
	}
	return data_wrong(r, "three numbers such as 15.2.1748");
}

static int
read_update_name(struct data_reader *r, const struct json *j)
{
	return data_text(r, j, &last_update(r)->name);
}

static int
read_update(struct data_reader *r, const struct json *j)
{
	static const struct data_key keys[] = {
		{ "build", DATA_MUST, read_update_build },
		{ "update", DATA_MUST, read_update_name },
		{ 0 }
	};
	const struct exchange_update *u;

	ages(r)->updates[ages(r)->update_count++] = (struct exchange_update){
		.name = NULL,
	};
	if (data_keys(r, j, keys) < 0)
		return -1;
	u = last_update(r);
	if (ages(r)->update_count > 1 &&
	    build_compare(&u[-1].build, &u->build) >= 0)
		return data_wrong(r, "updates in ascending order of build");
	return 0;
}

static int
read_updates(struct data_reader *r, const struct json *j)
{
	struct exchange_ages *to = ages(r);

	to->updates = arena_alloc(r->arena, json_count(j) *
	                          sizeof(*to->updates) + 1);
	return data_each(r, j, read_update);
}

int
exchange_ages_read(struct exchange_ages *to, const char *folder,
                   struct data_file *about, struct arena *a, struct err *err)
{
	static const struct data_key keys[] = {
		{ "products", DATA_MUST, read_products },
		{ "updates", DATA_MUST, read_updates },
		{ 0 }
	};
	struct exchange_reader e = {
		.r = { .arena = a, .about = about, .err = err }, .to = to,
	};
	int rc = data_read(&e.r, folder, "exchange-builds.json", keys);

	data_reader_release(&e.r);
	return rc;
}

static bool
is_of_version(const struct build *a, const struct build *b)
{
	return a->parts[0] == b->parts[0] && a->parts[1] == b->parts[1];
}

/* Whether any build of that version is known: 15.3 is nobody's yet. */
static bool
has_version(const struct exchange_ages *e, const struct build *of)
{
	bool has = false;

	for (size_t i = 0; i < e->count && !has; i++)
		has = is_of_version(&e->products[i].from.is, of);
	for (size_t i = 0; i < e->update_count && !has; i++)
		has = is_of_version(&e->updates[i].build, of);
	return has;
}

const struct exchange_product *
data_exchange(const struct data *d, const struct build *of)
{
	const struct exchange_product *found = NULL;

	for (size_t i = 0; d && i < d->exchange.count; i++)
		if (build_compare(&d->exchange.products[i].from.is, of) <= 0)
			found = &d->exchange.products[i];
	return found && has_version(&d->exchange, of) ? found : NULL;
}

const char *
data_exchange_update(const struct data *d, const struct build *of)
{
	struct build update = *of;

	update.parts[3] = 0;
	for (size_t i = 0; d && i < d->exchange.update_count; i++)
		if (build_compare(&d->exchange.updates[i].build, &update) == 0)
			return d->exchange.updates[i].name;
	return NULL;
}
