/* How to mend that another object has an address which is wanted. */
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/told.h"
#include "base/buf.h"
#include "base/utf8.h"

bool
contested_by_name(const struct contested *one)
{
	return strcmp(one->attribute, "userPrincipalName") == 0;
}

const char *
fix_guest(struct check *c, const struct object *o, const struct object *other)
{
	if (!other || other->side != SIDE_TENANT || !object_is_guest(other) ||
	    other->tenant.synced == YES)
		return NULL;
	if (o->kind != KIND_USER)
		return check_textf(c, "In Entra, delete the guest %s, with all "
		                   "that was shared with it, for a guest's "
		                   "addresses cannot be changed",
		                   object_label(other));
	return check_textf(c, "In Entra, convert the guest %s to an internal "
	                   "user, if both are the same person, so that they "
	                   "are matched; or delete it, with all that was "
	                   "shared with it, for a guest's addresses cannot be "
	                   "changed",
	                   object_label(other));
}

/* How the other one, who signs in with it, loses the name. */
struct way { const char *begin, *end; };

/* In tenants of before 2016 it may not follow (b.8, SVCFEAT). */
static const char *
unless_followed(const struct check *c, const struct object *other)
{
	return check_model(c)->features.upn_follows == NO && other &&
	       other->links.account
		? " another sign-in name, once synchronizeUpnForManagedUsers "
		  "is switched on: the tenant does not follow AD's names now,"
		: " another sign-in name";
}

static struct way
way_of(const struct check *c, const struct object *other)
{
	if (other && other->side == SIDE_TENANT)
		return other->tenant.synced == YES
			? (struct way){ "change the sign-in name of the object "
				"of AD that ", " stands for (the tenant "
				"refuses it), or let the account go, if that "
				"object is gone," }
			: (struct way){ "in Entra, give ", " another sign-in "
				"name" };
	if (other && other->forecast.block == BLOCK_CLOUD_MANAGED)
		return (struct way){ "in Entra, give ", " another sign-in "
			"name" };
	return (struct way){ "in AD, give ", unless_followed(c, other) };
}

/* What AD has lost already takes no more than its turn. */
static const char *
fix_order(struct check *c, const struct object *o)
{
	return check_textf(c, "Nothing, if the address should move from the "
	                   "one to the other: should %s come first, the hourly "
	                   "run gives it the address. To lose no mail until "
	                   "then, synchronize its removal from the other "
	                   "first, and then add it here", object_label(o));
}

/* AD's contact takes it from the guest as it is synchronized. */
static const char *
fix_taken(struct check *c, const struct object *o)
{
	return check_textf(c, "Nothing, if the guest can do without the "
	                   "address: they sign in as before. If not, leave %s "
	                   "out of the scope", object_label(o));
}

/* A sign-in name, which counts as an address, or an address. */
static const char *
fix_value(struct check *c, const struct object *o, const struct contested *one)
{
	const char *guest = fix_guest(c, o, one->other);
	const char *what = contested_by_name(one) ? "sign-in name" : "address";

	if (guest)
		return check_textf(c, "%s; or give %s another %s", guest,
		                   object_label(o), what);
	return !contested_by_name(one) ? NULL
		: check_textf(c, "Decide whose it is: remove the address from "
		              "the other object, or give %s another sign-in "
		              "name", object_label(o));
}

/* AD gives the other no such address: it is made of his sign-in name. */
static bool
is_of_their_name(const struct contested *one)
{
	const struct object *other = one->other;
	const char *address = address_body(one->value);

	return other && other->side == SIDE_AD && other->upn &&
	       utf8_same_folded(other->upn, address) &&
	       !(other->mail && utf8_same_folded(other->mail, address)) &&
	       !object_lists(other, address);
}

/* Where the value is that stands in the way; or the address goes. */
const char *
fix_conflict(struct check *c, const struct object *o,
             const struct contested *one)
{
	if (one->how == HAS_KEPT)
		return check_textf(c, "In AD, the other has no such address to "
		                   "remove: see in Exchange Online why its "
		                   "account holds it, or give %s another "
		                   "address", object_label(o));
	if (one->end == QUARANTINE_AWAITED)
		return fix_order(c, o);
	if (one->end == QUARANTINE_TAKEN)
		return fix_taken(c, o);
	if (one->how != HAS_AS_NAME && !is_of_their_name(one))
		return fix_value(c, o, one);
	return check_textf(c, "If the address should be that of %s, %s%s%s "
	                   "first; if not, remove the address of %s",
	                   object_label(o), way_of(c, one->other).begin,
	                   one->who, way_of(c, one->other).end,
	                   object_label(o));
}

static const char fix_several[] =
	"In AD, decide whose address it is, and remove it from the "
	"proxyAddresses of all others: it is not enough to do so at one.";

/* The attributes beside proxyAddresses in which O has it, once each. */
static void
add_kept(struct buf *out, const struct object *o, const char *address)
{
	const struct { const char *attribute, *value; } all[] = {
		{ "mail", o->mail }, { "userPrincipalName", o->upn },
		{ "targetAddress", o->target },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (all[i].value && utf8_same_folded(address_body(
			    all[i].value), address) &&
		    !strstr(buf_text(out), all[i].attribute))
			buf_addf(out, "%s%s", out->len ? " or " : "",
			         all[i].attribute);
}

/*
 * Who loses the value of proxyAddresses has the address all the same where
 * another attribute has it: mail counts as soon as nothing masks it. NULL: no
 * other has, and the rule says enough.
 */
const char *
fix_shared(struct check *c, const struct object *o, const char *address,
           const struct holdings *others)
{
	bool several = others->count > 1;
	const char *fix;
	struct buf where = { 0 };

	add_kept(&where, o, address);
	for (size_t i = 0; i < others->count; i++)
		add_kept(&where, others->items[i].o, address);
	fix = !where.len ? several ? fix_several : NULL
		: check_textf(c, "Decide which object keeps the address; in "
		              "AD, remove it from proxyAddresses of %s, and "
		              "write another value into %s where %s it, too%s",
		              several ? "all others" : "the other",
		              buf_text(&where), several ? "they have"
		              : "the other has", several ? ": it is not enough "
		              "to do so at one" : "");
	buf_release(&where);
	return fix;
}
