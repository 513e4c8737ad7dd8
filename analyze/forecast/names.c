/* The names in a forecast: sign-in name, alias, MOERA, UPN. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "analyze/forecast/licence.h"
#include "analyze/forecast/quarantine.h"
#include "analyze/forecast/work.h"
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/utf8.h"

void
work_doubt(struct work *w, enum doubt d)
{
	doubt_add(w->with.o, d);
}

/*
 * What beside letters and digits an address may have (RFC 5322, PROXY), and
 * dots within it; a sign-in name has upn_signs.
 */
static const char in_address[] = "'-_!#^~$&*+{}";

static bool
is_allowed(const char *text, size_t i, const char *odd)
{
	if (text[i] == '.')
		return i && text[i - 1] != '.' && text[i + 1];
	return isalnum((unsigned char)text[i]) || strchr(odd, text[i]);
}

/* Before the @, by RFC 5321, 4.5.3.1.1. */
enum { LOCAL_MAX = 64 };

/* What it may not have is a _ each; a letter is one, however long. */
static void
add_cleaned(struct work *w, struct buf *out, const char *local,
            const char *odd)
{
	for (size_t i = 0; local[i]; i++) {
		if (is_allowed(local, i, odd)) {
			buf_addc(out, local[i]);
			continue;
		}
		work_doubt(w, DOUBT_CLEANED);
		if (((unsigned char)local[i] & 0xC0) != 0x80)
			buf_addc(out, '_');
	}
}

static const char *
at_initial(struct work *w, const char *local, const char *digits,
           const char *odd)
{
	size_t room = LOCAL_MAX - strlen(digits);
	struct buf out = { 0 };
	const char *kept;

	add_cleaned(w, &out, local, odd);
	if (out.len > room) {
		work_doubt(w, DOUBT_CLEANED);
		out.len = room - (out.data[room - 1] == '.');
	}
	/* Connect refuses an alias with it. */
	if (strchr(buf_text(&out), '&'))
		work_doubt(w, DOUBT_CLEANED);
	buf_addf(&out, "%s@%s", digits, w->with.m->initial_domain);
	kept = arena_strndup(w->with.arena, out.data, out.len);
	buf_release(&out);
	return kept;
}

static const char *
prefix_of(struct work *w, const char *address)
{
	return arena_join(w->with.arena, address, strcspn(address, "@"), "");
}

const char *
work_held(const struct work *w, enum account_name which)
{
	const struct account *account = w->with.o->links.account;

	return account ? account_text(account, which) : NULL;
}

/* Whether an address that the service would make up is another object's. */
static bool
is_taken(struct work *w, const char *address)
{
	struct quarantine_answer is;

	if (!w->with.quarantine)
		return false;
	is = quarantine_ask(w->with.quarantine, UNIQUE_ADDRESS, address,
	                    w->with.arena);
	if (is.end >= QUARANTINE_HELD && is.how == HAS_AS_NAME)
		work_doubt(w, DOUBT_NAME_HELD);
	return is.end >= QUARANTINE_HELD;
}

/*
 * The service appends four digits of its own choice; these follow from the
 * object, so that the same snapshot gives the same forecast.
 */
static const char *
four_digits(struct work *w)
{
	const struct object *o = w->with.o;
	const char *key = o->dn ? o->dn : object_key(o, w->with.arena);
	uint64_t n = o->has_guid ? hash_bytes(&o->guid, sizeof(o->guid))
	                         : hash_text(key ? key : "");
	char text[8];

	snprintf(text, sizeof(text), "%04u", (unsigned)(n % 10000));
	return arena_strdup(w->with.arena, text);
}

/* By the policy, an alternate login ID. */
static bool
is_by_mail(const struct work *w)
{
	return model_policy(w->with.m, w->with.o)->sign_in_is_mail && w->mail;
}

