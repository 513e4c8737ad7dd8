/*
 * What AD says of Exchange's organizations: the objects of the configuration
 * partition that decide whether its last server can go ("How and when to
 * decommission your on-premises Exchange servers in a hybrid deployment"), and
 * what of that was read, forest by forest. A part of the model's header.
 */
#ifndef ANALYZE_MODEL_ORGANIZATION_H
#define ANALYZE_MODEL_ORGANIZATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/findings/findings.h"
#include "analyze/object/object.h"
#include "base/hash_index.h"

struct arena;
struct err;
struct model;
struct snapshot;

enum setting_kind {
	SETTING_ORGANIZATION,
	SETTING_RECEIVE_CONNECTOR, SETTING_SEND_CONNECTOR,
	SETTING_REMOTE_DOMAIN,
	SETTING_PUBLIC_DATABASE,
	SETTING_HYBRID,            /* the hybrid wizard's object */
	SETTING_FEDERATION_TRUST, SETTING_RELATIONSHIP,
	SETTING_INTRA_CONNECTOR,
	SETTING_SERVICE_POINT,     /* of Autodiscover */
	SETTING_KINDS
};

/* An object of the configuration partition. */
struct exchange_setting {
	enum setting_kind kind;
	const char *dn, *guid;     /* GUID as text, or NULL */
	const char *attribute, *value;       /* what tells of it; or NULL */
	/*
	 * Of a receive connector: setup made it; of a send connector: it leads
	 * to the tenant alone; of a remote domain: it is the tenant's, and
	 * marked as the target delivery domain; of a service connection point:
	 * it has an address. UNKNOWN: it has not what tells.
	 */
	enum tristate fits;
	const char *flags;         /* a remote domain's, by which; or NULL */
	uint64_t version;          /* objectVersion; 0: not read */
	const struct snapshot *from;
};

/* What of Exchange was read of a forest. */
struct exchange_forest {
	const char *name;          /* DNS name, in lower case; "": not known */
	bool partitions;           /* which domains it has */
	bool schema_head;          /* CN=Schema itself */
	unsigned plain;            /* bits: attributes that every AD has */
	bool schema;               /* all of it */
	bool settings;             /* the configuration partition */
	/* Why settings and schema were not; NULL: nothing says. */
	const char *reason, *schema_reason;
	const struct snapshot *alone;      /* has some of it, and no domain */
	uint64_t range_upper;      /* of ms-Exch-Schema-Version-Pt; or 0 */
	bool has_schema_version;   /* there is such an attribute */
	size_t organizations, servers;
};

/* An attribute for mail that the schema may have. */
struct schema_mail_attribute {
	const char *name;
	bool is_there;
};

struct exchange_organization {
	enum exchange_state state;
	const char *reason;        /* of one that is not known */
	struct exchange_forest *forests;
	size_t forest_count, forest_room;
	struct exchange_setting *settings;           /* by DN */
	size_t setting_count, setting_room;
	struct hash_index by_dn;           /* while they are loaded */
	const struct snapshot *alone;      /* likewise: see exchange_forest */
	struct schema_mail_attribute *attributes;    /* static names */
	size_t attribute_count;
	const char **heads;        /* domains whose own object was read */
	size_t head_count, head_room;
	size_t folders;            /* mail-enabled public folders of AD */
	uint64_t domain_version;   /* the lowest that was read; or 0 */
};

/* What is the same for all: finds the state when all objects were read. */
void organization_settle(struct model *m);

/*
 * What was not read of the organization, as a sentence in A that names the
 * export to make; NULL: all was. The same of all domains of all forests.
 */
const char *organization_lack(const struct model *m, struct arena *a);
const char *organization_domains_lack(const struct model *m, struct arena *a);
/* Whether there is no organization, nor was there one: nothing is judged. */
bool organization_is_absent(const struct model *m);
/*
 * Whether it is not known, and nothing that was read is a sign of Exchange: no
 * setting, no mark of any recipient, no word of the policy.
 */
bool organization_is_unseen(const struct model *m);
/* The one that texts name, or NULL. */
const struct exchange_setting *organization_main(const struct model *m);
/* How many settings of the kind there are. */
size_t organization_count(const struct model *m, enum setting_kind kind);

#endif
