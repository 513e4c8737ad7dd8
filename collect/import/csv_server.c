/* The servers of Exchange as CSV. */
#include "collect/import/exchange_server.h"

#include "base/err.h"
#include "collect/import/csv_head.h"
#include "collect/import/csv_parse.h"
#include "collect/import/import_map.h"
#include "collect/schema/schema.h"

static bool
recognise_csv(const char *head, size_t len)
{
	static const char *const columns[] = {
		SERVER_VERSION, SERVER_ROLE, "DistinguishedName", NULL
	};
	struct csv_head h;
	bool is;

	csv_head_read(&h, head, len);
	is = csv_head_has_all(&h, columns);
	csv_head_release(&h);
	return is;
}

static const char *
lacks_csv(const char *head, size_t len)
{
	struct csv_head h;
	const char *told;

	csv_head_read(&h, head, len);
	told = exchange_server_lacks(csv_head_has(&h, SERVER_VERSION),
	                             csv_head_has(&h, SERVER_ROLE),
	                             csv_head_has(&h, "DistinguishedName"));
	csv_head_release(&h);
	return told;
}

static enum section
server_section(struct csv_table *t)
{
	(void)t;
	return AD_EXCHANGE;
}

static int
check_row(struct csv_table *t, uint64_t line, struct err *err)
{
	const char *wrong = exchange_server_wrong(t->record);

	return wrong ? err_input(err, "%s:%llu: %s", t->name,
	                         (unsigned long long)line, wrong) : 0;
}

static const struct csv_dialect server_dialect = {
	.columns = &server_columns, .otherwise = COLUMN_JUNK,
	.section = server_section, .complete = check_row,
	.empty = AD_EXCHANGE, .key = "dn",
};

static struct parser *
open_csv(const char *name, struct sink *sink)
{
	return csv_parse_open(name, sink, &server_dialect);
}

const struct source exchange_server_csv_source = {
	.kind = "exchange-server-csv",
	.recognise = recognise_csv,
	.lacks = lacks_csv,
	.open = open_csv,
};
