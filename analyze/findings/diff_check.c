/* Whether two folders of findings are of one organization, and in order. */
#include "analyze/findings/findings.h"

#include <string.h>
#include <sys/stat.h>

#include "analyze/findings/manifest.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/utf8.h"

/* The SID is the domain's own; a name may be another's. */
static bool
is_one_domain(const struct judged_domain *a, const struct judged_domain *b)
{
	if (a->sid && b->sid)
		return strcmp(a->sid, b->sid) == 0;
	return !a->name || !b->name || utf8_same_domain(a->name, b->name);
}

static bool
has_domain(const struct findings *f, const struct judged_domain *d)
{
	for (size_t i = 0; i < f->forest_count; i++)
		for (size_t k = 0; k < f->forests[i].domain_count; k++)
			if (is_one_domain(&f->forests[i].domains[k], d))
				return true;
	return false;
}

/* Appends the names of the domains; whether there are any. */
static bool
put_domains(const struct findings *f, struct buf *out)
{
	size_t n = 0;

	for (size_t i = 0; i < f->forest_count; i++)
		for (size_t k = 0; k < f->forests[i].domain_count; k++) {
			const char *name = f->forests[i].domains[k].name;

			buf_addf(out, "%s%s", n++ ? ", " : "",
			         name ? name : "a domain without a name");
		}
	return n;
}

static int
check_domains(const struct findings *old, const struct findings *new,
              struct err *err)
{
	struct buf was = { 0 }, is = { 0 };
	bool both = put_domains(old, &was) && put_domains(new, &is);
	bool common = false;
	int rc = 0;

	for (size_t i = 0; i < new->forest_count; i++)
		for (size_t k = 0; k < new->forests[i].domain_count; k++)
			common = common ||
				has_domain(old, &new->forests[i].domains[k]);
	if (both && !common)
		rc = err_usage(err, "%s: is of %s, and %s of %s: they have no "
		               "domain of AD in common", findings_path(new),
		               buf_text(&is), findings_path(old),
		               buf_text(&was));
	buf_release(&was);
	buf_release(&is);
	return rc;
}

/* What both know of the tenant, and differ in; "" if that is nothing. */
static const char *
other_tenant(const struct judged_tenant *a, const struct judged_tenant *b,
             bool *same)
{
	*same = true;
	if (!a || !b)
		return "";
	if (a->id && b->id) {
		*same = ascii_casecmp(a->id, b->id) == 0;
		return a->id;
	}
	if (a->initial_domain && b->initial_domain)
		*same = utf8_same_domain(a->initial_domain, b->initial_domain);
	return a->initial_domain;
}

static int
check_tenants(const struct findings *old, const struct findings *new,
              struct err *err)
{
	bool same;
	const char *is = other_tenant(new->tenant, old->tenant, &same);
	const char *was = other_tenant(old->tenant, new->tenant, &same);

	if (same)
		return 0;
	return err_usage(err, "%s: is of the tenant %s, and %s of %s",
	                 findings_path(new), is, findings_path(old), was);
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
	    check_domains(old, new, err) < 0 ||
	    check_tenants(old, new, err) < 0)
		return -1;
	if (old->as_of <= new->as_of)
		return 0;
	when_format(old->as_of, was);
	when_format(new->as_of, is);
	return err_usage(err, "%s: is as of %s, which is after %s, as of %s: "
	                 "want the older findings first", findings_path(old),
	                 was, findings_path(new), is);
}
