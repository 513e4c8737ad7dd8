/*
 * Sends a search page by page, or by DirSync, and fetches what servers cut into
 * ranges.
 */
#include "collect/ldap/ldap_search.h"

#include <errno.h>
#include <lber.h>
#include <ldap.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/record.h"
#include "collect/ldap/ldap_entry.h"
#include "collect/ldap/ldap_error.h"
#include "collect/ldap/ldap_link.h"
#include "collect/live/live.h"

enum {
	SLICE_MS = 200,          /* between looks for Ctrl-C */
	DIRSYNC_BYTES = 1 << 20, /* of an answer, as the server sees fit */
};

enum paging { PAGED, DIRSYNC, UNPAGED };

struct ldap_search {
	struct ldap_link *link;
	struct ldap_query query;
	enum paging paging;
	long page, estimate;
	int id;                  /* of the request under way; -1: none */
	size_t in_page;          /* objects of it so far */
	bool done, first_only, more;
	struct buf cookie;
	struct ldap_entry *entry;
};

static struct ldap_search *
make(struct ldap_link *l, const struct ldap_query *q, enum paging paging)
{
	struct ldap_search *s = xcalloc(1, sizeof(*s));

	s->link = l;
	s->query = *q;
	s->paging = paging;
	s->id = -1;
	s->entry = ldap_entry_new();
	return s;
}

struct ldap_search *
ldap_search_open(struct ldap_link *l, const struct ldap_query *q, long page)
{
	struct ldap_search *s = make(l, q, PAGED);

	s->page = page;
	return s;
}

struct ldap_search *
ldap_dirsync_open(struct ldap_link *l, const struct ldap_query *q,
                  const char *cookie, size_t len)
{
	struct ldap_search *s = make(l, q, DIRSYNC);

	buf_add(&s->cookie, cookie, len);
	return s;
}

void
ldap_search_close(struct ldap_search *s)
{
	if (!s)
		return;
	if (s->id >= 0)
		ldap_abandon_ext(ldap_link_handle(s->link), s->id, NULL, NULL);
	ldap_entry_free(s->entry);
	buf_release(&s->cookie);
	free(s);
}

void
ldap_search_limit(struct ldap_search *s)
{
	s->first_only = true;
}

bool
ldap_search_has_more(const struct ldap_search *s)
{
	return s->more;
}

long
ldap_search_estimate(const struct ldap_search *s)
{
	return s->estimate;
}

const char *
ldap_search_cookie(const struct ldap_search *s, size_t *len)
{
	*len = s->cookie.len;
	return buf_text(&s->cookie);
}

/* ---- asking ---- */

/* The control that asks for a page or a round; NULL when it cannot be made. */
static LDAPControl *
paging_control(struct ldap_search *s)
{
	LDAP *ld = ldap_link_handle(s->link);
	struct berval cookie = {
		.bv_val = (char *)buf_text(&s->cookie),
		.bv_len = s->cookie.len,
	};
	LDAPControl *c = NULL;

	if (s->paging == DIRSYNC)
		ldap_create_dirsync_control(ld, 0, DIRSYNC_BYTES, &cookie, &c);
	else if (s->paging == PAGED)
		ldap_create_page_control(ld, (ber_int_t)s->page, &cookie, 1,
		                         &c);
	return c;
}

static int
ask(struct ldap_search *s, struct ldap_failure *f)
{
	static const int scopes[] = {
		[REACH_BASE] = LDAP_SCOPE_BASE,
		[REACH_CHILDREN] = LDAP_SCOPE_ONELEVEL,
		[REACH_SUBTREE] = LDAP_SCOPE_SUBTREE,
	};
	LDAPControl deleted = {
		.ldctl_oid = (char *)LDAP_CONTROL_X_SHOW_DELETED,
		.ldctl_iscritical = 1,
	};
	LDAPControl *controls[3] = { NULL }, *paging = paging_control(s);
	size_t n = 0;
	int rc;

	if (paging)
		controls[n++] = paging;
	if (s->query.deleted == DELETED_SHOWN)
		controls[n++] = &deleted;
	errno = 0;
	rc = ldap_search_ext(ldap_link_handle(s->link), s->query.base,
	                     scopes[s->query.reach], s->query.filter,
	                     (char **)s->query.attributes, 0, controls, NULL,
	                     NULL, LDAP_NO_LIMIT, &s->id);
	if (paging)
		ldap_control_free(paging);
	s->in_page = 0;
	if (rc == LDAP_SUCCESS)
		return 0;
	s->id = -1;
	return ldap_link_failed(s->link, rc, f);
}

