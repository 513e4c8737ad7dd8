/* What a collection would read, and how long it would take. */
#include "collect/ad/ad_collect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/record.h"
#include "base/term.h"
#include "collect/ad/ad_forest.h"
#include "collect/ad/ad_order.h"
#include "collect/ad/ad_read.h"
#include "collect/live/live.h"

struct tally {
	struct err worst;        /* its code: that of the run */
	double objects, seconds; /* of the pages that were read */
	double expected;         /* in all, as far as it is known */
	unsigned long searches;
	bool open;               /* some search has more than is known */
};

struct sample {
	long read, expected;     /* expected: 0, it is not known */
	bool more;
	double seconds;
};

/* Reads one page; 0, or -1 with WHY filled. */
static int
take_sample(struct ad_reader *rd, struct ad_domain *d,
            const struct ldap_query *q, struct sample *out,
            struct ldap_failure *why)
{
	struct ldap_link *link = ad_domain_link(d, rd->set, why);
	struct ldap_search *s;
	double began = progress_clock();
	int rc;

	*out = (struct sample){ 0 };
	if (!link)
		return -1;
	s = ldap_search_open(link, q, rd->page);
	ldap_search_limit(s);
	while ((rc = ldap_search_next(s, rd->record, why)) > 0)
		out->read++;
	out->more = ldap_search_has_more(s);
	out->expected = out->more ? ldap_search_estimate(s) : out->read;
	if (out->expected < out->read)
		out->expected = 0;
	out->seconds = progress_clock() - began;
	ldap_search_close(s);
	return rc;
}

/* Keeps ERR if it counts for more than what was there: 2, 4, 5, 6, 3. */
static void
keep_worst(struct err *worst, const struct err *err)
{
	static const enum exit_code order[] = {
		EXIT_DONE, EXIT_PARTIAL, EXIT_NETWORK, EXIT_AUTH, EXIT_INPUT,
		EXIT_USAGE,
	};
	size_t i = sizeof(order) / sizeof(order[0]);

	while (i-- && order[i] != worst->code)
		if (order[i] == err->code) {
			*worst = *err;
			return;
		}
}

/* What a search that failed comes to, as in a collection. */
static void
note_failure(struct tally *t, const struct ad_query *q,
             const struct ldap_failure *why)
{
	struct err err = { .code = EXIT_PARTIAL };

	if (why->fate == FATE_LOST || why->fate == FATE_FINAL ||
	    why->fate == FATE_STOPPED)
		ldap_err(&err, section_title(q->section), why);
	keep_worst(&t->worst, &err);
}

/* The same for a domain that no server could be asked about. */
static void
note_domain(struct tally *t, const struct ad_domain *d)
{
	struct err err;

	printf("%s\n", term_text(d->reason));
	err_input(&err, "%s", d->reason);
	err.code = d->refused ? EXIT_AUTH : EXIT_NETWORK;
	keep_worst(&t->worst, &err);
}

static void
print_sample(const struct sample *s, long page)
{
	if (!s->more)
		printf("%ld objects\n", s->read);
	else if (s->expected)
		printf("about %ld objects in %ld pages\n", s->expected,
		       (s->expected + page - 1) / page);
	else
		printf("more than %ld objects; the server does not say how "
		       "many\n", s->read);
}

static void
add_up(struct tally *t, const struct sample *s)
{
	t->searches++;
	t->objects += (double)s->read;
	t->seconds += s->seconds;
	t->expected += (double)(s->expected ? s->expected : s->read);
	t->open = t->open || (s->more && !s->expected);
}

static void
estimate_query(struct ad_reader *rd, struct ad_domain *d,
               const struct ad_query *q, struct tally *t)
{
	static const char *const reaches[] = {
		[REACH_BASE] = "base", [REACH_CHILDREN] = "one level",
		[REACH_SUBTREE] = "subtree",
	};
	const char *names[AD_ATTRIBUTES_MAX];
	char *base = ad_domain_base(d, q, rd->set);
	char *filter = ad_domain_filter(q, rd->set);
	struct ldap_query query = {
		.base = base, .reach = q->reach, .filter = filter,
		.attributes = names, .deleted = q->deleted,
	};
	struct ldap_failure why;
	struct sample s;

	ad_query_attributes(q, d->server.dialect, names);
	printf("%s: ", section_name(q->section));
	if (take_sample(rd, d, &query, &s, &why) == 0) {
		print_sample(&s, rd->page);
		add_up(t, &s);
	} else if (why.fate == FATE_ABSENT) {
		printf("nothing there\n");
	} else {
		printf("%s\n", term_text(why.text));
		note_failure(t, q, &why);
		if (why.fate == FATE_LOST)
			ad_domain_drop(d);
	}
	printf("    at      %s\n", d->server.url);
	printf("    base    %s (%s)\n", term_text(base), reaches[q->reach]);
	printf("    filter  %s\n", term_text(filter));
	free(base);
	free(filter);
}

static void
print_tally(const struct tally *t, const struct ad_settings *set)
{
	double rate = t->seconds > 0 ? t->objects / t->seconds : 0;
	double minutes;

	if (set->rate && (rate > (double)set->rate || rate <= 0))
		rate = (double)set->rate;
	minutes = rate > 0 ? t->expected / rate / 60 : 0;
	printf("In all %lu searches, %s%.0f objects", t->searches,
	       t->open ? "at least " : "about ", t->expected);
	if (minutes < 1)
		printf(", %sless than a minute\n", t->open ? "perhaps " : "");
	else
		printf(", %s%.0f minutes at %.0f objects a second\n",
		       t->open ? "at least " : "about ", minutes, rate);
}

/* Every search in every domain that it is for, until the user has enough. */
static void
estimate_all(struct ad_reader *rd, struct ad_forest *f, struct tally *t)
{
	for (size_t i = 0; i < ad_query_count(); i++) {
		const struct ad_query *q = ad_query_at(i);
		size_t n = q->place == PLACE_DOMAIN ? f->count : 1;

		for (size_t k = 0; k < n && !interrupt_came(); k++) {
			struct ad_domain *d = &f->domains[k];

			if (q->place == PLACE_DOMAIN ? d->wanted && !d->reason
			    : d->server.config && d->server.schema)
				estimate_query(rd, d, q, t);
		}
	}
	for (size_t k = 0; k < f->count; k++)
		if (f->domains[k].reason)
			note_domain(t, &f->domains[k]);
}

enum exit_code
ad_estimate(const struct ad_order *order, struct err *err)
{
	struct ad_reader rd = { .set = &order->ad, .page = order->ad.page };
	struct ad_forest f;
	struct tally t = { 0 };

	if (ad_forest_open(&f, &order->ad, err) < 0) {
		ad_forest_close(&f);
		return err->code;
	}
	rd.progress = progress_new(PROGRESS_QUIET, 0);
	rd.record = record_new();
	estimate_all(&rd, &f, &t);
	if (interrupt_came()) {
		err_input(&t.worst, "interrupted");
		t.worst.code = EXIT_NETWORK;
	} else {
		print_tally(&t, &order->ad);
	}
	record_free(rd.record);
	progress_free(rd.progress);
	ad_forest_close(&f);
	*err = t.worst;
	return err->code;
}
