/* The addresses of a forecast, and the order in which it is made. */
#include "analyze/forecast/forecast.h"

#include <string.h>
#include <strings.h>

#include "analyze/forecast/joined.h"
#include "analyze/forecast/licence.h"
#include "analyze/forecast/mail_kept.h"
#include "analyze/forecast/match.h"
#include "analyze/forecast/quarantine.h"
#include "analyze/forecast/work.h"
#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "analyze/scope/scope.h"
#include "base/utf8.h"

static void
judge_recipient(struct work *w)
{
	const struct object *o = w->with.o;
	bool now = o->kind == KIND_GROUP ? object_is_mail_enabled(o)
		: o->kind == KIND_USER && (o->forecast.will_have_mailbox ||
		                           recipient_is_known(o));

	w->formerly = !now && o->kind != KIND_CONTACT &&
	              work_held(w, ACCOUNT_MOERA);
	w->exo = now || w->formerly;
}

/* mail counts where proxyAddresses does not mask it. */
static bool
is_masked(const struct work *w)
{
	if (w->with.m->policy->assume.mask_sanitised)
		return w->proxycalc.count > 0;
	return w->with.o->proxy_count > 0;
}

static const char *
calc_mail(struct work *w)
{
	const char *value = w->mail;
	const char *reason;
	enum drop fate = proxycalc_address(&w->with, "mail", &value, &reason);

	if (fate == DROP_NOT)
		return value;
	w->proxycalc.primary = fate;
	proxycalc_drop(&w->with, &w->proxycalc, w->mail, reason);
	return NULL;
}

static bool
is_kept(const struct work *w, const char *address)
{
	for (size_t i = 0; i < w->proxycalc.count; i++)
		if (w->proxycalc.kept[i].type != ADDRESS_OTHER &&
		    utf8_same_folded(w->proxycalc.kept[i].value, address))
			return true;
	return false;
}

/* Whether proxyAddresses has lost the address already. */
static bool
is_lost(const struct object *o, const char *address)
{
	for (size_t i = 0; i < o->forecast.contested_count; i++)
		if (!o->forecast.contested[i].is_name &&
		    o->forecast.contested[i].end >= QUARANTINE_HELD &&
		    utf8_same_folded(o->forecast.contested[i].value, address))
			return true;
	return false;
}

/* The UPN as an address, which may be another object's. */
static const char *
calc_upn(struct work *w)
{
	const char *who;

	if (!w->upn.value || is_kept(w, w->upn.value))
		return w->upn.value;
	if (is_lost(w->with.o, w->upn.value))
		return NULL;
	who = proxycalc_rival(&w->with, UNIQUE_ADDRESS, w->upn.value,
	                      "userPrincipalName");
	if (!who)
		return w->upn.value;
	work_doubt(w, DOUBT_NAME_AS_ADDRESS);
	proxycalc_drop(&w->with, &w->proxycalc, w->upn.value,
	               arena_join(w->with.arena, who, strlen(who),
	                          " has it as an address"));
	return NULL;
}

/* Who was a recipient only once keeps what he has, and gets nothing new. */
static bool
is_gone_address(const struct work *w)
{
	const struct account *h = w->with.o->links.account;

	return w->formerly && w->upn.value && h->has_proxies &&
	       !account_has_address(h, w->upn.value);
}

/* What there is instead of a primary address that AD gives. */
static enum primary_cause
cause_without(const struct work *w)
{
	static const enum primary_cause causes[] = {
		[DROP_NOT] = PRIMARY_ONLY_SECONDARY,
		[DROP_NO_PREFIX] = PRIMARY_ONLY_SECONDARY,
		[DROP_LEGACY] = PRIMARY_ONLY_SECONDARY,
		[DROP_ONLINE] = PRIMARY_ONLY_SECONDARY,
		[DROP_MALFORMED] = PRIMARY_MALFORMED,
		[DROP_RESERVED] = PRIMARY_RESERVED,
		[DROP_UNVERIFIED] = PRIMARY_UNVERIFIED,
		[DROP_CONFLICT] = PRIMARY_CONFLICT,
	};

	return w->exo ? causes[w->proxycalc.primary] : PRIMARY_NONE;
}