/* ---- hearing ---- */

/* The next message of the request; it must be freed. -1 with F filled. */
static int
hear(struct ldap_search *s, LDAPMessage **message, struct ldap_failure *f)
{
	long waited = 0, most = ldap_link_timeout(s->link) * 1000;

	for (;;) {
		struct timeval slice = { .tv_usec = SLICE_MS * 1000 };
		int type;

		if (interrupt_came()) {
			ldap_say(f, FATE_STOPPED, "interrupted");
			return -1;
		}
		errno = 0;
		type = ldap_result(ldap_link_handle(s->link), s->id,
		                   LDAP_MSG_ONE, &slice, message);

		if (type > 0)
			return type;
		if (type < 0) {
			int rc = LDAP_SERVER_DOWN;

			ldap_get_option(ldap_link_handle(s->link),
			                LDAP_OPT_RESULT_CODE, &rc);
			s->id = -1;
			return ldap_link_failed(s->link, rc, f);
		}
		waited += SLICE_MS;
		if (waited >= most) {
			ldap_say(f, FATE_LOST, "the server has not answered "
			         "for %ld seconds", most / 1000);
			return -1;
		}
	}
}

/* Takes the cookie; 1 if there is more to come, 0, or -1: it is garbled. */
static int
take_cookie(struct ldap_search *s, LDAPControl **controls)
{
	LDAP *ld = ldap_link_handle(s->link);
	const char *oid = s->paging == DIRSYNC ? LDAP_CONTROL_X_DIRSYNC
	                                       : LDAP_CONTROL_PAGEDRESULTS;
	LDAPControl *c = ldap_control_find(oid, controls, NULL);
	struct berval cookie = { 0 };
	ber_int_t estimate = 0;
	int more = 0, rc;

	if (!c || s->paging == UNPAGED)
		return 0;
	if (s->paging == DIRSYNC) {
		rc = ldap_parse_dirsync_control(ld, c, &more, &cookie);
	} else {
		rc = ldap_parse_pageresponse_control(ld, c, &estimate,
		                                     &cookie);
		more = cookie.bv_len > 0;
		s->estimate = estimate;
	}
	if (rc != LDAP_SUCCESS)
		return -1;
	buf_clear(&s->cookie);
	if (cookie.bv_len)
		buf_add(&s->cookie, cookie.bv_val, cookie.bv_len);
	ber_memfree(cookie.bv_val);
	return more != 0;
}

/*
 * The end of a page. What failed before any object of the page came can be
 * asked for again; else the server's place and ours differ.
 */
static int
end_page(struct ldap_search *s, LDAPMessage *message, struct ldap_failure *f)
{
	LDAP *ld = ldap_link_handle(s->link);
	LDAPControl **controls = NULL;
	char *said = NULL;
	int code = LDAP_DECODING_ERROR;
	int rc = ldap_parse_result(ld, message, &code, NULL, &said, NULL,
	                           &controls, 0);

	int more = 0;

	s->id = -1;
	if (rc == LDAP_SUCCESS && code == LDAP_SUCCESS) {
		more = take_cookie(s, controls);
		if (more < 0)
			rc = LDAP_DECODING_ERROR;
	}
	if (rc == LDAP_SUCCESS && code == LDAP_SUCCESS) {
		s->more = more > 0;
		s->done = !s->more || s->first_only;
		f->fate = FATE_FINAL;
	} else {
		ldap_explain(f, rc == LDAP_SUCCESS ? code : rc, said, NULL);
		if (f->fate == FATE_AGAIN && s->in_page)
			f->fate = FATE_RESTART;
	}
	ldap_controls_free(controls);
	ldap_memfree(said);
	return rc == LDAP_SUCCESS && code == LDAP_SUCCESS ? 0 : -1;
}

