/* How AD's raw values become those of a record; see ad_attr.h. */
#include "collect/schema/ad_attr.h"

#include <stdbool.h>
#include <string.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/utf8.h"

static void
append_odd(struct record *r, size_t number, const char *data, size_t len)
{
	struct buf json = { 0 };

	buf_adds(&json, "{\"base64\":\"");
	base64_encode(&json, (const unsigned char *)data, len);
	buf_adds(&json, "\"}");
	record_append(r, number, VALUE_JSON, json.data, json.len);
	buf_release(&json);
}

static bool
is_text(const char *data, size_t len)
{
	return utf8_bad(data, len) == len && !memchr(data, '\0', len);
}

size_t
ad_record_attribute(struct record *r, const struct ad_attr *a,
                    const char *name)
{
	size_t number;

	if (a)
		name = a->name;
	number = record_attribute(r, name, strlen(name));
	if (!a)
		return number;
	record_set_tag(r, number, (uint32_t)ad_attr_index(a) + 1);
	return number;
}

void
ad_record_append(struct record *r, size_t number, const struct ad_attr *a,
                 enum raw_value raw, const char *data, size_t len)
{
	if (a && a->treat == TREAT_CUT_NUL && len && data[len - 1] == '\0')
		len--;
	if (a && a->kind == VALUE_BYTES)
		record_append(r, number, VALUE_BYTES, data, len);
	else if (raw == RAW_UNKNOWN && !is_text(data, len))
		append_odd(r, number, data, len);
	else
		record_append(r, number, VALUE_TEXT, data, len);
	if (a && a->shape == SHAPE_LIST)
		record_set_shape(r, number, SHAPE_LIST);
}

void
ad_record_add(struct record *r, const char *name, const char *data, size_t len)
{
	ad_record_add_as(r, ad_attr_find(name), name, data, len);
}

void
ad_record_add_as(struct record *r, const struct ad_attr *a, const char *name,
                 const char *data, size_t len)
{
	if (a && a->treat == TREAT_SECRET)
		return;
	ad_record_append(r, ad_record_attribute(r, a, name), a, RAW_UNKNOWN,
	                 data, len);
}