static size_t
count_primaries(const struct work *w, const char **first)
{
	size_t n = 0;

	*first = NULL;
	for (size_t i = 0; i < w->proxycalc.count; i++) {
		const struct proxycalc_value *one = &w->proxycalc.kept[i];

		if (one->type != ADDRESS_PRIMARY)
			continue;
		n++;
		if (!*first || ascii_casecmp(one->value, *first) < 0)
			*first = one->value;
	}
	return n;
}

static void
set_primary(struct work *w, enum primary_cause cause, const char *value,
            const char *from)
{
	w->with.o->forecast.cause = cause;
	w->primary = (struct sourced){ value, from };
}

/* Neither mail nor proxyAddresses says anything. */
static void
primary_of_nothing(struct work *w)
{
	const char *upn = w->upn.value;
	bool is_own = upn && w->sign_in.value &&
	              strcmp(upn, w->sign_in.value) == 0;

	if (!w->exo)
		return;
	if (w->formerly || w->with.o->kind != KIND_USER)
		set_primary(w, PRIMARY_LEFT_OVER, w->moera.value,
		            w->moera.from);
	else if (upn && !w->upn_address)
		set_primary(w, PRIMARY_CONFLICT, w->moera.value,
		            w->moera.from);
	else
		set_primary(w, is_own ? PRIMARY_FROM_UPN
		            : w->with.o->forecast.upn_lost ? PRIMARY_CONFLICT
		            : w->sign_in.value &&
		              upn_fault(w->sign_in.value)
		            ? PRIMARY_UPN_MALFORMED
		            : PRIMARY_UPN_UNVERIFIED, upn,
		            origin_name(ORIGIN_UPN));
}

/* Values that are no mail addresses, such as x500, may mask mail, or not. */
static bool
has_smtp(const struct work *w)
{
	for (size_t i = 0; i < w->proxycalc.count; i++)
		if (w->proxycalc.kept[i].type != ADDRESS_OTHER)
			return true;
	return false;
}

/* By the order of KB3190357 and KB2643629. */
static void
choose_primary(struct work *w)
{
	const char *first, *mail;
	size_t n = count_primaries(w, &first);

	if (n > 1)
		work_doubt(w, DOUBT_SEVERAL);
	if (n == 1 || (n > 1 && !w->with.m->policy->assume.several_moera)) {
		set_primary(w, PRIMARY_FROM_PROXIES, first, NULL);
		return;
	}
	if (!is_masked(w) && !w->mail) {
		primary_of_nothing(w);
		return;
	}
	mail = is_masked(w) ? NULL : calc_mail(w);
	if (mail) {
		set_primary(w, PRIMARY_FROM_MAIL, mail,
		            origin_name(ORIGIN_MAIL));
		return;
	}
	if (is_masked(w) && !has_smtp(w) && w->mail)
		work_doubt(w, DOUBT_MASKED);
	if (cause_without(w) != PRIMARY_NONE)
		set_primary(w, cause_without(w), w->moera.value,
		            w->moera.from);
}

static bool
has_proxy(const struct work *w, const char *prefix, const char *value)
{
	size_t len = strlen(prefix);

	for (size_t i = 0; i < w->count; i++)
		if (strncasecmp(w->proxies[i], prefix, len) == 0 &&
		    utf8_same_folded(w->proxies[i] + len, value))
			return true;
	return false;
}

static void
add_origin(struct work *w, const char *value, const char *from)
{
	if (value && from)
		w->origins[w->origin_count++] =
			(struct origin){ .value = value, .from = from };
}

static void
put_proxy(struct work *w, const char *prefix, struct sourced s)
{
	const char *whole = *prefix
		? arena_join(w->with.arena, prefix, strlen(prefix), s.value)
		: s.value;

	w->proxies[w->count++] = whole;
	add_origin(w, whole, s.from);
}

