/* What the tenant will hold, object by object. A part of findings.h. */
#ifndef ANALYZE_FINDINGS_FORECAST_TOLD_H
#define ANALYZE_FINDINGS_FORECAST_TOLD_H

#include <stdbool.h>
#include <stddef.h>

#include "analyze/findings/ad_told.h"
#include "analyze/findings/authority.h"
#include "analyze/findings/counts.h"
#include "analyze/findings/sync_told.h"
#include "analyze/findings/words.h"
#include "base/when.h"

/* Where a value of the forecast comes from. */
struct origin {
	const char *value;         /* "upn", "mailNickname", or an address */
	const char *from;          /* origin_name, or a sentence */
	enum origin_kind kind;     /* set by the reader, of FROM */
};

/* A value of AD that does not reach the tenant. */
struct dropped {
	const char *value, *reason;
};

/* What sync changes in the tenant's object; NULL: there is no value. */
struct change {
	const char *attribute, *from, *to;
};

/* How the object was at an earlier time. */
struct past_state {
	when_t when;
	const char *dn;
	bool in_scope;
	bool unplaced;             /* whether it was, is not known */
	enum enabled enabled;
};

/* What AD has of an attribute, where that was collected. */
struct known_text {
	bool is_known;
	const char *text;          /* NULL: none */
};

/* One line of forecast.ndjson. */
struct forecast {
	const char *dn, *guid, *class;
	const char *kind;          /* of a user; as that of a finding */
	const char *object;        /* with neither GUID nor DN: SID, account */
	const char *sam, *ad_upn;  /* AD's sAMAccountName, userPrincipalName */
	/* AD's today, whatever edits make of it; the last of proxyAddresses */
	struct known_text display_name, mail_now, primary_now;
	/* The canonical name of the container; NULL: not known. */
	const char *place;
	bool in_scope;
	bool unplaced;             /* whether it is, is not known */
	const char *scope_reason;
	enum action action;
	enum match match;
	const char *match_reason, *matched_id, *source_anchor;
	const char *upn, *mail, *mail_nickname, *primary_smtp;
	const char *const *proxy_addresses;
	size_t proxy_count;
	/* What AD has of mail attributes that Exchange Online owns. */
	struct ad_copy {
		bool is;           /* it owns them; else nothing is told */
		const char *mail, *mail_nickname;
		const char *const *proxy_addresses;
		size_t proxy_count;
	} ad_copy;
	struct ad_told ad;         /* the same of every object, and more */
	enum enabled account_enabled;
	enum confidence confidence;
	const char *const *doubts;           /* why it is not documented */
	size_t doubt_count;
	enum readiness readiness;
	const struct origin *origins;
	size_t origin_count;
	const struct dropped *dropped;
	size_t dropped_count;
	const struct change *changes;
	size_t change_count;
	const struct past_state *history;    /* newest first */
	size_t history_count;
	const struct member_counts *members; /* of groups; NULL: not counted */
	/* Not asked for, so not compared; rules by which it is not ready. */
	struct {
		const char *const *names;
		size_t count;
	} ad_lacks, tenant_lacks, unready_by;
	const char *forest, *domain;         /* DNS names */
	struct authorities authority;
};

#endif
