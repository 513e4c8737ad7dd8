/* Setting attributes of objects, by one table. */
#include "analyze/object/object.h"

#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/utf8.h"

/* How attributes of one syntax are told and taken away. */
struct syntax {
	unsigned kinds;
	const char *want;
	void (*clear)(struct object *o, size_t offset);
};

struct setting {
	enum attr attr;
	const struct syntax *syntax;     /* NULL: cannot be set */
	size_t offset;
	const char *why;                 /* it cannot */
};

static void
clear_text(struct object *o, size_t offset)
{
	*(const char **)((char *)o + offset) = NULL;
}

static void
clear_proxies(struct object *o, size_t offset)
{
	(void)offset;
	o->proxies = NULL;
	o->proxy_count = 0;
}

static void
clear_number(struct object *o, size_t offset)
{
	*(int64_t *)((char *)o + offset) = 0;
}

/* The account is enabled or not by its bits. */
static void
clear_control(struct object *o, size_t offset)
{
	(void)offset;
	o->ad.control = 0;
	o->enabled = UNKNOWN;
}

static void
clear_flag(struct object *o, size_t offset)
{
	*(enum tristate *)((char *)o + offset) = UNKNOWN;
}

static void
clear_presence(struct object *o, size_t offset)
{
	*(enum tristate *)((char *)o + offset) = NO;
}

static void
clear_time(struct object *o, size_t offset)
{
	*(when_t *)((char *)o + offset) = WHEN_NONE;
}

static void
clear_guid(struct object *o, size_t offset)
{
	(void)offset;
	o->ad.has_consistency_guid = false;
}

static void
clear_sid(struct object *o, size_t offset)
{
	(void)offset;
	o->ad.sid = NULL;
	o->ad.sid_len = 0;
}

/* Zero is a type, too. */
static void
clear_display(struct object *o, size_t offset)
{
	(void)offset;
	attr_set_remove(&o->have, ATTR_DISPLAY_TYPE);
}

static const struct syntax display = {
	SET_TEXT | SET_NUMBER, "a whole number or null", clear_display
};
static const struct syntax text = { SET_TEXT, "a text or null", clear_text };
static const struct syntax proxies = {
	SET_TEXT | SET_TEXTS, "a text, an array of texts or null",
	clear_proxies
};
static const struct syntax number = {
	SET_TEXT | SET_NUMBER, "a whole number or null", clear_number
};
static const struct syntax control = {
	SET_TEXT | SET_NUMBER, "a whole number or null", clear_control
};
static const struct syntax flag = {
	SET_TEXT | SET_BOOL, "true, false or null", clear_flag
};
static const struct syntax presence = {
	SET_TEXT | SET_NUMBER, "a value or null", clear_presence
};
static const struct syntax filetime = {
	SET_TEXT | SET_NUMBER,
	"100-nanosecond intervals since 1601, or null", clear_time
};
static const struct syntax guid = {
	SET_TEXT, "a GUID or null", clear_guid
};
static const struct syntax sid = {
	SET_TEXT, "base64 of a SID, or null", clear_sid
};

#define AT(member) offsetof(struct object, member)

