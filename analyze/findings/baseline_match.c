/* Whether a baseline is an earlier run's of the same AD and tenant. */
#include "analyze/findings/baseline_parts.h"
#include "analyze/findings/organization_match.h"
#include "base/err.h"

static int
match_organization(const struct baseline *b, const struct findings *run,
                   struct err *err)
{
	struct organization_mismatch m = organization_match(b->f, run);

	switch (m.is) {
	case MISMATCH_SID:
		return err_usage(err, "--baseline: %s is of another %s: its "
		                 "SID is %s there, and %s in the snapshots",
		                 b->path, m.domain, m.then, m.now);
	case MISMATCH_AD:
		return err_usage(err, "--baseline: %s is of another AD: it has "
		                 "%s, and the snapshots have %s", b->path,
		                 m.then, m.now);
	case MISMATCH_TENANT:
		return err_usage(err, "--baseline: %s is of another tenant: "
		                 "%s, and the snapshots have %s", b->path,
		                 m.then, m.now);
	default:
		return 0;
	}
}

static int
match_times(const struct baseline *b, const struct findings *run,
            struct err *err)
{
	char then[WHEN_TEXT], now[WHEN_TEXT];

	if (b->f->as_of == WHEN_NONE)
		return err_input(err, "--baseline: %s: its manifest does not "
		                 "say when it judges (asOf)", b->path);
	if (b->f->as_of <= run->as_of)
		return 0;
	when_format(b->f->as_of, then);
	when_format(run->as_of, now);
	return err_usage(err, "--baseline: %s judges as of %s, which is later "
	                 "than this run, %s; want an earlier run's", b->path,
	                 then, now);
}

int
baseline_match(const struct baseline *b, const struct findings *run,
               struct err *err)
{
	return match_times(b, run, err) < 0 ||
	       match_organization(b, run, err) < 0 ? -1 : 0;
}
