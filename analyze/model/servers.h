/*
 * The servers that AD names, and what synchronizes, as far as that is known. A
 * part of the model's header.
 */
#ifndef ANALYZE_MODEL_SERVERS_H
#define ANALYZE_MODEL_SERVERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/build.h"
#include "base/guid.h"

struct arena;
struct domain;
struct model;
struct snapshot;

/*
 * A server of Exchange, by its object in AD: that of one that was erased, or
 * shut down, is there still.
 */
struct exchange_server {
	const char *dn, *name;
	struct guid guid;
	bool has_guid;
	const char *serial;          /* serialNumber as written, or NULL */
	/* Of serialNumber, which shows cumulative updates, no others. */
	struct build build;
	bool has_build;
	const struct snapshot *from;
};

struct exchange_servers {
	struct exchange_server *items;       /* by DN */
	size_t count, room;
};

/* "Version 15.2 (Build 31748.10)" is 15.2.1748.10. 0, or -1: it is none. */
int exchange_build_parse(struct build *b, const char *serial);

/* ---- domain controllers (controllers.c) ---- */

/* Longer names, and the end of the text, no computer has. */
enum { CONTROLLER_NAME = 64 };
/* Whether NAME, of LEN bytes, is a domain controller's of the forest of D. */
bool controllers_have(const struct model *m, const struct domain *d,
                      const char *name, size_t len);

/* ---- what synchronizes (sync_engines.c) ---- */

/* One server of Connect, or the agents of a forest under Cloud Sync. */
struct sync_engine {
	bool is_cloud_sync;
	const char *name;            /* "Connect", "DirSync" ... */
	const char *forest;          /* of Cloud Sync; or NULL */
	const char *build_text;      /* NULL: the build is not known */
	struct build build;
	const char *told_by;         /* who says so: a file's name ... */
};

/*
 * All that are known, in A: that of all forests which are under Connect, or of
 * which nobody says what they are under; then those under Cloud Sync.
 */
size_t sync_engines(const struct model *m, struct arena *a,
                    struct sync_engine **out);
/* The one that is not Cloud Sync, in A, or NULL. */
const struct sync_engine *sync_engine_connect(const struct model *m,
                                              struct arena *a);

/* Why no server of Connect is to be judged; NULL: one is, or may be. */
const char *sync_server_moot(const struct model *m, struct arena *a);

#endif
