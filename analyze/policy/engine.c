/* The sync engine's password defects. */
#include "analyze/policy/policy.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

/* 2015-11-01: no build with the fix existed before that month. */
#define FIX_RELEASED ((when_t)1446336000)

/*
 * 2023-10-01: Azure AD Connect V1 and all before it was cut off ("Decommission
 * Azure AD Connect V1"): whatever is said of the engine, it has the fix since.
 */
#define OLD_CUT_OFF ((when_t)1696118400)

static const struct build fixed = { { 1, 0, 9125, 0 } };

static const char *const engines[] = {
	[ENGINE_UNKNOWN] = "sync engine",
	[ENGINE_DIRSYNC] = "DirSync",
	[ENGINE_AADSYNC] = "Azure AD Sync",
	[ENGINE_CONNECT] = "Microsoft Entra Connect Sync",
	[ENGINE_CLOUD_SYNC] = "Cloud Sync",
};

/* HEAD, TEXT and TAIL as one. */
static const char *
joined(struct arena *a, const char *head, const char *text, const char *tail)
{
	char out[256];

	snprintf(out, sizeof(out), "%s%.64s%s", head, text, tail);
	return arena_strdup(a, out);
}

/*
 * The first build with the fix runs since that day, so that what ran before had
 * none.
 */
static struct defect_verdict
before_fix(const char *day, enum defect defect, struct arena *a)
{
	return (struct defect_verdict){
		defect, defect == DEFECT_YES
		? joined(a, "until ", day, " the sync engine was older than "
		         "build 1.0.9125.0")
		: joined(a, "only until ", day, " the sync engine was older "
		         "than build 1.0.9125.0")
	};
}

/* The build now is fixed; what was it at the time of the event? */
static struct defect_verdict
before_upgrade(const struct policy *p, when_t after, when_t by,
               struct arena *a)
{
	char day[WHEN_TEXT];

	if (p->upgraded == WHEN_NONE) {
		if (after >= FIX_RELEASED)
			return (struct defect_verdict){ DEFECT_NO, NULL };
		return (struct defect_verdict){
			DEFECT_UNKNOWN, "it is not known when the sync engine "
			"reached build 1.0.9125.0"
		};
	}
	if (after >= p->upgraded)
		return (struct defect_verdict){ DEFECT_NO, NULL };
	when_format_day(p->upgraded, day);
	if (build_compare(&p->version, &fixed) == 0)
		return before_fix(day, by < p->upgraded ? DEFECT_YES
		                  : DEFECT_UNKNOWN, a);
	return (struct defect_verdict){
		DEFECT_UNKNOWN,
		joined(a, "the build of the sync engine before its upgrade on ",
		       day, " is not known")
	};
}

struct defect_verdict
engine_defect(const struct policy *p, when_t after, when_t by,
              struct arena *a)
{
	/* None without the fix synchronized anything from then on. */
	if (p->engine == ENGINE_CLOUD_SYNC || after >= OLD_CUT_OFF)
		return (struct defect_verdict){ DEFECT_NO, NULL };
	if (by < FIX_RELEASED)
		return (struct defect_verdict){
			DEFECT_YES, "no sync engine of that time had the fix "
			"of November 2015 (build 1.0.9125.0)"
		};
	if (p->engine == ENGINE_DIRSYNC || p->engine == ENGINE_AADSYNC)
		return (struct defect_verdict){
			DEFECT_YES,
			joined(a, "", engines[p->engine], " never had the fix "
			       "of Microsoft Entra Connect Sync 1.0.9125.0")
		};
	if (!p->has_version)
		return (struct defect_verdict){
			DEFECT_UNKNOWN, "the build of the sync engine is not "
			"known; those before 1.0.9125.0 have the defect"
		};
	if (build_compare(&p->version, &fixed) < 0)
		return (struct defect_verdict){
			DEFECT_YES,
			joined(a, "the sync engine's build ", p->version_text,
			       " is older than 1.0.9125.0")
		};
	return before_upgrade(p, after, by, a);
}

/* Builds before 2.0.3.0, which has the second endpoint, take fewer. */
size_t
engine_member_limit(const struct policy *p)
{
	static const struct build second = { { 2, 0, 3, 0 } };
	bool few = p->engine == ENGINE_CLOUD_SYNC ||
	           p->engine == ENGINE_DIRSYNC || p->engine == ENGINE_AADSYNC
	           || (p->has_version &&
	               build_compare(&p->version, &second) < 0);

	return few ? 50000 : 250000;
}

const char *
engine_text(const struct policy *p, struct arena *a)
{
	char out[256], day[WHEN_TEXT];
	int n;

	if (p->engine == ENGINE_UNKNOWN && !p->has_version)
		return "not known";
	n = snprintf(out, sizeof(out), "%s", engines[p->engine]);

	if (p->has_version)
		n += snprintf(out + n, sizeof(out) - (size_t)n, ", build %.64s",
		              p->version_text);
	else
		n += snprintf(out + n, sizeof(out) - (size_t)n,
		              " of unknown build");
	if (p->upgraded != WHEN_NONE) {
		when_format_day(p->upgraded, day);
		snprintf(out + n, sizeof(out) - (size_t)n, ", since %s", day);
	}
	return arena_strdup(a, out);
}