static void
add_proxy(struct work *w, const char *prefix, struct sourced s)
{
	if (s.value && !has_proxy(w, prefix, s.value))
		put_proxy(w, prefix, s);
}

/* Each of them is kept once: only the primary address may be one of them. */
static void
add_kept(struct work *w)
{
	for (size_t i = 0; i < w->proxycalc.count; i++) {
		const struct proxycalc_value *one = &w->proxycalc.kept[i];
		const struct sourced as = { .value = one->value };

		if (one->type == ADDRESS_OTHER)
			put_proxy(w, "", as);
		else if (!w->primary.value ||
		         !utf8_same_folded(w->primary.value, one->value))
			put_proxy(w, "smtp:", as);
	}
}

/* Exchange gives people with a mailbox a SIP address (SHADOW). */
static void
add_sip(struct work *w)
{
	const struct object *o = w->with.o;
	bool had = o->links.account && o->links.account->has_sip;
	bool is = recipient_is_person(o) && (o->forecast.will_have_mailbox ||
	                                     o->mail_nickname);

	if (o->kind != KIND_USER || (!is && !had))
		return;
	for (size_t i = 0; i < w->count; i++)
		if (strncasecmp(w->proxies[i], "sip:", 4) == 0)
			return;
	add_proxy(w, "SIP:", (struct sourced){
		o->upn && w->upn.value ? w->upn.value : w->primary.value,
		origin_name(ORIGIN_EXCHANGE)
	});
}

static void
add_proxies(struct work *w)
{
	add_proxy(w, "SMTP:", w->primary);
	add_kept(w);
	if (w->exo)
		add_proxy(w, "smtp:", w->moera);
	if (w->exo && w->with.o->forecast.cause != PRIMARY_LEFT_OVER)
		add_proxy(w, "smtp:", (struct sourced){
			w->upn_address, origin_name(ORIGIN_UPN)
		});
	add_sip(w);
}

static void
fill_proxies(struct work *w)
{
	size_t room = w->proxycalc.count + 4;

	w->proxies = arena_alloc(w->with.arena, room * sizeof(*w->proxies));
	w->origins = arena_alloc(w->with.arena,
	                         (room + 2) * sizeof(*w->origins));
	add_proxies(w);
	add_origin(w, "upn", w->upn.value ? w->upn.from : NULL);
	add_origin(w, "mailNickname", w->nickname.value ? w->nickname.from
	                                                : NULL);
}

static void
fill_forecast(struct work *w)
{
	struct forecast *f = &w->with.o->forecast.line;

	f->upn = w->upn.value;
	f->mail = w->primary.value;
	f->mail_nickname = w->nickname.value;
	f->primary_smtp = w->primary.value;
	f->proxy_addresses = w->proxies;
	f->proxy_count = w->count;
	f->origins = w->origins;
	f->origin_count = w->origin_count;
	f->dropped = w->proxycalc.dropped;
	f->dropped_count = w->proxycalc.dropped_count;
}

static void
compute(struct work *w)
{
	const char *mail = w->with.o->mail;

	mail = mail ? proxycalc_trim(w->with.arena, mail) : NULL;
	w->mail = mail && *mail ? mail : NULL;
	work_sign_in(w);
	proxycalc_proxies(&w->with, &w->proxycalc);
	work_nickname(w);
	judge_recipient(w);
	work_moera(w);
	work_upn(w);
	w->upn_address = w->exo && !is_gone_address(w) ? calc_upn(w) : NULL;
	choose_primary(w);
	fill_proxies(w);
	work_doubt_all(w);
	fill_forecast(w);
}

