/* The settings of Exchange Online as JSON. */
#include "collect/import/exchange_organization.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/record.h"
#include "collect/import/exchange_side.h"
#include "collect/import/import_map.h"
#include "collect/import/json_columns.h"
#include "collect/import/json_file.h"
#include "collect/import/json_head.h"
#include "collect/schema/schema.h"

static void
find_column(enum section s, struct json_column *c)
{
	const struct column_map *map = column_find(&exchange_columns, c->name);

	(void)s;
	c->attribute = map && !map->attribute
		? NULL : xstrdup(map ? map->attribute : c->name);
	c->holds = HOLDS_ONE;
	c->sense = SENSE_PLAIN;
}

static enum json_taken
take(struct json_file *f, const struct split_piece *p, struct err *err)
{
	if (record_find(f->raw, EXCHANGE_BLOCKS) < 0 &&
	    record_find(f->raw, ORGANIZATION_EITHER) < 0)
		return JSON_FOREIGN;
	if (organization_is_on_premises(f->raw)) {
		json_file_wrong(f, p, 0, "settings of Exchange Online alone; "
		                "DistinguishedName is on premises", err);
		return JSON_FAILED;
	}
	return json_file_put(f, TENANT_EXCHANGE, json_columns_apply(
		f, TENANT_EXCHANGE, find_column, p), p, err);
}

static const struct json_dialect json_dialect = {
	.take = take,
	.want = "Get-OrganizationConfig's object, with " EXCHANGE_BLOCKS
	        " or " ORGANIZATION_EITHER,
};

static struct parser *
open_json(const char *name, struct sink *sink)
{
	return json_file_open(name, sink, &json_dialect);
}

static bool
has_key(const char *head, size_t len, const char *key)
{
	return json_head_is(head, len) &&
	       memmem(head, len, key, strlen(key));
}

/* Whether some name in it is of Exchange Online. */
static bool
is_online(const char *head, size_t len)
{
	char *text = xstrndup(head, len);
	bool is = exchange_is_online_name(text);

	free(text);
	return is;
}

static bool
recognise_json(const char *head, size_t len)
{
	return has_key(head, len, "\"" EXCHANGE_BLOCKS "\"") ||
	       (has_key(head, len, "\"" ORGANIZATION_EITHER "\"") &&
	        is_online(head, len));
}

static const char *
lacks_json(const char *head, size_t len)
{
	return has_key(head, len, "\"" ORGANIZATION_EITHER "\"")
		? organization_no_side : NULL;
}

const struct source exchange_organization_json_source = {
	.kind = "exchange-organization-json",
	.recognise = recognise_json,
	.lacks = lacks_json,
	.open = open_json,
};