static const struct setting settings[] = {
	{ ATTR_SAM, &text, AT(sam), NULL },
	{ ATTR_UPN, &text, AT(upn), NULL },
	{ ATTR_DISPLAY_NAME, &text, AT(display_name), NULL },
	{ ATTR_MAIL, &text, AT(mail), NULL },
	{ ATTR_MAIL_NICKNAME, &text, AT(mail_nickname), NULL },
	{ ATTR_PROXIES, &proxies, 0, NULL },
	{ ATTR_TARGET, &text, AT(target), NULL },
	{ ATTR_UAC, &control, 0, NULL },
	{ ATTR_PASSWORD_SET, &filetime, AT(ad.password_set), NULL },
	{ ATTR_CONSISTENCY_GUID, &guid, 0, NULL },
	{ ATTR_SID, &sid, 0, NULL },
	{ ATTR_CN, &text, AT(cn), NULL },
	{ ATTR_GROUP_TYPE, &number, AT(ad.group_type), NULL },
	{ ATTR_ADMIN_DESCRIPTION, &text, AT(ad.admin_description), NULL },
	{ ATTR_CRITICAL, &flag, AT(ad.critical), NULL },
	{ ATTR_RECIPIENT_TYPE, &number, AT(ad.recipient_type), NULL },
	{ ATTR_REMOTE_TYPE, &presence, AT(ad.remote_type), NULL },
	{ ATTR_HIDDEN, &flag, AT(ad.hidden), NULL },
	{ ATTR_CERTIFICATE, &presence, AT(ad.certificate), NULL },
	{ ATTR_ENABLED, &flag, AT(enabled), NULL },
	{ ATTR_DISPLAY_TYPE, &display, 0, NULL },
	{ ATTR_GIVEN_NAME, &text, AT(given_name), NULL },
	{ ATTR_SURNAME, &text, AT(surname), NULL },
	{ ATTR_MASTER_SID, NULL, 0, "says whose mailbox it is" },
	{ ATTR_DN, NULL, 0, "is changed by \"move\"" },
	{ ATTR_GUID, NULL, 0, "says which object it is" },
	{ ATTR_CREATED, NULL, 0, "is AD's own record" },
	{ ATTR_CLASS, NULL, 0, "says what the object is" },
	{ ATTR_MEMBER, NULL, 0, "is only counted" },
	{ ATTR_META_XML, NULL, 0, "is AD's own record of changes" },
	{ ATTR_META_BINARY, NULL, 0, "is AD's own record of changes" },
};

static const char *
name_of(const struct setting *s)
{
	const char *name = attr_name(SIDE_AD, s->attr);

	return name ? name : "";
}

const struct setting *
setting_find(const char *name, const char **why)
{
	*why = "is not an attribute of AD that the analysis reads";
	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++) {
		const struct setting *s = &settings[i];

		if (ascii_casecmp(name_of(s), name) != 0)
			continue;
		*why = s->why;
		return s->syntax ? s : NULL;
	}
	return NULL;
}

unsigned
setting_kinds(const struct setting *s)
{
	return s->syntax->kinds;
}

const char *
setting_want(const struct setting *s)
{
	return s->syntax->want;
}

/* The name's place in the lines that model_map takes. */
static size_t
place_of(const struct setting *s)
{
	static const struct wanted nothing;
	const char *names[PICK_NAMES_MAX];
	size_t n = model_names(&nothing, FORM_AD, names);
	size_t i = 0;

	while (i + 1 < n && (!names[i] || strcmp(names[i], name_of(s)) != 0))
		i++;
	return i;
}

/* A value as a picker would hand it out: it may be changed in its place. */
static struct pick
picked_value(const char *const *values, size_t count, struct arena *a)
{
	struct buf list = { 0 };
	struct pick k = { .kind = PICK_TEXT, .count = 1 };

	if (count == 1) {
		k.len = strlen(values[0]);
		k.data = arena_strdup(a, values[0]);
		return k;
	}
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_addc(&list, ',');
		json_put_string(&list, values[i], strlen(values[i]));
	}
	k = (struct pick){
		.kind = PICK_LIST, .escaped = true, .count = (uint32_t)count,
		.data = arena_strndup(a, buf_text(&list), list.len),
		.len = list.len,
	};
	buf_release(&list);
	return k;
}

int
setting_set(const struct setting *s, struct object *o,
            const char *const *values, size_t count, struct arena *a)
{
	struct picked line;
	const char *wrong;
	size_t at;

	s->syntax->clear(o, s->offset);
	if (!count)
		return 0;
	at = place_of(s);
	memset(line.present, 0, sizeof(line.present));
	line.present[at / 64] = UINT64_C(1) << at % 64;
	line.odd = false;
	line.at[at] = picked_value(values, count, a);
	return model_map(o, FORM_AD, &line, a, &wrong);
}
