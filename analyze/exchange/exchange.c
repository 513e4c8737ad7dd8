/* exchange.json as a whole: what there is, what stands against it, what now. */
#include "analyze/exchange/exchange.h"

#include <string.h>

#include "analyze/data/data.h"
#include "analyze/exchange/conditions.h"
#include "analyze/exchange/servers.h"
#include "analyze/model/model.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/mem.h"

static const char *
name_of(const char *dn, struct arena *a)
{
	struct buf name = { 0 };
	const char *out;

	dn_first_value(&name, dn);
	out = arena_strdup(a, buf_text(&name));
	buf_release(&name);
	return out;
}

/* Whether the wizard of hybrid was run; who did not read does not know. */
static enum schema_has
hybrid(const struct model *m)
{
	const struct exchange_organization *o = &m->organization;

	if (organization_count(m, SETTING_HYBRID))
		return SCHEMA_HAS;
	for (size_t i = 0; i < o->forest_count; i++)
		if (!o->forests[i].settings)
			return SCHEMA_UNKNOWN;
	return o->forest_count ? SCHEMA_LACKS : SCHEMA_UNKNOWN;
}

/* That of the forest whose organization is told, else the highest. */
static void
describe_schema(const struct model *m, struct arena *a,
                struct exchange_told *out)
{
	const struct exchange_organization *o = &m->organization;
	struct schema_attribute *to = arena_alloc(
		a, (o->attribute_count + 1) * sizeof(*to));
	bool read = o->forest_count > 0;

	for (size_t i = 0; i < o->forest_count; i++) {
		read = read && o->forests[i].schema;
		if (o->forests[i].range_upper > out->range_upper)
			out->range_upper = o->forests[i].range_upper;
	}
	out->release = data_exchange_release(m->data, out->range_upper);
	for (size_t i = 0; i < o->attribute_count; i++)
		to[i] = (struct schema_attribute){
			o->attributes[i].name,
			o->attributes[i].is_there ? SCHEMA_HAS
				: read ? SCHEMA_LACKS : SCHEMA_UNKNOWN,
		};
	out->attributes = to;
	out->attribute_count = o->attribute_count;
}

static void
describe_organization(const struct model *m, struct arena *a,
                      struct exchange_told *out)
{
	const struct exchange_setting *s = organization_main(m);

	out->state = m->organization.state;
	out->reason = m->organization.reason;
	out->hybrid = hybrid(m);
	out->domain_version = m->organization.domain_version;
	if (!s)
		return;
	out->name = name_of(s->dn, a);
	out->dn = arena_strdup(a, s->dn);
	out->object_version = s->version;
}

void
exchange_describe(const struct exchange_basis *b, struct arena *a,
                  struct exchange_told *out)
{
	*out = (struct exchange_told){ .as_of = b->model->as_of };
	describe_organization(b->model, a, out);
	describe_schema(b->model, a, out);
	servers_describe(b->model, a, out);
	conditions_judge(b, a, out);
	ways_judge(a, out);
}
