/*
 * How much of the configuration partitions files hold: whether all of an
 * organization of Exchange is among them, or that there is none, can only be
 * told from what else they show of the partition.
 */
#ifndef COLLECT_IMPORT_CONFIG_SEEN_H
#define COLLECT_IMPORT_CONFIG_SEEN_H

#include <stddef.h>

#include "collect/schema/schema.h"

struct config_seen;
struct record;
struct snapshot_writer;

struct config_seen *config_seen_new(void);
void config_seen_free(struct config_seen *c);
/* The input that is read from now on; NAME is borrowed. */
void config_seen_from(struct config_seen *c, const char *name, size_t number);
void config_seen_put(struct config_seen *c, enum section s,
                     const struct record *r);
/*
 * All inputs were read: says of the sections of the forests' settings what
 * lacks, and of that of Exchange that there is nothing.
 */
void config_seen_tell(const struct config_seen *c, struct snapshot_writer *w);

#endif
