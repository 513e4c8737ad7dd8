/*
 * Findings of three forests: what the writer counts of each, what the reader
 * and the view make of it, and what older folders lack. With an argument it
 * writes these findings there, for the reports of tests/report.t.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "analyze/findings/findings.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/file.h"
#include "report/view.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum { DAY = 24 * 60 * 60, NOW = 1773144000 };       /* 2026-03-10 12:00 */

static char work[] = "/tmp/forests-XXXXXX";

/* ---- three forests, one with a name that would act in a page ---- */

static const struct judged_domain odd_domains[] = {
	{ "a<b>.local", "S-1-5-21-3-3-3", "odd", NOW - 40 * DAY, 0 },
};

static const struct judged_domain contoso_domains[] = {
	{ "contoso.com", "S-1-5-21-1-1-1", "contoso", NOW - 1 * DAY, 2 },
	{ "emea.contoso.com", "S-1-5-21-1-1-2", "emea", NOW - 9 * DAY, 1 },
	{ "tailspin.net", NULL, "contoso", NOW - 1 * DAY, 0 },
};

/* A week to the second is not yet old. */
static const struct judged_domain fabrikam_domains[] = {
	{ "fabrikam.local", "S-1-5-21-2-2-2", "fabrikam", NOW - 7 * DAY, 0 },
};

static const struct judged_forest forests[] = {
	{ .name = "a<b>.local", .engine = "Microsoft Entra Cloud Sync",
	  .scope = "members of CN=Pilot,DC=a<b>,DC=local",
	  .domains = odd_domains, .domain_count = COUNT(odd_domains) },
	{ .name = "contoso.com", .engine = "Microsoft Entra Connect 2.6.92.0",
	  .scope = "OU=Staff,DC=contoso,DC=com",
	  .domains = contoso_domains, .domain_count = COUNT(contoso_domains) },
	{ .name = "fabrikam.local",
	  .engine = "Microsoft Entra Connect 2.6.92.0", .scope = "everything",
	  .domains = fabrikam_domains,
	  .domain_count = COUNT(fabrikam_domains) },
};

static const char *const contoso_names[] = { "contoso.com", "tailspin.net" };
static const char *const emea_names[] = { "emea.contoso.com" };
static const char *const odd_names[] = { "a<b>.local" };
static const char *const fabrikam_names[] = { "fabrikam.local" };

#define SNAPSHOT_DIGEST \
	"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static const struct judged_snapshot snapshots[] = {
	{ "tenant", SNAPSHOT_DIGEST, NOW, "present", "tenant", NULL, 0 },
	{ "contoso", SNAPSHOT_DIGEST, NOW - 1 * DAY, "present", "ad",
	  contoso_names, COUNT(contoso_names) },
	{ "other", SNAPSHOT_DIGEST, NOW - 2 * DAY, "other-tenant", "tenant",
	  NULL, 0 },
	{ "fabrikam", SNAPSHOT_DIGEST, NOW - 7 * DAY, "present", "ad",
	  fabrikam_names, COUNT(fabrikam_names) },
	{ "emea", SNAPSHOT_DIGEST, NOW - 9 * DAY, "present", "ad",
	  emea_names, COUNT(emea_names) },
	{ "odd", SNAPSHOT_DIGEST, NOW - 40 * DAY, "present", "ad",
	  odd_names, COUNT(odd_names) },
};

static const struct judged_section sections[] = {
	{ "contoso", "ad.users", "AD users", "complete", NULL, 76 },
	{ "emea", "ad.users", "AD users", "partial", "cut off", 1 },
	{ "fabrikam", "ad.users", "AD users", "complete", NULL, 12 },
	{ "odd", "ad.users", "AD users", "complete", NULL, 3 },
	{ "tenant", "tenant.users", "tenant users", "complete", NULL, 5 },
};

#define RULE_TEXTS \
	.why = "Because.", .fix = "Mend it.", .source = "test"

