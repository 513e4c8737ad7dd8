/* Rows of the data: what the script needs to list and to tell one object. */
#include "report/page/block_rows.h"

#include <inttypes.h>
#include <string.h>

#include "report/page/escape.h"

enum { TEXT_MOST = 4000, LIST_MOST = 20 };

/* A value is cut between characters: bytes 10xxxxxx go on with one. */
void
block_text(struct buf *out, const char *text)
{
	struct buf cut = { 0 };
	size_t len = text ? strnlen(text, TEXT_MOST + 1) : 0;

	if (out->len && !strchr("[:,", out->data[out->len - 1]))
		buf_addc(out, ',');
	if (!text) {
		buf_adds(out, "null");
		return;
	}
	if (len <= TEXT_MOST) {
		esc_json(out, text);
		return;
	}
	for (len = TEXT_MOST; len && ((unsigned char)text[len] & 0xC0) == 0x80;
	     len--)
		;
	buf_add(&cut, text, len);
	buf_addf(&cut, "\xe2\x80\xa6 (%zu bytes in all)", strlen(text));
	esc_json(out, cut.data);
	buf_release(&cut);
}

void
block_number(struct buf *out, uint64_t n)
{
	if (out->len && !strchr("[:,", out->data[out->len - 1]))
		buf_addc(out, ',');
	buf_addf(out, "%" PRIu64, n);
}

void
block_list(struct buf *out, const char *key, const char *const *items, size_t n)
{
	buf_addf(out, ",\"%s\":[", key);
	for (size_t i = 0; i < n; i++)
		block_text(out, items[i]);
	buf_addc(out, ']');
}

/* ---- objects ---- */

static size_t
at_most(size_t n)
{
	return n < LIST_MOST ? n : LIST_MOST;
}

/* A member of an object of JSON, which is empty so far, or not. */
static void
put_key(struct buf *out, const char *key)
{
	buf_addf(out, "%s\"%s\":", out->data[out->len - 1] == '{' ? "" : ",",
	         key);
}

static void
put_member(struct buf *out, const char *key, const char *text)
{
	if (!text)
		return;
	put_key(out, key);
	block_text(out, text);
}

static void
put_changes(struct buf *out, const struct forecast *f)
{
	if (!f->change_count)
		return;
	put_key(out, "changes");
	for (size_t i = 0; i < at_most(f->change_count); i++) {
		buf_adds(out, i ? ",[" : "[[");
		block_text(out, f->changes[i].attribute);
		block_text(out, f->changes[i].from);
		block_text(out, f->changes[i].to);
		buf_addc(out, ']');
	}
	buf_addc(out, ']');
}

static void
put_dropped(struct buf *out, const struct forecast *f)
{
	if (!f->dropped_count)
		return;
	put_key(out, "dropped");
	for (size_t i = 0; i < at_most(f->dropped_count); i++) {
		buf_adds(out, i ? ",[" : "[[");
		block_text(out, f->dropped[i].value);
		block_text(out, f->dropped[i].reason);
		buf_addc(out, ']');
	}
	buf_addc(out, ']');
}

/* When it was where: 1 in scope, 0 not, -1 not known. */
static void
put_history(struct buf *out, const struct forecast *f)
{
	if (!f->history_count)
		return;
	put_key(out, "history");
	for (size_t i = 0; i < at_most(f->history_count); i++) {
		const struct past_state *s = &f->history[i];
		char day[WHEN_TEXT];

		when_format_day(s->when, day);
		buf_adds(out, i ? ",[" : "[[");
		block_text(out, day);
		buf_addf(out, ",%d,%d", s->unplaced ? -1 : s->in_scope,
		         s->enabled == ENABLED_NO);
		block_text(out, s->dn);
		buf_addc(out, ']');
	}
	buf_addc(out, ']');
}

/* Of addresses the one that is the primary, or NULL. */
static const char *
primary_of(const struct ad_told *ad)
{
	for (size_t i = 0; i < ad->proxy_count; i++)
		if (strncmp(ad->proxy_addresses[i], "SMTP:", 5) == 0)
			return ad->proxy_addresses[i] + 5;
	return NULL;
}