/* The RDN says what cn says. */
static void
doubt_place(struct object *o)
{
	if (o->scope.state == SCOPE_FILTERED && o->kind != KIND_USER &&
	    object_masks_mail(o))
		doubt_add(o, DOUBT_MAIL_ENABLED);
	if (o->scope.state != SCOPE_IN)
		return;
	if (o->scope.cause == SCOPE_BY_GUESS)
		doubt_add(o, !o->dn &&
		          o->scope.reason == scope_not_known.reason
		          ? DOUBT_PLACE : DOUBT_TAKEN);
	if (o->ad.place_then != WHEN_NONE)
		doubt_add(o, DOUBT_PLACE_THEN);
	if (o->dn)
		return;
	if (!o->cn && (o->kind == KIND_USER || o->kind == KIND_GROUP ||
	               o->kind == KIND_CONTACT))
		doubt_add(o, DOUBT_TWICE);
}

static void
begin(struct object *o)
{
	o->forecast.cause = PRIMARY_NONE;
	o->forecast.contested_count = 0;
	o->forecast.upn_fault = o->forecast.upn_lost = NULL;
	o->forecast.upn_held = NULL;
	o->forecast.former = o->forecast.former_source = NULL;
	o->forecast.left_over = NULL;
	o->forecast.block = BLOCK_NOT;
	o->forecast.blocks = 0;
	o->forecast.overruled = false;
	o->forecast.unheld = NULL;
	o->forecast.unheld_count = 0;
	o->forecast.doubts = (struct doubts){ 0 };
	o->forecast.blocked_by = NULL;
	o->forecast.blocker = NULL;
	o->forecast.line = (struct forecast){
		.dn = o->dn, .class = kind_name(o->kind),
		.sam = o->sam,
		.ad_upn = o->upn,
		.in_scope = o->scope.state == SCOPE_IN,
		.unplaced = o->scope.cause == SCOPE_BY_GUESS,
		.scope_reason = o->scope.reason,
		.account_enabled = o->enabled == YES ? ENABLED_YES :
			o->enabled == NO ? ENABLED_NO : ENABLED_UNKNOWN,
	};
	if (o->scope.state == SCOPE_IN && doubt_is_unread(o))
		doubt_add(o, DOUBT_UNREAD);
	doubt_place(o);
}

static void
forecast_with(const struct model *m, struct object *o, struct arena *a,
              struct quarantine *c)
{
	struct work w = {
		.with = { .m = m, .o = o, .arena = a, .quarantine = c },
	};

	begin(o);
	if (o->scope.state == SCOPE_IN && o->kind != KIND_COMPUTER)
		compute(&w);
}

/* One with another object: it has no account of its own to forecast. */
static bool
is_joined(const struct model *m, struct object *o, struct arena *a,
          struct quarantine *c)
{
	o->forecast.joined = joined_ask(c, o, a);
	if (o->forecast.joined.left_out && o->scope.state == SCOPE_FILTERED)
		o->scope.reason = "filtered: linked mailbox, its master "
		                  "account is out of the scope";
	if (o->forecast.joined.end != JOINED_PART ||
	    o->scope.state != SCOPE_IN)
		return false;
	begin(o);
	joined_forecast(m, o, a);
	joined_doubt(o);
	return true;
}

/* What is asked of others that claim a value. */
static bool
would_have(struct quarantine *theirs, struct object *o, struct arena *a)
{
	if (joined_ask(theirs, o, a).end == JOINED_PART)
		return false;
	forecast_object(theirs->m, o, a, NULL);
	return true;
}

void
forecast_object(const struct model *m, struct object *o, struct arena *a,
                struct quarantine *c)
{
	if (c)
		c->would_have = would_have;
	scope_judge_account(model_policy(m, o), o, table_covered(
		&m->tables[section_of(SIDE_AD, o->kind)], o), a);
	licence_fill(m, o);
	o->forecast.joined = (struct joined){ .end = JOINED_NOT };
	if (c && is_joined(m, o, a, c))
		return;
	joined_take(o, a);
	forecast_with(m, o, a, NULL);
	if (c && match_is_blocked(m, o, a, c))
		return;
	if (c)
		forecast_with(m, o, a, c);
	match_object(m, o, a);
	mail_kept_fill(m, o, a);
	joined_tell_master(o, a);
	joined_doubt(o);
}
