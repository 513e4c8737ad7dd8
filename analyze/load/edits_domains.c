/* What the domains of AD let edits do. */
#include "analyze/load/sections.h"

#include "analyze/model/model.h"
#include "analyze/whatif/whatif.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/err.h"
#include "base/utf8.h"

/* The forest that DN lies in, as far as is known, and its domain. */
static const char *
domain_of(const struct model *m, const char *dn, struct buf *name,
          const struct domain **d)
{
	dn_domain(name, dn);
	*d = domains_find(&m->domains, buf_text(name));
	return *d ? domains_forest(&m->domains, *d)->name : buf_text(name);
}

/*
 * A move renames, and that only within a domain: into another one of the
 * forest objects go with another SID, and into another forest not at all
 * (Move-ADObject, "TargetServer").
 */
static int
check_move(const struct edits *e, const struct edit *edit,
           const struct model *m, struct err *err)
{
	struct buf names[2] = { 0 };
	const struct domain *x, *y;
	const char *a = domain_of(m, edit->target, &names[0], &x);
	const char *b = domain_of(m, edit->to, &names[1], &y);
	int rc = 0;

	if (ascii_casecmp(a, b) != 0)
		rc = err_usage(err, EDIT_PLACE ": %s is of the forest %s, and "
		               "%s of %s: AD moves nothing to another forest, "
		               "it would be created again there",
		               EDIT_AT(e, edit), edit->target, a, edit->to,
		               b);
	else if (x != y)
		rc = err_usage(err, EDIT_PLACE ": %s is of the domain %s, and "
		               "%s of %s: between domains AD gives another "
		               "SID, which cannot be foreseen; want a place in "
		               "the same domain", EDIT_AT(e, edit),
		               edit->target, buf_text(&names[0]), edit->to,
		               buf_text(&names[1]));
	buf_release(&names[0]);
	buf_release(&names[1]);
	return rc;
}

/* Of what no connector takes nothing comes into the scope of this server. */
static int
check_include(const struct edits *e, const struct edit *edit,
              const struct model *m, struct err *err)
{
	struct buf name = { 0 };
	const struct domain *d;
	int rc = 0;

	domain_of(m, edit->target, &name, &d);
	if (d && d->unconnected)
		rc = err_usage(err, EDIT_PLACE ": no connector of the sync "
		               "server names %s, so that nothing of it comes "
		               "into scope", EDIT_AT(e, edit), d->name);
	buf_release(&name);
	return rc;
}

int
load_check_edit(const struct edits *e, const struct edit *edit,
                const struct model *m, struct err *err)
{
	if (edit->kind == EDIT_MOVE)
		return check_move(e, edit, m, err);
	return edit->kind == EDIT_INCLUDE ? check_include(e, edit, m, err) : 0;
}
