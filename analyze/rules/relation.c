/* What two findings have to do with each other. */
#include "analyze/rules/relation.h"

#include <string.h>

#include "base/buf.h"
#include "base/invisible_text.h"
#include "base/utf8.h"

static bool
is_same_guid(const struct guid *a, const struct guid *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

/* Whether both are known to be one object, or it and its account. */
static bool
is_same_party(const struct party *a, const struct party *b)
{
	return (a->has_ad && b->has_ad && is_same_guid(&a->ad, &b->ad)) ||
	       (a->has_account && b->has_account &&
	        is_same_guid(&a->account, &b->account));
}

static bool
have_same_value(const struct pending *root, const struct pending *f)
{
	return address_is_same(root->finding.observed, f->finding.observed);
}

static bool
have_same_attribute(const struct pending *root, const struct pending *f)
{
	return root->finding.attribute && f->finding.attribute &&
	       strcmp(root->finding.attribute, f->finding.attribute) == 0;
}

/* Without what nobody sees. */
static bool
have_seen_value(const struct pending *root, const struct pending *f)
{
	struct buf a = { 0 }, b = { 0 };
	bool is = root->finding.observed && f->finding.observed;

	if (is) {
		invisible_remove(&a, address_body(root->finding.observed));
		invisible_remove(&b, address_body(f->finding.observed));
		is = utf8_same_folded(buf_text(&a), buf_text(&b));
	}
	buf_release(&a);
	buf_release(&b);
	return is;
}

static const char *
domain_of(const struct pending *f)
{
	return f->finding.observed
		? address_domain(address_body(f->finding.observed)) : NULL;
}

static bool
is_in_initial(const struct pending *f)
{
	const char *domain = domain_of(f);

	return domain && domain_is_initial(domain);
}

/* One that would be primary stands without its prefix, or with SMTP:. */
static bool
is_secondary(const struct pending *f)
{
	return strchr(f->finding.observed, ':') &&
	       address_type(f->finding.observed) == ADDRESS_SECONDARY;
}

static bool
is_primary(const struct pending *root)
{
	return root->finding.observed &&
	       address_type(root->finding.observed) == ADDRESS_PRIMARY;
}

/* Where a name is written, the place first that the others go by. */
enum copied_to { PLACE_PRIMARY, PLACE_MAIL, PLACE_BESIDE, PLACE_NONE };

static enum copied_to
place_of(const struct pending *f)
{
	const char *attribute = f->finding.attribute;

	if (!attribute || !f->finding.observed)
		return PLACE_NONE;
	if (strcmp(attribute, "mail") == 0)
		return PLACE_MAIL;
	if (strcmp(attribute, "proxyAddresses") == 0 && is_primary(f))
		return PLACE_PRIMARY;
	return strcmp(attribute, "userPrincipalName") == 0 ? PLACE_NONE
	                                                   : PLACE_BESIDE;
}

/* Before the @; of an alias all of it. */
static bool
is_same_local(const char *a, const char *b)
{
	const char *x = address_body(a), *y = address_body(b);
	size_t length = strcspn(x, "@");

	return length && strcspn(y, "@") == length &&
	       memcmp(x, y, length) == 0;
}

static bool
is_copy(const struct pending *root, const struct pending *f)
{
	return place_of(root) < PLACE_BESIDE && place_of(f) < PLACE_NONE &&
	       place_of(root) < place_of(f) &&
	       is_same_local(root->finding.observed, f->finding.observed);
}

bool
relation_holds(enum relation by, const struct pending *root,
               const struct pending *f)
{
	switch (by) {
	case BY_OBJECT:
		return true;
	case BY_ATTRIBUTE:
		return have_same_attribute(root, f);
	case BY_ONE_VALUE:
		return have_same_attribute(root, f) &&
		       root->finding.observed && f->finding.observed &&
		       strcmp(root->finding.observed,
		              f->finding.observed) == 0;
	case BY_VALUE:
		return have_same_value(root, f);
	case BY_SEEN_PRIMARY:
		return is_primary(root) && have_seen_value(root, f);
	case BY_MAIN_VALUE:
		return have_same_value(root, f) && !is_secondary(f);
	case BY_CONFLICT:
		return have_same_value(root, f) &&
		       is_same_party(&root->other, &f->other);
	case BY_WANTED:
		return address_is_same(root->finding.observed,
		                     f->finding.expected);
	case BY_INITIAL:
		return is_in_initial(f);
	case BY_PRIMARY:
		return is_primary(root);
	case BY_DOMAIN:
		return domain_of(f) && root->finding.observed &&
		       utf8_same_domain(domain_of(f), root->finding.observed);
	case BY_COPY:
		return is_copy(root, f);
	case BY_ACCOUNT:
		break;
	}
	return false;
}
