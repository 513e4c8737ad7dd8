/* Of which tenant the inputs say that they are. */
#include "collect/import/one_tenant.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/record.h"

/* A record, and where it came from. */
struct tenant_record {
	const struct record *r;
	const char *file, *path;
	uint64_t line;
	struct err *err;
};

static int
take_name(struct tenant_name *to, const char *name,
          const struct tenant_record *by)
{
	if (!to->text) {
		to->text = xstrdup(name);
		to->file = xstrdup(by->file);
		return 0;
	}
	if (strcasecmp(to->text, name) == 0)
		return 0;
	return err_usage(by->err, "%s:%llu: this is of the tenant %s, and %s "
	                 "of %s: a snapshot holds one tenant; import them one "
	                 "by one", by->path, (unsigned long long)by->line,
	                 name, to->file, to->text);
}

static bool
is_true(const struct record *r, const char *name)
{
	long at = record_find(r, name);

	return at >= 0 && record_values(r, (size_t)at) &&
	       strcasecmp(record_value(r, (size_t)at, 0).data, "true") == 0;
}

static int
take_domain(struct one_tenant *t, const struct tenant_record *by)
{
	const char *id = record_text(by->r, "id");

	return id && is_true(by->r, "isInitial")
		? take_name(&t->initial, id, by) : 0;
}

/* The domains that the organization lists. */
static int
take_verified(struct one_tenant *t, const struct tenant_record *by)
{
	long at = record_find(by->r, "verifiedDomains");
	struct json_error e;
	struct json *tree;
	struct value v;
	int rc = 0;

	if (at < 0 || !record_values(by->r, (size_t)at))
		return 0;
	v = record_value(by->r, (size_t)at, 0);
	tree = json_parse(v.data, v.len, &e);
	for (const struct json *d = json_first(tree); d && rc == 0;
	     d = json_next(d)) {
		const char *name = json_string(json_get(d, "name"));

		if (name && json_is_true(json_get(d, "isInitial")))
			rc = take_name(&t->initial, name, by);
	}
	json_free(tree);
	return rc;
}

int
one_tenant_take(struct one_tenant *t, enum section s, const struct record *r,
                const char *file, const char *path, uint64_t line,
                struct err *err)
{
	const struct tenant_record by = { r, file, path, line, err };
	const char *id;

	if (s == TENANT_DOMAINS)
		return take_domain(t, &by);
	if (s != TENANT_ORGANIZATION)
		return 0;
	id = record_text(r, "id");
	if (id && take_name(&t->id, id, &by) < 0)
		return -1;
	return take_verified(t, &by);
}

void
one_tenant_release(struct one_tenant *t)
{
	free(t->id.text);
	free(t->id.file);
	free(t->initial.text);
	free(t->initial.file);
}
