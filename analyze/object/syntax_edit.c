/* Clearing and merging, by syntax; see syntax_edit.h. */
#include "analyze/object/syntax_edit.h"

#include "analyze/object/object.h"

void
clear_text(struct object *o, size_t offset)
{
	*(const char **)((char *)o + offset) = NULL;
}

void
clear_proxies(struct object *o, size_t offset)
{
	(void)offset;
	o->proxies = NULL;
	o->proxy_count = 0;
}

void
clear_number(struct object *o, size_t offset)
{
	*(int64_t *)((char *)o + offset) = 0;
}

/* The account is enabled or not by its bits. */
void
clear_control(struct object *o, size_t offset)
{
	(void)offset;
	o->ad.control = 0;
	o->enabled = UNKNOWN;
}

void
clear_flag(struct object *o, size_t offset)
{
	*(enum tristate *)((char *)o + offset) = UNKNOWN;
}

void
clear_presence(struct object *o, size_t offset)
{
	*(enum tristate *)((char *)o + offset) = NO;
}

void
clear_amount(struct object *o, size_t offset)
{
	*(size_t *)((char *)o + offset) = 0;
}

void
clear_time(struct object *o, size_t offset)
{
	*(when_t *)((char *)o + offset) = WHEN_NONE;
}

void
clear_password_set(struct object *o, size_t offset)
{
	clear_time(o, offset);
	o->ad.password_due = UNKNOWN;
}

void
clear_remote_type(struct object *o, size_t offset)
{
	clear_presence(o, offset);
	o->ad.remote_bits = 0;
}

void
clear_guid(struct object *o, size_t offset)
{
	(void)offset;
	o->ad.has_consistency_guid = false;
}

void
clear_sid(struct object *o, size_t offset)
{
	(void)offset;
	o->ad.sid = NULL;
	o->ad.sid_len = 0;
}

void
clear_display(struct object *o, size_t offset)
{
	(void)offset;
	o->ad.display_type = DISPLAY_TYPE_NONE;
}

void
merge_text(struct object *to, const struct object *from, size_t offset)
{
	const char **mine = (const char **)((char *)to + offset);

	if (!*mine)
		*mine = *(const char *const *)((const char *)from + offset);
}

void
merge_flag(struct object *to, const struct object *from, size_t offset)
{
	enum tristate *mine = (enum tristate *)((char *)to + offset);

	if (*mine == UNKNOWN)
		*mine = *(const enum tristate *)((const char *)from + offset);
}

void
merge_proxies(struct object *to, const struct object *from, size_t offset)
{
	(void)offset;
	if (to->proxy_count)
		return;
	to->proxies = from->proxies;
	to->proxy_count = from->proxy_count;
}

/* The type says what the master is, and so whose. */
void
merge_recipient_type(struct object *to, const struct object *from,
                     size_t offset)
{
	(void)offset;
	if (to->ad.recipient_type)
		return;
	to->ad.recipient_type = from->ad.recipient_type;
	to->ad.master_sid = from->ad.master_sid;
	to->ad.master_sid_len = from->ad.master_sid_len;
}

void
merge_display_type(struct object *to, const struct object *from,
                   size_t offset)
{
	(void)offset;
	if (to->ad.display_type == DISPLAY_TYPE_NONE)
		to->ad.display_type = from->ad.display_type;
}

void
merge_remote_type(struct object *to, const struct object *from, size_t offset)
{
	if (to->ad.remote_type == UNKNOWN)
		to->ad.remote_bits = from->ad.remote_bits;
	merge_flag(to, from, offset);
}
