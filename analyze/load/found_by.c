/* Notes members of groups by DN and SID, domain controllers by name. */
#include "analyze/load/found_by.h"

#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/scope/scope.h"
#include "base/hash.h"

/*
 * What groups know it by: its DN, which edits do not change in them; in another
 * forest its SID.
 */
static void
note_member(const struct registry *g, const struct entry *e)
{
	const struct object *o = e->o;
	const char *dn = o->ad.before ? o->ad.before->dn : o->dn;

	if (!(g->wants & SCREEN_MEMBERS))
		return;
	if (dn)
		registry_note(&e->lists->member_dn, container_dn_hash(
			fetch_containers(e->fetch), dn), e->row, e->s);
	if (o->ad.sid && g->m->domains.forest_count > 1)
		registry_note(&e->lists->member_sid, hash_bytes(
			o->ad.sid, o->ad.sid_len), e->row, e->s);
}

/* userAccountControl: a domain controller; one that only reads. */
enum { SERVER_TRUST = 0x2000, PARTIAL_SECRETS = 0x4000000 };

static void
note_controller(const struct entry *e)
{
	const struct object *o = e->o;
	size_t len = o->sam ? strlen(o->sam) : 0;
	char name[CONTROLLER_NAME];

	if (len < 2 || len > sizeof(name) || o->sam[len - 1] != '$' ||
	    !(o->ad.control & (SERVER_TRUST | PARTIAL_SECRETS)))
		return;
	memcpy(name, o->sam, len - 1);
	name[len - 1] = '\0';
	registry_note(&e->lists->controller, hash_folded(name), e->row, e->s);
}

void
found_by_note(const struct registry *g, const struct entry *e)
{
	note_member(g, e);
	if (e->s == AD_COMPUTERS)
		note_controller(e);
}
