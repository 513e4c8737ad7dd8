/* The domains of a snapshot, for its readers; see snapshot.h. */
#include <string.h>

#include "base/buf.h"
#include "collect/snapshot/asking.h"
#include "collect/snapshot/domain_read.h"
#include "collect/snapshot/opened.h"
#include "collect/snapshot/partition.h"

int
snapshot_find_domains(struct snapshot *s, struct err *err)
{
	if (s->domains_known)
		return 0;
	if (!s->manifest.has_domains &&
	    domain_read(s, &s->manifest.domains, err) < 0)
		return -1;
	s->domains_known = true;
	return 0;
}

size_t
snapshot_domain_count(const struct snapshot *s)
{
	return s->manifest.domains.count;
}

static const struct manifest_domain *
domain_at(const struct snapshot *s, size_t i)
{
	return s->manifest.domains.items[i];
}

/* What the manifest says of that domain's part of the section. */
static const struct manifest_section *
part_of(const struct snapshot *s, size_t i, enum section sec)
{
	return i == ALL_DOMAINS ? &s->manifest.sections[sec]
	                        : &domain_at(s, i)->sections[sec];
}

const struct snapshot_domain *
snapshot_domain_at(const struct snapshot *s, size_t i)
{
	return &domain_at(s, i)->is;
}

bool
snapshot_domain_sid_doubtful(const struct snapshot *s, size_t i)
{
	return domain_at(s, i)->sid_doubtful;
}

bool
snapshot_domain_forest_doubtful(const struct snapshot *s, size_t i)
{
	return domain_at(s, i)->forest_doubtful;
}

uint64_t
snapshot_domain_objects(const struct snapshot *s, size_t i, enum section sec)
{
	return part_of(s, i, sec)->count;
}

enum section_state
snapshot_domain_state(const struct snapshot *s, size_t i, enum section sec)
{
	return part_of(s, i, sec)->state;
}

const char *
snapshot_domain_reason(const struct snapshot *s, size_t i, enum section sec)
{
	return part_of(s, i, sec)->reason;
}

bool
snapshot_domain_has_all_objects(const struct snapshot *s, size_t i,
                                enum section sec)
{
	const struct manifest_section *part = part_of(s, i, sec);

	return part->state == SECTION_COMPLETE ||
	       (part->state == SECTION_PARTIAL && part->all_objects);
}

/* Whether one of the servers that were read has the domain. */
static bool
is_served(const struct snapshot *s, const char *domain)
{
	struct snapshot_server server;
	bool is = false;

	for (size_t i = 0; !is && snapshot_server_at(s, i, &server) == 0;
	     i++) {
		struct buf name = { 0 };
		size_t tail;

		if (server.domain &&
		    partition_of(server.domain, &name, &tail) ==
		    PARTITION_DOMAIN)
			is = strcmp(buf_text(&name), domain) == 0;
		buf_release(&name);
	}
	return is;
}

bool
snapshot_domain_is_held(const struct snapshot *s, size_t i)
{
	const struct manifest_domain *d = domain_at(s, i);
	bool asked = false;

	for (size_t k = 0; k < SYNCED_SECTIONS; k++) {
		if (d->sections[synced_sections[k]].count)
			return true;
		asked = asked || d->sections[synced_sections[k]].state !=
		        SECTION_NOT_ASKED;
	}
	return asked && (d->is.sid || is_served(s, d->is.name));
}

/* Where the attributes of that part are told. */
static const struct manifest_section *
cover_of(const struct snapshot *s, size_t i, enum section sec)
{
	return i == ALL_DOMAINS || domain_at(s, i)->own_attributes[sec]
		? part_of(s, i, sec) : part_of(s, ALL_DOMAINS, sec);
}

bool
snapshot_domain_covers(const struct snapshot *s, size_t i, enum section sec,
                       const char *attribute)
{
	return snapshot_domain_asking(s, i, sec, attribute).asked ==
	       ASKING_ALL;
}

struct snapshot_asking
snapshot_domain_asking(const struct snapshot *s, size_t i, enum section sec,
                       const char *attribute)
{
	if (part_of(s, i, sec)->state == SECTION_NOT_ASKED)
		return (struct snapshot_asking){ .asked = ASKING_NONE };
	return asking_of(cover_of(s, i, sec), attribute);
}

struct snapshot_lack
snapshot_domain_lack(const struct snapshot *s, size_t i, enum section sec,
                     const char *attribute)
{
	return lack_told(&part_of(s, i, sec)->lacks, attribute);
}

/* Where the forest is known, it may have domains that could not be read. */
bool
snapshot_is_whole_forest(const struct snapshot *s)
{
	static const char *const narrowing[] = { "base", "filter", "domains" };

	if (!snapshot_is_live(s) ||
	    snapshot_state(s, AD_FOREST) != SECTION_COMPLETE)
		return false;
	for (size_t i = 0; i < sizeof(narrowing) / sizeof(narrowing[0]); i++)
		if (snapshot_requested(s, narrowing[i]))
			return false;
	for (size_t i = 0; i < SYNCED_SECTIONS; i++)
		if (!snapshot_domain_has_all_objects(s, ALL_DOMAINS,
		                                     synced_sections[i]))
			return false;
	return true;
}