static const struct rule_result results[] = {
	{ .id = "proxy-duplicate", .severity = SEVERITY_HIGH,
	  .title = "Address that several objects have", RULE_TEXTS,
	  .outcome = OUTCOME_FOUND, .findings = 4, .objects = 4 },
	{ .id = "mail-missing", .severity = SEVERITY_MEDIUM,
	  .title = "User without mail address in AD", RULE_TEXTS,
	  .outcome = OUTCOME_FOUND, .findings = 81, .objects = 81,
	  .reason = "emea.contoso.com: AD users: mail not collected; AD users "
	            "only in part: cut off; a<b>.local: AD contacts not "
	            "collected" },
	{ .id = "orphan", .severity = SEVERITY_HIGH,
	  .title = "Account without an object in AD", RULE_TEXTS,
	  .outcome = OUTCOME_FOUND, .findings = 1, .objects = 1 },
	{ .id = "moved-out-of-scope", .severity = SEVERITY_CRITICAL,
	  .title = "Moved out of the sync scope", RULE_TEXTS,
	  .outcome = OUTCOME_NOT_ASSESSED,
	  .reason = "contoso.com, fabrikam.local: needs an older AD snapshot" },
	{ .id = "restorable", .severity = SEVERITY_LOW,
	  .title = "Deleted account that could come back", RULE_TEXTS,
	  .outcome = OUTCOME_NOT_ASSESSED,
	  .reason = "tenant deleted users not collected" },
	{ .id = "alias-malformed", .severity = SEVERITY_MEDIUM,
	  .title = "Malformed alias", RULE_TEXTS, .outcome = OUTCOME_CLEAN },
	{ .id = "linked", .severity = SEVERITY_MEDIUM,
	  .title = "Linked mailbox", RULE_TEXTS,
	  .outcome = OUTCOME_NOT_APPLICABLE,
	  .reason = "there is no linked mailbox" },
};

static const struct not_known not_known[] = {
	{ "user", "emea.contoso.com: AD users only in part: cut off" },
};

static const struct judged_tenant tenant = {
	.id = "11111111-2222-4333-8444-555555555555",
	.initial_domain = "contoso.onmicrosoft.com", .snapshot = "tenant",
};

static const struct findings head = {
	.as_of = NOW, .tool_version = "syncscope test",
	.policy_name = "policy.json", .policy_digest = SNAPSHOT_DIGEST,
	.scope_text = "by forest", .engine_text = "by forest",
	.tenant = &tenant,
	.forests = forests, .forest_count = COUNT(forests),
	.snapshots = snapshots, .snapshot_count = COUNT(snapshots),
	.sections = sections, .section_count = COUNT(sections),
	.rules = results, .rule_count = COUNT(results),
	.not_known = not_known, .not_known_count = COUNT(not_known),
};

/* Where objects lie, and how many of each place lack a mail address. */
static const struct place {
	const char *forest, *domain, *base;
	int objects, lacking;
} places[] = {
	{ "contoso.com", "contoso.com", "OU=Staff,DC=contoso,DC=com", 75, 70 },
	{ "contoso.com", "emea.contoso.com", "OU=Staff,DC=emea,DC=contoso,"
	  "DC=com", 1, 0 },
	{ "fabrikam.local", "fabrikam.local", "OU=Staff,DC=fabrikam,DC=local",
	  12, 9 },
	{ "a<b>.local", "a<b>.local", "OU=Staff,DC=a<b>,DC=local", 3, 2 },
};

