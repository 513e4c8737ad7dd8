/* Two readers in step: the findings wait for the object that they are about. */
#include "report/pass.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/known_objects.h"
#include "report/loaded_findings.h"
#include "report/told_key.h"

struct pass {
	struct pass_taker *const *takers;
	size_t count;
	const struct known_objects *known;
	unsigned char *met;      /* objects with findings: bits by number */
	struct findings_reader *findings, *forecasts;    /* or NULL */
	struct finding next;     /* of findings that were not taken yet */
	bool has_next;
	long number;             /* of the object at hand among KNOWN, or -1 */
	struct loaded_findings loaded;
	struct object_work work;
};

static bool
is_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/*
 * Whether both name the object by the best name that they have. Two of one GUID
 * lie in different places.
 */
static bool
is_about(const struct finding *f, const char *guid, const char *dn,
         const char *object)
{
	if (!is_same(f->guid, guid))
		return false;
	if (f->dn && dn)
		return strcmp(f->dn, dn) == 0;
	return guid || (is_same(f->dn, dn) && is_same(f->object, object));
}

static int
read_next(struct pass *p, struct err *err)
{
	int rc = findings_next(p->findings, &p->next, err);

	p->has_next = rc > 0;
	return rc < 0 ? -1 : 0;
}

static int
tell_finding(struct pass *p, const struct finding *f, struct err *err)
{
	for (size_t i = 0; i < p->count; i++) {
		struct pass_taker *t = p->takers[i];

		if (t->finding && t->finding(t, f, err) < 0)
			return -1;
	}
	return 0;
}

static int
give_finding(struct pass *p, struct err *err)
{
	object_work_take(&p->work, &p->next);
	if (tell_finding(p, &p->next, err) < 0)
		return -1;
	return read_next(p, err);
}

static int
give_object(struct pass *p, struct forecast *forecast, struct err *err)
{
	struct pass_object o = {
		.forecast = forecast, .reader = p->forecasts,
		.work = p->work.findings ? &p->work : NULL,
		.is_bare = forecast && p->known && p->number < 0,
	};
	int rc = 0;

	for (size_t i = 0; i < p->count && rc == 0; i++)
		if (p->takers[i]->object)
			rc = p->takers[i]->object(p->takers[i], &o, err);
	if (o.work)
		object_work_clear(&p->work);
	return rc;
}

/* ---- findings in another order ---- */

/* Who takes findings gets them as they stand. */
static int
load(struct pass *p, struct err *err)
{
	p->loaded.is = true;
	while (p->has_next) {
		loaded_add(&p->loaded, &p->next);
		if (tell_finding(p, &p->next, err) < 0 ||
		    read_next(p, err) < 0)
			return -1;
	}
	return 0;
}

static void
take_loaded(struct pass *p, const char *guid, const char *dn,
            const char *object)
{
	const struct finding *f;

	while ((f = loaded_take(&p->loaded, guid, dn, object)))
		object_work_take(&p->work, f);
}

/*
 * Whether the object has findings that are not the next ones. They come once,
 * though the forecast may have two objects of one name.
 */
static bool
is_elsewhere(struct pass *p, const struct forecast *f)
{
	long number = p->met && !p->loaded.is ? p->number : -1;

	if (number < 0 || p->met[number / 8] >> number % 8 & 1)
		return false;
	p->met[number / 8] |= (unsigned char)(1 << number % 8);
	return !p->has_next || !is_about(&p->next, f->guid, f->dn, f->object);
}

/* ---- all of them ---- */

static int
take_findings_of(struct pass *p, const struct forecast *f, struct err *err)
{
	if (p->known)
		p->number = known_object(p->known, told_key(f->guid, f->dn,
		                                              f->object));
	if (is_elsewhere(p, f) && load(p, err) < 0)
		return -1;
	if (p->loaded.is)
		take_loaded(p, f->guid, f->dn, f->object);
	while (p->has_next && is_about(&p->next, f->guid, f->dn, f->object))
		if (give_finding(p, err) < 0)
			return -1;
	return 0;
}

static int
take_forecasts(struct pass *p, struct err *err)
{
	struct forecast f;
	int rc;

	while ((rc = forecast_skim(p->forecasts, &f, err)) > 0)
		if (take_findings_of(p, &f, err) < 0 ||
		    give_object(p, &f, err) < 0)
			return -1;
	return rc;
}

static int
take_rest_loaded(struct pass *p, struct err *err)
{
	const struct finding *f;

	while ((f = loaded_rest(&p->loaded))) {
		take_loaded(p, f->guid, f->dn, f->object);
		if (give_object(p, NULL, err) < 0)
			return -1;
	}
	return 0;
}

/* Of accounts, domains, the tenant; or of all, where no forecast is asked. */
static int
take_rest(struct pass *p, struct err *err)
{
	while (p->has_next) {
		const struct finding *one = &p->work.first;

		if (give_finding(p, err) < 0)
			return -1;
		if (p->has_next &&
		    is_about(&p->next, one->guid, one->dn, one->object))
			continue;
		if (give_object(p, NULL, err) < 0)
			return -1;
	}
	return take_rest_loaded(p, err);
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
	if (reads & PASS_FORECAST && !p->forecasts)
		return -1;
	if (!p->known || !p->findings)
		return 0;
	p->met = xcalloc(p->known->count / 8 + 1, sizeof(*p->met));
	return p->known->scattered ? load(p, err) : 0;
}

int
pass_run(const struct pass_of *of, struct pass_taker *const *takers, size_t n,
         struct err *err)
{
	struct pass p = { .takers = takers, .count = n, .known = of->known };
	int rc = open_readers(&p, of->findings, err);

	if (rc == 0 && p.forecasts)
		rc = take_forecasts(&p, err);
	if (rc == 0)
		rc = take_rest(&p, err);
	findings_reader_close(p.findings);
	findings_reader_close(p.forecasts);
	object_work_release(&p.work);
	loaded_release(&p.loaded);
	free(p.met);
	for (size_t i = 0; i < n && rc == 0; i++)
		if (takers[i]->end)
			rc = takers[i]->end(takers[i], err);
	return rc;
}
