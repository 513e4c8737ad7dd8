/* Whether two folders of findings are of one organization, and in order. */
#include "analyze/findings/findings.h"

#include <sys/stat.h>

#include "analyze/findings/manifest.h"
#include "analyze/findings/organization_match.h"
#include "base/err.h"

static int
check_organizations(const struct findings *old, const struct findings *new,
                    struct err *err)
{
	struct organization_mismatch m = organization_match(old, new);
	const char *was = findings_path(old), *is = findings_path(new);

	switch (m.is) {
	case MISMATCH_SID:
		return err_usage(err, "%s: is of another %s than %s: its SID "
		                 "is %s, and was %s", is, m.domain, was,
		                 m.now, m.then);
	case MISMATCH_AD:
		return err_usage(err, "%s: is of %s, and %s of %s: they have "
		                 "no domain of AD in common", is, m.now, was,
		                 m.then);
	case MISMATCH_TENANT:
		return err_usage(err, "%s: is of the tenant %s, and %s of %s",
		                 is, m.now, was, m.then);
	default:
		return 0;
	}
}

static int
check_folders(const struct findings *old, const struct findings *new,
              struct err *err)
{
	struct stat a, b;

	if (stat(findings_path(old), &a) == 0 &&
	    stat(findings_path(new), &b) == 0 && a.st_dev == b.st_dev &&
	    a.st_ino == b.st_ino)
		return err_usage(err, "%s: is given twice: want the findings "
		                 "of two runs", findings_path(new));
	return 0;
}

int
findings_diff_check(const struct findings *old, const struct findings *new,
                    struct err *err)
{
	char was[WHEN_TEXT], is[WHEN_TEXT];

	if (check_folders(old, new, err) < 0 ||
	    check_organizations(old, new, err) < 0)
		return -1;
	if (old->as_of <= new->as_of)
		return 0;
	when_format(old->as_of, was);
	when_format(new->as_of, is);
	return err_usage(err, "%s: is as of %s, which is after %s, as of %s: "
	                 "want the older findings first", findings_path(old),
	                 was, findings_path(new), is);
}
