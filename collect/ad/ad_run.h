/* A collection under way, and the reading of one section of it. */
#ifndef COLLECT_AD_AD_RUN_H
#define COLLECT_AD_AD_RUN_H

#include "base/err.h"
#include "base/when.h"
#include "collect/ad/ad_order.h"
#include "collect/ad/ad_read.h"

struct ad_since;

struct ad_run {
	struct ad_sink sink;     /* first: what the reading holds */
	const struct ad_order *order;
	struct ad_forest forest;
	struct ad_reader reader;
	struct snapshot_writer *writer;
	struct snapshot *old;    /* to resume, or to go on from; or NULL */
	struct ad_since *since;  /* NULL: everything is read */
	enum section section;    /* being read, */
	const struct ad_domain *domain;  /* and where */
	when_t collected;
	struct err end;          /* why the reading ended early, if it did */
	char *torn;              /* why differences were given up, or NULL */
	char *way;               /* a note: how it was read, or NULL */
};

/*
 * Reads a section anew, or its differences, with patience. 0 when it is as
 * whole as it gets, which the writer knows, and run->end is filled if all ends
 * there; -1 with ERR filled when nothing can be written.
 */
int ad_run_section(struct ad_run *run, enum section s, struct err *err);

#endif