/* An address of two: each has a finding that names the other's forest. */
static const struct crossing {
	const char *forest, *domain, *other, *upn, *dn, *guid;
	enum status status;
} crossings[] = {
	{ "contoso.com", "emea.contoso.com", "fabrikam.local",
	  "ann@contoso.com", "CN=Ann,OU=Staff,DC=emea,DC=contoso,DC=com",
	  "00000000-0000-4000-8000-0000000000a1", STATUS_OPEN },
	{ "fabrikam.local", "fabrikam.local", "contoso.com",
	  "ann@fabrikam.local", "CN=Ann,OU=Staff,DC=fabrikam,DC=local",
	  "00000000-0000-4000-8000-0000000000a2", STATUS_WAIVED },
	{ "a<b>.local", "a<b>.local", "contoso.com", "<i>bob</i>@a.local",
	  "CN=<i>Bob</i>,OU=Staff,DC=a<b>,DC=local",
	  "00000000-0000-4000-8000-0000000000a3", STATUS_OPEN },
	{ "contoso.com", "contoso.com", NULL, "cy@contoso.com",
	  "CN=Cy,OU=Staff,DC=contoso,DC=com",
	  "00000000-0000-4000-8000-0000000000a4", STATUS_OPEN },
};

static void
put_crossings(struct findings_batch *b)
{
	for (size_t i = 0; i < COUNT(crossings); i++) {
		const struct crossing *c = &crossings[i];
		struct finding f = {
			.rule = "proxy-duplicate", .severity = SEVERITY_HIGH,
			.status = c->status, .class = "user", .dn = c->dn,
			.guid = c->guid, .upn = c->upn,
			.attribute = "proxyAddresses",
			.observed = "smtp:ann@contoso.com",
			.message = "another object has smtp:ann@contoso.com",
			.fix = "Mend it.", .source = "test",
			.snapshot = c->domain, .forest = c->forest,
			.domain = c->domain, .other_forest = c->other,
		};

		findings_put(b, &f);
		findings_put_forecast(b, &(struct forecast){
			.dn = c->dn, .guid = c->guid, .class = "user",
			.in_scope = true, .action = ACTION_BLOCKED,
			.match = MATCH_CONFLICT, .upn = c->upn,
			.confidence = CONFIDENCE_UNCERTAIN,
			.readiness = c->status == STATUS_OPEN
				? READINESS_BLOCKED : READINESS_READY,
			.forest = c->forest, .domain = c->domain,
		});
	}
}

/* An account that no forest has. */
static void
put_orphan(struct findings_batch *b)
{
	struct finding f = {
		.rule = "orphan", .severity = SEVERITY_HIGH, .class = "user",
		.guid = "00000000-0000-4000-8000-0000000000ff",
		.upn = "gone@contoso.com", .message = "has no object in AD",
		.fix = "Mend it.", .source = "test", .snapshot = "tenant",
	};

	findings_put(b, &f);
}

static void
put_object(struct findings_batch *b, const struct place *p, int i)
{
	bool lacks = i < p->lacking;
	char dn[128], guid[64], sam[32];
	struct forecast o = {
		.dn = dn, .guid = guid, .class = i % 5 ? "user" : "group",
		.sam = sam, .in_scope = true, .scope_reason = "in its OU",
		.action = i % 3 ? ACTION_CREATE : ACTION_UPDATE,
		.match = i % 3 ? MATCH_CREATE : MATCH_SYNCED,
		.readiness = lacks ? READINESS_WARNING : i % 2
			? READINESS_BLOCKED : READINESS_READY,
		.forest = p->forest, .domain = p->domain,
	};
	struct finding f = {
		.rule = "mail-missing", .severity = SEVERITY_MEDIUM,
		.class = "user", .dn = dn, .guid = guid, .attribute = "mail",
		.message = "has no mail address", .fix = "Mend it.",
		.source = "test", .snapshot = "ad", .forest = p->forest,
		.domain = p->domain,
	};

	snprintf(sam, sizeof(sam), "p%d", i);
	snprintf(dn, sizeof(dn), "CN=P%d,%s", i, p->base);
	snprintf(guid, sizeof(guid), "00000000-0000-4000-80%02zu-%012d",
	         (size_t)(p - places), i);
	findings_put_forecast(b, &o);
	if (lacks)
		findings_put(b, &f);
}

