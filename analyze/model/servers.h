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

/* Bits of msExchCurrentServerRoles; of 2013 the client access role is 1. */
enum exchange_role {
	EXCHANGE_CLIENT_ACCESS_2013 = 1,
	EXCHANGE_MAILBOX = 2,
	EXCHANGE_CLIENT_ACCESS = 4,
	EXCHANGE_UNIFIED_MESSAGING = 16,
	EXCHANGE_HUB_TRANSPORT = 32,
	EXCHANGE_EDGE = 64,
	EXCHANGE_FRONTEND_TRANSPORT = 16384,
};

/*
 * A server of Exchange, by its object in AD, by what Get-ExchangeServer says of
 * it, or by both: the object of one that was erased, or shut down, is there
 * still.
 */
struct exchange_server {
	const char *dn, *name;
	struct guid guid;
	bool has_guid;
	const char *serial;          /* serialNumber as written, or NULL */
	const char *displayed;       /* AdminDisplayVersion, or NULL */
	/*
	 * Of what TOLD_BY names: serialNumber, if it is a build, as it is the
	 * object's own; else AdminDisplayVersion. Both show cumulative updates,
	 * no others.
	 */
	struct build build;
	bool has_build;
	const char *told_by;         /* NULL without build */
	const char *told;            /* its value */
	unsigned roles;              /* bits of enum exchange_role */
	bool has_roles;              /* they were told, and in known words */
	bool in_ad;                  /* its object was read */
	const struct snapshot *from; /* the first that has it */
};

struct exchange_servers {
	struct exchange_server *items;       /* by DN */
	size_t count, room;
};

/*
 * "Version 15.2 (Build 31748.10)" is 15.2.1748.10, and so is "Version 15.2
 * (Build 1748.10)", as AdminDisplayVersion has it. 0, or -1: it is none.
 */
int exchange_build_parse(struct build *b, const char *serial);
/*
 * Roles as msExchCurrentServerRoles or ServerRole has them: "16439", "Mailbox,
 * ClientAccess". 0, or -1: there is no role, or an unknown one.
 */
int exchange_roles_parse(unsigned *roles, const char *text);

/* Its GUID as text, in A; or NULL. */
const char *exchange_server_guid(const struct exchange_server *s,
                                 struct arena *a);

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
