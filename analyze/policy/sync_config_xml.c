/*
 * The folder that Get-ADSyncServerConfiguration writes: connectors, and the
 * parameters of the metaverse. Rules are read in sync_rule_xml.c.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "analyze/policy/sync_export.h"
#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/xml.h"

enum { DOCUMENTS_MAX = 10000 };

/* What to do with a document of a kind. */
typedef int (*taker)(struct sync_export *x, const char *name,
                     const struct xml_node *root, struct err *err);

/* A folder of documents with the same root. */
struct document_kind {
	const char *folder, *root;
	taker take;
};

static int
take_dns(struct sync_export *x, struct text_list *to, const char *name,
         const struct xml_node *n, struct err *err)
{
	for (; n; n = xml_again(n))
		if (sync_export_dn(to, x->arena, xml_text(n)) < 0)
			return err_input(err, "%s:%u: %s: want " SYNC_DN_WANTED
			                 ", have \"%s\"", name, xml_line(n),
			                 xml_name(n), xml_text(n));
	return 0;
}

/* Configuration and DNS zones are partitions, too, but never synchronized. */
static bool
is_domain(const struct xml_node *n)
{
	const char *word = xml_text(xml_at(n, "custom-data/adma-partition-data/"
	                                   "is-domain"));

	return strcmp(word, "0") != 0 && strcasecmp(word, "false") != 0;
}

static int
take_partition(struct sync_export *x, struct sync_connector *c,
               const char *name, const struct xml_node *n, struct err *err)
{
	const char *selected = xml_text(xml_child(n, "selected"));
	const struct xml_node *dn = xml_child(n, "name");
	struct text_list one = { 0 };
	struct sync_partition *p;

	if (strcmp(selected, "0") != 0 && strcmp(selected, "1") != 0)
		return err_input(err, "%s:%u: partition: want selected, 0 or "
		                 "1, have \"%s\"", name, xml_line(n),
		                 selected);
	if (!dn)
		return err_input(err, "%s:%u: partition: want a name", name,
		                 xml_line(n));
	if (*selected == '0' && !is_domain(n))
		return 0;
	if (take_dns(x, &one, name, dn, err) < 0)
		return -1;
	p = sync_export_partition(x, c, one.texts[0]);
	if (!p)
		return err_input(err, "%s:%u: want fewer partitions", name,
		                 xml_line(n));
	p->selected = *selected == '1';
	if (take_dns(x, &p->include, name,
	             xml_at(n, "filter/containers/inclusions/inclusion"),
	             err) < 0)
		return -1;
	return take_dns(x, &p->exclude, name,
	                xml_at(n, "filter/containers/exclusions/exclusion"),
	                err);
}

static void
take_group(struct sync_export *x, struct sync_connector *c,
           const struct xml_node *n)
{
	const char *dn;

	for (; n; n = xml_again(n)) {
		const char *name = xml_attribute(n, "name");

		if (!name || strcasecmp(name, "Connector.GroupFilteringGroupDn")
		    != 0 || !*xml_text(n))
			continue;
		dn = xml_text(n);
		if (c->group && strcasecmp(c->group, dn) != 0)
			sync_export_strange(x, "a second filter group, %s of "
			                    "connector %s", dn, c->forest);
		else
			c->group = arena_strdup(x->arena, dn);
	}
}

/* The connector's id, by which rules name it: also in the file's name. */
static struct sync_connector *
add_connector(struct sync_export *x, const char *name,
              const struct xml_node *root)
{
	const char *id = xml_text(xml_child(root, "id"));
	const char *forest = xml_text(xml_at(root, "private-configuration/"
	                                     "adma-configuration/forest-name"));
	const char *open = strrchr(name, '{');
	char *guid = xstrndup(open ? open : "", open ? strcspn(open, "}") + 1
	                                             : 0);
	struct sync_connector *c;

	if (!*forest)
		forest = xml_text(xml_child(root, "name"));
	c = sync_export_connector(x, *id ? id : guid, forest);
	free(guid);
	return c;
}

int
sync_connector_take(struct sync_export *x, const char *name,
                    const struct xml_node *root, struct err *err)
{
	const struct xml_node *n = xml_at(root, "ma-partition-data/partition");
	struct sync_connector *c;

	if (strcasecmp(xml_text(xml_child(root, "category")), "AD") != 0)
		return 0;
	if (!n)
		return err_input(err, "%s:%u: want the partitions of the AD "
		                 "connector %s", name, xml_line(root),
		                 xml_text(xml_child(root, "name")));
	c = add_connector(x, name, root);
	for (; n; n = xml_again(n))
		if (take_partition(x, c, name, n, err) < 0)
			return -1;
	take_group(x, c, xml_at(root, "private-configuration/"
	                        "adma-configuration/parameter-values/"
	                        "parameter"));
	/* It has moved between versions. */
	take_group(x, c, xml_at(root, "parameter-values/parameter"));
	return 0;
}

static void
take_switch(enum sync_switch *to, const char *value)
{
	if (strcasecmp(value, "True") == 0)
		*to = SWITCH_ON;
	else if (strcasecmp(value, "False") == 0)
		*to = SWITCH_OFF;
}