/* Two batches, of which each is used again. */
static int
write_findings(const char *path, struct err *err)
{
	struct findings_writer *w = findings_create(path, FOLDER_NEW, err);
	struct findings_batch b[2] = { { .digest = NULL } };

	if (!w)
		return -1;
	put_crossings(&b[1]);
	put_orphan(&b[1]);
	findings_add(w, &b[1]);
	for (size_t i = 0; i < COUNT(places); i++) {
		for (int k = 0; k < places[i].objects; k++)
			put_object(&b[i % 2], &places[i], k);
		findings_add(w, &b[i % 2]);
	}
	findings_batch_release(&b[0]);
	findings_batch_release(&b[1]);
	return findings_commit(w, &head, err);
}

/* ---- tests ---- */

static void
remove_all(const char *folder)
{
	static const char *const names[] = {
		"manifest.json", "findings.ndjson", "forecast.ndjson"
	};

	for (size_t i = 0; i < COUNT(names); i++) {
		char *path = path_join(folder, names[i]);

		unlink(path);
		free(path);
	}
	rmdir(folder);
}

static struct findings *
opened(void)
{
	struct err err = { 0 };
	struct findings *f = findings_open(work, &err);

	if (!f)
		fail_msg("%s", err.text);
	return f;
}

static void
test_manifest(void **state)
{
	struct findings *f = opened();
	struct err err = { 0 };
	uint64_t n;

	(void)state;
	assert_int_equal(findings_verify(work, &n, &err), 0);
	assert_int_equal(n, 86);
	assert_string_equal(f->tenant->id, tenant.id);
	assert_string_equal(f->tenant->initial_domain, tenant.initial_domain);
	assert_string_equal(f->tenant->snapshot, "tenant");
	assert_int_equal(f->snapshots[1].domain_count, 2);
	assert_string_equal(f->snapshots[1].domains[1], "tailspin.net");
	assert_int_equal(f->snapshots[0].domain_count, 0);
	assert_int_equal(f->forest_count, COUNT(forests));
	for (size_t i = 0; i < COUNT(forests); i++) {
		const struct judged_forest *a = &f->forests[i];
		const struct judged_forest *b = &forests[i];

		assert_string_equal(a->name, b->name);
		assert_string_equal(a->engine, b->engine);
		assert_string_equal(a->scope, b->scope);
		assert_int_equal(a->domain_count, b->domain_count);
		for (size_t k = 0; k < b->domain_count; k++) {
			assert_string_equal(a->domains[k].name,
			                    b->domains[k].name);
			assert_string_equal(a->domains[k].snapshot,
			                    b->domains[k].snapshot);
			assert_int_equal(a->domains[k].collected,
			                 b->domains[k].collected);
			assert_int_equal(a->domains[k].history,
			                 b->domains[k].history);
		}
	}
	assert_null(f->forests[1].domains[2].sid);
	assert_string_equal(f->forests[1].domains[1].sid, "S-1-5-21-1-1-2");
	findings_close(f);
}

/* What the files say of each forest is what the manifest counts. */
static void
test_counts(void **state)
{
	struct findings *f = opened();
	struct judged_forest sums[COUNT(forests)] = { { .name = NULL } };
	uint64_t forestless = 0;
	struct err err = { 0 };
	struct findings_reader *r = findings_read(f, &err);
	struct finding one;
	struct forecast o;

	(void)state;
	while (findings_next(r, &one, &err) > 0) {
		size_t i = 0;

		while (i < COUNT(forests) && (!one.forest ||
		       strcmp(forests[i].name, one.forest) != 0))
			i++;
		if (one.status == STATUS_OPEN && i < COUNT(forests))
			sums[i].by_severity[one.severity]++;
		forestless += i == COUNT(forests);
		assert_true(!one.forest == !one.domain);
	}
	findings_reader_close(r);
	r = forecast_read(f, &err);
	while (forecast_next(r, &o, &err) > 0)
		for (size_t i = 0; i < COUNT(forests); i++)
			if (strcmp(forests[i].name, o.forest) == 0) {
				sums[i].by_readiness[o.readiness]++;
				sums[i].by_action[o.action]++;
			}
	findings_reader_close(r);
	assert_int_equal(forestless, 1);
	assert_int_equal(sums[1].by_severity[SEVERITY_HIGH], 2);
	assert_int_equal(sums[2].by_severity[SEVERITY_HIGH], 0);
	for (size_t i = 0; i < COUNT(forests); i++) {
		assert_memory_equal(sums[i].by_severity,
		                    f->forests[i].by_severity,
		                    sizeof(sums[i].by_severity));
		assert_memory_equal(sums[i].by_readiness,
		                    f->forests[i].by_readiness,
		                    sizeof(sums[i].by_readiness));
		assert_memory_equal(sums[i].by_action,
		                    f->forests[i].by_action,
		                    sizeof(sums[i].by_action));
	}
	findings_close(f);
}

