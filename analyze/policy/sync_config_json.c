/* The file ...SynchronizationPolicy....JSON of newer servers. */
#include <string.h>

#include "analyze/policy/sync_export.h"
#include "analyze/policy/sync_json.h"
#include "base/err.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"

enum { POLICY_FILE_MAX = 64 << 20 };

static int
read_version(struct sync_json_reader *r, const struct json *j)
{
	if (json_string(j) && *json_string(j))
		r->x->version = arena_strdup(r->x->arena, json_string(j));
	return 0;
}

static int
read_metadata(struct sync_json_reader *r, const struct json *j)
{
	static const struct sync_json_key keys[] = {
		{ "type", NULL }, { "author", NULL }, { "timeCreated", NULL },
		{ "azureADConnectVersion", read_version }, { 0 }
	};

	return sync_json_object(r, keys, "policyMetadata.", j);
}

static int
read_dns(struct sync_json_reader *r, struct text_list *to,
         const struct json *j)
{
	const struct json *one = json_kind(j) == JSON_ARRAY ? json_first(j)
	                                                    : j;

	for (; one && json_kind(j) != JSON_NULL; one = json_next(one)) {
		const char *dn = json_string(one);

		if (!dn)
			return sync_json_wrong(r, j, "an array of texts");
		if (sync_export_dn(to, r->x->arena, dn) < 0)
			return err_input(r->err, "%s:%u: %s: want "
			                 SYNC_DN_WANTED ", have \"%s\"",
			                 r->name, sync_json_line(r, dn),
			                 json_key(j), dn);
		if (one == j)
			return 0;
	}
	return 0;
}

static int
read_inclusions(struct sync_json_reader *r, const struct json *j)
{
	return read_dns(r, &r->partition->include, j);
}

static int
read_exclusions(struct sync_json_reader *r, const struct json *j)
{
	return read_dns(r, &r->partition->exclude, j);
}

static int
read_partition(struct sync_json_reader *r, const struct json *j)
{
	static const struct sync_json_key keys[] = {
		{ "distinguishedName", NULL },
		{ "containerInclusions", read_inclusions },
		{ "containerExclusions", read_exclusions }, { 0 }
	};
	const struct json *dn = sync_json_get(j, "distinguishedName");
	struct text_list one = { 0 };

	if (!json_string(dn))
		return sync_json_wrong(r, j, "a partition with a "
		                       "distinguishedName");
	if (read_dns(r, &one, dn) < 0)
		return -1;
	r->partition = sync_export_partition(r->x, r->connector,
	                                     one.texts[0]);
	if (!r->partition)
		return sync_json_wrong(r, j, "fewer partitions");
	r->partition->selected = true;
	return sync_json_object(r, keys, "partitionFilters.", j);
}

static int
read_partitions(struct sync_json_reader *r, const struct json *j)
{
	return sync_json_objects(r, j, read_partition);
}

static int
read_rules(struct sync_json_reader *r, const struct json *j)
{
	return sync_json_objects(r, j, sync_json_rule);
}

static int
read_friendly_name(struct sync_json_reader *r, const struct json *j)
{
	r->friendly_name = sync_json_copy(r, j);
	return 0;
}

static int
read_domain_name(struct sync_json_reader *r, const struct json *j)
{
	if (json_string(j))
		r->connector->forest = sync_json_copy(r, j);
	return 0;
}

static int
read_forest(struct sync_json_reader *r, const struct json *j)
{
	static const struct sync_json_key keys[] = {
		{ "friendlyName", read_friendly_name },
		{ "fullyQualifiedDomainName", read_domain_name },
		{ "uniqueIdentifier", NULL },
		{ "partitionFilters", read_partitions },
		{ "customSynchronizationRules", read_rules },
		{ "standardSynchronizationRules", NULL }, { 0 }
	};

	int rc;

	r->connector = sync_export_connector(r->x, "", "");
	r->friendly_name = NULL;
	rc = sync_json_object(r, keys, "onpremisesDirectoryPolicy.", j);
	if (!*r->connector->forest && r->friendly_name)
		r->connector->forest = r->friendly_name;
	r->connector = NULL;
	return rc;
}

static int
read_forests(struct sync_json_reader *r, const struct json *j)
{
	return sync_json_objects(r, j, read_forest);
}

static int
read_cloud(struct sync_json_reader *r, const struct json *j)
{
	static const struct sync_json_key keys[] = {
		{ "customSynchronizationRules", read_rules },
		{ "standardSynchronizationRules", NULL }, { 0 }
	};

	return json_kind(j) == JSON_NULL
		? 0 : sync_json_object(r, keys, "azureDirectoryPolicy.", j);
}

static int
read_policy(struct sync_json_reader *r, const struct json *j)
{
	static const struct sync_json_key keys[] = {
		{ "policyMetadata", read_metadata },
		{ "deploymentMetadata", NULL },
		{ "onpremisesDirectoryPolicy", read_forests },
		{ "azureDirectoryPolicy", read_cloud }, { 0 }
	};

	return sync_json_object(r, keys, "", j);
}

int
sync_policy_parse(struct sync_export *x, const char *name, const char *text,
                  size_t len, struct err *err)
{
	struct sync_json_reader r = { .x = x, .name = name, .err = err };
	struct buf utf8 = { 0 };
	struct json_error e;
	struct json *tree;
	size_t line = 1;
	int rc;

	if (utf8_from_utf16(&utf8, text, len) == 0) {
		text = buf_text(&utf8);
		len = utf8.len;
	} else if (len > 2 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		len -= 3;
	}
	r.text = text;
	tree = json_parse(text, len, &e);
	for (size_t i = 0; !tree && i < e.offset && i < len; i++)
		line += text[i] == '\n';
	rc = tree ? sync_json_objects(&r, tree, read_policy)
	          : err_input(err, "%s:%zu: want %s", name, line, e.want);
	json_free(tree);
	buf_release(&utf8);
	return rc;
}

int
sync_policy_read(struct sync_export *x, const char *path, struct err *err)
{
	struct buf text = { .max = POLICY_FILE_MAX };
	int rc = file_read(path, &text, err);

	if (rc == 0)
		rc = sync_policy_parse(x, path, buf_text(&text), text.len,
		                       err);
	buf_release(&text);
	return rc;
}
