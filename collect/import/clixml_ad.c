/* Objects of the ActiveDirectory module. */
#include "collect/import/clixml_object.h"

#include <string.h>
#include <strings.h>

#include "base/record.h"
#include "base/when.h"
#include "collect/import/ad_module.h"
#include "collect/import/ad_typed.h"
#include "collect/import/clixml_tree.h"
#include "collect/import/clixml_value.h"
#include "collect/schema/schema.h"

static void
add_text(struct record *r, const char *attribute, const char *text)
{
	const struct ad_attr *a = ad_attr_find(attribute);

	if (*text && !(a && a->kind == VALUE_BYTES &&
	               ad_add_sid(r, attribute, text) == 0))
		ad_record_add(r, attribute, text, strlen(text));
}

static void
add_time(struct record *r, const char *attribute, const char *text)
{
	when_t when;

	if (ad_attr_find(attribute) && when_from_iso(&when, text) == 0)
		ad_add_time(r, attribute, when);
	else
		add_text(r, attribute, text);
}

static void
add_plain(struct record *r, const char *attribute,
          const struct clixml_value *v)
{
	const struct ad_attr *a = ad_attr_find(attribute);
	bool octets = a && a->kind == VALUE_BYTES;

	if (v->kind == CLIXML_FLAG)
		add_text(r, attribute, strcmp(v->text, "true") == 0
		         ? "TRUE" : "FALSE");
	else if (v->kind == CLIXML_TIME)
		add_time(r, attribute, v->text);
	else if ((v->kind == CLIXML_GUID && octets &&
	          ad_add_guid(r, attribute, v->text) == 0) ||
	         (v->kind == CLIXML_OCTETS &&
	          ad_add_base64(r, attribute, v->text) == 0))
		return;
	else if (v->kind != CLIXML_NIL)
		add_text(r, attribute, v->text);
}

static void
add_value(struct record *r, const char *attribute,
          const struct clixml_value *v, struct clixml_flaws *flaws)
{
	const struct clixml_value *plain = clixml_plain(v);

	if (plain)
		add_plain(r, attribute, plain);
	else
		name_set_add(&flaws->lost, attribute);
}

/* All values; the attribute is there, too, when it is known to have none. */
static void
take_prop(struct record *r, const char *attribute,
          const struct clixml_value *p, struct clixml_flaws *flaws)
{
	const struct ad_attr *a = ad_attr_find(attribute);

	if (a && a->treat == TREAT_SECRET)
		return;
	if (!p->is_list)
		add_value(r, attribute, p, flaws);
	for (const struct clixml_value *v = p->first; v; v = v->next)
		add_value(r, attribute, v, flaws);
	if (record_find(r, attribute) < 0 &&
	    !name_set_has(&flaws->lost, attribute))
		record_declare(r, a ? a->name : attribute,
		               a ? a->shape : SHAPE_SINGLE);
}

/* An attribute's own name counts more than the module's word for it. */
void
clixml_take_ad(struct record *r, const struct clixml_value *v,
               struct clixml_flaws *flaws)
{
	for (int own = 1; own >= 0; own--)
		for (const struct clixml_value *p = v->props; p; p = p->next) {
			const char *attribute = p->name && *p->name
				? ad_module_attribute(p->name) : NULL;

			if (attribute && record_find(r, attribute) < 0 &&
			    own == (strcasecmp(p->name, attribute) == 0))
				take_prop(r, attribute, p, flaws);
		}
	ad_module_add_group_type(r);
}

bool
clixml_is_selected(const struct clixml_value *v)
{
	return (clixml_prop(v, "SamAccountName") ||
	        clixml_prop(v, "ObjectGUID")) &&
	       (clixml_prop(v, "UserPrincipalName") ||
	        clixml_prop(v, "objectClass") ||
	        clixml_prop(v, "GroupScope") ||
	        clixml_prop(v, "proxyAddresses")) &&
	       !clixml_prop(v, "OnPremisesSyncEnabled") &&
	       !clixml_prop(v, "RecipientType");
}
