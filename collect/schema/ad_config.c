/* Tells objects of the configuration partition apart; see ad_config.h. */
#include "collect/schema/ad_config.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/dn.h"
#include "collect/schema/ad_attr.h"

#define PARTITION "cn=configuration,dc="
#define SERVICES "cn=services,"

/* Names end in the forest's own, whose first component begins here. */
static const struct {
	const char *name;
	enum ad_config_place itself, below;
} places[] = {
	{ "cn=microsoft exchange," SERVICES PARTITION, CONFIG_EXCHANGE_HEAD,
	  CONFIG_EXCHANGE },
	{ SERVICES PARTITION, CONFIG_SERVICES, CONFIG_ELSEWHERE },
	{ "cn=partitions," PARTITION, CONFIG_PARTITIONS, CONFIG_PARTITIONS },
	{ "cn=schema," PARTITION, CONFIG_SCHEMA, CONFIG_SCHEMA },
	{ PARTITION, CONFIG_HEAD, CONFIG_ELSEWHERE },
};

/* What else is of the forest, as ad_query.c asks for it. */
static const struct {
	const char *below, *class;
} of_forest[] = {
	{ "cn=schema," PARTITION, "dMD" },
	{ "cn=schema," PARTITION, "attributeSchema" },
	{ "cn=sites," PARTITION, "nTDSDSA" },
	{ "cn=sites," PARTITION, "server" },
	{ "cn=windows nt," SERVICES PARTITION, "nTDSService" },
	{ "cn=windows nt," SERVICES PARTITION, "queryPolicy" },
	{ "cn=device registration configuration," SERVICES PARTITION,
	  "serviceConnectionPoint" },
};

/* Where PLACE begins in NAME as RDNs of their own, or NULL. */
static const char *
find_place(const char *name, const char *place)
{
	const char *at = name;

	while ((at = strstr(at, place))) {
		if (at == name || (at[-1] == ',' &&
		    (at - name < 2 || at[-2] != '\\')))
			return at;
		at++;
	}
	return NULL;
}

enum ad_config_place
ad_config_place(const char *name, const char **forest)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		const char *at = find_place(name, places[i].name);

		if (!at)
			continue;
		*forest = at + strlen(places[i].name) - strlen("dc=");
		return at == name ? places[i].itself : places[i].below;
	}
	return CONFIG_OUTSIDE;
}

static bool
has_class(const struct record *r, const char *class)
{
	long at = record_find(r, "objectClass");

	for (size_t i = 0; at >= 0 && i < record_values(r, (size_t)at); i++) {
		struct value v = record_value(r, (size_t)at, i);
		const char *found = v.kind == VALUE_TEXT
			? strcasestr(v.data, class) : NULL;

		/* The values may be joined into one text. */
		if (found && !(found > v.data &&
		               isalnum((unsigned char)found[-1])) &&
		    !isalnum((unsigned char)found[strlen(class)]))
			return true;
	}
	return false;
}

static enum section
section_of(const struct record *r, const char *name, enum section otherwise)
{
	const char *forest;

	switch (ad_config_place(name, &forest)) {
	case CONFIG_EXCHANGE_HEAD:
	case CONFIG_EXCHANGE:
		return AD_EXCHANGE;
	case CONFIG_PARTITIONS:
		return AD_FOREST;
	default:
		break;
	}
	for (size_t i = 0; i < sizeof(of_forest) / sizeof(of_forest[0]); i++)
		if (find_place(name, of_forest[i].below) &&
		    has_class(r, of_forest[i].class))
			return AD_FOREST;
	return otherwise;
}

enum section
ad_config_section(const struct record *r, enum section otherwise)
{
	const char *dn = record_text(r, AD_DN);
	struct buf name = { 0 };
	enum section s = otherwise;

	/* Most objects lie elsewhere. */
	if (!dn || !strcasestr(dn, "configuration"))
		return otherwise;
	if (dn_normalise(&name, dn) == 0)
		s = section_of(r, name.data, otherwise);
	buf_release(&name);
	return s;
}