/* Without a UPN the client sends sAMAccountName@domain. */
static struct sourced
sign_in_name(struct work *w)
{
	const struct object *o = w->with.o;
	struct buf domain = { 0 };
	struct sourced out = { .value = o->upn };

	if (is_by_mail(w))
		return (struct sourced){ w->mail, origin_name(ORIGIN_MAIL) };
	if (out.value || !o->sam)
		return out;
	if (!o->dn) {
		work_doubt(w, DOUBT_SUFFIX);
		return out;
	}
	buf_addc(&domain, '@');
	dn_domain(&domain, o->dn);
	out.value = arena_join(w->with.arena, o->sam, strlen(o->sam),
	                       domain.data);
	out.from = origin_name(ORIGIN_SAM);
	buf_release(&domain);
	return out;
}

/* Whether AD's sign-in name is another than at the last synchronization. */
static bool
sign_in_changed(const struct work *w)
{
	const char *before = work_held(w, ACCOUNT_SYNC_UPN);

	return before && w->sign_in.value &&
	       !utf8_same_folded(before, w->sign_in.value);
}

/* A name that is not its domain's own to give: AD FS or the like does. */
static bool
is_federated(const struct work *w)
{
	const char *now = work_held(w, ACCOUNT_UPN);
	const char *domain = now ? address_domain(now) : NULL;

	return domain && model_is_federated(w->with.m, domain);
}

/*
 * In tenants of before 2016 that never switched it on, the name of a managed
 * user with a licence, be it for Exchange or not, does not follow AD's
 * ("Microsoft Entra Connect Sync service features",
 * synchronizeUpnForManagedUsers).
 */
static bool
is_held_back(const struct work *w)
{
	const struct object *o = w->with.o;

	return sign_in_changed(w) && w->with.m->features.upn_follows == NO &&
	       o->links.account->synced == YES && !is_federated(w) &&
	       licence_is_any(w->with.m, o) == YES;
}

/* Of the values of a type, as AD has them, that which sorts first. */
static const char *
raw_address(const struct object *o, enum address_type type)
{
	const char *found = NULL;

	for (size_t i = 0; i < o->proxy_count; i++) {
		const char *value = o->proxies[i] + strspn(o->proxies[i],
		                                           " \t\r\n");

		if (address_type(value) == type && strchr(value, '@') &&
		    (!found || ascii_casecmp(value + 5, found) < 0))
			found = value + 5;
	}
	return found;
}

/* The alias becomes what the new sign-in name begins with, if it has that. */
static bool
follows_name(const struct work *w)
{
	return w->with.m->policy->assume.nickname_follows &&
	       sign_in_changed(w) && *w->sign_in.value != '@' &&
	       !is_held_back(w);
}

/* The first that exists; of a twin, what it has already (UPNPOP). */
static struct sourced
nickname(struct work *w)
{
	const struct object *o = w->with.o;
	const struct {
		const char *address;
		enum origin_kind from;
	} sources[] = {
		{ raw_address(o, ADDRESS_PRIMARY), ORIGIN_PRIMARY },
		{ w->mail, ORIGIN_MAIL },
		{ o->kind == KIND_USER ? w->sign_in.value : NULL,
		  ORIGIN_SIGN_IN },
		{ raw_address(o, ADDRESS_SECONDARY), ORIGIN_SECONDARY },
	};

	if (follows_name(w)) {
		work_doubt(w, DOUBT_ALIAS);
		return (struct sourced){ prefix_of(w, w->sign_in.value),
		                         origin_name(ORIGIN_CHANGED_UPN) };
	}
	if (o->mail_nickname)
		return (struct sourced){ .value = o->mail_nickname };
	if (work_held(w, ACCOUNT_NICKNAME))
		return (struct sourced){ work_held(w, ACCOUNT_NICKNAME),
		                         origin_name(ORIGIN_TENANT) };
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
		if (sources[i].address &&
		    strcspn(sources[i].address, "@") > 0)
			return (struct sourced){
				prefix_of(w, sources[i].address),
				origin_name(sources[i].from)
			};
	if (o->kind == KIND_CONTACT)
		return (struct sourced){ o->cn, origin_name(ORIGIN_CN) };
	return (struct sourced){ o->sam, origin_name(ORIGIN_SAM) };
}

