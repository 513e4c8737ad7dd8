/* The rules of each file, for the catalogue. */
#ifndef ANALYZE_RULES_FAMILIES_H
#define ANALYZE_RULES_FAMILIES_H

#include <stddef.h>

struct rule;

/* A file's rules, for the catalogue. */
struct family {
	const struct rule *rules;
	size_t count;
};

extern const struct family primary_rules;      /* rules/primary.c */
extern const struct family contact_rules;      /* rules/contact.c */
extern const struct family address_rules;      /* rules/address.c */
extern const struct family mail_use_rules;     /* rules/mail_use.c */
extern const struct family alias_rules;        /* rules/alias.c */
extern const struct family scope_rules;        /* rules/scope.c */
extern const struct family member_rules;       /* rules/member.c */
extern const struct family domain_rules;       /* rules/domain.c */
extern const struct family password_event_rules; /* rules/password_events.c */
extern const struct family password_rules;     /* rules/password.c */
extern const struct family password_time_rules; /* rules/password_time.c */
extern const struct family account_rules;      /* rules/account.c */
extern const struct family identity_rules;     /* rules/identity.c */
extern const struct family sign_in_rules;      /* rules/sign_in.c */
extern const struct family shared_rules;       /* rules/shared.c */
extern const struct family shared_id_rules;    /* rules/shared_id.c */
extern const struct family standing_rules;     /* rules/standing.c */
extern const struct family held_rules;         /* rules/held.c */
extern const struct family match_rules;        /* rules/match.c */
extern const struct family managed_rules;      /* rules/managed.c */
extern const struct family blocked_rules;      /* rules/blocked.c */
extern const struct family same_rules;         /* rules/same.c */
extern const struct family linked_rules;       /* rules/linked.c */
extern const struct family mailbox_rules;      /* rules/mailbox.c */
extern const struct family left_mark_rules;    /* rules/left_mark.c */
extern const struct family suffix_rules;       /* rules/suffix.c */
extern const struct family domain_use_rules;   /* rules/domain_use.c */
extern const struct family reported_rules;     /* rules/reported.c */
extern const struct family unheld_rules;       /* rules/unheld.c */
extern const struct family idfix_rules;        /* rules/idfix.c */
extern const struct family tenant_rules;       /* rules/tenant.c */
extern const struct family sync_state_rules;   /* rules/sync_state.c */
extern const struct family engine_age_rules;   /* rules/engine_age.c */
extern const struct family engine_rules;       /* rules/engine.c */
extern const struct family exchange_rules;     /* rules/exchange.c */
extern const struct family admin_rules;        /* rules/admin.c */
extern const struct family address_policy_rules; /* rules/address_policy.c */
extern const struct family flaw_rules;         /* rules/flaw.c */
extern const struct family amount_rules;       /* rules/amount.c */
extern const struct family replaced_rules;     /* rules/replaced.c */
extern const struct family recipient_rules;    /* rules/recipient.c */
extern const struct family delegate_rules;     /* rules/delegate.c */
extern const struct family routing_rules;      /* rules/routing.c */
extern const struct family online_rules;       /* rules/online.c */
extern const struct family service_point_rules; /* rules/service_point.c */
extern const struct family usable_rules;       /* rules/usable.c */
extern const struct family mailbox_use_rules;  /* rules/mailbox_use.c */
extern const struct family group_rules;        /* rules/group.c */
extern const struct family unsynced_rules;     /* rules/unsynced.c */
extern const struct family cleared_rules;      /* rules/cleared.c */
extern const struct family broken_again_rules; /* rules/broken_again.c */
extern const struct family past_rules;         /* rules/past.c */
extern const struct family licence_rules;      /* rules/licence.c */
extern const struct family assigned_rules;     /* rules/assigned.c */
extern const struct family call_rules;         /* rules/call.c */
extern const struct family aligned_rules;      /* rules/aligned.c */
extern const struct family target_rules;       /* rules/target.c */
extern const struct family too_early_rules;    /* rules/too_early.c */
extern const struct family former_name_rules;  /* rules/former_name.c */
extern const struct family engine_place_rules; /* rules/engine_place.c */
extern const struct family last_object_rules;  /* rules/last_objects.c */
extern const struct family last_tenant_rules;  /* rules/last_tenant.c */
extern const struct family last_online_rules;  /* rules/last_online.c */
extern const struct family last_setting_rules; /* rules/last_settings.c */
extern const struct family last_tool_rules;    /* rules/last_tools.c */
extern const struct family last_asked_rules;   /* rules/last_asked.c */
extern const struct family made_anew_rules;    /* rules/made_anew.c */

#endif
