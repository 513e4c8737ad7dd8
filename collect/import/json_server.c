/* The servers of Exchange as JSON. */
#include "collect/import/exchange_server.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/record.h"
#include "collect/import/json_file.h"
#include "collect/import/json_head.h"
#include "collect/schema/schema.h"

static enum json_taken
take(struct json_file *f, const struct split_piece *p, struct err *err)
{
	const char *wrong;

	if (record_find(f->raw, SERVER_VERSION) < 0 ||
	    record_find(f->raw, SERVER_ROLE) < 0)
		return JSON_FOREIGN;
	record_clear(f->record);
	exchange_server_take(f->record, f->raw);
	wrong = exchange_server_wrong(f->record);
	if (wrong) {
		json_file_wrong(f, p, 0, wrong + sizeof("want ") - 1, err);
		return JSON_FAILED;
	}
	return json_file_put(f, AD_EXCHANGE, f->record, p, err);
}

static const struct json_dialect server_dialect = {
	.take = take,
	.want = "a server of Get-ExchangeServer, with " SERVER_VERSION " and "
	        SERVER_ROLE,
};

static struct parser *
open_json(const char *name, struct sink *sink)
{
	return json_file_open(name, sink, &server_dialect);
}

static bool
recognise_json(const char *head, size_t len)
{
	return json_head_is(head, len) &&
	       json_head_has(head, len, SERVER_VERSION) &&
	       json_head_has(head, len, SERVER_ROLE);
}

static const char *
lacks_json(const char *head, size_t len)
{
	return json_head_is(head, len) ? exchange_server_lacks(
		json_head_has(head, len, SERVER_VERSION),
		json_head_has(head, len, SERVER_ROLE), true) : NULL;
}

const struct source exchange_server_json_source = {
	.kind = "exchange-server-json",
	.recognise = recognise_json,
	.lacks = lacks_json,
	.open = open_json,
};