/* A MOERA is kept once it is assigned; who is no recipient gets none. */
static struct sourced
moera(struct work *w)
{
	const char *value = work_held(w, ACCOUNT_MOERA);

	if (value)
		return (struct sourced){ value, origin_name(ORIGIN_MOERA) };
	if (!w->exo || !w->with.m->initial_domain || !w->nickname.value)
		return (struct sourced){ NULL, NULL };
	value = at_initial(w, w->nickname.value, "", in_address);
	if (!is_taken(w, value))
		return (struct sourced){ value, origin_name(ORIGIN_MOERA) };
	return (struct sourced){
		at_initial(w, w->nickname.value, four_digits(w), in_address),
		origin_name(ORIGIN_MOERA_DIGITS)
	};
}

/*
 * UPNPOP says what becomes of a name with a blank or a line break, and no more:
 * the tenant may also refuse the object (IdentityDataValidationFailed).
 */
static const char *
form_fault(struct work *w, const char *name)
{
	const char *what = is_by_mail(w) ? "mail, the sign-in name, "
	                                 : "the UPN ";
	const char *fault = upn_fault(name);

	if (!fault)
		return NULL;
	fault = flaw_named(name, fault, w->with.arena);
	if (!strpbrk(name, " \t\r\n") && strchr(name, '@'))
		work_doubt(w, DOUBT_NAME_FORM);
	return arena_join(w->with.arena, what, strlen(what), fault);
}

/* Why the sign-in name cannot be the cloud's; NULL: it can. */
static const char *
sign_in_fault(struct work *w)
{
	const char *name = w->sign_in.value;
	const char *fault = name ? form_fault(w, name) : "there is no UPN";

	if (fault)
		return fault;
	return w->with.m->domains_known &&
	       !model_is_verified(w->with.m, address_domain(name))
		? is_by_mail(w) ? "the domain of mail, the sign-in name, is "
		                  "not verified in the tenant"
		: "the UPN suffix is not verified in the tenant" : NULL;
}

/* What Entra computes when it computes the UPN (UPNPOP). */
static struct sourced
computed_upn(struct work *w)
{
	const char *fault = w->sign_in_fault;
	struct sourced out = w->sign_in;

	w->with.o->forecast.upn_fault = fault;
	if (fault) {
		if (!w->with.m->initial_domain || !w->nickname.value)
			return (struct sourced){ NULL, NULL };
		out.value = at_initial(w, w->nickname.value, "", upn_signs);
		out.from = arena_join(w->with.arena, "MOERA: ", 7, fault);
	}
	w->with.o->forecast.upn_lost = proxycalc_rival(
		&w->with, UNIQUE_UPN, out.value, "userPrincipalName");
	if (!w->with.o->forecast.upn_lost)
		return out;
	if (!w->with.m->initial_domain)
		return (struct sourced){ NULL, NULL };
	return (struct sourced){
		at_initial(w, prefix_of(w, out.value), four_digits(w),
		           upn_signs),
		origin_name(ORIGIN_PLACEHOLDER)
	};
}

/* The account is to be taken over, so that all its values are AD's. */
static bool
is_new_to_sync(const struct work *w)
{
	enum tristate synced = w->with.o->links.account->synced;

	return synced == NO ||
	       (synced == UNKNOWN && !work_held(w, ACCOUNT_SYNC_UPN));
}

/*
 * The tenant computes a UPN anew only when AD's has changed, or when a domain
 * was verified or removed (VERIFDOM): then a name in the initial domain whose
 * AD suffix is verified now gives way, and one whose own domain is gone.
 */