static void
test_crossing(void **state)
{
	struct findings *f = opened();
	struct err err = { 0 };
	struct findings_reader *r = findings_read(f, &err);
	struct arena a = { 0 };
	struct finding one, copy;

	(void)state;
	for (size_t i = 0; i < COUNT(crossings); i++) {
		assert_int_equal(findings_next(r, &one, &err), 1);
		copy = finding_copy(&one, &a);
		assert_string_equal(copy.forest, crossings[i].forest);
		assert_string_equal(copy.domain, crossings[i].domain);
		if (crossings[i].other)
			assert_string_equal(copy.other_forest,
			                    crossings[i].other);
		else
			assert_null(copy.other_forest);
	}
	findings_reader_close(r);
	arena_release(&a);
	findings_close(f);
}

/* What has no forest counts for the one without a name. */
static void
test_nameless(void **state)
{
	static const struct judged_forest nameless = { .engine = "none" };
	static const struct findings one = {
		.tool_version = "test", .forests = &nameless, .forest_count = 1,
	};
	char folder[] = "/tmp/forests-nameless-XXXXXX";
	struct findings_batch b = { 0 };
	struct err err = { 0 };
	struct findings_writer *w;
	struct findings *f;

	(void)state;
	assert_non_null(mkdtemp(folder));
	w = findings_create(folder, FOLDER_NEW, &err);
	assert_non_null(w);
	put_orphan(&b);
	findings_put_forecast(&b, &(struct forecast){
		.dn = "CN=A", .class = "user", .action = ACTION_DELETE,
		.readiness = READINESS_BLOCKED,
	});
	findings_add(w, &b);
	findings_batch_release(&b);
	assert_int_equal(findings_commit(w, &one, &err), 0);
	f = findings_open(folder, &err);
	assert_non_null(f);
	assert_null(f->forests[0].name);
	assert_int_equal(f->forests[0].domain_count, 0);
	assert_int_equal(f->forests[0].by_severity[SEVERITY_HIGH], 1);
	assert_int_equal(f->forests[0].by_readiness[READINESS_BLOCKED], 1);
	assert_int_equal(f->forests[0].by_action[ACTION_DELETE], 1);
	findings_close(f);
	remove_all(folder);
}

/* Where an object lies is no part of what it is known by. */
static void
test_fingerprint(void **state)
{
	struct finding f = { .rule = "r", .guid = "1", .message = "m" };
	struct findings_batch b = { 0 };
	const char *print[2];

	(void)state;
	findings_put(&b, &f);
	f.forest = "contoso.com";
	f.domain = "emea.contoso.com";
	f.other_forest = "fabrikam.local";
	findings_put(&b, &f);
	print[0] = strstr(buf_text(&b.findings), "\"fingerprint\"");
	print[1] = strstr(print[0] + 1, "\"fingerprint\"");
	assert_memory_equal(print[0], print[1], strlen("\"fingerprint\":\"")
	                    + 32);
	findings_batch_release(&b);
}

