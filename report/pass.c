/* Two readers in step: the findings wait for the object that they are about. */
#include "report/pass.h"

#include <string.h>

struct pass {
	struct pass_taker *const *takers;
	size_t count;
	struct findings_reader *findings, *forecasts;    /* or NULL */
	struct finding next;     /* of findings that were not taken yet */
	bool has_next;
	struct object_work work;
};

static bool
is_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Whether both name the object by the best name that they have. */
static bool
is_about(const struct finding *f, const char *guid, const char *dn,
         const char *object)
{
	if (f->guid || guid)
		return is_same(f->guid, guid);
	if (f->dn || dn)
		return is_same(f->dn, dn);
	return is_same(f->object, object);
}

static int
read_next(struct pass *p, struct err *err)
{
	int rc = findings_next(p->findings, &p->next, err);

	p->has_next = rc > 0;
	return rc < 0 ? -1 : 0;
}

static int
take_finding(struct pass *p, struct err *err)
{
	object_work_take(&p->work, &p->next);
	for (size_t i = 0; i < p->count; i++) {
		struct pass_taker *t = p->takers[i];

		if (t->finding && t->finding(t, &p->next, err) < 0)
			return -1;
	}
	return read_next(p, err);
}

static int
take_object(struct pass *p, struct forecast *forecast, struct err *err)
{
	struct pass_object o = {
		.forecast = forecast, .reader = p->forecasts,
		.work = p->work.findings ? &p->work : NULL,
	};
	int rc = 0;

	for (size_t i = 0; i < p->count && rc == 0; i++)
		if (p->takers[i]->object)
			rc = p->takers[i]->object(p->takers[i], &o, err);
	if (o.work)
		object_work_clear(&p->work);
	return rc;
}

static int
take_forecasts(struct pass *p, struct err *err)
{
	struct forecast f;
	int rc;

	while ((rc = forecast_skim(p->forecasts, &f, err)) > 0) {
		while (p->has_next &&
		       is_about(&p->next, f.guid, f.dn, f.object))
			if (take_finding(p, err) < 0)
				return -1;
		if (take_object(p, &f, err) < 0)
			return -1;
	}
	return rc;
}

/* Of accounts, domains, the tenant; or of all, where no forecast is asked. */
static int
take_rest(struct pass *p, struct err *err)
{
	while (p->has_next) {
		const struct finding *one;

		if (take_finding(p, err) < 0)
			return -1;
		one = &p->work.first;
		if (p->has_next &&
		    is_about(&p->next, one->guid, one->dn, one->object))
			continue;
		if (take_object(p, NULL, err) < 0)
			return -1;
	}
	return 0;
}

int
pass_fill(struct pass_object *o, struct err *err)
{
	if (o->filled)
		return 0;
	o->filled = true;
	return forecast_fill(o->reader, o->forecast, err);
}

static int
open_readers(struct pass *p, const struct findings *f, struct err *err)
{
	unsigned reads = 0;

	for (size_t i = 0; i < p->count; i++)
		reads |= p->takers[i]->reads;
	if (reads & PASS_FINDINGS) {
		p->findings = findings_read(f, err);
		if (!p->findings || read_next(p, err) < 0)
			return -1;
	}
	if (reads & PASS_FORECAST)
		p->forecasts = forecast_read(f, err);
	return reads & PASS_FORECAST && !p->forecasts ? -1 : 0;
}

int
pass_run(const struct findings *f, struct pass_taker *const *takers, size_t n,
         struct err *err)
{
	struct pass p = { .takers = takers, .count = n };
	int rc = open_readers(&p, f, err);

	if (rc == 0 && p.forecasts)
		rc = take_forecasts(&p, err);
	if (rc == 0)
		rc = take_rest(&p, err);
	findings_reader_close(p.findings);
	findings_reader_close(p.forecasts);
	object_work_release(&p.work);
	for (size_t i = 0; i < n && rc == 0; i++)
		if (takers[i]->end)
			rc = takers[i]->end(takers[i], err);
	return rc;
}