static void
put_extra(struct buf *out, const struct forecast *f)
{
	buf_adds(out, ",{");
	put_member(out, "scope", f->scope_reason);
	put_member(out, "match", f->match_reason);
	put_member(out, "anchor", f->source_anchor);
	put_member(out, "conf", confidence_name(f->confidence));
	if (f->ad.is) {
		put_member(out, "mail", f->ad.mail);
		put_member(out, "primary", primary_of(&f->ad));
		put_key(out, "ad");
		buf_adds(out, "1");
	}
	put_changes(out, f);
	put_dropped(out, f);
	put_history(out, f);
	if (f->doubt_count) {
		put_key(out, "doubts");
		buf_addc(out, '[');
		for (size_t i = 0; i < at_most(f->doubt_count); i++)
			block_text(out, f->doubts[i]);
		buf_addc(out, ']');
	}
	buf_addc(out, '}');
}

static void
put_open(struct buf *out, const uint32_t *open)
{
	if (!open) {
		buf_adds(out, ",0");
		return;
	}
	buf_adds(out, ",[");
	for (int s = 0; s < SEVERITY_COUNT; s++)
		block_number(out, open[s]);
	buf_addc(out, ']');
}

static void
put_account(struct buf *out, const struct block_object *o)
{
	buf_addc(out, ',');
	block_text(out, o->name);
	block_text(out, NULL);
	buf_addf(out, ",%" PRIu32 ",%d", o->kind, o->ready);
	block_text(out, o->row->guid);
	block_text(out, o->row->dn);
	block_text(out, o->row->label);
	buf_addf(out, ",null,null,%d,null", ACTION_UNKNOWN);
	put_open(out, o->open);
	buf_adds(out, ",0]");
}

void
block_put_object(struct buf *out, const struct block_object *o)
{
	const struct forecast *f = o->forecast;

	if (!f) {
		put_account(out, o);
		return;
	}
	buf_addc(out, ',');
	block_text(out, o->name);
	block_text(out, f->sam);
	buf_addf(out, ",%" PRIu32 ",%d", o->kind, o->ready);
	block_text(out, f->guid);
	block_text(out, f->dn);
	block_text(out, f->ad_upn);
	block_text(out, f->upn);
	block_text(out, f->primary_smtp);
	buf_addf(out, ",%d,%s", f->action, f->account_enabled ==
	         ENABLED_UNKNOWN ? "null" : f->account_enabled == ENABLED_YES
	         ? "1" : "0");
	put_open(out, o->open);
	put_extra(out, f);
	buf_addc(out, ']');
}

/* ---- findings ---- */

static void
put_waiver(struct buf *out, const struct page_row *row)
{
	if (!row->reason) {
		buf_adds(out, ",0");
		return;
	}
	buf_adds(out, ",[");
	block_text(out, row->reason);
	block_text(out, row->owner);
	block_text(out, row->expires);
	buf_addc(out, ']');
}

/* Who claims the value, too: names, a line each. */
static void
put_others(struct buf *out, const struct report_page *p,
           const struct page_row *row)
{
	const char *others = row->others;

	if (!others || row->change == ROW_NO_CHANGE ||
	    p->changes[row->change].objects < 2) {
		buf_adds(out, ",0");
		return;
	}
	buf_adds(out, ",[");
	while (*others) {
		struct buf name = { 0 };
		size_t len = strcspn(others, "\n");

		buf_add(&name, others, len);
		block_text(out, buf_text(&name));
		buf_release(&name);
		others += len + (others[len] == '\n');
	}
	buf_addc(out, ']');
}

/* How many more findings its change cures; -1: another one names that. */
static void
put_more(struct buf *out, const struct report_page *p,
         const struct page_row *row)
{
	if (page_names_change(p, row))
		buf_addf(out, ",%" PRIu32 ",%" PRIu32,
		         p->changes[row->change].findings - 1,
		         p->changes[row->change].objects);
	else
		buf_adds(out, ",-1,0");
}

void
block_put_row(struct buf *out, struct report_page *p,
              const struct page_row *row)
{
	const uint32_t *s = row->sides;

	buf_addf(out, ",%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",%"
	         PRIu32 ",%" PRIu32 ",%" PRIu32, s[SIDE_RULE], s[SIDE_CAUSE],
	         s[SIDE_SEVERITY], s[SIDE_STATUS], s[SIDE_AGE], s[SIDE_KIND],
	         s[SIDE_WHERE]);
	block_number(out, names_add(&p->attributes, row->attribute, &p->texts));
	block_text(out, row->observed);
	block_text(out, row->proposed);
	block_number(out, names_add(&p->wanted, row->expected, &p->texts));
	block_text(out, row->message);
	block_number(out, names_add(&p->fixes, row->fix, &p->texts));
	block_text(out, row->fingerprint);
	put_waiver(out, row);
	put_more(out, p, row);
	put_others(out, p, row);
	buf_addc(out, ']');
}