static void
test_view(void **state)
{
	static const struct {
		unsigned days[3];
		size_t whole, not_whole;
		uint64_t blockers;
		const char *told;
	} want[COUNT(forests)] = {
		{ { 40 }, 4, 2, 1, "2026-01-29" },
		{ { 0, 9, 0 }, 3, 3, 2, "2026-03-01 to 2026-03-09" },
		{ { 0 }, 4, 2, 0, "2026-03-03" },
	};
	struct findings *f = opened();
	struct err err = { 0 };
	struct view *v = view_new(f, NULL, &err);

	(void)state;
	assert_int_equal(v->forests.count, COUNT(forests));
	for (size_t i = 0; i < COUNT(forests); i++) {
		const struct told_forest *forest = &v->forests.items[i];
		char told[FOREST_DAYS];
		bool old = false;

		for (size_t k = 0; k < forests[i].domain_count; k++) {
			assert_int_equal(forests_days_old(&v->forests,
			                 &forest->forest->domains[k]),
			                 want[i].days[k]);
			old |= want[i].days[k] > 0;
		}
		forest_days(forest, told);
		assert_string_equal(told, want[i].told);
		assert_int_equal(forest->is_old, old);
		assert_int_equal(forest->whole, want[i].whole);
		assert_int_equal(forest->not_whole, want[i].not_whole);
		assert_int_equal(forest->blockers, want[i].blockers);
	}
	assert_int_equal(v->crossing_count, 3);
	assert_int_equal(v->crossing_shown, 3);
	assert_true(v->has_forestless);
	view_free(v);
	findings_close(f);
}

/* A large forest leaves room for the others. */
static void
test_share(void **state)
{
	static const uint64_t all[] = { 0, 2, 70, 9 };
	static const size_t shown[] = { 0, 2, VIEW_SHOWN / 3, VIEW_SHOWN / 3 };
	struct findings *f = opened();
	struct err err = { 0 };
	struct view *v = view_new(f, NULL, &err);
	size_t got[COUNT(all)] = { 0 };
	const struct view_rule *r = NULL;

	(void)state;
	for (size_t i = 0; i < v->rule_count; i++)
		if (strcmp(v->rules[i].rule->id, "mail-missing") == 0)
			r = &v->rules[i];
	assert_non_null(r);
	for (size_t i = 0; i < r->shown_count; i++)
		got[forests_number(&v->forests, r->shown[i].forest)]++;
	assert_memory_equal(r->by_forest, all, sizeof(all));
	assert_memory_equal(got, shown, sizeof(shown));
	assert_int_equal(forests_number(&v->forests, "CONTOSO.com"), 2);
	assert_int_equal(forests_number(&v->forests, "nowhere.example"), 0);
	assert_int_equal(forests_number(&v->forests, NULL), 0);
	view_free(v);
	findings_close(f);
}