/* A parameter is a text or a switch. */
static const struct {
	const char *name;
	bool is_switch;
	size_t offset;
} globals[] = {
#define AT(member) offsetof(struct sync_export, member)
	{ "Microsoft.Synchronize.ServerConfigurationVersion", false,
	  AT(version) },
	{ "Microsoft.Synchronize.StagingMode", true, AT(staging) },
	{ "Microsoft.Synchronize.SchedulerSuspended", true, AT(suspended) },
	{ "Microsoft.SynchronizationOption.AnchorAttribute", false,
	  AT(anchor) },
	{ "Microsoft.SynchronizationOption.UPNAttribute", false, AT(sign_in) },
	{ "Microsoft.SynchronizationOption.JoinCriteria", false, AT(join) },
	{ "Microsoft.OptionalFeature.ExportDeletionThreshold", true,
	  AT(deletion_limit) },
	{ "Microsoft.OptionalFeature.ExportDeletionThresholdValue", false,
	  AT(threshold) },
	{ "Microsoft.OptionalFeature.GroupFiltering", true,
	  AT(group_filter) },
	{ "Microsoft.OptionalFeature.PasswordHashSync", true, AT(passwords) },
#undef AT
};

static void
take_global(struct sync_export *x, const char *name, const char *value)
{
	for (size_t i = 0; i < sizeof(globals) / sizeof(globals[0]); i++) {
		char *at = (char *)x + globals[i].offset;

		if (strcasecmp(globals[i].name, name) != 0 || !*value)
			continue;
		if (globals[i].is_switch)
			take_switch((enum sync_switch *)(void *)at, value);
		else
			*(const char **)(void *)at =
				arena_strdup(x->arena, value);
	}
}

void
sync_globals_take(struct sync_export *x, const struct xml_node *root)
{
	const struct xml_node *n =
		xml_at(root, "mv-data/parameter-values/parameter");

	for (; n; n = xml_again(n))
		if (xml_attribute(n, "name"))
			take_global(x, xml_attribute(n, "name"), xml_text(n));
}

static int
take_globals(struct sync_export *x, const char *name,
             const struct xml_node *root, struct err *err)
{
	(void)name;
	(void)err;
	sync_globals_take(x, root);
	return 0;
}

static int
take_file(struct sync_export *x, const struct document_kind *kind,
          const char *path, struct err *err)
{
	struct xml *tree = xml_load(path, err);
	const struct xml_node *root;
	int rc;

	if (!tree)
		return -1;
	root = xml_root(tree);
	if (strcmp(xml_name(root), kind->root) != 0)
		rc = err_input(err, "%s:%u: want %s as the root, have %s",
		               path, xml_line(root), kind->root,
		               xml_name(root));
	else
		rc = kind->take(x, path, root, err);
	xml_free(tree);
	return rc;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool
is_xml(const char *name)
{
	size_t len = strlen(name);

	return len > 4 && strcasecmp(name + len - 4, ".xml") == 0;
}

/* The documents of FOLDER, if there is one, always in the same order. */
static void
list(const char *folder, struct text_list *out, struct arena *a)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	if (!dir)
		return;
	while ((entry = readdir(dir)) && out->count <= DOCUMENTS_MAX)
		if (is_xml(entry->d_name))
			text_list_add(out, a, entry->d_name);
	closedir(dir);
	if (out->count)
		qsort(out->texts, out->count, sizeof(*out->texts), by_name);
}

/* All documents of a kind; how many, or -1 with ERR filled. */
static long
take_folder(struct sync_export *x, const struct document_kind *kind,
            const char *path, struct err *err)
{
	char *folder = path_join(path, kind->folder);
	struct text_list names = { 0 };
	int rc = 0;

	list(folder, &names, x->arena);
	if (names.count > DOCUMENTS_MAX)
		rc = err_input(err, "%s: want at most %d documents", folder,
		               DOCUMENTS_MAX);
	for (size_t i = 0; i < names.count && rc == 0; i++) {
		char *file = path_join(folder, names.texts[i]);

		rc = take_file(x, kind, file, err);
		free(file);
	}
	free(folder);
	return rc < 0 ? -1 : (long)names.count;
}

/*
 * MigratedPolicy.json says the version, too; connectors are in their own files.
 */
static int
take_migrated(struct sync_export *x, const char *path, struct err *err)
{
	char *file = path_join(path, "MigratedPolicy.json");
	struct sync_export migrated = { .arena = x->arena };
	int rc = 0;

	if (access(file, R_OK) == 0)
		rc = sync_policy_read(&migrated, file, err);
	if (migrated.version)
		x->version = migrated.version;
	for (size_t i = 0; i < migrated.strange.count; i++)
		sync_export_strange(x, "%s", migrated.strange.texts[i]);
	free(file);
	return rc;
}

int
sync_folder_read(struct sync_export *x, const char *path, struct err *err)
{
	static const struct document_kind connectors = {
		"Connectors", "ma-data", sync_connector_take
	}, rules = {
		"SynchronizationRules", "synchronizationRule", sync_rule_take
	}, mv = {
		"GlobalSettings", "saved-mv-configuration", take_globals
	};
	long n = take_folder(x, &connectors, path, err);

	if (n == 0)
		return err_input(err, "%s: want Connectors/Connector_{GUID}.xml"
		                 " in it, as Get-ADSyncServerConfiguration "
		                 "writes them", path);
	if (n < 0)
		return -1;
	if (!x->connectors)
		return err_input(err, "%s: want a connector of category AD "
		                 "among its %ld", path, n);
	n = take_folder(x, &rules, path, err);
	x->rules_unread = n == 0;
	if (n == 0)
		sync_export_strange(x, "the rules (there are no "
		                    "SynchronizationRules)");
	if (n < 0 || take_migrated(x, path, err) < 0)
		return -1;
	return take_folder(x, &mv, path, err) < 0 ? -1 : 0;
}
