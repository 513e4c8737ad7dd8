/* Takes from objects of Graph what is said about them and is no property. */
#include "collect/schema/graph_record.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/record.h"

static bool
is_annotation(const char *name)
{
	const char *at = strchr(name, '@');

	return at && (at == name || strstr(at, "@odata.") != NULL);
}

static void
copy(struct record *to, const struct record *from, size_t attr)
{
	const char *name = record_name(from, attr);

	record_declare(to, name, record_shape(from, attr));
	for (size_t i = 0; i < record_values(from, attr); i++) {
		struct value v = record_value(from, attr, i);

		record_add(to, name, v.kind, v.data, v.len);
	}
}

const struct record *
graph_record_strip(const struct record *raw, struct record *clean)
{
	size_t plain = 0;

	while (plain < record_count(raw) &&
	       !is_annotation(record_name(raw, plain)))
		plain++;
	if (plain == record_count(raw))
		return raw;
	record_clear(clean);
	for (size_t i = 0; i < record_count(raw); i++)
		if (!is_annotation(record_name(raw, i)))
			copy(clean, raw, i);
	return clean;
}

const char *
graph_record_type(const struct record *raw)
{
	static const char before[] = "#microsoft.graph.";
	const char *type = record_text(raw, "@odata.type");

	if (!type || strncmp(type, before, sizeof(before) - 1) != 0)
		return NULL;
	return type + sizeof(before) - 1;
}
