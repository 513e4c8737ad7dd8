/* Tells domains by names; blanks, escapes and case are those of base/dn.h. */
#include "collect/snapshot/partition.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/dn.h"
#include "base/utf8.h"

static const char *
skip_blanks(const char *p)
{
	while (*p == ' ')
		p++;
	return p;
}

/* Whether the first RDN of DN is a domain component. */
static bool
is_component(const char *dn)
{
	dn = skip_blanks(dn);
	return strncasecmp(dn, "DC", 2) == 0 && *skip_blanks(dn + 2) == '=';
}

/* The partitions in which AD keeps the zones of DNS. */
static bool
is_dns_zones(const char *name)
{
	static const char *const zones[] = {
		"domaindnszones.", "forestdnszones.",
	};

	for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++)
		if (strncmp(name, zones[i], strlen(zones[i])) == 0)
			return true;
	return false;
}

static bool
is_configuration(const char *dn)
{
	static const char name[] = "cn=configuration,";
	struct buf whole = { 0 };
	bool is = dn_normalise(&whole, dn) == 0 &&
	          strncmp(whole.data, name, sizeof(name) - 1) == 0;

	buf_release(&whole);
	return is;
}

enum partition
partition_of(const char *dn, struct buf *name, size_t *tail)
{
	const char *run = NULL, *before = NULL;
	struct buf domain = { 0 };
	enum partition is = PARTITION_NONE;

	*tail = SIZE_MAX;
	for (const char *at = dn; *at; at = dn_parent(at)) {
		if (!is_component(at)) {
			before = at;
			run = NULL;
		} else if (!run) {
			run = at;
		}
	}
	if (!run || dn_normalise(&domain, run) < 0)
		goto out;
	if (before)
		*tail = (size_t)(before - dn);
	dn_domain(name, domain.data);
	is = !*buf_text(name) ? PARTITION_NONE
		: before && is_configuration(before) ? PARTITION_CONFIGURATION
		: is_dns_zones(buf_text(name)) ? PARTITION_APPLICATION
		: PARTITION_DOMAIN;
out:
	buf_release(&domain);
	return is;
}

enum partition
partition_of_canonical(const char *canonical, struct buf *name)
{
	size_t len = strcspn(canonical, "/");

	/* Without one it is a name of another kind. */
	if (!len || !canonical[len])
		return PARTITION_NONE;
	utf8_fold(name, canonical, len);
	return strncmp(canonical + len, "/Configuration/", 15) == 0
		? PARTITION_CONFIGURATION
		: is_dns_zones(buf_text(name)) ? PARTITION_APPLICATION
		: PARTITION_DOMAIN;
}
