/* What AD calls an object today, and where it lies, for lists of people. */
#include "analyze/forecast/forecast.h"

#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/invisible_text.h"

/*
 * TEXT, which the object has by itself, or none: a value that cannot be read is
 * not known, and one that sync takes from another object is not AD's of this.
 */
static struct known_text
known(const struct model *m, const struct object *o, enum attr attr,
      const char *text)
{
	const struct attr_set *asked = table_covered(
		&m->tables[section_of(SIDE_AD, o->kind)], o);
	bool is_given = attr_set_has(&o->given, attr);

	return (struct known_text){
		.is_known = !attr_set_has(&o->unclear, attr) &&
		            ((text && !is_given) || attr_set_has(asked, attr)),
		.text = is_given ? NULL : text,
	};
}

static const char *
primary_of(const struct ad_names *names)
{
	for (size_t i = 0; i < names->proxy_count; i++)
		if (address_type(names->proxies[i]) == ADDRESS_PRIMARY)
			return address_body(names->proxies[i]);
	return NULL;
}

/* The canonical name that AD gave, without its last part, as dn_canonical(). */
static const char *
cut_last(const char *name, struct arena *a)
{
	const char *end = NULL, *text = NULL;
	struct buf seen = { 0 };

	for (const char *p = name; *p; p++)
		if (*p == '\\' && p[1])
			p++;
		else if (*p == '/')
			end = p;
	if (end && end > name) {
		invisible_mark_bytes(&seen, name, (size_t)(end - name));
		text = arena_strndup(a, seen.data, seen.len);
	}
	buf_release(&seen);
	return text;
}

static const char *
place_of(const struct object *o, struct arena *a)
{
	struct buf text = { 0 };
	const char *out = NULL;

	if (!o->dn)
		return o->ad.canonical_name ? cut_last(o->ad.canonical_name, a)
		                            : NULL;
	dn_canonical(&text, dn_parent(o->dn));
	if (text.len)
		out = arena_strndup(a, text.data, text.len);
	buf_release(&text);
	return out;
}

void
forecast_tell_now(const struct model *m, struct object *o, struct arena *a)
{
	struct forecast *f = &o->forecast.line;
	const struct ad_names names = object_names(o);

	f->display_name = known(m, o, ATTR_DISPLAY_NAME, o->display_name);
	f->place = place_of(o, a);
	/* No recipient: some exports ask for its addresses, and most do not. */
	if (o->kind == KIND_COMPUTER)
		return;
	f->mail_now = known(m, o, ATTR_MAIL, names.mail);
	f->primary_now = known(m, o, ATTR_PROXIES, primary_of(&names));
}
