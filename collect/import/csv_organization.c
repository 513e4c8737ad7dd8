/* The settings of Exchange Online as CSV. */
#include "collect/import/exchange_organization.h"

#include "base/err.h"
#include "base/record.h"
#include "collect/import/csv_exchange.h"
#include "collect/import/csv_head.h"
#include "collect/import/csv_parse.h"
#include "collect/import/import_map.h"
#include "collect/schema/schema.h"

static bool
recognise_csv(const char *head, size_t len)
{
	struct csv_head h;
	bool is;

	csv_head_read(&h, head, len);
	is = csv_head_has(&h, EXCHANGE_BLOCKS) ||
	     (csv_head_has(&h, ORGANIZATION_EITHER) &&
	      csv_exchange_side(head, len) == EXCHANGE_ONLINE);
	csv_head_release(&h);
	return is;
}

static const char *
lacks_csv(const char *head, size_t len)
{
	struct csv_head h;
	bool is;

	csv_head_read(&h, head, len);
	is = csv_head_has(&h, ORGANIZATION_EITHER);
	csv_head_release(&h);
	return is ? organization_no_side : NULL;
}

static enum section
settings_section(struct csv_table *t)
{
	(void)t;
	return TENANT_EXCHANGE;
}

static int
check_side(struct csv_table *t, uint64_t line, struct err *err)
{
	if (!organization_is_on_premises(t->record))
		return 0;
	return err_input(err, "%s:%llu: DistinguishedName: \"%.200s\" is not "
	                 "of Exchange Online, as the file is; export each "
	                 "side by itself", t->name, (unsigned long long)line,
	                 record_text(t->record, "DistinguishedName"));
}

static const struct csv_dialect csv_dialect = {
	.columns = &exchange_columns, .otherwise = COLUMN_TEXT,
	.section = settings_section, .complete = check_side,
	.empty = TENANT_EXCHANGE,
};

static struct parser *
open_csv(const char *name, struct sink *sink)
{
	return csv_parse_open(name, sink, &csv_dialect);
}

const struct source exchange_organization_csv_source = {
	.kind = "exchange-organization-csv",
	.recognise = recognise_csv,
	.lacks = lacks_csv,
	.open = open_csv,
};