static void
test_reasons(void **state)
{
	static const struct {
		const char *reason;
		size_t parts;
		const char *domain;
		bool about;
	} cases[] = {
		{ NULL, 0, "x.nl", false }, { "", 0, "x.nl", false },
		{ "AD users not collected", 1, "x.nl", true },
		{ "not known; collect it", 1, "x.nl", true },
		{ "AD users: mail, cn not collected", 1, "x.nl", true },
		{ "X.nl: AD users not collected", 1, "x.nl", true },
		{ "a.x.nl: AD users not collected", 1, "x.nl", false },
		{ "x.nl.a: AD users not collected", 1, "x.nl", false },
		{ "a.nl, x.nl: no; b.nl: nor there", 2, "x.nl", true },
		{ "a.nl: no; nor groups; b.nl: nor there", 2, "x.nl", false },
		{ "no groups; a.nl: no; b.nl: nor there", 3, "x.nl", true },
		{ "a.nl, b.nl no; x.nl", 1, "x.nl", true },
		{ "a.nl: no", 1, NULL, false }, { "no", 1, NULL, true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *reason = cases[i].reason;
		bool about = reason_is_about(reason, cases[i].domain);

		if (reason_parts(reason) != cases[i].parts)
			fail_msg("\"%s\" has %zu parts", reason,
			         reason_parts(reason));
		if (about != cases[i].about)
			fail_msg("\"%s\" and %s", cases[i].reason,
			         cases[i].domain);
	}
}

/* ---- a folder that was written before ---- */

static void
put_file(const char *folder, const char *name, const char *text)
{
	char *path = path_join(folder, name);
	struct err err = { 0 };
	struct outfile *f = outfile_open(path, OUTFILE_SAFE, &err);

	assert_non_null(f);
	outfile_adds(f, text);
	assert_int_equal(outfile_commit(f, NULL, &err), 0);
	free(path);
}

static void
test_old(void **state)
{
	static const char finding[] = "{\"rule\":\"r\",\"severity\":\"high\","
		"\"status\":\"open\",\"message\":\"m\"}\n";
	static const char forecast[] = "{\"dn\":\"CN=A\",\"class\":\"user\","
		"\"confidence\":\"derived\",\"readiness\":\"ready\"}\n";
	char folder[] = "/tmp/forests-old-XXXXXX";
	char of_finding[DIGEST_TEXT], of_forecast[DIGEST_TEXT];
	char of_nothing[DIGEST_TEXT], text[2048];
	struct err err = { 0 };
	struct finding one;
	struct forecast o;
	struct findings_reader *r;
	struct findings *f;
	struct view *v;

	(void)state;
	assert_non_null(mkdtemp(folder));
	digest_of(finding, sizeof(finding) - 1, of_finding);
	digest_of(forecast, sizeof(forecast) - 1, of_forecast);
	digest_of("", 0, of_nothing);
	snprintf(text, sizeof(text), "{\"format\":\"syncscope-findings\","
	         "\"version\":1,\"snapshots\":[{\"name\":\"s\"}],\"rules\":"
	         "[{\"id\":\"r\",\"severity\":\"high\",\"outcome\":\"found\"}],"
	         "\"causes\":{\"count\":0,\"sha256\":\"%s\"},"
	         "\"findings\":{\"count\":1,\"sha256\":\"%s\"},"
	         "\"forecast\":{\"count\":1,\"sha256\":\"%s\"}}",
	         of_nothing, of_finding, of_forecast);
	put_file(folder, "causes.ndjson", "");
	put_file(folder, "findings.ndjson", finding);
	put_file(folder, "forecast.ndjson", forecast);
	put_file(folder, "manifest.json", text);
	f = findings_open(folder, &err);
	assert_non_null(f);
	assert_null(f->tenant);
	assert_int_equal(f->forest_count, 0);
	assert_int_equal(f->snapshots[0].domain_count, 0);
	r = findings_read(f, &err);
	assert_int_equal(findings_next(r, &one, &err), 1);
	assert_null(one.forest);
	assert_null(one.domain);
	assert_null(one.other_forest);
	findings_reader_close(r);
	r = forecast_read(f, &err);
	assert_int_equal(forecast_next(r, &o, &err), 1);
	assert_null(o.forest);
	assert_null(o.domain);
	findings_reader_close(r);
	v = view_new(f, NULL, &err);
	assert_non_null(v);
	assert_int_equal(v->forests.count, 0);
	assert_int_equal(v->rules[0].shown_count, 1);
	view_free(v);
	findings_close(f);
	remove_all(folder);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_manifest), cmocka_unit_test(test_counts),
		cmocka_unit_test(test_crossing),
		cmocka_unit_test(test_nameless),
		cmocka_unit_test(test_fingerprint),
		cmocka_unit_test(test_view), cmocka_unit_test(test_share),
		cmocka_unit_test(test_reasons), cmocka_unit_test(test_old),
	};
	struct err err = { 0 };
	int failed;

	if (argc > 1 ? write_findings(argv[1], &err) < 0
	    : !mkdtemp(work) || write_findings(work, &err) < 0) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	if (argc > 1)
		return 0;
	cmocka_set_message_output(CM_OUTPUT_TAP);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	remove_all(work);
	return failed;
}
