/* Checking a whole snapshot against its manifest. */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/record.h"
#include "collect/snapshot/domain_count.h"
#include "collect/snapshot/opened.h"
#include "collect/snapshot/snapshot.h"

/* Readers are content with the checksum; this is the place to be thorough. */
static int
verify_digest(const struct snapshot *s, enum section sec, struct err *err)
{
	struct section_file f = snapshot_file(s, sec);
	char digest[DIGEST_TEXT];
	int rc = f.path ? digest_file(f.path, digest, err) : 0;

	if (f.path && rc == 0 && strcmp(digest, f.digest) != 0)
		rc = err_input(err, "%s: was changed: its SHA-256 is not the "
		               "manifest's", f.path);
	free(f.path);
	return rc;
}

static int
verify_section(const struct snapshot *s, enum section sec, uint64_t *objects,
               struct domain_count *domains, struct record *record,
               struct err *err)
{
	struct section_reader *r = section_open(s, sec, err);
	int rc;

	if (!r)
		return -1;
	while ((rc = section_next(r, record, err)) > 0) {
		(*objects)++;
		if (domain_count_take(domains, sec, record, err) < 0)
			rc = -1;
		if (rc < 0)
			break;
	}
	section_close(r);
	return rc < 0 ? -1 : verify_digest(s, sec, err);
}

static const char *
or_none(const char *text)
{
	return text ? text : "none";
}

static int
compare_text(const struct snapshot *s, const char *domain, const char *what,
             const char *said, const char *is, struct err *err)
{
	return strcmp(or_none(said), or_none(is)) == 0 ? 0
		: err_input(err, "%s/%s: domain \"%s\": its objects have the "
		            "%s %s; the manifest says %s", s->path,
		            SNAPSHOT_MANIFEST, domain, what, or_none(is),
		            or_none(said));
}

static int
compare_domain(const struct snapshot *s, const struct manifest_domain *said,
               const struct manifest_domain *is, struct err *err)
{
	const char *name = said->is.name;

	for (int i = 0; i < SECTION_COUNT; i++)
		if (said->sections[i].count != is->sections[i].count)
			return err_input(err, "%s/%s: domain \"%s\": has %llu "
			                 "objects of %s; the manifest says "
			                 "%llu", s->path, SNAPSHOT_MANIFEST,
			                 name, (unsigned long long)
			                 is->sections[i].count,
			                 section_name((enum section)i),
			                 (unsigned long long)
			                 said->sections[i].count);
	if (compare_text(s, name, "SID", said->is.sid, is->is.sid, err) < 0)
		return -1;
	return compare_text(s, name, "forest", said->is.forest, is->is.forest,
	                    err);
}

/* Both lists are sorted by name. */
static int
compare_domains(const struct snapshot *s, const struct domain_list *said,
                const struct domain_list *is, struct err *err)
{
	for (size_t i = 0; i < said->count || i < is->count; i++) {
		int cmp = i == is->count ? -1 : i == said->count ? 1
			: strcmp(said->items[i]->is.name,
			         is->items[i]->is.name);

		if (cmp)
			return err_input(err, "%s/%s: %s domain \"%s\"",
			                 s->path, SNAPSHOT_MANIFEST, cmp < 0
			                 ? "no object lies in the"
			                 : "does not have the",
			                 (cmp < 0 ? said : is)
			                 ->items[i]->is.name);
		if (compare_domain(s, said->items[i], is->items[i], err) < 0)
			return -1;
	}
	return 0;
}

static int
verify_domains(const struct snapshot *s, const struct domain_count *domains,
               struct err *err)
{
	struct domain_list is = { 0 };
	int rc;

	/* Older programs say nothing of them. */
	if (!s->manifest.has_domains)
		return 0;
	domain_count_settle(domains, &s->manifest, NULL, &is);
	rc = compare_domains(s, &s->manifest.domains, &is, err);
	domain_list_release(&is);
	return rc;
}

int
snapshot_verify(const char *path, uint64_t *objects, struct err *err)
{
	struct snapshot *s = snapshot_open(path, err);
	struct record *record = record_new();
	struct domain_count *domains = domain_count_new();
	int rc = s ? 0 : -1;

	*objects = 0;
	for (int i = 0; i < SECTION_COUNT && rc == 0; i++)
		rc = verify_section(s, (enum section)i, objects, domains,
		                    record, err);
	if (rc == 0)
		rc = verify_domains(s, domains, err);
	record_free(record);
	domain_count_free(domains);
	snapshot_close(s);
	return rc;
}