static int complete_ranges(struct ldap_search *s, struct record *r,
                           struct ldap_failure *f);

int
ldap_search_next(struct ldap_search *s, struct record *r,
                 struct ldap_failure *f)
{
	LDAPMessage *message = NULL;
	int type, rc = 0;

	while (!s->done) {
		if (interrupt_came()) {
			ldap_say(f, FATE_STOPPED, "interrupted");
			return -1;
		}
		if (s->id < 0 && ask(s, f) < 0)
			return -1;
		type = hear(s, &message, f);
		if (type < 0)
			return -1;
		if (type == LDAP_RES_SEARCH_ENTRY) {
			s->in_page++;
			rc = ldap_entry_take(s->entry,
			                     ldap_link_handle(s->link),
			                     message, r, f);
			ldap_msgfree(message);
			if (rc == 0)
				rc = complete_ranges(s, r, f);
			return rc < 0 ? -1 : 1;
		}
		/* Whatever else is no reference ends the request. */
		if (type != LDAP_RES_SEARCH_REFERENCE)
			rc = end_page(s, message, f);
		ldap_msgfree(message);
		if (rc < 0)
			return -1;
	}
	return 0;
}

/*
 * Reads the values that did not fit into the answer, piece by piece, as the
 * server's answers number them (MS-ADTS 3.1.1.3.1.3.3).
 */
static int
complete_ranges(struct ldap_search *s, struct record *r,
                struct ldap_failure *f)
{
	char *name;
	int rc = 0;

	while (rc == 0 && record_size(r) <= LDAP_OBJECT_MAX &&
	       (name = ldap_entry_rest(s->entry))) {
		const char *attributes[] = { name, NULL };
		struct ldap_query q = {
			.base = ldap_entry_dn(s->entry), .reach = REACH_BASE,
			.filter = "(objectClass=*)", .attributes = attributes,
			.deleted = s->query.deleted,
		};
		struct ldap_search *piece = make(s->link, &q, UNPAGED);
		LDAPMessage *message = NULL;
		int type = 0;
		bool found = false;

		rc = ask(piece, f);
		while (rc == 0 && !piece->done) {
			type = hear(piece, &message, f);
			if (type < 0) {
				rc = -1;
				break;
			}
			if (type == LDAP_RES_SEARCH_ENTRY && !found) {
				found = true;
				rc = ldap_entry_more(s->entry,
				                     ldap_link_handle(s->link),
				                     message, r, f);
			} else if (type != LDAP_RES_SEARCH_REFERENCE &&
			           type != LDAP_RES_SEARCH_ENTRY) {
				rc = end_page(piece, message, f);
			}
			ldap_msgfree(message);
		}
		if (rc == 0 && !found) {
			ldap_say(f, FATE_RESTART, "%s went away while it was "
			         "read", ldap_entry_dn(s->entry));
			rc = -1;
		}
		ldap_search_close(piece);
		free(name);
	}
	/* The object is lost, not the piece alone; its page goes on. */
	if (rc < 0 && f->fate != FATE_LOST && f->fate != FATE_STOPPED)
		f->fate = FATE_RESTART;
	return rc;
}

int
ldap_read(struct ldap_link *l, const struct ldap_query *q, struct record *r,
          struct ldap_failure *f)
{
	struct ldap_search *s = make(l, q, UNPAGED);
	int rc = ldap_search_next(s, r, f);

	if (rc < 0 && f->fate == FATE_ABSENT)
		rc = 0;
	ldap_search_close(s);
	return rc;
}
