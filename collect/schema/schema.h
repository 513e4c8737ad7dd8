/*
 * What records can hold: the sections they belong to, the attributes of AD and
 * of Graph with their kinds and order, and sets of attribute names.
 */
#ifndef COLLECT_SCHEMA_SCHEMA_H
#define COLLECT_SCHEMA_SCHEMA_H

#include "collect/schema/ad_attr.h"
#include "collect/schema/ad_config.h"
#include "collect/schema/graph_record.h"
#include "collect/schema/mail_schema.h"
#include "collect/schema/name_set.h"
#include "collect/schema/reads.h"
#include "collect/schema/section.h"
#include "collect/schema/section_set.h"
#include "collect/schema/tenant_attr.h"

#endif