static bool
keeps_upn(struct work *w)
{
	const char *now = work_held(w, ACCOUNT_UPN);
	const char *domain = now ? address_domain(now) : NULL;
	bool told = work_held(w, ACCOUNT_SYNC_UPN) != NULL;

	if (!domain || is_new_to_sync(w))
		return false;
	if (is_held_back(w))
		return true;
	if (sign_in_changed(w) || (w->with.m->domains_known &&
	                           !model_is_verified(w->with.m, domain)))
		return false;
	/* Without the tenant's word it is not known whether AD's changed. */
	if (!told && (w->sign_in_fault ||
	              !utf8_same_folded(now, w->sign_in.value)))
		work_doubt(w, DOUBT_LAST_NAME);
	if (w->sign_in_fault)
		return true;
	return told && !domain_is_initial(domain);
}

static struct sourced
kept_upn(struct work *w)
{
	const char *now = work_held(w, ACCOUNT_UPN);
	bool same = w->sign_in.value && strcmp(now, w->sign_in.value) == 0;

	return (struct sourced){ now, same ? w->sign_in.from : origin_name(
		is_held_back(w) ? ORIGIN_HELD_BACK : ORIGIN_TENANT) };
}

/* AD's name is sound, and the tenant does not take it all the same. */
static void
tell_held_back(struct work *w)
{
	static const char reason[] = "the tenant does not take new sign-in "
		"names of licensed users from AD "
		"(synchronizeUpnForManagedUsersEnabled is off)";

	w->with.o->forecast.upn_held = reason;
	proxycalc_drop(&w->with, &w->proxycalc, w->sign_in.value, reason);
}

/* Whether the account's name, which is to change, does so, if that is open. */
static void
doubt_change(struct work *w, const char *to)
{
	const char *now = work_held(w, ACCOUNT_UPN);
	enum tristate follows = w->with.m->features.upn_follows;
	enum tristate any = now ? licence_is_any(w->with.m, w->with.o) : NO;

	if (!now || !to || utf8_same_folded(now, to) || follows == YES ||
	    (any == NO && !is_federated(w)) ||
	    (!is_new_to_sync(w) && !sign_in_changed(w)))
		return;
	if (follows == UNKNOWN || any == UNKNOWN)
		work_doubt(w, DOUBT_NAME_FOLLOWS);
	else if (is_new_to_sync(w))
		work_doubt(w, DOUBT_NAME_MATCHED);
	else if (is_federated(w))
		work_doubt(w, DOUBT_NAME_FEDERATED);
}

/*
 * From one federated domain to another one: by the documents that goes since
 * 2019 ("Microsoft Entra Connect Sync service features"), and people still
 * report that it does not.
 */
static void
doubt_federated(struct work *w, const char *to)
{
	const struct model *m = w->with.m;
	const char *now = work_held(w, ACCOUNT_UPN);
	const char *from = now ? address_domain(now) : NULL;
	const char *domain = to ? address_domain(to) : NULL;

	if (from && domain && !utf8_same_domain(from, domain) &&
	    w->with.o->links.account->synced != NO &&
	    model_is_federated(m, from) && model_is_federated(m, domain))
		work_doubt(w, DOUBT_FEDERATED_CHANGE);
}

static struct sourced
upn(struct work *w)
{
	struct sourced out;

	if (w->with.o->kind != KIND_USER)
		return (struct sourced){ NULL, NULL };
	if (keeps_upn(w)) {
		w->with.o->forecast.upn_fault = w->sign_in_fault;
		if (is_held_back(w) && !w->sign_in_fault)
			tell_held_back(w);
		return kept_upn(w);
	}
	out = computed_upn(w);
	doubt_change(w, out.value);
	doubt_federated(w, out.value);
	return out;
}

void
work_sign_in(struct work *w)
{
	w->sign_in = sign_in_name(w);
}

void
work_nickname(struct work *w)
{
	w->nickname = nickname(w);
}

void
work_moera(struct work *w)
{
	w->moera = moera(w);
}

void
work_upn(struct work *w)
{
	w->sign_in_fault = w->with.o->kind == KIND_USER ? sign_in_fault(w)
	                                                : NULL;
	w->upn = upn(w);
}
