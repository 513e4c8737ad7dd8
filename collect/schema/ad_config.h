/*
 * Objects of a forest's configuration and schema partitions that have a section
 * of their own, by class and place: live collection asks for them there
 * (collect/ad/ad_query.c), imports meet them among all else.
 */
#ifndef COLLECT_SCHEMA_AD_CONFIG_H
#define COLLECT_SCHEMA_AD_CONFIG_H

#include "base/record.h"
#include "collect/schema/section.h"

/*
 * AD_EXCHANGE for what lies below CN=Microsoft Exchange,CN=Services, AD_FOREST
 * for what tells of partitions, domain controllers and the schema; OTHERWISE
 * for all else.
 */
enum section ad_config_section(const struct record *r, enum section otherwise);

/* The places of the partition that tell how much of it an export has. */
enum ad_config_place {
	CONFIG_OUTSIDE,          /* in no configuration partition */
	CONFIG_ELSEWHERE,
	CONFIG_HEAD,             /* CN=Configuration itself */
	CONFIG_PARTITIONS,       /* below CN=Partitions */
	CONFIG_SERVICES,         /* CN=Services itself */
	CONFIG_EXCHANGE_HEAD,    /* CN=Microsoft Exchange,CN=Services itself */
	CONFIG_EXCHANGE,         /* below it */
	CONFIG_SCHEMA,           /* CN=Schema and below */
};

/*
 * Where NAME, in the form of dn_normalise, lies. *FOREST, if it lies in such a
 * partition, is the rest of NAME from the forest's first domain component.
 */
enum ad_config_place ad_config_place(const char *name, const char **forest);

#endif
